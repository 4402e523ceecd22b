import io
import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops, ImageStat

from moiso.wire.messages import FakePress
from tests.web.scenes import shown
from tests.web.test_panel_units import FULL
from web.app import create_app
from web.guard import Guard
from web.machine import Press
from web.panel_routes import panel_routes
from web.place import ANY

HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
GOLDEN = Path(__file__).parents[1] / "display" / "golden"


class Panel:
    """The panel over a folder of fakes; `linked` false: nothing can be sent."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.linked = folder, True
        self.sent: list[Press] = []
        latest = shown(fake=True, place=FULL)
        app, self.guard = create_app("Trung tâm", latest, panel=True)
        app.register_blueprint(panel_routes(FULL, latest, self.guard, folder, self._send, pins={"cb-01": "482913"}))
        self.client: FlaskClient = app.test_client()

    def _send(self, press: Press) -> bool:
        self.sent.append(press)
        return self.linked

    def post(self, headers: dict[str, str] = HERE, **form: str) -> int:
        return self.client.post("/panel/press", data={"token": self.guard.token, **form}, headers=headers).status_code


@pytest.fixture
def panel(tmp_path: Path) -> Panel:
    return Panel(tmp_path)


@pytest.mark.parametrize(
    ("form", "what"),
    [
        ({"device": "kiosk-1", "press": "A"}, FakePress(press="A")),
        ({"device": "counter-1", "press": "no-show"}, FakePress(press="no-show")),
        ({"device": "kiosk-1", "paper": "out"}, FakePress(paper="out")),
        ({"device": "kiosk-1", "cover": "open"}, FakePress(cover="open")),
        ({"device": "kiosk-1", "printer": "drop"}, FakePress(printer="drop")),
        ({"device": "kiosk-1", "scanner": "unplug"}, FakePress(scanner="unplug")),
        ({"device": "kiosk-1", "scan": "1.001193"}, FakePress(scan="1.001193")),
        ({"device": "kiosk-1", "scan": "Nguyễn|Nam\x02"}, FakePress(scan="Nguyễn|Nam\x02")),
        ({"device": "display-1", "link": "down"}, FakePress(link="down")),
        ({"device": "counter-1", "press": "recall-down"}, FakePress(press="recall-down")),
        ({"device": "counter-2", "press": "undo"}, FakePress(press="undo")),
        ({"device": "counter-2", "line": "twin"}, FakePress(line="twin")),
        ({"device": "nut-1", "press": "single"}, FakePress(press="single")),
        ({"device": "nut-1", "press": "stuck"}, FakePress(press="stuck")),
    ],
)
def test_a_press_is_sent_to_its_device(panel: Panel, form: dict[str, str], what: FakePress):
    assert panel.post(**form) == 204
    assert panel.sent == [Press(form["device"], what)]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"device": "kiosk-1"},
        {"device": "hub", "link": "down"},
        {"device": "../kiosk-1", "press": "A"},
        {"device": "kiosk-1", "press": "Z"},
        {"device": "kiosk-1", "press": "next"},
        {"device": "display-1", "press": "A"},
        {"device": "kiosk-1", "paper": "wet"},
        {"device": "kiosk-1", "scan": ""},
        {"device": "display-1", "scan": "1.001193"},
        {"device": "kiosk-1", "line": "unplug"},
        {"device": "kiosk-1", "press": "A", "paper": "out"},
        {"device": "counter-1", "line": "unplug"},
        {"device": "counter-2", "press": "recall-down"},
        {"device": "counter-2", "line": "burn"},
        {"device": "nut-1", "press": "triple"},
        {"device": "nut-1", "link": "down"},
    ],
)
def test_what_cannot_be_done_is_refused_and_not_sent(panel: Panel, form: dict[str, str]):
    assert panel.post(**form) == 400
    assert panel.sent == []


def test_a_refusal_says_what_would_be_right(panel: Panel):
    form = {"token": panel.guard.token, "device": "kiosk-1", "press": "Z"}
    assert "kiosk-1: press one of A, B" in panel.client.post("/panel/press", data=form, headers=HERE).text


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_without_the_pages_token_nothing_is_pressed(panel: Panel, token: str):
    assert panel.post(device="kiosk-1", press="A", token=token) == 403
    assert panel.sent == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
    ],
)
def test_a_foreign_page_cannot_press_even_with_the_token(panel: Panel, headers: dict[str, str]):
    assert panel.post(headers, device="kiosk-1", press="A") == 403
    assert panel.sent == []


def test_the_panel_leads_to_the_card_for_a_new_clerk(panel: Panel):
    assert 'href="/clerk/card"' in panel.client.get("/panel").text
    assert 'href="/clerk/card?lang=en"' in panel.client.get("/panel?lang=en").text


def test_pressing_is_never_a_get(panel: Panel):
    assert panel.client.get("/panel/press?device=kiosk-1&press=A").status_code == 405


def test_a_press_that_could_not_be_sent_is_said_so(panel: Panel):
    panel.linked = False
    assert panel.post(device="kiosk-1", press="A") == 503


def test_a_form_without_script_leads_back_to_the_panel(panel: Panel):
    assert panel.post(HERE | {"Sec-Fetch-Mode": "navigate"}, device="kiosk-1", press="A") == 303


def test_a_huge_form_is_refused(panel: Panel):
    assert panel.post(device="kiosk-1", press="A" * 10_000) == 413


def test_every_button_of_the_page_carries_the_token(panel: Panel):
    text = panel.client.get("/panel").text
    assert len(re.findall(r'name="token" value="([^"]+)"', text)) == text.count("<form") == 9
    assert f'value="{panel.guard.token}"' in text
    assert isinstance(panel.guard, Guard)


def test_ticket_and_sound_come_from_the_devices_folder(panel: Panel):
    (panel.folder / "kiosk-1" / "tickets").mkdir(parents=True)
    (panel.folder / "kiosk-1" / "tickets" / "A012.png").write_bytes(b"ticket")
    (panel.folder / "display-1").mkdir()
    (panel.folder / "display-1" / "spoken.wav").write_bytes(bytes(60))
    assert panel.client.get("/panel/kiosk-1/ticket/A012.png").data == b"ticket"
    assert len(panel.client.get("/panel/display-1/sound.wav?from=50").data) == 44 + 10


def test_the_walls_picture_comes_as_it_is_now_in_fewer_bytes_and_colours(panel: Panel):
    screen = panel.folder / "display-1" / "screen.png"
    screen.parent.mkdir()
    for golden in ("idle", "troubled"):
        wall = Image.open(GOLDEN / f"{golden}-1920x1080.png").convert("RGB")
        wall.save(screen)
        answer = panel.client.get("/panel/display-1/screen.webp")
        shown = Image.open(io.BytesIO(answer.data)).convert("RGB")
        assert (answer.mimetype, shown.size) == ("image/webp", wall.size)
        assert ImageStat.Stat(ImageChops.difference(shown, wall)).mean < [4, 4, 4]
        assert len(answer.data) < 60_000


def test_a_picture_that_is_none_is_not_there(panel: Panel):
    (panel.folder / "display-1").mkdir()
    (panel.folder / "display-1" / "screen.png").write_bytes(b"half of a pict")
    assert panel.client.get("/panel/display-1/screen.webp").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/panel/kiosk-1/ticket/A013.png",
        "/panel/kiosk-1/ticket/..%2f..%2fsecret.png",
        "/panel/kiosk-1/ticket/../../secret.png",
        "/panel/../secret.png",
        "/panel/%2e%2e/screen.webp",
        "/panel/nobody/screen.webp",
        "/panel/nobody/sound.wav",
        "/panel/display-1/sound.wav",
        "/panel/kiosk-1/ticket/%00.png",
    ],
)
def test_nothing_outside_is_given_away(panel: Panel, address: str):
    (panel.folder / "secret.png").write_bytes(b"secret")
    (panel.folder / "kiosk-1" / "tickets").mkdir(parents=True)
    (panel.folder / "nobody").mkdir()
    os.symlink(panel.folder / "secret.png", panel.folder / "nobody" / "screen.png")
    assert panel.client.get(address).status_code == 404


def test_a_sound_from_nonsense_is_the_whole_sound(panel: Panel):
    (panel.folder / "display-1").mkdir()
    (panel.folder / "display-1" / "spoken.wav").write_bytes(bytes(60))
    assert len(panel.client.get("/panel/display-1/sound.wav?from=x").data) == 60


def test_every_key_of_the_page_is_one_that_the_device_takes(panel: Panel):
    forms = re.findall(r"<form.*?</form>", panel.client.get("/panel").text, re.DOTALL)
    keys = {
        (re.findall(r'name="device" value="([^"]+)"', form)[0], name, value)
        for form in forms
        for name, value in re.findall(r'<button [^>]*name="([^"]+)" value="([^"]+)"', form)
    }
    named = {key for key in keys if FULL.takes(key[0])[key[1]] != ANY}
    assert {key for key in named if key[2] not in FULL.takes(key[0])[key[1]]} == set()
    assert {name for _, name, _ in keys - named} == {"scan"}
    assert {("counter-2", "line", "power"), ("counter-2", "press", "hold"), ("nut-1", "press", "SS")} <= keys
