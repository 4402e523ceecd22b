"""The rulebook by examples worked by hand: numbers, hours, paper, ranges, rosters, the end of the day."""

from moiso.core.rules import Duty, Service
from tests.centre.book import HOURS, Book

# -- numbers and hours ------------------------------------------------------------------------------------------------


def test_numbers_are_per_service_and_a_press_has_one() -> None:
    book = Book(band=(3, 9))
    assert book.kiosk("issue", "p-x", service="A") is None
    assert book.kiosk("issue", "p-x", service="A") is None
    assert [book.give("A"), book.give("B"), book.give("A")] == ["A002", "B001", "A010"]
    assert book.kiosk("issue", service="X") == "unknown-service"
    assert book.kiosk("issue", service="A", priority=True, kind="tall") == "unknown-class"


def test_kiosks_give_numbers_in_the_window_only_when_the_clock_is_right() -> None:
    book = Book(timetable=HOURS)
    book.at(11)
    assert book.kiosk("issue", service="A") == "issue-closed"
    assert book.kiosk("issue", service="B") is None
    assert book.page("greeter", "issue", service="A") is None
    book.trusted = False
    assert book.kiosk("issue", service="A") is None


def test_a_call_after_hours_is_done_and_counted_once_a_ticket() -> None:
    book = Book(timetable=HOURS)
    book.give("A", 2)
    book.desk(1, "next")
    book.at(17)
    book.desk(1, "next")
    book.desk(1, "hold")
    book.desk(1, "call", ticket="A002")
    assert book.plain.account()["after_hours"] == 1


def test_the_quota_counts_whatever_is_not_void() -> None:
    book = Book(services=(Service(code="A", name="A", quota=3), Service(code="B", name="B")))
    book.page("greeter", "issued-offline", ticket="A001", service="A")
    book.give("A", 2)
    assert book.page("greeter", "issue", service="A") == "quota-full"
    assert book.page("greeter", "issued-offline", ticket="A004", service="A") is None
    book.page("greeter", "void", ticket="A001", to="A002", reason="test presses")
    assert book.kiosk("issue", service="A") is None


def test_a_clock_that_is_set_changes_nobodys_place_or_age() -> None:
    book = Book()
    book.give("A", 2)
    book.now += 40 * 60
    book.now -= 90_000
    book.plain.clock_set(-90_000)
    book.give("A")
    assert book.line() == ["A001", "A002", "A003"]
    assert book.called(1) == ("A001", "oldest")
    assert book.later(6 * 60) == []
    assert book.called(1) == ("A002", "max-wait")


# -- paper and dead kiosks --------------------------------------------------------------------------------------------


def lost_reply(book: Book) -> None:
    """A001 was issued for the press p-1, nobody heard of it; the kiosk prints A700 by itself."""
    book.kiosk("lease", service="A")
    book.kiosk("issue", "p-1", service="A")
    book.now += 1


def test_the_printed_number_takes_the_place_of_the_one_that_nobody_holds() -> None:
    book = Book()
    lost_reply(book)
    book.give("A", 2)
    assert book.kiosk("issued-offline", "p-1", ticket="A700", service="A", seconds_ago=0.5) is None
    assert (book.line(), book.state("A001")) == (["A700", "A002", "A003"], "void")
    assert book.kiosk("issue", "p-1", service="A") is None
    assert len(book.plain.people) == 4


def test_a_phantom_at_a_counter_gives_that_up_too() -> None:
    book = Book()
    lost_reply(book)
    book.desk(1, "next")
    book.kiosk("issued-offline", "p-1", ticket="A700", service="A", seconds_ago=0.5)
    assert (book.here(1), book.state("A700"), book.state("A001")) == ("A700", "called", "void")
    assert book.desk(1, "undo") == "nothing-to-undo"


def test_a_kiosk_reports_only_numbers_it_was_lent() -> None:
    book = Book()
    book.kiosk("lease", service="A")
    assert book.kiosk("issued-offline", device="kiosk-2", ticket="A700", service="A") == "not-your-number"
    assert book.kiosk("issued-offline", ticket="A740", service="A") == "not-your-number"
    assert book.kiosk("issued-offline", ticket="A700", service="A", day="2026-11-22") == "other-day"
    assert book.kiosk("issued-offline", ticket="A700", service="A", day="2026-11-23") is None
    assert book.kiosk("issued-offline", ticket="A700", service="A") == "number-used"


def test_a_dead_kiosks_numbers_are_typed_in_and_it_may_still_report_them() -> None:
    book = Book()
    book.kiosk("lease", service="A")
    assert book.page("greeter", "issued-offline", ticket="A740", service="A") == "reserved-number"
    assert book.page("greeter", "issued-offline", ticket="A700", service="A") is None
    assert book.kiosk("issued-offline", "p-9", ticket="A700", service="A", seconds_ago=60.0) is None
    assert book.kiosk("issue", "p-9", service="A") is None
    assert book.line() == ["A700"]


