"""Keypads, signs, serial lines and plain buttons of the front panel, as people use them in a real browser."""

import contextlib
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import PATIENCE, Broker
from tests.web.conftest import Pages, Said, opened
from tests.web.scenes import beat, counter, status
from tests.web.test_site_place import MORE
from tests.whole.centre import free_port, until
from web.panel_kiosk import CODES

#: Longer than a click, in milliseconds of the page's own time.
HOLD = 500


@pytest.fixture(scope="module")
def broker(make_broker: Callable[..., Broker]) -> Broker:
    """One for all tests of this file, as are the pages: they leave presses behind, and no device that another uses."""
    return make_broker()


@pytest.fixture(scope="module")
def pages(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    running = Pages(broker, free_port(), tmp_path_factory.mktemp("pages"), more=MORE)
    running.start()
    yield running
    running.stop()


class Device:
    """A fake device of the panel: its box, and what a hand did to it."""

    def __init__(self, box: Locator, said: Said) -> None:
        self.box, self._said = box, said

    def key(self, name: str) -> Locator:
        return self.box.get_by_role("button", name=name, exact=True).first

    def did(self, *what: dict[str, str]) -> None:
        """It was told exactly this so far."""
        with contextlib.suppress(AssertionError):  # what it was told instead says more
            until(lambda: len(self._said.heard) >= len(what), PATIENCE, "")
        time.sleep(0.2)  # for what should not come
        heard = [json.loads(payload) for _, payload in self._said.heard]
        assert [{key: value for key, value in each.items() if value is not None} for each in heard] == [*what]


Find = Callable[[str, str], Device]


@pytest.fixture
def panel(page: Page, pages: Pages, speak_as: Callable[[str, str], Said]) -> Find:
    """Open the panel and give a device by its name on it and its id."""
    return lambda name, device: found(page, pages, name, speak_as(device, f"fake/{device}"))


def found(page: Page, pages: Pages, name: str, said: Said) -> Device:
    opened(page, pages.address + "/panel")
    return Device(page.get_by_role("group", name=name, exact=False).first, said)


@pytest.fixture
def still(chromium: Browser) -> Iterator[Page]:
    """A page on which time stands until it is told to go on: no machine is too slow for a click."""
    with chromium.new_context(locale="vi-VN") as context:
        context.set_default_timeout(1000 * PATIENCE)
        context.clock.install(time=0)
        context.clock.pause_at(3600)
        yield context.new_page()


@pytest.fixture
def unit(still: Page, pages: Pages, speak_as: Callable[[str, str], Said]) -> Device:
    """A call unit on the still page."""
    return found(still, pages, "Quầy 1", speak_as("counter-1", "fake/counter-1"))


def test_a_keypad_is_pressed_by_mouse_and_by_keyboard(panel: Find, page: Page):
    unit = panel("Quầy 3", "counter-3")
    unit.key("Gọi tiếp").click()
    unit.key("Hoàn tác").focus()
    page.keyboard.press("Enter")
    unit.did({"press": "next"}, {"press": "undo"})


def test_a_keypads_plug_address_and_power(panel: Find):
    unit = panel("Quầy 3", "counter-3")
    unit.box.get_by_text("Thử gây sự cố").click()
    unit.box.get_by_role("group", name="Dây tín hiệu").get_by_text("Rút").click()
    unit.box.get_by_role("group", name="Thêm bộ phím trùng địa chỉ").get_by_text("Có").click()
    unit.box.get_by_text("Ngắt điện").click()
    unit.did({"line": "unplug"}, {"line": "twin"}, {"line": "power"})


def test_what_hands_do_to_a_kiosk(page: Page, pages: Pages, speak_as: Callable[[str, str], Said]):
    said = speak_as("kiosk-1", "fake/kiosk-1")
    opened(page, pages.address + "/panel")
    kiosk = Device(page.get_by_role("region", name="Máy lấy số"), said)
    kiosk.box.get_by_role("group", name="Nắp máy in").get_by_text("Mở").click()
    kiosk.key("Mã thủ tục").click()
    kiosk.key("Căn cước (bịa)").click()
    kiosk.box.get_by_text("Thử gây sự cố").click()
    kiosk.key("Kẹt dao").click()
    kiosk.key("Đứt dây giữa phiếu sau").click()
    kiosk.box.get_by_role("group", name="Đầu đọc mã").get_by_text("Rút").click()
    scans = [{"scan": CODES["procedure"]}, {"scan": CODES["card"]}]
    kiosk.did({"cover": "open"}, *scans, {"printer": "cutter"}, {"printer": "drop"}, {"scanner": "unplug"})


def test_the_last_ticket_can_be_held_before_the_scanner(page: Page, pages: Pages, speak_as: Callable[..., Said]):
    said = speak_as("kiosk-1", "fake/kiosk-1")
    opened(page, pages.address + "/panel")
    kiosk = Device(page.get_by_role("region", name="Máy lấy số"), said)
    expect(kiosk.key("Phiếu vừa in")).to_be_disabled()
    tickets = pages.state / "fake" / "kiosk-1" / "tickets"
    tickets.mkdir(parents=True)
    (tickets / "A012.qr").write_text("http://an-binh.local/t/6f1c2a90b7e4d358")
    (tickets / "A012.png").write_bytes(b"")
    expect(kiosk.key("Phiếu vừa in")).to_be_enabled()
    kiosk.key("Phiếu vừa in").click()
    kiosk.did({"scan": "http://an-binh.local/t/6f1c2a90b7e4d358"})


def test_a_kiosk_shows_what_was_done_to_it_and_what_its_program_says(
    page: Page, pages: Pages, hub: Said, speak_as: Callable[..., Said]
):
    opened(page, pages.address + "/panel")
    kiosk, said = page.get_by_role("region", name="Máy lấy số"), speak_as("kiosk-1")
    expect(kiosk.get_by_role("link", name="Mở màn hình cảm ứng")).to_be_hidden()
    write(pages.state / "fake" / "kiosk-1" / "done.json", {"cover": "open"})
    said.say("status/kiosk-1", status("stopped", paper="cover", page="http://127.0.0.1:8090/"))
    cover = kiosk.get_by_role("group", name="Nắp máy in")
    expect(cover.get_by_text("Mở")).to_have_attribute("aria-pressed", "true")
    expect(kiosk.locator(".matter")).to_have_text("nắp máy in: đang mở")
    expect(kiosk.get_by_role("link", name="Mở màn hình cảm ứng")).to_have_attribute("href", "http://127.0.0.1:8090/")


def test_a_lines_adapter_and_noise(panel: Find):
    line = panel("Đường dây nối tiếp “quay”", "counter-3")
    line.box.get_by_role("group", name="Bộ chuyển đổi USB").get_by_text("Rút").click()
    line.box.get_by_role("group", name="Nhiễu trên dây").get_by_text("Có").click()
    line.did({"line": "adapter-out"}, {"line": "noise"})


def test_a_plain_button_says_its_own_payloads_and_gets_stuck(panel: Find):
    button = panel("bell-1", "bell-1")
    button.box.get_by_role("button", name="giữ lâu").click()
    button.box.get_by_text("Thử gây sự cố").click()
    button.key("Kẹt nút 3 giây").click()
    button.did({"press": "hold"}, {"press": "stuck"})


def test_a_click_on_recall_is_a_press_and_a_finger_that_stays_goes_down_and_up(unit: Device, still: Page):
    recall = unit.key("Gọi lại")
    recall.click()
    still.mouse.down()
    still.clock.run_for(HOLD)
    still.mouse.up()
    unit.did({"press": "recall"}, {"press": "recall-down"}, {"press": "recall-up"})
    expect(recall).not_to_have_class(re.compile("down"))


def test_a_key_of_the_keyboard_that_stays_is_a_finger_too(unit: Device, still: Page):
    unit.key("Gọi lại").focus()
    for key in ("Enter", "Space"):
        still.keyboard.press(key)
        still.keyboard.down(key)
        still.keyboard.down(key)
        still.clock.run_for(HOLD)
        still.keyboard.up(key)
    unit.did(*[{"press": "recall"}, {"press": "recall-down"}, {"press": "recall-up"}] * 2)


def test_a_finger_that_slips_off_the_key_has_left_it(unit: Device, still: Page):
    unit.key("Gọi lại").hover()
    still.mouse.down()
    still.clock.run_for(HOLD)
    unit.did({"press": "recall-down"})
    unit.key("Gọi tiếp").hover()
    unit.did({"press": "recall-down"}, {"press": "recall-up"})
    still.mouse.up()
    unit.did({"press": "recall-down"}, {"press": "recall-up"})


def write(path: Path, what: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(what))


def test_the_panel_shows_what_glows_and_what_is_out(page: Page, pages: Pages, hub: Said, speak_as: Callable[..., Said]):
    hub.say("beat", beat(), retain=False)
    hub.say("status/hub", status())
    hub.say("state/counter/3", counter(3))
    opened(page, pages.address + "/panel")
    unit, line = page.get_by_role("group", name="Quầy 3").first, page.get_by_role("group", name="Đường dây")
    fakes, said = pages.state / "fake", speak_as("counter-3")
    write(fakes / "counter-3" / "sign.json", {"text": "A012"})
    write(fakes / "counter-3" / "lamps.json", {"lamp": "undone"})
    expect(unit.locator(".led b")).to_have_text("A012")
    expect(unit.locator(".sign")).to_contain_text("số đang ở quầy")
    expect(unit.locator(".lamp")).to_have_attribute("data-lamp", "undone")
    write(fakes / "line-quay" / "line.json", {"adapter": "adapter-out", "noise": "quiet"})
    write(fakes / "counter-3" / "sign.json", {"text": "----"})
    said.say("status/counter-3", status("stopped", keypad="no-line", sign="no-line"))
    expect(line.get_by_role("group", name="Bộ chuyển đổi").get_by_text("Rút")).to_have_attribute("aria-pressed", "true")
    expect(line).to_contain_text("chưa cắm bộ chuyển đổi")
    expect(unit.locator(".trouble").first).to_have_text("đường dây: chưa cắm bộ chuyển đổi")
    expect(unit.locator(".sign")).to_contain_text("chưa rõ")
    button = page.get_by_role("group", name="bell-1")
    expect(button.locator(".trouble")).to_be_hidden()
    hub.say("status/hub", status(stuck=["bell-1"]))
    expect(button.locator(".trouble")).to_contain_text("gửi lệnh liên tục")


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_nothing_is_wider_than_the_screen(page: Page, pages: Pages, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, pages.address + "/panel")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
