from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moiso.core.events import ClockSet, Event, TicketCalled, TicketIssued
from moiso.core.tickets import ImpossibleMoveError, State
from moiso.wire.codec import event_data
from moiso.wire.stamp import seconds
from stats.intervals import Day, fold
from stats.visits import Kind
from tests.stats.fixture_day import EVENING, MORNING, at, happened, stamp
from tests.stats.test_figures import folded

FULL = MORNING + EVENING.lstrip()


def way(day: Day, ticket: str, leg: int = 0) -> list[tuple[str, str]]:
    """`("wait", "07:20:00")` for every interval of a leg: its kind and when it began."""
    intervals = day.visits[ticket].legs[leg].intervals
    return [(interval.kind.value, stamp(interval.begin)[11:19]) for interval in intervals]


def test_a_visitor_called_again_after_an_absence_waited_once() -> None:
    day = folded(happened(MORNING))
    assert way(day, "C001") == [
        ("wait", "07:36:00"),
        ("walk", "07:52:00"),
        ("away", "07:53:00"),
        ("walk", "07:55:00"),
        ("service", "07:56:00"),
    ]
    assert day.visits["C001"].state is State.DONE


def test_without_a_start_walk_and_service_are_one() -> None:
    assert way(folded(happened(MORNING)), "A005") == [("wait", "07:48:00"), ("service", "07:50:00")]


def test_a_recall_begins_nothing() -> None:
    assert way(folded(happened(MORNING)), "C002") == [
        ("wait", "07:45:00"),
        ("walk", "08:05:00"),
        ("away", "08:08:00"),
    ]


def test_the_printed_number_waits_in_the_place_of_the_phantom() -> None:
    """Issued on-line at 08:06:00, replaced at 08:13 by a kiosk whose own clock says 5 minutes ago."""
    day = folded(
        happened(
            """08:05:00 day-opened
            08:06:00 issued A008
            08:07:00 called A008 @1
            08:08:00 started A008 @1
            08:13:00 issued A701 offline seconds_ago=300 replaces=A008
            08:13:00 voided A008 reason=replaced
            08:13:00 called A701 @1
            08:13:00 started A701 @1"""
        )
    )
    assert way(day, "A701") == [("wait", "08:06:00"), ("walk", "08:13:00"), ("service", "08:13:00")]


def test_a_service_that_was_inferred_absent_and_came_after_all_is_no_longer_inferred() -> None:
    day = folded(
        happened(
            """08:00:00 day-opened
            08:00:00 issued A001
            08:01:00 called A001 @1
            08:01:20 missed A001 @1 inferred
            08:02:00 called A001 @1
            08:02:30 started A001 @1
            08:05:00 finished A001 @1"""
        )
    )
    assert (day.visits["A001"].state, day.visits["A001"].inferred) == (State.DONE, False)


def test_intervals_touch_and_only_a_living_visit_has_one_that_runs() -> None:
    for events in (happened(MORNING), happened(FULL)):
        for visit in folded(events).visits.values():
            intervals = visit.legs[0].intervals
            for one, after in pairwise(intervals):
                assert one.end == after.begin >= one.begin
            over = visit.state in {State.DONE, State.VOID, State.EXPIRED} or events[-1].type == "day-closed"
            assert (intervals[-1].end is not None) == over


@given(
    shift=st.floats(-400 * 86400, 400 * 86400),
    after=st.integers(1, len(happened(FULL)) - 1),
)
def test_no_duration_changes_when_the_clock_jumps(shift: float, after: int) -> None:
    """The same day with one jump more: every moment after it is shifted, every wait is what it was."""
    plain, day = happened(FULL), Day()
    for n, event in enumerate(plain):
        if n == after:
            day = fold(day, ClockSet(shift=shift), seq=n, at=0.0, label=None, synced=True)
        wall, data = seconds(event.at) + (shift if n >= after else 0.0), event_data(event)
        assert data is not None
        day = fold(day, data, seq=n, at=wall, label="x", synced=True)
    expected = {number: visit.legs[0].wait.seconds(0.0) for number, visit in folded(plain).visits.items()}
    assert {number: visit.legs[0].wait.seconds(0.0) for number, visit in day.visits.items()} == pytest.approx(
        expected, abs=1e-3
    )


def test_a_clock_that_ran_backwards_unannounced_makes_no_negative_interval() -> None:
    day = folded(
        happened(
            """08:00:00 day-opened
            08:10:00 issued A001
            08:05:00 called A001 @1
            08:12:00 started A001 @1"""
        )
    )
    assert day.visits["A001"].legs[0].wait.seconds(at("08:20")) == 0.0
    assert way(day, "A001") == [("wait", "08:10:00"), ("walk", "08:10:00"), ("service", "08:12:00")]


@pytest.mark.parametrize(
    "event",
    [
        TicketCalled(ticket="Z999", counter=1, service="Z", policy="order"),
        TicketIssued(ticket="A001", service="A"),
    ],
)
def test_what_contradicts_the_ticket_table_changes_nothing(event: Event) -> None:
    day = folded(happened("08:00:00 day-opened\n08:00:00 issued A001"))
    with pytest.raises(ImpossibleMoveError):
        fold(day, event, seq=3, at=at("08:01"), label="x", synced=True)
    assert way(day, "A001") == [(Kind.WAIT, "08:00:00")]
    assert list(day.visits) == ["A001"]


def test_the_next_day_begins_empty() -> None:
    day = folded(happened(FULL + "18:00:00 day-opened"))
    assert (day.visits, day.open, day.first_counter) == ({}, True, None)


def test_a_number_typed_in_twice_and_taken_back_twice_is_void() -> None:
    """Both times the hub voids it: the second return is no move that the undo takes out of the story."""
    day = folded(
        happened(
            """08:00:00 day-opened
            08:10:00 issued A041 source=paper
            08:11:00 undone 08:10:00
            08:11:00 voided A041 reason=undone
            08:12:00 returned A041 source=paper
            08:13:00 undone 08:12:00
            08:13:00 voided A041 reason=undone"""
        )
    )
    assert day.visits["A041"].state is State.VOID
    assert [stamp(told.at)[11:19] for told in day.visits["A041"].story] == [
        "08:10:00", "08:11:00", "08:12:00", "08:13:00",
    ]  # fmt: skip
