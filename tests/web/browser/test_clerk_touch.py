"""The clerk's panel by touch, in a small window, and without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.browser.seat import eventually, log_in, quiet, said, settled, ticket
from tests.web.conftest import Pages
from tests.web.queue_hub import QueueHub


@pytest.fixture
def phone(chromium: Browser, pages: Pages, queue: QueueHub) -> Iterator[Page]:
    context = chromium.new_context(locale="vi-VN", viewport={"width": 390, "height": 844}, has_touch=True)
    yield settled(log_in(context.new_page(), pages))
    context.close()


def test_a_phone_is_enough(phone: Page, queue: QueueHub):
    phone.locator("#next").tap()
    ticket(phone, "A013")
    quiet(phone).get_by_role("button", name="Kết thúc").tap()
    phone.get_by_role("button", name="Giải quyết xong tại chỗ").tap()
    said(phone, "A013 đã xong.")
    assert queue.presses == ["next", "finish"]
    assert queue.body("finish") == {"after": "A013", "outcome": "done"}


def test_a_small_window_has_what_counts_and_the_rest_behind_one_key(clerk: Page, queue: QueueHub):
    clerk.set_viewport_size({"width": 360, "height": 300})
    for what in ("#next", ".here .ticket", "#undo", ".count", "#more"):
        box = clerk.locator(what).bounding_box()
        assert box, what
        assert box["y"] + box["height"] <= 300, what
    expect(clerk.locator("#keys")).to_be_hidden()
    clerk.keyboard.press("m")
    expect(clerk.locator("#keys")).to_be_visible()
    expect(clerk.locator("#more")).to_have_attribute("aria-expanded", "true")
    clerk.keyboard.press("m")
    clerk.keyboard.press("g")
    said(clerk, "A012 được giữ chỗ.")


def test_a_lost_link_is_seen_wherever_the_page_is_scrolled_to(clerk: Page, queue: QueueHub):
    clerk.set_viewport_size({"width": 360, "height": 300})
    clerk.keyboard.press("f")
    expect(clerk.locator("#question")).to_be_visible()
    clerk.get_by_role("button", name="Còn hồ sơ").scroll_into_view_if_needed()
    expect(clerk.locator(".bar")).not_to_be_in_viewport()
    queue.silent = True
    expect(clerk.locator(".nolink")).to_be_in_viewport(ratio=1)


def test_so_it_is_on_the_other_pages(page: Page, pages: Pages, queue: QueueHub):
    page.set_viewport_size({"width": 390, "height": 400})
    log_in(page, pages, "huong-dan", "/greeter")
    page.locator("#down").scroll_into_view_if_needed()
    expect(page.locator(".top")).not_to_be_in_viewport()
    queue.silent = True
    expect(page.locator(".silence")).to_be_in_viewport(ratio=1)


def test_the_number_its_phase_and_clock_stand_in_one_row_on_a_phone(phone: Page, queue: QueueHub):
    number, phase = phone.locator(".here .ticket").bounding_box(), phone.locator("#spell").bounding_box()
    assert number
    assert phase
    assert phase["y"] < number["y"] + number["height"]


@pytest.fixture
def plain(chromium: Browser, pages: Pages, queue: QueueHub) -> Iterator[Page]:
    context: BrowserContext = chromium.new_context(locale="vi-VN", java_script_enabled=False)
    page = log_in(context.new_page(), pages)
    expect(page.locator(".here .ticket")).to_have_text("A012")
    yield page
    context.close()


def test_it_works_without_a_script(plain: Page, queue: QueueHub):
    plain.locator("#next").click()
    said(plain, "Đã gọi A013.")
    plain.get_by_role("button", name="Kết thúc").click()
    plain.get_by_role("button", name="Thiếu giấy tờ").click()
    said(plain, "A013 đã xong.")
    assert queue.body("finish") == {"after": "A013", "outcome": "missing-papers"}
    plain.get_by_role("button", name="Nhập số").click()
    plain.fill("#typed", "a99")
    plain.keyboard.press("Enter")
    plain.get_by_role("button", name="A099 quay lại").click()
    eventually(lambda: queue.presses[-1] == "return")


def test_a_form_that_is_posted_twice_is_one_press(plain: Page, queue: QueueHub):
    plain.locator("#next").click()
    said(plain, "Đã gọi A013.")
    plain.reload()
    said(plain, "Đã gọi A013.")
    assert queue.called == ["A013"]
    assert len(queue.presses) == 1
