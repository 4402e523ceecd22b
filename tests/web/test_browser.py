"""The pages as people use them: a real browser, the real web process, a real broker, a hub that follows a script."""

import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from moiso.wire.messages import FakePress
from tests.conftest import PATIENCE
from tests.web.conftest import Pages, Said, opened
from tests.web.scenes import at, beat, board, counter, day, figures, line, service, services, status
from tests.whole.centre import until

ALARMS = [{"service": "B", "waiting": 4, "counters": [1]}]


def announce(hub: Said, waiting: int = 3, seq: int = 7) -> None:
    hub.say("beat", beat(), retain=False)
    hub.say("state/board", board(service("A", waiting=waiting), service("B", waiting=0, longest_since=None), seq=seq))
    hub.say("state/counter/1", counter(1))
    hub.say("state/day", day())
    hub.say("status/hub", status())


@contextmanager
def beating(hub: Said, stamp: str) -> Iterator[None]:
    """Somebody hears this beat, again and again."""
    over = threading.Event()

    def beats() -> None:
        while not over.wait(0.5):
            hub.say("beat", beat(stamp), retain=False)

    thread = threading.Thread(target=beats)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def settled(page: Page, pages: Pages) -> Page:
    """The managers' page once all that was announced has arrived, the hub's status last: it reloads while rows come."""
    opened(page, pages.address)
    expect(page.locator('[data-set="state=devices.hub.state"]')).to_have_attribute("data-state", "ready")
    expect(page.locator('[data-text="services.A.waiting"]')).to_have_text("3")
    expect(page.locator('[data-text="counters.1.ticket"]')).to_have_text("A012")
    return page


def test_the_managers_page_moves_when_a_state_changes(page: Page, pages: Pages, hub: Said):
    announce(hub, waiting=3)
    cell = settled(page, pages).locator('[data-text="services.A.waiting"]')
    page.evaluate("window.same = true")
    announce(hub, waiting=4, seq=8)
    expect(cell).to_have_text("4")
    hub.say("state/counter/1", counter(1, seq=9, ticket="B001", phase="called"))
    expect(page.locator('[data-text="counters.1.ticket"]')).to_have_text("B001")
    assert page.evaluate("window.same"), "the page was loaded anew instead of moving"


def test_new_rows_appear_by_themselves(page: Page, pages: Pages, hub: Said):
    announce(hub)
    opened(page, pages.address)
    expect(page.locator(".counter")).to_have_count(1)
    hub.say("state/counter/2", counter(2))
    expect(page.locator(".counter")).to_have_count(2)


def test_the_hubs_silence_is_said_and_so_is_its_return(page: Page, pages: Pages, hub: Said):
    announce(hub)
    settled(page, pages)
    said, clock = page.locator(".silence"), page.locator(".clock")
    began = time.monotonic()
    hub.say("beat", beat(at(1)), retain=False)
    expect(said).to_have_text("Mất kết nối với máy chủ hàng chờ – số liệu lúc 08:01")
    assert time.monotonic() - began > 4.9
    with beating(hub, at(2)):
        expect(said).to_be_hidden()
        expect(clock).to_have_text("08:02")


def test_a_page_that_loses_its_server_says_so_and_recovers(page: Page, pages: Pages, hub: Said):
    announce(hub)
    settled(page, pages)
    lost = page.locator("#lost")
    expect(lost).to_be_hidden()
    assert pages.stop() == 0
    expect(lost).to_be_visible()
    announce(hub, waiting=9, seq=9)
    pages.start()
    expect(lost).to_be_hidden()
    expect(page.locator('[data-text="services.A.waiting"]')).to_have_text("9")


def test_names_from_outside_stay_text_in_the_browser_too(page: Page, pages: Pages, hub: Said):
    announce(hub)
    settled(page, pages)
    evil = "<img src=x onerror=\"document.body.dataset.hacked='yes'\">"
    hub.say("state/board", board(service("A"), service("B"), notices=[evil], seq=8))
    expect(page.locator(".band.notice").first).to_have_text(evil)
    assert page.evaluate("document.body.dataset.hacked") is None


def test_nothing_is_wider_than_the_screen(page: Page, pages: Pages, hub: Said, speak_as: Callable[..., Said]):
    announce(hub)
    hub.say("status/kiosk-1", status("stopped", paper="out"))
    hub.say("state/counter/1", counter(1, seq=8, held=["A003", "B001"], on_duty="Nguyễn Thị Thanh Hương"))
    account = day()["account"] | {"by_account": {"nguyen-thi-thanh-huong": {"voids": 14}}}
    hub.say("state/day", day(overtime=True, leftover=["A003", "B001"], alarms=ALARMS, account=account))
    speak_as("stats").say("figures/day", figures(line("A"), line("B")))
    settled(page, pages)
    for width, name in itertools.product((360, 768, 1920), ("", "figures", "panel")):
        page.set_viewport_size({"width": width, "height": 800})
        opened(page, f"{pages.address}/{name}")
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)