def test_paper_takes_its_place_by_number_or_by_its_moment() -> None:
    book = Book()
    book.give("A", 2)
    book.now += 600
    book.page("greeter", "issued-offline", ticket="A005", to="A006", service="A")
    book.page("greeter", "issued-offline", ticket="A003", to="A004", service="A")
    book.page("greeter", "issued-offline", ticket="A007", service="A", seconds_ago=599.0)
    assert book.line() == ["A001", "A002", "A007", "A003", "A004", "A005", "A006"]
    assert book.give("A") == "A008"


def test_a_slip_of_the_finger_is_refused() -> None:
    book = Book()
    book.give("A", 2)
    assert book.page("greeter", "issued-offline", ticket="A002", to="A004", service="A") == "number-used"
    assert book.page("greeter", "issued-offline", ticket="A004", to="A003", service="A") == "bad-range"
    assert book.page("greeter", "issued-offline", ticket="B004", service="A") == "bad-range"
    assert book.page("greeter", "issued-offline", ticket="A103", service="A") == "number-too-high"
    assert book.page("greeter", "issued-offline", ticket="A102", service="A") is None
    assert book.plain.account()["unheard"] == [f"A{n:03d}" for n in range(3, 102)]


def test_a_range_served_off_line_is_never_called_and_can_be_taken_back() -> None:
    book = Book()
    book.give("A", 3)
    book.desk(1, "next")
    assert book.page("greeter", "served-offline", ticket="A001", to="A005", preview=True) is None
    assert book.plain.account()["served"] == 0
    assert book.page("greeter", "served-offline", ticket="A001", to="A005") is None
    assert [book.state(f"A00{n}") for n in range(1, 6)] == ["called", "done", "done", "done", "done"]
    assert book.page("greeter", "served-offline", ticket="A001", to="A005") == "nothing-in-range"
    book.now += 3600
    assert book.page("manager", "undo") is None
    assert [book.state(f"A00{n}") for n in range(2, 6)] == ["waiting", "waiting", "void", "void"]
    assert book.plain.account()["by_account"] == {}


def test_whoever_was_written_off_by_mistake_comes_back_to_the_old_place() -> None:
    book = Book()
    book.give("A", 2)
    book.page("greeter", "served-offline", ticket="A001")
    assert book.kiosk("return", ticket="A001") is None
    assert book.line() == ["A001", "A002"]


def test_a_range_is_voided_without_those_at_counters_and_counted() -> None:
    book = Book()
    book.give("A", 4)
    book.desk(1, "next")
    assert book.kiosk("void", ticket="A001", to="A003", reason="test") == "not-your-number"
    assert book.kiosk("void", device="kiosk-2", ticket="A002", reason="test") == "not-your-number"
    assert book.page("greeter", "void", ticket="A001", to="A003", reason="replaced") is None
    assert (book.here(1), book.line()) == ("A001", ["A004"])
    assert book.plain.doings["greeter"]["voids"] == 2
    assert book.page("greeter", "void", ticket="A002", reason="again") == "ticket-ended"


# -- what time brings -------------------------------------------------------------------------------------------------


def test_a_line_without_a_counter_alarms_once_after_five_minutes_of_its_window() -> None:
    book = Book(timetable=HOURS)
    book.at(7)
    book.give("A")
    book.at(7, 34)
    assert book.later(59) == []
    assert book.later(1) == [("service-unstaffed", "A")]
    assert book.later(600) == []
    book.desk(2, "open")
    book.desk(2, "close")
    assert book.later(299) == []
    assert book.later(1) == [("service-unstaffed", "A")]


def test_an_open_counter_that_is_silent_while_people_wait_is_idle() -> None:
    book = Book()
    book.desk(2, "open")
    assert book.later(3600) == []
    book.give("A", apart=0)
    assert book.later(599) == []
    assert book.later(1) == [("counter-idle", 2)]
    assert book.plain.desks[2]["idle"]
    book.desk(2, "next")
    assert not book.plain.desks[2]["idle"]


def test_the_roster_assigns_once_a_half_day_and_hands_may_change_it() -> None:
    monday = {"counter": 2, "weekday": 0}
    book = Book(roster=(Duty(who="lan", services=("B",), half="morning", **monday),))
    assert book.later(1) == [("services-assigned", 2)]
    assert (book.plain.desks[2]["serves"], book.plain.desks[2]["who"]) == (("B",), "lan")
    book.page("manager", "assign", 2, services=("A", "B"))
    assert book.later(60) == []
    book.at(12)
    assert book.later(0) == [("services-assigned", 2)]
    assert (book.plain.desks[2]["serves"], book.plain.desks[2]["who"]) == (("A",), None)


