"""When numbers are given and people served, to the second; the week of the tests begins on Monday, 23 November 2026."""

from datetime import datetime
from math import inf
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moiso.core.hours import INDOCHINA, Break, Hours, Span, Timetable

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(23, 30)


def spans(text: str) -> tuple[Span, ...]:
    """`"7:30-11:30 13:30-17:00"`."""
    pairs = [[int(h) * 3600 + int(m) * 60 for h, m in (t.split(":") for t in s.split("-"))] for s in text.split()]
    return tuple(Span(*pair) for pair in pairs)


def at(day: int, clock: str) -> float:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}").replace(tzinfo=INDOCHINA).timestamp()


OFFICE = Hours(issue=spans("7:00-11:15 13:15-16:30"), serve=spans("7:30-11:30 13:30-17:00"))
LAND = Hours(issue=spans("8:00-10:30"), serve=spans("8:00-11:00"))
TABLE = Timetable(
    weekly={"A": (OFFICE,) * 5 + (None, None), "C": (None, LAND, None, LAND, None, None, None)},
    holidays=("2026-11-25",),
    make_up={"2026-11-28": THURSDAY - MONDAY},
)


@pytest.mark.parametrize(
    ("clock", "gives", "serves"),
    [
        ("00:00:00", False, False),
        ("06:59:59.999", False, False),
        ("07:00:00", True, False),
        ("07:29:59", True, False),
        ("07:30:00", True, True),
        ("11:14:59", True, True),
        ("11:15:00", False, True),
        ("11:30:00", False, False),
        ("13:15:00", True, False),
        ("13:30:00", True, True),
        ("16:30:00", False, True),
        ("16:59:59.999", False, True),
        ("17:00:00", False, False),
        ("23:59:59", False, False),
    ],
)
def test_windows_to_the_second(clock: str, gives: bool, serves: bool) -> None:
    moment = at(MONDAY, clock)
    assert (TABLE.gives("A", moment), TABLE.serves("A", moment)) == (gives, serves)


@pytest.mark.parametrize(
    ("day", "served"),
    [
        (MONDAY, "A"),
        (TUESDAY, "AC"),
        (WEDNESDAY, ""),  # a holiday
        (THURSDAY, "AC"),
        (FRIDAY, "A"),
        (SATURDAY, "AC"),  # made up: it works like a Thursday
        (SUNDAY, ""),
    ],
)
def test_what_is_served_on_which_day(day: int, served: str) -> None:
    assert "".join(code for code in "AC" if TABLE.serves(code, at(day, "09:00"))) == served
    assert "".join(code for code in "AC" if TABLE.gives(code, at(day, "09:00"))) == served
    assert TABLE.works(at(day, "09:00")) == TABLE.works(at(day, "23:00")) == bool(served)


def test_a_date_begins_at_local_midnight() -> None:
    all_monday = Timetable(weekly={"A": (Hours(spans("0:00-24:00"), spans("0:00-24:00")),) + (None,) * 6})
    assert all_monday.serves("A", at(MONDAY, "00:00"))
    assert all_monday.serves("A", at(MONDAY, "23:59:59.999"))
    assert not all_monday.serves("A", at(TUESDAY, "00:00"))
    assert all_monday.serving_since("A", at(MONDAY, "12:00")) == at(MONDAY, "00:00")


def test_since_when_a_span_of_service_runs() -> None:
    assert TABLE.serving_since("A", at(MONDAY, "11:00")) == at(MONDAY, "07:30")
    assert TABLE.serving_since("A", at(MONDAY, "13:30")) == at(MONDAY, "13:30")
    assert TABLE.serving_since("A", at(MONDAY, "12:00")) is None
    assert TABLE.serving_since("A", at(WEDNESDAY, "09:00")) is None
    assert TABLE.serving_since("H", at(MONDAY, "12:00")) == -inf


def test_a_service_that_is_not_named_is_open_at_all_hours_but_on_holidays() -> None:
    assert TABLE.gives("H", at(SUNDAY, "03:00"))
    assert TABLE.serves("H", at(SUNDAY, "03:00"))
    assert not TABLE.gives("H", at(WEDNESDAY, "09:00"))
    assert not TABLE.serves("H", at(WEDNESDAY, "09:00"))