def test_alarms_and_practice_are_loud_at_once_and_go_again(page: Page, pages: Pages, hub: Said):
    announce(hub)
    settled(page, pages)
    alarm, training = page.locator(".alarm"), page.locator(".training")
    expect(alarm).to_be_hidden()
    expect(training).to_be_hidden()
    page.evaluate("window.same = true")
    hub.say("state/day", day(alarms=ALARMS, training=True))
    expect(alarm).to_contain_text("Hộ tịch: 4 người chờ mà chưa có cán bộ – Quầy 1 có thể nhận ngay")
    expect(training).to_contain_text("NGÀY TẬP HUẤN")
    hub.say("state/day", day())
    expect(alarm).to_be_hidden()
    expect(training).to_be_hidden()
    assert page.evaluate("window.same")


def test_what_a_closed_day_left_behind_appears_by_itself(page: Page, pages: Pages, hub: Said):
    announce(hub)
    settled(page, pages)
    expect(page.locator(".closing")).to_have_count(0)
    account = day()["account"] | {"carried": ["A041", "A042", "A043"]}
    hub.say("state/day", day(open=False, account=account))
    expect(page.locator('[data-text="closing.carried"]')).to_have_text("A041–A043")


def test_figures_move_and_print_on_two_pages(page: Page, pages: Pages, hub: Said, speak_as: Callable[..., Said]):
    announce(hub)
    stats = speak_as("stats")
    stats.say("figures/day", figures(*(line(code) for code in "ABCDEFGH")))
    opened(page, pages.address + "/figures")
    issued = page.locator('[data-text="total.issued"]').first
    expect(issued).to_have_text("40")
    stats.say("figures/day", figures(*(line(code) for code in "ABCDEFGH"), total=line(issued=41)))
    expect(issued).to_have_text("41")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2


def test_a_press_on_the_panel_reaches_the_fake_device(page: Page, pages: Pages, speak_as: Callable[..., Said]):
    kiosk, unit = speak_as("kiosk-1", "fake/kiosk-1"), speak_as("counter-1", "fake/counter-1")
    opened(page, pages.address + "/panel")
    page.get_by_role("button", name="Chứng thực").click()
    page.get_by_role("group", name="Giấy in").get_by_text("Hết", exact=True).click()
    unit_box = page.get_by_role("group", name="Quầy 1")
    unit_box.get_by_role("button", name="Gọi tiếp").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    unit_box.get_by_text("Rút").click()
    until(lambda: len(kiosk.heard) >= 2 and len(unit.heard) >= 3, PATIENCE, "not all presses came")
    assert [json.loads(payload) for _, payload in kiosk.heard] == [press(press="A"), press(paper="out")]
    assert [json.loads(payload) for _, payload in unit.heard] == [
        press(press="next"), press(press="recall"), press(link="down"),
    ]  # fmt: skip
    expect(page.locator("#failed")).to_be_hidden()


def press(**what: str) -> dict[str, str | None]:
    return dict.fromkeys(FakePress.__struct_fields__) | what


def test_a_press_without_a_broker_is_said_to_have_failed(page: Page, pages: Pages, hub: Said, broker: object):
    announce(hub)
    opened(page, pages.address + "/panel")
    broker.stop()  # type: ignore[attr-defined]
    failed = page.locator("#failed")

    def refused() -> bool:
        with page.expect_response("**/panel/press") as answer:
            page.get_by_role("button", name="Chứng thực").click()
        return bool(answer.value.status == 503)

    until(refused, PATIENCE, "the pages take presses for nobody")
    expect(failed).to_contain_text("Chưa bấm được")


def test_the_panel_shows_what_the_fakes_do(page: Page, pages: Pages, hub: Said):
    announce(hub)
    kiosk, wall = pages.state / "fake" / "kiosk-1", pages.state / "fake" / "display-1"
    (kiosk / "tickets").mkdir(parents=True)
    wall.mkdir(parents=True)
    opened(page, pages.address + "/panel")
    expect(page.locator(".printed")).to_be_hidden()
    (kiosk / "lamps.json").write_text('{"A": "on", "B": "blink"}')
    paint(kiosk / "tickets" / "A001.png", (576, 900))
    paint(wall / "screen.png", (640, 360))
    (wall / "spoken.jsonl").write_text('{"ticket": "A001", "text": "Mời công dân…", "at": "", "counter": 1}\n')
    expect(page.locator('.arcade[value="A"]')).to_have_attribute("data-lamp", "steady")
    expect(page.locator('.arcade[value="B"]')).to_have_attribute("data-lamp", "blinking")
    expect(page.locator(".printed")).to_be_visible()
    expect(page.locator(".spoken q")).to_have_text("Mời công dân…")
    expect(page.locator(".tv img")).to_have_js_property("naturalWidth", 640)
    expect(page.locator('.arcade[value="A"] .note')).to_be_hidden()
    hub.say("state/services", services(service("A", note={"vi": "còn 5 số", "en": "5 numbers left"}), seq=8))
    hub.say("state/counter/1", counter(held=["A003"], seq=8))
    expect(page.locator('.arcade[value="A"] .note')).to_have_text("còn 5 số")
    expect(page.locator(".unit .held").first).to_have_text("Đang giữ chỗ: A003")
    paint(kiosk / "tickets" / "B001.png", (576, 700))
    expect(page.locator(".printed")).to_have_attribute("src", re.compile(r"B001\.png"))


def paint(path: Path, size: tuple[int, int]) -> None:
    """A picture, there whole or not at all, as the fakes paint theirs."""
    fresh = path.with_suffix(".new")
    Image.new("L", size, 255).save(fresh, "PNG")
    fresh.replace(path)
