"""What the clerk's panel says about one counter at one moment."""

from typing import Any

import pytest

from tests.web.scenes import EN, PLACE, VI, at, board, counter, day, heard, service, status
from web.clerk import ClerkPage, clerk_page
from web.place import Reader

NOW = 100.0


def waits(ticket: str, minutes: float, code: str = "A", **more: Any) -> dict[str, Any]:
    return {"ticket": ticket, "service": code, "since": at(-minutes), "priority": False, **more}


def page(*said: tuple[str, object], reader: Reader = VI, now: float = NOW, **state: Any) -> ClerkPage:
    """The panel of counter 1 in this state."""
    return clerk_page(heard(("state/counter/1", counter(1, **state)), *said), PLACE, 1, reader, now)


def test_the_title_tells_ticket_and_waiting():
    assert page(ticket="A012", waiting=5).title == "A012 · 5 chờ"
    assert page(ticket=None, phase=None, waiting=0).title == "Trống · 0 chờ"
    assert page(ticket="A012", waiting=5, reader=EN).title == "A012 · 5 waiting"


def test_who_is_here_since_when_and_for_what():
    here = page(ticket="B003", phase="serving", since=at(-3), service="B", priority=True).here
    assert (here.ticket, here.phase, here.service, here.priority) == ("B003", "serving", "Hộ tịch", "Ưu tiên")
    assert here.since == 1795395600_000 - 180_000
    assert page(ticket="B003", service="B", reader=EN).here.service == "Civil status"


@pytest.mark.parametrize(
    ("state", "phase"),
    [("open", "free"), ("paused", "paused"), ("closed", "closed")],
)
def test_an_empty_counter_says_why_it_is_empty(state: str, phase: str):
    here = page(state=state, ticket=None, phase=None).here
    assert (here.ticket, here.phase, here.since) == ("", phase, 0)


GONE = "A012 sẽ được ghi vắng mặt"
NEXT = [
    ({"ticket": None, "phase": None, "waiting": 3}, "Gọi số tiếp theo", "3 người chờ"),
    ({"ticket": None, "phase": None, "waiting": 0}, "Gọi số tiếp theo", "Chưa có ai chờ"),
    ({"ticket": None, "phase": None, "state": "closed", "waiting": 3}, "Mở quầy và gọi", "3 người chờ"),
    ({"ticket": None, "phase": None, "state": "paused", "waiting": 0}, "Mở quầy", "Chưa có ai chờ"),
    ({"phase": "serving", "waiting": 3}, "Gọi số tiếp theo", "A012 xong · 3 người chờ"),
    ({"phase": "serving", "waiting": 0}, "Xong A012", "Chưa có ai chờ"),
    ({"phase": "called", "since": at(-0.7), "waiting": 3}, "Gọi số tiếp theo", f"{GONE} · 3 người chờ"),
    ({"phase": "called", "since": at(-0.8), "waiting": 3}, "Gọi số tiếp theo", "A012 xong · 3 người chờ"),
    ({"phase": "called", "since": at(-0.7), "waiting": 0}, "Thôi đợi A012", "Chưa có ai chờ"),
]


@pytest.mark.parametrize(("state", "text", "note"), NEXT)
def test_the_large_key_says_what_it_will_do(state: dict[str, Any], text: str, note: str):
    key = page(**state).next
    assert (key.text, key.note) == (text, note)


def off(**state: Any) -> set[str]:
    return {key for key, why in page(**state).off.items() if why}


def test_keys_that_do_nothing_say_why():
    assert off(phase="called", held=["B001"]) == {"open"}
    assert off(phase="serving", held=["B001"]) == {"open", "recall", "start", "no-show"}
    empty = {"recall", "start", "no-show", "hold", "finish", "transfer"}
    assert off(ticket=None, phase=None) == {*empty, "resume", "open"}
    assert off(ticket=None, phase=None, state="paused") == {*empty, "resume", "pause"}
    assert off(ticket=None, phase=None, state="closed") == {*empty, "resume", "pause", "close"}
    assert page(phase="serving").off["recall"] == "Đã bắt đầu phục vụ A012 rồi."


def test_the_line_names_who_waits_how_long_and_for_what():
    line = [waits("A013", 12), waits("B007", 3, "B", priority=True)]
    shown = page(line=line, waiting=2)
    assert [(w.ticket, w.service, w.wait, w.priority) for w in shown.line] == [
        ("A013", "Chứng thực", "12 phút", ""),
        ("B007", "Hộ tịch", "3 phút", "Ưu tiên"),
    ]
    assert (shown.longest, shown.more) == ("lâu nhất 12 phút", "")
    assert shown.line[0].fields == {"ask": "number", "typed": "A013"}


def test_a_long_line_says_how_many_more():
    assert page(line=[waits("A013", 12)], waiting=14).more == "và 13 người nữa"


def test_held_ones_come_back_with_one_press():
    held = page(held=["A003", "B001"]).held
    assert [(h.text, h.fields) for h in held] == [
        ("A003 làm tiếp", {"command": "resume", "ticket": "A003"}),
        ("B001 làm tiếp", {"command": "resume", "ticket": "B001"}),
    ]


def test_the_undo_has_its_end():
    assert page(undo_until=at(0.1)).undo_until == 1795395600_000 + 6_000
    assert page(undo_until=None).undo_until == 0


def alarmed(*counters: int) -> tuple[str, object]:
    return "state/day", day(alarms=[{"service": "B", "waiting": 4, "counters": list(counters)}])


def test_an_unstaffed_service_is_taken_with_one_press():
    (hint,) = page(alarmed(1), services=["A"]).hints
    assert hint.text == "Hộ tịch: 4 người chờ, chưa có quầy nào phục vụ."
    assert (hint.press, hint.fields) == ("Nhận thêm Hộ tịch", {"command": "assign", "take": "B"})
    (hint,) = page(alarmed(1), services=["A", "B"], state="closed").hints
    assert (hint.press, hint.fields) == ("Mở quầy", {"command": "open"})


def test_an_alarm_that_this_counter_cannot_help_is_no_hint():
    assert page(alarmed(2)).hints == []


def test_a_suspended_service_is_restored_with_one_press():
    down = ("state/board", board(service("A"), service("B", state="suspended")))
    (hint,) = page(down, reader=EN).hints
    assert hint.text == "Civil status: the system is down, nobody is called."
    assert hint.fields == {"command": "restore-service", "service": "B"}


def test_a_kiosk_without_paper_is_said():
    (hint,) = page(("status/kiosk-1", status(paper="out"))).hints
    assert (hint.text, hint.press) == ("Máy lấy số (kiosk-1) – giấy: đã hết", "")
    assert page(("status/kiosk-1", status(paper="ok"))).hints == []


def test_a_counter_that_calls_nobody_is_told():
    shown = page(idle=True, ticket=None, phase=None)
    assert (shown.state, shown.state_text) == ("idle", "Mở, chưa gọi ai")
    assert len(shown.hints) == 1


def test_before_anything_was_heard_it_stands_there_with_the_counters_name():
    shown = clerk_page(heard(), PLACE, 1, VI, NOW)
    assert (shown.label, shown.here.phase, shown.state, shown.title) == ("Quầy 1", "unknown", "unknown", "Bàn gọi số")
    assert shown.off["recall"]


def test_the_hubs_silence_is_on_the_page():
    assert page().frame.silence == ""
    assert page(now=NOW + 5.1).frame.silence.startswith("Mất kết nối")


def test_a_moment_that_is_none_spoils_nothing():
    assert page(since="x", undo_until="soon").here.since == 0