def test_without_a_timetable_everything_is_open() -> None:
    moment = at(SUNDAY, "03:00")
    assert Timetable().gives("A", moment)
    assert Timetable().serving_since("A", moment) == -inf
    assert Timetable().works(moment)
    assert Timetable().lunch(moment) is None
    assert not Timetable(holidays=("2026-11-29",)).works(moment)


def test_lunch_lies_between_the_last_span_before_and_the_first_after() -> None:
    assert TABLE.lunch(at(MONDAY, "08:00")) == Break(at(MONDAY, "11:30"), at(MONDAY, "13:30"))
    assert TABLE.lunch(at(MONDAY, "23:00")) == TABLE.lunch(at(MONDAY, "08:00"))
    assert TABLE.lunch(at(WEDNESDAY, "08:00")) is None


@pytest.mark.parametrize(
    ("first", "second", "lunch"),
    [
        ("7:30-11:30 13:30-17:00", "8:00-12:00 13:00-16:00", ("12:00", "13:00")),
        ("7:30-11:30 13:30-17:00", "11:00-14:00", None),
        ("7:30-17:00", "8:00-9:00 10:00-11:00", None),
        ("7:30-9:00 9:15-11:30 13:30-17:00", "7:30-11:00", ("11:30", "13:30")),
        ("7:30-11:30 13:30-15:00 15:15-17:00", "7:30-11:00", ("11:30", "13:30")),
        ("7:30-12:00 12:00-17:00", "8:00-9:00", None),
        ("7:30-11:30", "14:00-16:00", ("11:30", "14:00")),
        ("7:30-11:30", "7:30-11:30", None),
    ],
)
def test_lunch_is_the_longest_pause_of_all_services(first: str, second: str, lunch: tuple[str, str] | None) -> None:
    weekly = {code: (Hours((), spans(serve)),) * 7 for code, serve in (("A", first), ("C", second))}
    expected = lunch and Break(at(MONDAY, lunch[0]), at(MONDAY, lunch[1]))
    assert Timetable(weekly=weekly).lunch(at(MONDAY, "08:00")) == expected


@pytest.mark.parametrize(
    ("day", "clock", "half"),
    [
        (MONDAY, "00:00", ("2026-11-23", 0, "morning")),
        (MONDAY, "11:59:59.999", ("2026-11-23", 0, "morning")),
        (MONDAY, "12:00", ("2026-11-23", 0, "afternoon")),
        (SATURDAY, "09:00", ("2026-11-28", 3, "morning")),
        (SUNDAY, "23:59:59", ("2026-11-29", 6, "afternoon")),
    ],
)
def test_halves_of_a_day(day: int, clock: str, half: tuple[str, int, str]) -> None:
    assert TABLE.half(at(day, clock)) == half


def test_a_zone_whose_clocks_change_keeps_its_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    table = Timetable(zone=berlin, weekly={"A": (OFFICE,) * 7})
    for date in ("2026-03-28", "2026-03-29", "2026-10-25"):
        opening = datetime.fromisoformat(f"{date}T07:30").replace(tzinfo=berlin).timestamp()
        assert table.serving_since("A", opening) == opening
        assert not table.serves("A", opening - 0.001)


@given(st.lists(st.floats(at(MONDAY, "00:00"), at(SUNDAY, "23:59")), min_size=2, max_size=20))
def test_the_answer_does_not_depend_on_what_was_asked_before(moments: list[float]) -> None:
    table = Timetable(weekly=TABLE.weekly, holidays=TABLE.holidays, make_up=TABLE.make_up)
    for moment in moments:
        fresh = Timetable(weekly=TABLE.weekly, holidays=TABLE.holidays, make_up=TABLE.make_up)
        assert table.half(moment) == fresh.half(moment)
        assert table.lunch(moment) == fresh.lunch(moment)
        assert [table.serving_since(code, moment) for code in "ACH"] == [
            fresh.serving_since(code, moment) for code in "ACH"
        ]


def test_equal_timetables_stay_equal_when_one_was_asked() -> None:
    table = Timetable(weekly=TABLE.weekly)
    table.works(at(MONDAY, "08:00"))
    assert table == Timetable(weekly=TABLE.weekly)
