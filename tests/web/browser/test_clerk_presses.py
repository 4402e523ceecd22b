"""One press of the clerk is one press: doubled, held, in two tabs, refused."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.seat import eventually, log_in, quiet, said, settled, ticket
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_space_and_enter_call_the_next(clerk: Page, queue: QueueHub, key: str):
    clerk.keyboard.press(key)
    ticket(clerk, "A013")
    said(clerk, "Đã gọi A013.")
    expect(clerk).to_have_title("A013 · 4 chờ")
    assert queue.body("next") == {"after": "A012"}


def test_a_command_names_the_sessions_counter_and_a_pseudonym(clerk: Page, queue: QueueHub):
    clerk.evaluate("document.querySelector('#desk [name=counter]').value = '1'")
    clerk.keyboard.press("Space")
    ticket(clerk, "A013")
    _, body = queue.asked[-1]
    assert (body["role"], body["clerk"], body["counter"]) == ("clerk", "cb-01", 1)
    assert body["id"].startswith("cb-01:")


#: `window.space()` presses it; and somebody presses it in the moment in which the page says whom it called.
AT_A_GLANCE = """
const space = {key: " ", code: "Space", bubbles: true};
window.space = () => document.body.dispatchEvent(new KeyboardEvent("keydown", space));
const said = document.getElementById("said");
const watch = new MutationObserver(() => said.textContent === "Đã gọi A013." && (watch.disconnect(), window.space()));
watch.observe(said, {childList: true});
"""


def test_two_presses_at_once_are_one(clerk: Page, queue: QueueHub):
    clerk.evaluate(AT_A_GLANCE)
    clerk.evaluate("for (let n = 0; n < 4; n++) window.space()")
    ticket(clerk, "A013")
    said(clerk, "Bấm nhanh quá: lần bấm sau không tính.")
    quiet(clerk)
    assert queue.called == ["A013"]
    clerk.evaluate("window.space()")
    ticket(clerk, "A014")


def test_a_double_click_is_one_press(clerk: Page, queue: QueueHub):
    queue.mute = True  # so that the second click is not the one of a slow finger, however slow this machine is
    clerk.locator("#next").dblclick()
    queue.mute = False
    ticket(clerk, "A013")
    quiet(clerk)
    assert queue.called == ["A013"]
    assert queue.presses == ["next"]


def test_a_key_that_is_held_down_is_one_press(clerk: Page, queue: QueueHub):
    clerk.keyboard.down("Space")
    ticket(clerk, "A013")
    quiet(clerk)
    for _ in range(5):
        clerk.keyboard.down("Space")
    clerk.keyboard.up("Space")
    clerk.keyboard.press("r")
    eventually(lambda: "recall" in queue.presses)
    assert queue.presses == ["next", "recall"]


def test_a_held_enter_on_a_button_is_one_press(clerk: Page, queue: QueueHub):
    clerk.get_by_role("button", name="Giữ chỗ").focus()
    clerk.keyboard.down("Enter")
    said(clerk, "A012 được giữ chỗ.")
    quiet(clerk)
    for _ in range(5):
        clerk.keyboard.down("Enter")
    clerk.keyboard.up("Enter")
    clerk.keyboard.press("p")
    eventually(lambda: "pause" in queue.presses)
    assert queue.presses == ["hold", "pause"]


def test_after_a_click_space_is_next_again(clerk: Page, queue: QueueHub):
    clerk.get_by_role("button", name="Giữ chỗ").click()
    said(clerk, "A012 được giữ chỗ.")
    quiet(clerk).keyboard.press("Space")
    ticket(clerk, "A013")
    assert queue.presses == ["hold", "next"]


def test_two_tabs_call_one_person(clerk: Page, pages: Pages, queue: QueueHub):
    other = settled(opened(clerk.context.new_page(), f"{pages.address}/clerk"))
    queue.mute = True  # until both have pressed: no tab knows of the other's press
    for page in (clerk, other):
        page.evaluate("document.getElementById('next').click()")
    eventually(lambda: len(queue.presses) == 2)
    queue.mute = False
    for page in (clerk, other):
        ticket(page, "A013")
        quiet(page)
    assert queue.called == ["A013"]


def test_a_press_that_was_meant_for_somebody_else_is_refused(clerk: Page, queue: QueueHub):
    why = "Màn hình của quầy đã cũ: tại quầy hiện là A099. Chưa có gì thay đổi; mời xem lại rồi bấm."
    queue.refuse = ("stale", why)
    clerk.keyboard.press("Space")
    said(clerk, why)
    expect(clerk.locator("#said")).to_have_attribute("data-status", "rejected")
    assert queue.called == []


def test_a_refusal_is_said_in_the_readers_language(chromium: Browser, pages: Pages, queue: QueueHub):
    context = chromium.new_context(locale="en-GB")
    page = settled(log_in(context.new_page(), pages))
    queue.refuse = ("day-closed", "Chưa mở cửa.")
    page.keyboard.press("Space")
    said(page, "In English: Chưa mở cửa.")
    context.close()
