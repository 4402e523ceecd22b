"""The rulebook by examples worked by hand: counters, returns, priority, files, suspension, undo."""

import pytest

from moiso.core.rules import Desk, Service
from tests.centre.book import HOURS, Book


def test_next_serves_in_the_order_of_the_presses() -> None:
    book = Book()
    book.give("A", 2)
    book.give("B")
    assert [book.serve(1), book.serve(1), book.serve(1), book.serve(1)] == ["A001", "A002", "B001", None]
    assert book.plain.account()["served"] == 3
    assert book.plain.desks[1]["state"] == "open"


def test_next_knows_what_its_sender_sees() -> None:
    book = Book()
    book.give("A", 2)
    book.desk(1, "next")
    assert book.desk(1, "next", after=None) == "stale"
    assert book.desk(1, "next", after="A002") == "stale"
    assert book.here(1) == "A001"
    assert book.desk(1, "next", after="A001") is None
    assert book.here(1) == "A002"


def test_who_is_passed_by_within_45_seconds_was_not_there_and_keeps_the_place() -> None:
    book = Book()
    book.give("A", 5)
    book.desk(1, "next")
    book.now += 44
    book.desk(1, "next")
    assert book.state("A001") == "absent"
    book.now += 45
    book.desk(1, "next")
    assert book.state("A002") == "done"
    assert book.plain.account()["inferred"] == 1
    book.now += 3 * 3600
    assert book.kiosk("return", ticket="A001") is None
    assert book.kiosk("return", ticket="A002") is None
    assert book.line() == ["A001", "A002", "A004", "A005"]


def test_who_was_called_three_times_is_absent_25_seconds_after_the_last() -> None:
    book = Book()
    book.give()
    book.desk(1, "next")
    for _ in range(2):
        assert book.later(25) == []
        book.desk(1, "recall")
    assert book.later(24) == []
    assert book.later(1) == [("ticket-missed", "A001")]
    assert book.state("A001") == "absent"


def test_an_absent_person_returns_behind_the_next_two() -> None:
    book = Book()
    book.give("A", 5)
    book.desk(1, "next")
    book.desk(1, "no-show", after="A001")
    book.now += 45 * 60
    assert book.kiosk("return", ticket="A001") is None
    assert book.line() == ["A002", "A003", "A001", "A004", "A005"]
    assert book.kiosk("return", ticket="A001") == "not-absent"


def test_after_45_minutes_the_place_is_gone() -> None:
    book = Book()
    book.give("A", 2)
    book.desk(1, "next")
    book.desk(1, "no-show")
    book.now += 45 * 60 + 1
    assert book.page("greeter", "return", ticket="A001") == "grace-over"


def test_nobody_gains_a_place_by_coming_late() -> None:
    book = Book()
    book.give("A", 4)
    book.give("A", priority=True)
    book.give("A")
    book.desk(1, "next")
    assert book.here(1) == "A005"
    book.desk(1, "no-show")
    book.kiosk("return", ticket="A005")
    assert book.line() == ["A001", "A002", "A003", "A004", "A005", "A006"]


def test_two_who_return_stand_in_the_order_of_their_return() -> None:
    book = Book()
    book.give("A", 5)
    for _ in range(2):
        book.desk(1, "next")
        book.desk(1, "no-show")
    book.kiosk("return", ticket="A002")
    book.kiosk("return", ticket="A001")
    assert book.line() == ["A003", "A004", "A002", "A001", "A005"]


def test_held_keeps_the_place_and_is_resumed_wherever_the_service_is_served() -> None:
    book = Book()
    book.give("A", 2)
    book.serve(1)
    assert book.desk(1, "hold", reason="signature") is None
    assert book.desk(1, "close") is None
    assert book.desk(3, "resume", ticket="A001") == "not-served-here"
    book.serve(2)
    assert book.desk(2, "resume", ticket="A001") is None
    assert (book.here(2), book.state("A001"), book.state("A002")) == ("A001", "serving", "done")
    assert book.desk(2, "resume", ticket="A001") == "not-held"


def test_a_transfer_keeps_the_moment_of_the_first_number() -> None:
    book = Book()
    book.give("A")
    book.give("B", 2)
    book.serve(2)
    assert book.desk(2, "transfer", service="A") == "same-service"
    assert book.desk(2, "transfer", service="B", counter=2) == "not-served-there"
    assert book.desk(2, "transfer", service="B", counter=9) == "unknown-counter"
    assert book.desk(2, "transfer", service="B") is None
    assert book.line("B") == ["A001", "B001", "B002"]


def test_who_is_sent_to_one_counter_is_called_there_as_long_as_it_is_there() -> None:
    book = Book()
    book.give("A", 2)
    book.desk(1, "open")
    book.serve(2)
    book.desk(2, "transfer", service="B", counter=1)
    assert book.called(3) is None
    book.desk(1, "pause")
    assert book.called(3) is None
    book.desk(1, "close")
    assert book.called(3) == ("A001", "oldest")


