"""The clerk's panel when nobody answers, and when her session is over."""

import json
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.web.browser.seat import eventually, log_in, quiet, said, settled, ticket
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub


def test_a_silent_hub_is_said_and_the_keys_do_nothing(clerk: Page, queue: QueueHub):
    queue.silent = True
    band = clerk.locator(".nolink")
    expect(band).to_be_visible()
    expect(clerk).to_have_title("⚠ A012 · 5 chờ")
    for key in ("Space", "v", "g", "1"):
        clerk.keyboard.press(key)
    expect(clerk.locator("#said")).to_contain_text("Các phím trên trang không có tác dụng")
    queue.silent = False
    expect(band).to_be_hidden()
    assert queue.asked == []
    expect(clerk.locator("#question")).to_be_hidden()
    settled(clerk).keyboard.press("Space")
    ticket(clerk, "A013")


def test_a_server_that_is_gone_is_said_within_five_seconds_and_the_page_resumes_by_itself(
    chromium: Browser, pages: Pages, queue: QueueHub, cookies: list[Any]
):
    with chromium.new_context(locale="vi-VN") as context:
        context.add_cookies(cookies)
        context.clock.install()
        clerk = settled(opened(context.new_page(), f"{pages.address}/clerk"))
        assert pages.stop() == 0
        clerk.wait_for_timeout(500)  # so that its last word has come
        context.clock.run_for(5000)  # the page's own time, however long this machine takes for it
        assert clerk.locator(".nolink").is_visible()
        pages.start()
        expect(clerk.locator(".nolink")).to_be_hidden()
        settled(clerk).keyboard.press("Space")
        ticket(clerk, "A013")


def test_a_press_while_the_server_restarts_is_sent_once(clerk: Page, pages: Pages, queue: QueueHub):
    pages.stop()
    clerk.keyboard.press("Space")
    expect(clerk.locator("body")).to_have_attribute("data-busy", "command")
    pages.start()
    settled(clerk, "A013")
    clerk.keyboard.press("Space")
    settled(clerk, "A014")
    assert queue.called == ["A013", "A014"]
    assert queue.presses == ["next", "next"]


def test_a_session_that_ends_in_the_middle_of_a_press_says_so_and_sends_nothing(
    clerk: Page, pages: Pages, queue: QueueHub
):
    clerk.context.clear_cookies()
    clerk.keyboard.press("Space")
    band = clerk.locator("#signedout")
    expect(band).to_be_visible()
    expect(band).to_contain_text("chưa được thực hiện")
    expect(clerk.locator(".nolink")).to_be_hidden()
    clerk.keyboard.press("Escape")
    clerk.keyboard.press("v")
    assert queue.asked == []
    band.get_by_role("link").click()
    clerk.fill("#account", "cb-01")
    clerk.fill("#secret", json.loads((pages.state / "fake/web/accounts.json").read_text())["cb-01"])
    clerk.keyboard.press("Enter")
    settled(clerk).keyboard.press("r")
    said(clerk, "Đã bắt đầu phục vụ A012 rồi.")
    clerk.wait_for_timeout(500)
    assert queue.asked == [], "a press of before the login was sent after it"


def test_the_back_button_brings_the_panel_as_it_is_now(clerk: Page, pages: Pages, queue: QueueHub):
    clerk.keyboard.press("Space")
    ticket(clerk, "A013")
    clerk.goto(f"{pages.address}/figures")
    queue.show(ticket="A050")
    clerk.go_back()
    settled(clerk, "A050")
    quiet(clerk).keyboard.press("Space")
    eventually(lambda: queue.presses == ["next", "next"])
    assert queue.body("next") == {"after": "A050"}


def test_a_tab_of_the_old_counter_sends_nothing_to_the_new_one(page: Page, pages: Pages, queue: QueueHub):
    clerk = settled(log_in(page, pages))
    other = opened(clerk.context.new_page(), f"{pages.address}/clerk/counters")
    other.get_by_role("button", name="Quầy 2").click()
    expect(other.locator("h1")).to_have_text("Quầy 2")
    clerk.bring_to_front()
    clerk.keyboard.press("g")
    expect(clerk.locator("h1")).to_have_text("Quầy 2")
    assert queue.asked == []


def test_a_session_that_ended_while_the_server_was_off_is_no_lost_connection(page: Page, pages: Pages, queue: QueueHub):
    clerk = settled(log_in(page, pages))
    pages.stop()
    expect(clerk.locator(".nolink")).to_be_visible()
    clerk.context.clear_cookies()
    pages.start()
    band = clerk.locator("#signedout")
    expect(band).to_contain_text("Phiên làm việc đã hết hạn: mời đăng nhập lại.")
    expect(clerk.locator(".nolink")).to_be_hidden()
    clerk.wait_for_timeout(5000)
    expect(clerk.locator(".nolink")).to_be_hidden()
    band.get_by_role("link").click()
    expect(clerk.locator("[name=next]")).to_have_value("/clerk")


def test_whoever_is_no_clerk_any_more_is_told_so(page: Page, pages: Pages, queue: QueueHub):
    clerk = settled(log_in(page, pages))
    other = log_in(clerk.context.new_page(), pages, "huong-dan", "/greeter")
    expect(other.locator(".services")).to_be_visible()
    pages.stop()
    pages.start()
    expect(clerk.locator("#signedout")).to_contain_text("Trang này dành cho cán bộ")
    expect(clerk.locator(".nolink")).to_be_hidden()
