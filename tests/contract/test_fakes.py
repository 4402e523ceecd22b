"""The fakes, pressed as the front panel presses them, and the files that show what they did."""

import json
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.whole.centre import Centre, until
from tests.whole.talk import PATIENCE, Device, Ear


@pytest.fixture(autouse=True)
def _everybody_there(centre):
    centre.all_ready()


#: A button that has just given a number takes no press for so long: a double tap is one press.
DOUBLE_TAP = 1.1


def press_for_a_ticket(kiosk: Device, ear: Ear, service: str = "B") -> str:
    """Press a button of the fake kiosk as soon as it takes presses; the number that comes out.

    It is the printed one: where the hub answers late, the kiosk gives one of its own, and the hub's is void.
    """
    time.sleep(DOUBLE_TAP)
    since = len(ear.heard)
    kiosk.says("fake/kiosk-1", {"press": service}, qos=0)
    number = ear.hears("event/ticket-printed", since=since).data["ticket"]
    ear.hears("event/ticket-issued", ticket=number, service=service)
    return number


def said(status: Ear, **detail: str) -> str:
    """Wait until the kiosk's last word about itself has this; its state then."""

    def last() -> str | None:
        body = status.on("status/kiosk-1")[-1].body
        return body["state"] if detail.items() <= body["detail"].items() else None

    return until(last, PATIENCE, f"the kiosk does not say {detail}")


def lamps(centre: Centre, device: str) -> dict[str, str]:
    return json.loads((centre.fake(device) / "lamps.json").read_text())


def ticket_files(centre: Centre, number: str) -> tuple[Path, Path]:
    folder = centre.fake("kiosk-1") / "tickets"
    return folder / f"{number}.escpos", folder / f"{number}.png"


def test_a_press_on_the_fake_kiosk_prints_a_ticket(centre, kiosk, ear):
    number = press_for_a_ticket(kiosk, ear, "A")
    raw, picture = ticket_files(centre, number)
    until(picture.exists, PATIENCE, "no picture of the ticket")
    assert raw.stat().st_size > 1000
    with Image.open(picture) as image:
        assert image.width == 576
        assert image.height > 400


def test_out_of_paper_the_kiosk_says_so_and_its_page_shows_the_numbers(centre, kiosk, web, ear):
    with web.listens("status/kiosk-1") as status:
        kiosk.says("fake/kiosk-1", {"paper": "out"})
        said(status, paper="out")
        kiosk.says("fake/kiosk-1", {"press": "B"})
        number = ear.hears("event/ticket-print-failed", reason="out").data["ticket"]
        ear.hears("event/ticket-issued", ticket=number, service="B")
        kiosk.says("fake/kiosk-1", {"paper": "near"})
        assert said(status, paper="near") == "ready", "near its end is no stop"
        next_one = press_for_a_ticket(kiosk, ear)
        assert [ticket_files(centre, each)[0].exists() for each in (number, next_one)] == [False, True]
        kiosk.says("fake/kiosk-1", {"paper": "ok"})
        said(status, paper="ok")


def test_an_open_cover_is_no_matter_of_paper(kiosk, web):
    with web.listens("status/kiosk-1") as status:
        for hand, word in [({"cover": "open"}, "cover"), ({"paper": "near"}, None), ({"cover": "closed"}, "near")]:
            kiosk.says("fake/kiosk-1", hand)
            if word:
                said(status, paper=word)
        kiosk.says("fake/kiosk-1", {"paper": "ok"})
        said(status, paper="ok")


def test_a_ticket_held_before_the_scanner_takes_its_visitor_back(centre, kiosk, counter, ear):
    number = press_for_a_ticket(kiosk, ear)
    counter.asks("next")
    counter.asks("no-show")
    ear.hears("event/ticket-missed", ticket=number)
    code = centre.fake("kiosk-1") / "tickets" / f"{number}.qr"
    until(code.exists, PATIENCE, "the ticket has no code")
    kiosk.says("fake/kiosk-1", {"scan": code.read_text()})
    ear.hears("event/ticket-returned", ticket=number)


def test_a_scanner_that_is_unplugged_is_said_and_the_kiosk_still_gives_numbers(kiosk, web, ear):
    with web.listens("status/kiosk-1") as status:
        kiosk.says("fake/kiosk-1", {"scanner": "unplug"})
        assert said(status, scanner="absent") == "ready"
        press_for_a_ticket(kiosk, ear)
        kiosk.says("fake/kiosk-1", {"scanner": "plug"})
        said(status, scanner="ready")


def test_a_kiosk_whose_link_is_down_is_lost_and_comes_back(kiosk, web, ear):
    with web.listens("status/kiosk-1") as status:
        kiosk.says("fake/kiosk-1", {"link": "down"})
        status.hears("status/kiosk-1", state="lost")
        since = len(status.heard)
        kiosk.says("fake/kiosk-1", {"link": "up"})
        status.hears("status/kiosk-1", state="ready", since=since)
    press_for_a_ticket(kiosk, ear)


def test_the_call_unit(centre, kiosk, counter, ear):
    number = press_for_a_ticket(kiosk, ear)
    until(lambda: lamps(centre, "counter-1") == {"lamp": "steady"}, PATIENCE, "the lamp is not steady")
    counter.says("fake/counter-1", {"press": "next"})
    ear.hears("event/ticket-called", ticket=number, counter=1)
    until(lambda: lamps(centre, "counter-1") == {"lamp": "steady"}, PATIENCE, "the lamp is not steady after the press")


def test_the_call_units_other_buttons(kiosk, counter, ear):
    number = press_for_a_ticket(kiosk, ear)
    counter.asks("next")
    until(lambda: _recalled(counter, ear, number), PATIENCE, "no recall")
    until(lambda: _missed(counter, ear, number), PATIENCE, "no no-show")


def _recalled(counter: Device, ear: Ear, number: str) -> bool:
    """Press again and again: so soon after a call a press does not count."""
    counter.says("fake/counter-1", {"press": "recall"})
    return _comes(ear, "event/ticket-recalled", number)


def _missed(counter: Device, ear: Ear, number: str) -> bool:
    counter.says("fake/counter-1", {"press": "no-show"})
    return _comes(ear, "event/ticket-missed", number)


def _comes(ear: Ear, topic: str, number: str) -> bool:
    try:
        return ear.hears(topic, within=0.3, ticket=number) is not None
    except AssertionError:
        return False


def test_a_call_unit_whose_link_is_down_blinks(centre, counter):
    counter.says("fake/counter-1", {"link": "down"})
    until(lambda: lamps(centre, "counter-1") == {"lamp": "blinking"}, PATIENCE, "the lamp does not blink")
    counter.says("fake/counter-1", {"link": "up"})
    until(lambda: lamps(centre, "counter-1") == {"lamp": "steady"}, PATIENCE, "the lamp is not steady again")


def test_a_display_takes_no_press(centre):
    display, before = centre.device("display-1"), centre.status("display-1")
    display.says("fake/display-1", {"press": "next"})
    with centre.device("web").listens("status/display-1") as status:
        since = len(status.heard)
        display.says("status/display-1", {})  # a foreign word, which is answered with the birth
        status.hears("status/display-1", since=since, session=before["session"], state="ready")
        assert not [h for h in status.on("status/display-1") if h.body.get("state") == "lost"]