def test_one_with_priority_after_two_without() -> None:
    book = Book()
    book.give("A", 6)
    book.give("A", 3, priority=True)
    calls = [book.called(1) for _ in range(6)]
    assert calls == [
        ("A007", "priority"), ("A001", "oldest"), ("A002", "oldest"),
        ("A008", "priority"), ("A003", "oldest"), ("A004", "oldest"),
    ]  # fmt: skip


def test_nobody_waits_more_than_the_longest_wait_because_of_the_others() -> None:
    book = Book()
    book.give("A", 2)
    book.now += 45 * 60
    book.give("A", priority=True)
    assert book.called(1) == ("A001", "max-wait")


def test_a_counter_may_like_one_service_better() -> None:
    book = Book(desks=(Desk(number=1, label="1", services=("B", "A"), order="preference"),))
    book.give("A")
    book.give("B", 2)
    book.give("A", priority=True)
    assert [book.called(1) for _ in range(4)] == [
        ("A002", "priority"), ("B001", "preference"), ("B002", "preference"), ("A001", "oldest"),
    ]  # fmt: skip


def test_priority_is_given_by_those_who_may_and_counted() -> None:
    book = Book(priority_by=("kiosk", "greeter"))
    book.give("A", 2)
    assert book.page("clerk", "grant-priority", 1, ticket="A002", kind="elderly") == "priority-not-here"
    assert book.page("greeter", "grant-priority", ticket="A002", kind="tall") == "unknown-class"
    assert book.page("greeter", "grant-priority", ticket="A002", kind="elderly") is None
    assert book.page("greeter", "grant-priority", ticket="A002", kind="merit") is None
    assert book.plain.account()["by_account"] == {"greeter": {"out_of_order": 0, "priorities": 1, "voids": 0}}
    assert book.called(1) == ("A002", "priority")
    assert book.page("greeter", "grant-priority", ticket="A001", kind="none") is None


def test_out_of_turn_needs_a_reason_from_the_list_and_is_counted() -> None:
    book = Book()
    book.give("A", 3)
    assert book.desk(1, "call", ticket="A002") == "reason-needed"
    assert book.desk(1, "call", ticket="A002", reason="a friend") == "unknown-reason"
    assert book.desk(1, "call", ticket="A002", reason="companion") is None
    assert book.plain.called == ("A002", "out-of-order")
    assert book.desk(1, "call", ticket="A002", reason="companion") == "already-here"
    assert book.desk(1, "call", ticket="A001") is None
    assert book.plain.called == ("A001", "oldest")
    assert book.desk(2, "call", ticket="A001") == "not-callable"
    assert book.plain.doings["counter-1"]["out_of_order"] == 1


def test_absent_and_held_are_called_by_number_without_a_reason() -> None:
    book = Book()
    book.give("A", 2)
    book.desk(1, "next")
    book.desk(1, "no-show")
    assert book.desk(2, "call", ticket="A001") is None
    assert book.plain.called == ("A001", "by-number")
    book.now += 50
    book.desk(2, "start")
    book.desk(2, "finish", outcome="done")
    assert book.kiosk("return", ticket="A001") == "ticket-ended"


def test_thirty_files_are_handled_one_cap_at_a_time() -> None:
    book = Book()
    book.give("B", 3)
    book.serve(3)
    assert book.plain.who_or_no("B001")["left"] is None
    book.desk(3, "hold")
    book.desk(3, "call", ticket="B001")
    book.desk(3, "start", dossiers=12)
    book.now += 100
    assert book.serve(3) == "B002"
    assert (book.state("B001"), book.line("B")) == ("waiting", ["B003", "B001"])
    assert [book.serve(3), book.serve(3)] == ["B003", "B001"]
    assert book.plain.who_or_no("B001")["left"] == 2
    book.desk(3, "finish")
    assert book.serve(3) == "B001"
    assert book.desk(3, "finish", dossiers=6) == "over-cap"
    assert book.desk(3, "finish", dossiers=2, outcome="accepted") is None
    assert book.state("B001") == "done"


def test_an_outcome_ends_the_visit_in_spite_of_files_left_and_more_does_not() -> None:
    book = Book()
    book.give("B")
    book.desk(3, "next")
    book.desk(3, "start", dossiers=30)
    assert book.desk(3, "finish", more=True, outcome="done") is None
    assert book.state("B001") == "waiting"
    book.serve(3)
    book.desk(3, "finish", outcome="gave-up")
    assert book.state("B001") == "done"
    assert book.plain.account()["outcomes"] == {"gave-up": 1}


def test_a_second_turn_has_no_priority_and_may_be_in_another_service() -> None:
    book = Book(services=(
        Service(code="A", name="A"), Service(code="B", name="B", cap=5, bulk="K"), Service(code="K", name="K", cap=10),
    ))  # fmt: skip
    book.give("B", priority=True)
    book.desk(3, "next")
    book.desk(3, "start", dossiers=18)
    book.desk(3, "finish")
    book.give("K", 2)
    person = book.plain.who_or_no("B001")
    assert (person["service"], person["left"], person["turns"]) == ("K", 3, 1)
    assert book.called(3) == ("B001", "oldest")


