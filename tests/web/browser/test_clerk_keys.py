"""Every key of the clerk's panel: what it sends, asks and says."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.seat import eventually, quiet, said, settled, ticket
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub
from tests.web.scenes import day, status

#: Whether the seconds that are left became fewer since somebody first looked; a page that stood still misses some.
COUNTS_DOWN = """() => {
  const left = Number(document.getElementById("left").textContent.replace(/[()]/g, ""));
  window.first ??= left || undefined;
  return left > 0 && left < window.first - 1;
}"""


def test_undo_counts_its_seconds_down_and_ends(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("u")
    said(clerk, "Không còn gì để hoàn tác.")
    left = clerk.locator("#left")
    queue.show(undo_until=queue.stamp(600))
    clerk.wait_for_function(COUNTS_DOWN)
    clerk.keyboard.press("u")
    said(clerk, "Đã hoàn tác.")
    assert queue.presses == ["undo"]
    queue.show(undo_until=queue.stamp(2))
    expect(left).to_have_text("")
    expect(clerk.locator("#undo")).to_have_attribute("aria-disabled", "true")
    quiet(clerk).keyboard.press("u")
    said(clerk, "Không còn gì để hoàn tác.")
    assert queue.presses == ["undo"]


CALLED = {"phase": "called", "held": ["A003"]}
KEYS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("r", "recall", CALLED, {}),
    ("s", "start", CALLED, {}),
    ("v", "no-show", CALLED, {}),
    ("g", "hold", CALLED, {}),
    ("k", "resume", CALLED, {"ticket": "A003"}),
    ("p", "pause", CALLED, {}),
    ("c", "close", CALLED, {}),
    ("o", "open", {"state": "closed", "ticket": None, "phase": None}, {}),
    ("f 1", "finish", CALLED, {"outcome": "done"}),
    ("f 2 0", "finish", CALLED, {"outcome": "accepted"}),
    ("f 2 1", "finish", CALLED, {"outcome": "accepted", "slip_due": "2026-11-24"}),
    ("f f", "finish", CALLED, {}),
    ("f m", "finish", CALLED, {"more": True}),
    ("+ + + s", "start", CALLED, {"dossiers": 3}),
    ("+ + - f 1", "finish", CALLED, {"outcome": "done", "dossiers": 1}),
    ("t b", "transfer", CALLED, {"service": "B"}),
    ("k 2", "resume", {"held": ["A003", "B001"]}, {"ticket": "B001"}),
    ("x b", "suspend-service", CALLED, {"service": "B"}),
    ("l b", "assign", CALLED, {"drop": ["B"]}),
    ("1 4 Enter 1 1", "call", CALLED, {"ticket": "A014"}),
    ("n a 3 Enter 1", "resume", CALLED, {"ticket": "A003"}),
    ("9 9 Enter 1 2", "return", CALLED, {"ticket": "A099"}),
    ("n b 7 Enter 3 2", "grant-priority", CALLED, {"ticket": "B007", "class": "disabled"}),
]
#: What is not about whoever stands at the counter.
ABOUT_OTHERS = {"open", "suspend-service", "assign", "return", "grant-priority"}


@pytest.mark.parametrize("row", KEYS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_every_command_has_its_keys(clerk: Page, queue: QueueHub, row: tuple[str, str, Any, Any]):
    keys, command, state, sent = row
    queue.show(**state)
    settled(clerk, state.get("ticket", "A012") or "")
    expect(clerk.locator(".held li")).to_have_count(len(state.get("held", [])))
    expect(clerk.locator("body")).to_have_attribute("data-phase", state.get("phase", "serving") or "closed")
    for key in keys.split():
        clerk.keyboard.press(key)
    eventually(lambda: queue.presses == [command])
    seen = {} if command in ABOUT_OTHERS else {"after": "A012"}
    assert queue.body(command) == sent | seen


def test_a_call_out_of_turn_asks_for_a_reason(clerk: Page, queue: QueueHub):
    queue.refuse = ("reason-needed", "Số A019 chưa đến lượt.")
    for key in ("n", "a", "1", "9", "Enter"):
        clerk.keyboard.press(key)
    expect(clerk.locator("#asked")).to_have_text("A019: làm gì?")
    clerk.keyboard.press("1")
    expect(clerk.locator("#asked")).to_have_text("A019 chưa đến lượt. Vì sao gọi trước?")
    clerk.keyboard.press("2")
    eventually(lambda: queue.presses == ["call", "call"])
    assert queue.body("call") == {"after": "A012", "ticket": "A019", "reason": "urgent"}
    expect(clerk.locator("#question")).to_be_hidden()


def test_a_key_that_does_nothing_now_says_why_and_sends_nothing(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("r")
    said(clerk, "Đã bắt đầu phục vụ A012 rồi.")
    clerk.keyboard.press("o")
    said(clerk, "Quầy đang mở rồi.")
    assert queue.asked == []


def test_a_question_about_somebody_who_left_is_taken_back(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("f")
    expect(clerk.locator("#asked")).to_have_text("Kết quả của A012?")
    queue.show(ticket=None, phase=None)
    expect(clerk.locator("#question")).to_be_hidden()
    said(clerk, "A012 không còn ở quầy.")
    clerk.keyboard.press("Escape")
    assert queue.asked == []


def test_next_waits_for_no_answer(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("f")
    expect(clerk.locator("#question")).to_be_visible()
    clerk.keyboard.press("Space")
    ticket(clerk, "A013")
    expect(clerk.locator("#question")).to_be_hidden()
    assert queue.presses == ["next"]


def test_escape_takes_a_question_back(clerk: Page, queue: QueueHub):
    for open_it in ("f", "t", "7"):
        clerk.keyboard.press(open_it)
        expect(clerk.locator("#question")).to_be_visible()
        clerk.keyboard.press("Escape")
        expect(clerk.locator("#question")).to_be_hidden()
    assert queue.asked == []


def test_what_an_input_method_makes_of_a_key_is_understood(clerk: Page, queue: QueueHub):
    queue.show(**CALLED)
    expect(clerk.locator('[data-off="start"]')).not_to_have_attribute("aria-disabled", "true")
    clerk.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ú', code: '', bubbles: true}))")
    said(clerk, "Bắt đầu phục vụ A012.")
    assert queue.presses == ["start"]


def test_the_help_names_the_keys_and_swallows_them(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("?")
    expect(clerk.get_by_role("dialog")).to_contain_text("gọi số tiếp theo")
    clerk.keyboard.press("g")
    clerk.keyboard.press("Escape")
    expect(clerk.get_by_role("dialog")).to_be_hidden()
    assert queue.asked == []


def test_the_card_is_one_page_of_a4(page: Page, pages: Pages):
    for lang in ("vi", "en"):
        opened(page, f"{pages.address}/clerk/card?lang={lang}")
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_a_hint_helps_with_one_press(clerk: Page, queue: QueueHub, speak_as: Callable[..., Any]):
    speak_as("kiosk-1").say("status/kiosk-1", status(paper="out"))
    expect(clerk.locator(".hint")).to_have_text("Máy lấy số (kiosk-1) – giấy: đã hết")
    queue.say("state/day", day(alarms=[{"service": "B", "waiting": 4, "counters": [1]}]))
    queue.show(services=["A"])
    clerk.get_by_role("button", name="Nhận thêm Hộ tịch").click()
    eventually(lambda: queue.presses == ["assign"])
    assert queue.body("assign") == {"take": ["B"]}


def test_the_names_of_services_stay_text(clerk: Page, queue: QueueHub):
    evil = "<img src=x onerror=document.body.dataset.hacked=1>"
    waiter = {"ticket": evil, "service": evil, "since": queue.stamp(), "priority": True}
    queue.show(ticket=evil, held=[evil], line=[waiter])
    expect(clerk.locator(".here .ticket")).to_have_text(evil)
    expect(clerk.locator(".line b")).to_have_text(evil)
    assert clerk.evaluate("document.body.dataset.hacked") is None
