"""The front panel in a real browser, a whole real centre behind it: what a newcomer does after `make run`."""

import contextlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PATIENCE
from tests.contract.conftest import free_port
from tests.whole.centre import Centre, until

#: How the digits of a number are spoken.
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    centre = Centre(tmp_path_factory.mktemp("panel") / "state", (free_port(), free_port()))
    try:
        centre.start()
        yield centre
    finally:
        centre.close()


@pytest.fixture(scope="module")
def page(centre: Centre, chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(f"http://127.0.0.1:{centre.ports[1]}/panel")
    yield page
    page.close()


def printed(centre: Centre, service: str) -> str:
    """The first number of this service: one of the kiosk's own, off line, where the hub was too busy to answer."""
    tickets = centre.fake("kiosk-1") / "tickets"
    [first] = until(lambda: [*tickets.glob(f"{service}*.png")], PATIENCE, "nothing was printed")
    return first.stem


def call(page: Page, number: str) -> None:
    """Press *next* until this number is at counter 1: a press that nobody answered is given up after two seconds."""
    desk = page.locator(".desk b").first

    def stands() -> bool:
        page.locator('button[name="press"][value="next"]').first.click()
        with contextlib.suppress(AssertionError):
            expect(desk).to_have_text(number, timeout=15_000)
        return desk.inner_text() == number

    until(stands, PATIENCE, "nobody was called")


def test_a_press_becomes_a_ticket_and_the_next_press_a_spoken_number(page: Page, centre: Centre):
    page.locator('button[name="press"][value="A"]').click()
    expect(page.locator("img.printed")).to_have_js_property("naturalWidth", 576)
    number = printed(centre, "A")
    assert (centre.fake("kiosk-1") / "tickets" / f"{number}.escpos").stat().st_size > 5000

    call(page, number)
    spoken = page.locator(".spoken q")
    digits = " ".join(DIGITS[int(digit)] for digit in number[1:])
    expect(spoken).to_have_text(f"Mời công dân có số thứ tự A, {digits}, đến quầy số một.")
    expect(page.locator('img[data-picture*="screen"]')).to_have_js_property("naturalWidth", 1920)


def test_keys_alone_are_enough(page: Page, centre: Centre):
    page.locator('button[name="press"][value="C"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("img.printed")).to_have_attribute("src", re.compile(printed(centre, "C")))


def test_paper_runs_out_and_comes_back(page: Page):
    matter = page.locator(".kiosk .matter")
    page.locator('button[name="paper"][value="out"]').click()
    expect(matter).to_have_text("giấy: đã hết")
    page.locator('button[name="paper"][value="ok"]').click()
    expect(matter).to_have_text("")


def test_the_touch_page_wants_no_card_and_knows_the_last_ticket(page: Page, centre: Centre):
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Mở màn hình cảm ứng").click()
    touch = opened.value
    page.get_by_role("button", name="Căn cước (bịa)").click()
    expect(touch.locator("body")).to_contain_text("Không cần quét thẻ")
    page.get_by_role("button", name="Phiếu vừa in").click()
    expect(touch.locator("body")).to_contain_text(f"Số {printed(centre, 'C')} vẫn đang chờ")
    touch.close()


def test_a_call_unit_without_its_network_says_so(page: Page):
    lamp = page.locator("p.lamp").first
    expect(lamp).to_have_attribute("data-lamp", "steady")
    page.locator('section[aria-labelledby="units"] button[name="link"][value="down"]').first.click()
    expect(lamp).to_have_attribute("data-lamp", "blinking")


def test_the_managers_page_moved(page: Page, centre: Centre):
    page.goto(f"http://127.0.0.1:{centre.ports[1]}/")
    expect(page.locator("main")).to_contain_text(printed(centre, "A"))
    page.goto(f"http://127.0.0.1:{centre.ports[1]}/figures")
    expect(page.locator("main")).to_contain_text("Chứng thực")