def test_a_service_that_stands_still_keeps_everybodys_place() -> None:
    book = Book()
    book.give("A", 3)
    book.give("B")
    book.serve(1)
    assert book.page("greeter", "suspend-service", service="A") is None
    assert (book.state("A001"), book.here(1)) == ("held", None)
    assert book.called(1) == ("B001", "oldest")
    assert book.desk(1, "call", ticket="A002", reason="urgent") == "service-suspended"
    assert book.desk(2, "resume", ticket="A001") == "service-suspended"
    assert book.give("A") == "A004"
    assert book.page("clerk", "restore-service", 2, service="A") is None
    assert book.line() == ["A001", "A002", "A003", "A004"]


def test_who_was_held_before_the_outage_is_held_after_it() -> None:
    book = Book()
    book.give("A")
    book.serve(1)
    book.desk(1, "hold")
    book.page("greeter", "suspend-service", service="A")
    book.page("greeter", "restore-service", service="A")
    assert book.state("A001") == "held"


def test_undo_puts_both_people_where_they_stood() -> None:
    book = Book()
    book.give("A", 3)
    book.serve(1)
    book.desk(1, "next")
    assert (book.state("A001"), book.here(1)) == ("done", "A002")
    book.now += 10
    assert book.desk(1, "undo") is None
    assert (book.state("A001"), book.here(1), book.line()) == ("serving", "A001", ["A002", "A003"])
    assert book.desk(1, "undo") == "nothing-to-undo"


def test_undo_is_for_ten_seconds_and_for_the_press_that_is_meant() -> None:
    book = Book()
    book.give("A", 3)
    book.desk(1, "next")
    assert book.desk(1, "undo", of="p99") == "nothing-to-undo"
    book.now += 11
    assert book.desk(1, "undo") == "undo-too-late"


def test_nothing_is_undone_once_somebody_else_has_touched_it() -> None:
    book = Book()
    book.give("A", 3)
    book.serve(1)
    book.desk(1, "hold")
    book.desk(2, "resume", ticket="A001")
    assert book.desk(1, "undo") == "nothing-to-undo"


def test_undo_never_puts_two_people_at_one_counter() -> None:
    book = Book()
    book.give("A", 2)
    book.desk(1, "next")
    book.page("greeter", "void", ticket="A001", reason="left")
    book.desk(1, "next")
    assert book.page("greeter", "undo") == "nothing-to-undo"
    assert (book.here(1), book.state("A001")) == ("A002", "void")


def test_a_press_that_changes_nothing_takes_no_place() -> None:
    book = Book()
    book.give()
    book.desk(1, "next")
    book.desk(1, "open")
    assert book.desk(1, "undo") is None
    assert (book.state("A001"), book.plain.desks[1]["state"]) == ("waiting", "closed")


def test_undo_gives_the_ratio_back() -> None:
    book = Book()
    book.give("A", 4)
    book.give("A", 2, priority=True)
    assert book.called(1) == ("A005", "priority")
    book.desk(1, "undo")
    assert book.called(1) == ("A005", "priority")


@pytest.mark.parametrize(("minute", "kept"), [(29, False), (30, True), (60, True), (61, False)])
def test_who_misses_the_half_hour_after_lunch_keeps_the_place(minute: int, kept: bool) -> None:
    book = Book(timetable=HOURS)
    book.give("A")
    book.at(13)
    book.give("A", 3)
    book.at(13, minute)
    book.desk(1, "call", ticket="A001", reason="ordered")
    book.desk(1, "no-show")
    book.at(16)
    assert book.kiosk("return", ticket="A001") == (None if kept else "grace-over")


def test_pause_and_close_clear_the_counter_as_next_does() -> None:
    book = Book()
    book.give("A", 2)
    assert book.desk(1, "pause") == "counter-closed"
    book.serve(1)
    book.desk(1, "pause")
    assert (book.state("A001"), book.plain.desks[1]["state"]) == ("done", "paused")
    book.desk(1, "next")
    book.desk(1, "close")
    assert (book.state("A002"), book.plain.desks[1]["state"]) == ("absent", "closed")


def test_services_move_between_counters_while_running() -> None:
    book = Book()
    book.give("B")
    assert book.desk(2, "assign", services=()) == "no-services"
    assert book.desk(2, "assign", services=("B", "X")) == "unknown-service"
    assert book.page("manager", "assign", 2, services=("B", "A", "B")) is None
    assert book.plain.desks[2]["serves"] == ("B", "A")
    assert book.called(2) == ("B001", "oldest")


def test_whose_role_may_not_or_who_is_nowhere_changes_nothing() -> None:
    book = Book()
    book.give()
    assert book.kiosk("next") == "not-allowed"
    assert book.page("greeter", "assign", 1, services=("A",)) == "not-allowed"
    assert book.page("clerk", "next") == "no-counter"
    assert book.page("clerk", "next", 9) == "unknown-counter"
    assert book.desk(1, "finish") == "nobody-here"
    book.serve(1)
    assert book.desk(1, "recall") == "already-serving"
