"""The clerk's panel under real fingers: a real browser, the real web process, a real broker, a hub that we script."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import Broker
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub
from tests.web.scenes import day, status

#: Milliseconds after which a press is no longer taken for the tail of the last one.
GLANCE = 800

expect.set_options(timeout=10_000)


@pytest.fixture(scope="module")
def broker(make_broker: Callable[..., Broker]) -> Broker:
    """One for all tests of this file, as are the pages and the hub: each test begins with a fresh counter."""
    return make_broker()


@pytest.fixture(scope="module")
def pages(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    running = Pages(broker, port, tmp_path_factory.mktemp("pages"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def hub(broker: Broker) -> Iterator[QueueHub]:
    hub = QueueHub(broker)
    yield hub
    hub.close()


@pytest.fixture
def queue(hub: QueueHub) -> QueueHub:
    """The hub, where A012 is being served and five people wait."""
    hub.begin()
    return hub


def log_in(page: Page, pages: Pages, account: str = "cb-01", way: str = "/clerk") -> Page:
    """The page behind the login."""
    opened(page, f"{pages.address}/login?next={way}")
    page.fill("#account", account)
    page.fill("#secret", json.loads((pages.state / "fake/web/accounts.json").read_text())[account])
    page.keyboard.press("Enter")
    return page


def settled(page: Page, ticket: str = "A012") -> Page:
    """The panel once it shows this ticket, has its link, and whoever was called could be seen."""
    expect(page.locator(".here .ticket")).to_have_text(ticket)
    expect(page.locator("body[data-link=up][data-glance=no]")).to_be_attached()
    return page


@pytest.fixture(scope="module")
def cookies(chromium: Browser, pages: Pages, hub: QueueHub) -> list[Any]:
    """The session of somebody who logged in once, at counter 1."""
    context = chromium.new_context(locale="vi-VN")
    settled(log_in(context.new_page(), pages))
    kept: list[Any] = context.cookies()
    context.close()
    return kept


@pytest.fixture
def clerk(page: Page, pages: Pages, queue: QueueHub, cookies: list[Any]) -> Page:
    """The panel of counter 1, where A012 is being served."""
    page.context.add_cookies(cookies)
    return settled(opened(page, f"{pages.address}/clerk"))


def said(page: Page, sentence: str, **more: Any) -> None:
    expect(page.locator("#said")).to_have_text(sentence, **more)


def ticket(page: Page, number: str) -> None:
    expect(page.locator(".here .ticket")).to_have_text(number)


def eventually(look: Callable[[], Any], within: float = 5.0) -> None:
    deadline = time.monotonic() + within
    while not look():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.02)


def soon() -> float:
    """A moment at which several pages can do something at once, milliseconds since 1970."""
    return (time.time() + 1.5) * 1000


# -- one press is one press -----------------------------------------------------------------------------------


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
    clerk.wait_for_timeout(GLANCE)
    assert queue.called == ["A013"]
    clerk.evaluate("window.space()")
    ticket(clerk, "A014")


def test_a_double_click_is_one_press(clerk: Page, queue: QueueHub):
    clerk.locator("#next").dblclick()
    ticket(clerk, "A013")
    clerk.wait_for_timeout(GLANCE)
    assert queue.called == ["A013"]


def test_a_key_that_is_held_down_is_one_press(clerk: Page, queue: QueueHub):
    for _ in range(30):
        clerk.keyboard.down("Space")
        clerk.wait_for_timeout(100)
    clerk.keyboard.up("Space")
    assert queue.called == ["A013"]


def test_a_held_enter_on_a_button_is_one_press(clerk: Page, queue: QueueHub):
    clerk.get_by_role("button", name="Giữ chỗ").focus()
    for _ in range(15):
        clerk.keyboard.down("Enter")
        clerk.wait_for_timeout(100)
    assert queue.presses == ["hold"]


def test_after_a_click_space_is_next_again(clerk: Page, queue: QueueHub):
    clerk.get_by_role("button", name="Giữ chỗ").click()
    said(clerk, "A012 được giữ chỗ.")
    clerk.wait_for_timeout(GLANCE)
    clerk.keyboard.press("Space")
    ticket(clerk, "A013")
    assert queue.presses == ["hold", "next"]


def test_two_tabs_call_one_person(clerk: Page, pages: Pages, queue: QueueHub):
    other = settled(opened(clerk.context.new_page(), f"{pages.address}/clerk"))
    moment = soon()
    for page in (clerk, other):
        page.evaluate("at => setTimeout(() => document.getElementById('next').click(), at - Date.now())", moment)
    ticket(clerk, "A013")
    ticket(other, "A013")
    eventually(lambda: len(queue.presses) == 2)
    assert queue.called == ["A013"]


def test_a_press_that_was_meant_for_somebody_else_is_refused(clerk: Page, queue: QueueHub):
    queue.refuse = ("stale", "Màn hình của quầy đã cũ: tại quầy hiện là A099. Chưa gọi ai; mời bấm lại.")
    clerk.keyboard.press("Space")
    said(clerk, "Màn hình của quầy đã cũ: tại quầy hiện là A099. Chưa gọi ai; mời bấm lại.")
    expect(clerk.locator("#said")).to_have_attribute("data-status", "rejected")
    assert queue.called == []


def test_a_refusal_is_said_in_the_readers_language(chromium: Browser, pages: Pages, queue: QueueHub):
    context = chromium.new_context(locale="en-GB")
    page = settled(log_in(context.new_page(), pages))
    queue.refuse = ("day-closed", "Chưa mở cửa.")
    page.keyboard.press("Space")
    said(page, "In English: Chưa mở cửa.")
    context.close()


# -- nobody answers -------------------------------------------------------------------------------------------


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


# -- the session ----------------------------------------------------------------------------------------------


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


# -- every key ------------------------------------------------------------------------------------------------


def test_undo_counts_its_seconds_down_and_ends(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("u")
    said(clerk, "Không còn gì để hoàn tác.")
    queue.show(undo_until=queue.stamp(4))
    left = clerk.locator("#left")
    expect(left).to_have_text("(3)")
    expect(left).to_have_text("(2)")
    clerk.keyboard.press("u")
    said(clerk, "Đã hoàn tác.")
    expect(left).to_have_text("", timeout=4000)
    expect(clerk.locator("#undo")).to_have_attribute("aria-disabled", "true")
    assert queue.presses == ["undo"]


CALLED = {"phase": "called", "held": ["A003"]}
KEYS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("r", "recall", CALLED, {}),
    ("s", "start", CALLED, {}),
    ("v", "no-show", CALLED, {"after": "A012"}),
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
    ("l b", "assign", CALLED, {"services": ["A"]}),
    ("1 4 Enter 1 1", "call", CALLED, {"ticket": "A014"}),
    ("n a 3 Enter 1", "resume", CALLED, {"ticket": "A003"}),
    ("9 9 Enter 1 2", "return", CALLED, {"ticket": "A099"}),
    ("n b 7 Enter 3 2", "grant-priority", CALLED, {"ticket": "B007", "class": "disabled"}),
]


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
    assert queue.body(command) == sent


def test_a_call_out_of_turn_asks_for_a_reason(clerk: Page, queue: QueueHub):
    queue.refuse = ("reason-needed", "Số A019 chưa đến lượt.")
    for key in ("n", "a", "1", "9", "Enter"):
        clerk.keyboard.press(key)
    expect(clerk.locator("#asked")).to_have_text("A019: làm gì?")
    clerk.keyboard.press("1")
    expect(clerk.locator("#asked")).to_have_text("A019 chưa đến lượt. Vì sao gọi trước?")
    clerk.keyboard.press("2")
    eventually(lambda: queue.presses == ["call", "call"])
    assert queue.body("call") == {"ticket": "A019", "reason": "urgent"}
    expect(clerk.locator("#question")).to_be_hidden()


def test_a_key_that_does_nothing_now_says_why_and_sends_nothing(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("r")
    said(clerk, "A012 đã bắt đầu làm rồi.")
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
    said(clerk, "Bắt đầu làm cho A012.")
    assert queue.presses == ["start"]


def test_the_help_names_the_keys_and_swallows_them(clerk: Page, queue: QueueHub):
    clerk.keyboard.press("?")
    expect(clerk.get_by_role("dialog")).to_contain_text("gọi số tiếp theo")
    clerk.keyboard.press("g")
    clerk.keyboard.press("Escape")
    expect(clerk.get_by_role("dialog")).to_be_hidden()
    assert queue.asked == []


def test_a_hint_helps_with_one_press(clerk: Page, queue: QueueHub, speak_as: Callable[..., Any]):
    speak_as("kiosk-1").say("status/kiosk-1", status(paper="out"))
    expect(clerk.locator(".hint")).to_have_text("Máy lấy số (kiosk-1) – giấy: đã hết")
    queue.say("state/day", day(alarms=[{"service": "B", "waiting": 4, "counters": [1]}]))
    queue.show(services=["A"])
    clerk.get_by_role("button", name="Nhận thêm Hộ tịch").click()
    eventually(lambda: queue.presses == ["assign"])
    assert queue.body("assign") == {"services": ["A", "B"]}


def test_the_names_of_services_stay_text(clerk: Page, queue: QueueHub):
    evil = "<img src=x onerror=document.body.dataset.hacked=1>"
    waiter = {"ticket": evil, "service": evil, "since": queue.stamp(), "priority": True}
    queue.show(ticket=evil, held=[evil], line=[waiter])
    expect(clerk.locator(".here .ticket")).to_have_text(evil)
    expect(clerk.locator(".line b")).to_have_text(evil)
    assert clerk.evaluate("document.body.dataset.hacked") is None


# -- by touch, small, without a script ------------------------------------------------------------------------


@pytest.fixture
def phone(chromium: Browser, pages: Pages, queue: QueueHub) -> Iterator[Page]:
    context = chromium.new_context(locale="vi-VN", viewport={"width": 390, "height": 844}, has_touch=True)
    yield settled(log_in(context.new_page(), pages))
    context.close()


def test_a_phone_is_enough(phone: Page, queue: QueueHub):
    phone.locator("#next").tap()
    ticket(phone, "A013")
    phone.wait_for_timeout(GLANCE)
    phone.get_by_role("button", name="Kết thúc").tap()
    phone.get_by_role("button", name="Giải quyết xong tại chỗ").tap()
    said(phone, "A013 đã xong.")
    assert queue.presses == ["next", "finish"]
    assert queue.body("finish") == {"outcome": "done"}


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
    assert queue.body("finish") == {"outcome": "missing-papers"}
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