# -- the day ----------------------------------------------------------------------------------------------------------


def test_nobody_who_waits_is_sent_home_without_a_choice() -> None:
    book = Book()
    book.give("A", 3)
    book.serve(1)
    assert book.page("manager", "close-day") == "still-waiting"
    assert book.page("manager", "close-day", leftover="overtime") is None
    assert book.kiosk("issue", service="A") == "issue-closed"
    book.serve(1)
    assert book.page("manager", "close-day", leftover="expire") is None
    account = book.plain.account()
    assert (account["served"], account["inferred"], account["expired"]) == (2, 1, 1)
    assert book.kiosk("issue", service="A") == "day-closed"


def test_whoever_is_carried_over_goes_first_with_a_new_number() -> None:
    book = Book()
    book.give("A", 2)
    book.give("B", priority=True)
    book.page("manager", "close-day", leftover="carry-over")
    assert book.plain.account()["carried"] == ["A001", "A002", "B001"]
    book.now += 24 * 3600
    book.plain.day_opened("2026-11-24", book.now)
    book.give("A")
    assert book.kiosk("return", ticket="A001", day="2026-11-22") == "not-carried"
    assert book.kiosk("return", ticket="A002", day="2026-11-23") is None
    assert book.kiosk("return", ticket="A001", day="2026-11-23") is None
    assert book.kiosk("return", ticket="A001", day="2026-11-23") is None
    assert book.line() == ["A003", "A002", "A001"]


def test_a_day_closed_by_rule_carries_over() -> None:
    book = Book()
    book.give("A")
    book.plain.day_closed_by_rule(book.now)
    assert book.plain.account()["carried"] == ["A001"]


def test_a_day_closed_by_mistake_is_opened_again_the_same_day() -> None:
    book = Book()
    book.give("A", 4)
    book.serve(1)
    book.desk(1, "hold")
    book.serve(1)
    book.desk(2, "next")
    book.desk(2, "no-show")
    book.page("manager", "close-day", leftover="expire")
    assert book.page("manager", "reopen-day") is None
    assert [book.state(f"A00{n}") for n in range(1, 5)] == ["held", "done", "absent", "waiting"]
    assert book.kiosk("return", ticket="A002") is None
    assert book.page("manager", "reopen-day") == "day-open"
    book.page("manager", "close-day", leftover="expire")
    book.now += 24 * 3600
    assert book.page("manager", "reopen-day") == "day-over"


def test_practice_has_its_own_numbers_and_leaves_the_next_real_day_alone() -> None:
    book = Book()
    book.give("A")
    book.kiosk("lease", service="A", day="next")
    assert book.page("manager", "open-day", training=True) == "day-open"
    book.page("manager", "close-day", leftover="carry-over")
    assert book.page("manager", "open-day", training=True) is None
    book.plain.day_opened("training-9", book.now, training=True)
    assert book.give("A") == "A9001"
    book.kiosk("lease", service="A")
    assert book.plain.account()["leased"] == [["kiosk-1", "A", 9700, 9739]]
    assert book.kiosk("return", ticket="A001", day="2026-11-23") == "not-carried"
    assert book.page("manager", "open-day") is None
    book.plain.day_opened("2026-11-24", book.now)
    assert book.plain.account()["leased"] == [["kiosk-1", "A", 700, 739]]
    assert book.kiosk("return", ticket="A001", day="2026-11-23") is None
    assert book.line() == ["A001"]


def test_an_empty_day_between_loses_nobody_who_was_carried() -> None:
    book = Book()
    book.give("A")
    book.page("manager", "close-day", leftover="carry-over")
    book.plain.day_opened("2026-11-28", book.now)
    book.page("manager", "close-day")
    book.plain.day_opened("2026-11-30", book.now)
    assert book.kiosk("return", ticket="A001", day="2026-11-23") is None


def test_notices_are_posted_and_taken_away() -> None:
    book = Book()
    assert book.page("manager", "notice", text="Nghỉ trưa đến 13 giờ 30") is None
    assert book.plain.notice == "Nghỉ trưa đến 13 giờ 30"
    book.page("manager", "notice", text="")
    assert book.plain.notice == ""


def test_the_account_names_everybody_once() -> None:
    book = Book()
    book.give("A", 8)
    book.serve(1)
    book.serve(1)
    book.desk(1, "hold")
    book.desk(2, "next")
    book.desk(2, "no-show")
    book.desk(1, "next")
    book.page("greeter", "void", ticket="A008", reason="left")
    account = book.plain.account()
    parts = {"served": 1, "held": 1, "absent": 1, "at_counters": 1, "void": 1, "waiting": 3, "expired": 0}
    assert {key: account[key] for key in parts} == parts
    assert account["issued"] == sum(parts.values())
