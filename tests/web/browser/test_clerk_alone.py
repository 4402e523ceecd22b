"""The clerk's panel when nobody answers, and when her session is over."""

import json
import time

from playwright.sync_api import Page, expect

from tests.web.browser.seat import GLANCE, eventually, log_in, said, settled, ticket
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub


def test_an_unanswered_press_is_repeated_under_its_id_and_given_up(clerk: Page, queue: QueueHub):
    queue.mute = True
    began = time.monotonic()
    clerk.keyboard.press("Space")
    said(clerk, "Đang gửi…")
    expect(clerk.locator("#said")).to_contain_text("chưa rõ đã làm hay chưa", timeout=6000)
    assert 1.9 < time.monotonic() - began < 5
    assert len(queue.asked) >= 2
    assert len(queue.presses) == 1
    ticket(clerk, "A012")


def test_a_press_that_counted_after_all_takes_the_doubt_back(clerk: Page, queue: QueueHub):
    queue.mute = True
    clerk.keyboard.press("Space")
    expect(clerk.locator("#said")).to_contain_text("chưa rõ", timeout=6000)
    queue.show(ticket="A013", phase="called", since=queue.stamp())
    ticket(clerk, "A013")
    said(clerk, "")


def test_a_silent_hub_is_said_within_six_seconds_and_the_keys_do_nothing(clerk: Page, queue: QueueHub):
    queue.silent = True
    band = clerk.locator(".nolink")
    began = time.monotonic()
    expect(band).to_be_visible(timeout=8000)
    assert time.monotonic() - began < 6.5
    expect(clerk).to_have_title("⚠ A012 · 5 chờ")
    for key in ("Space", "v", "g", "1"):
        clerk.keyboard.press(key)
    expect(clerk.locator("#said")).to_contain_text("Các phím trên trang không có tác dụng")
    queue.silent = False
    expect(band).to_be_hidden(timeout=3000)
    assert queue.asked == []
    expect(clerk.locator("#question")).to_be_hidden()
    settled(clerk).keyboard.press("Space")
    ticket(clerk, "A013")


def test_a_server_that_is_gone_is_said_within_five_seconds_and_the_page_resumes_by_itself(
    clerk: Page, pages: Pages, queue: QueueHub
):
    assert pages.stop() == 0
    began = time.monotonic()
    expect(clerk.locator(".nolink")).to_be_visible(timeout=6000)
    assert time.monotonic() - began < 5.5
    pages.start()
    expect(clerk.locator(".nolink")).to_be_hidden(timeout=15_000)
    settled(clerk).keyboard.press("Space")
    ticket(clerk, "A013")


def test_a_press_while_the_server_restarts_is_sent_once_or_said_to_be_unknown(
    clerk: Page, pages: Pages, queue: QueueHub
):
    pages.stop()
    clerk.keyboard.press("Space")
    expect(clerk.locator("body")).to_have_attribute("data-busy", "command")
    pages.start()
    expect(clerk.locator("body:not([data-busy])")).to_be_attached()
    clerk.wait_for_timeout(2500)
    settled(clerk, queue.called[-1] if queue.called else "A012")
    assert len(queue.called) <= 1
    if not queue.called:
        expect(clerk.locator("#said")).to_contain_text("chưa rõ")


def test_a_doubt_outlives_the_restart_that_caused_it(clerk: Page, pages: Pages, queue: QueueHub):
    pages.stop()
    clerk.keyboard.press("Space")
    expect(clerk.locator("#said")).to_contain_text("chưa rõ")
    queue.forgotten()
    pages.start()
    expect(clerk.locator("body")).to_have_attribute("data-phase", "unknown")
    queue.show()
    expect(clerk.locator(".nolink")).to_be_hidden()
    settled(clerk).wait_for_timeout(1500)
    expect(clerk.locator("#said")).to_contain_text("chưa rõ")
    settled(clerk).keyboard.press("Space")
    ticket(clerk, "A013")
    expect(clerk.locator("#said")).not_to_contain_text("chưa rõ")


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
    settled(clerk)
    clerk.wait_for_timeout(1000)
    assert queue.asked == [], "a press of before the login was sent after it"


def test_the_back_button_brings_the_panel_as_it_is_now(clerk: Page, pages: Pages, queue: QueueHub):
    clerk.keyboard.press("Space")
    ticket(clerk, "A013")
    clerk.goto(f"{pages.address}/figures")
    queue.show(ticket="A050")
    clerk.go_back()
    settled(clerk, "A050")
    clerk.wait_for_timeout(GLANCE)
    clerk.keyboard.press("Space")
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
    expect(clerk.locator(".nolink")).to_be_visible(timeout=6000)
    clerk.context.clear_cookies()
    pages.start()
    band = clerk.locator("#signedout")
    expect(band).to_contain_text("Phiên làm việc đã hết hạn: mời đăng nhập lại.", timeout=15_000)
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
    expect(clerk.locator("#signedout")).to_contain_text("Trang này dành cho cán bộ", timeout=15_000)
    expect(clerk.locator(".nolink")).to_be_hidden()
