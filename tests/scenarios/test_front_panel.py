"""The front panel in a real browser, a whole real centre behind it: what a newcomer does after `make run`."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.contract.conftest import free_port
from tests.whole.centre import Centre

SOON = 15_000  # milliseconds; the machine may be busy with something else


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
    page.goto(f"http://127.0.0.1:{centre.ports[1]}/panel")
    yield page
    page.close()


def test_a_press_becomes_a_ticket_and_the_next_press_a_spoken_number(page: Page, centre: Centre):
    page.locator('button[name="press"][value="A"]').click()
    expect(page.locator("img.printed")).to_have_js_property("naturalWidth", 576, timeout=SOON)
    assert (centre.state / "fake" / "kiosk-1" / "tickets" / "A001.escpos").stat().st_size > 5000

    page.locator('button[name="press"][value="next"]').first.click()
    spoken = page.locator(".spoken q")
    expect(spoken).to_have_text("Mời công dân có số thứ tự A, không không một, đến quầy số một.", timeout=SOON)
    expect(page.locator('img[data-picture*="screen"]')).to_have_js_property("naturalWidth", 1920, timeout=SOON)
    expect(page.locator(".desk b").first).to_have_text("A001", timeout=SOON)


def test_keys_alone_are_enough(page: Page, centre: Centre):
    page.locator('button[name="press"][value="C"]').focus()
    page.keyboard.press("Enter")
    printed = centre.state / "fake" / "kiosk-1" / "tickets" / "C001.png"
    expect(page.locator("img.printed")).to_have_attribute("src", re.compile("C001"), timeout=SOON)
    assert printed.exists()


def test_paper_runs_out_and_comes_back(page: Page):
    matter = page.locator(".kiosk .matter")
    page.locator('button[name="paper"][value="out"]').click()
    expect(matter).to_have_text("giấy: đã hết", timeout=SOON)
    page.locator('button[name="paper"][value="ok"]').click()
    expect(matter).to_have_text("", timeout=SOON)


def test_the_touch_page_wants_no_card_and_knows_the_last_ticket(page: Page):
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Mở màn hình cảm ứng").click()
    touch = opened.value
    page.get_by_role("button", name="Căn cước (bịa)").click()
    expect(touch.locator("body")).to_contain_text("Không cần quét thẻ", timeout=SOON)
    page.get_by_role("button", name="Phiếu vừa in").click()
    expect(touch.locator("body")).to_contain_text("Số C001 vẫn đang chờ", timeout=SOON)
    touch.close()


def test_a_call_unit_without_its_network_says_so(page: Page):
    lamp = page.locator("p.lamp").first
    expect(lamp).to_have_attribute("data-lamp", "steady", timeout=SOON)
    page.locator('section[aria-labelledby="units"] button[name="link"][value="down"]').first.click()
    expect(lamp).to_have_attribute("data-lamp", "blinking", timeout=SOON)


def test_the_managers_page_moved(page: Page, centre: Centre):
    page.goto(f"http://127.0.0.1:{centre.ports[1]}/")
    expect(page.locator("main")).to_contain_text("A001", timeout=SOON)
    page.goto(f"http://127.0.0.1:{centre.ports[1]}/figures")
    expect(page.locator("main")).to_contain_text("Chứng thực", timeout=SOON)
