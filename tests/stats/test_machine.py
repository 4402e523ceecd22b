"""When the figures are said, and what `ready` means."""

import pytest
from msgspec import Raw
from msgspec.structs import replace

from moiso.core.events import ClockSet
from moiso.wire.codec import encode
from moiso.wire.messages import Event
from moiso.wire.ports import LinkUp
from stats.machine import Machine
from tests.stats.fixture_day import MORNING, at, happened, stamp
from tests.stats.hub_double import beat, complaints, kept, machine, published, told

LOG = happened(MORNING)


def caught_up(now: float = 0.0) -> Machine:
    stats = machine()
    kept(stats, stats.handle([*map(told, LOG), beat(len(LOG), at("08:20"))], now))
    return stats


def test_nothing_is_said_before_the_log_is_read_to_its_end() -> None:
    stats = machine()
    assert published(stats.handle(list(map(told, LOG[:-1])), 0.0)) == []
    assert published(stats.handle([beat(len(LOG), at("08:20"))], 0.5)) == []
    [figures] = published(stats.handle([told(LOG[-1])], 0.6))
    assert (figures.seq, figures.label, figures.open) == (len(LOG), "2026-11-23", True)
    assert (figures.opening, figures.opening_by) == (stamp(at("07:30")), "hours")
    assert figures.at == stamp(at("08:20") + 0.1)


def test_nothing_is_said_before_the_first_day() -> None:
    stats = machine()
    assert published(stats.handle([beat(0, at("07:00"))], 0.0)) == []


def test_figures_go_out_at_once_and_then_at_most_once_a_second() -> None:
    stats = caught_up(now=0.0)
    more = happened("08:20:01 issued A009\n08:20:02 issued A010\n08:20:03 issued A011", first=len(LOG) + 1)
    assert published(stats.handle([told(more[0])], 0.2)) == []
    assert stats.deadline() == 1.0
    assert published(stats.handle([told(more[1])], 0.9)) == []
    [figures] = published(stats.handle([], 1.0))
    assert figures.total.issued == 17
    [figures] = published(stats.handle([told(more[2])], 5.0))
    assert figures.total.issued == 18


def test_time_alone_moves_the_shares_within_ten_seconds_and_otherwise_nothing_is_said() -> None:
    """A701 waits since 08:06 and misses its fifteen minutes at 08:21; C003 at 08:25."""
    stats = caught_up(now=0.0)
    said = []
    for now in range(2, 240, 2):
        said += published(stats.handle([beat(len(LOG), at("08:20") + now)], float(now)))
    assert [(figures.at[11:19], figures.total.from_issue.within_15.whole) for figures in said] == [("08:21:10", 12)]


def test_a_day_for_practice_is_in_no_figure_and_says_so() -> None:
    practice = happened(
        "08:00:00 day-opened training\n08:00:00 issued A9001\n08:01:00 opened @1\n08:01:00 called A9001 @1"
    )
    stats = machine()
    [figures] = published(stats.handle([*map(told, practice), beat(4, at("08:20"))], 0.0))
    assert (figures.training, figures.open, figures.services, figures.opening) == (True, True, [], None)
    counts = (figures.total.issued, figures.total.at_counters, figures.total.from_issue.called)
    assert (counts, figures.total.from_issue.within_15.whole) == ((0, 0, 0), 0)
    real = happened("09:00:00 day-opened\n09:00:00 issued A001", first=5)
    [figures] = published(stats.handle([*map(told, real), beat(6, at("09:00"))], 2.0))
    assert (figures.training, figures.total.issued, [line.issued for line in figures.services]) == (False, 1, [1, 0, 0])


def test_a_silent_hubs_last_word_stands() -> None:
    stats = caught_up(now=0.0)
    assert published(stats.handle([], 600.0)) == []
    assert stats.deadline() is None


def test_every_connect_says_the_figures_again() -> None:
    assert [figures.seq for figures in published(caught_up().handle([LinkUp("stats")], 5.0))] == [len(LOG)]


def test_ready_means_the_disk_takes_rows_and_nothing_is_missing() -> None:
    stats = caught_up()
    assert (stats.ready, stats.detail) == (True, {"history": "ok"})
    late, later = happened("08:21:00 issued A009\n08:22:00 issued A010", first=len(LOG) + 1)
    stats.handle([told(late)], 1.0)
    stats.kept([], safe=False)
    assert (stats.ready, stats.detail) == (False, {"history": "failing"})
    assert len(kept(stats, stats.handle([], 6.0))) == 1
    assert stats.ready
    stats.handle([beat(len(LOG) + 2, at("08:22"))], 7.0)
    assert stats.ready  # it may be on its way
    stats.handle([], 8.0)
    assert not stats.ready
    stats.handle([told(later)], 9.0)
    assert stats.ready


@pytest.mark.parametrize("shift", [3 * 365 * 86400.0, -3 * 365 * 86400.0])
@pytest.mark.parametrize("first", ["beat", "event"])
def test_nobody_has_waited_for_years_when_the_clock_jumps(shift: float, first: str) -> None:
    """Whichever of the event and the next beat comes first: between the two, nothing is reckoned."""
    stats = caught_up(now=0.0)
    wall = at("08:20") + 20 + shift
    jump = _event(len(LOG) + 1, wall, ClockSet(shift=shift))
    news = [beat(len(LOG) + 1, wall), told(jump)]
    said = published(stats.handle([beat(len(LOG), at("08:20") + 20)], 20.0))
    for now, item in enumerate(news if first == "beat" else news[::-1], 21):
        said += published(stats.handle([item], float(now)))
    assert said[-1].seq == len(LOG) + 1
    assert {figures.total.from_issue.within_30.whole for figures in said} == {10}
    assert said[-1].total.longest_since == stamp(at("08:02") + shift)


def test_an_event_from_outside_all_calendars_stops_nothing() -> None:
    stats = caught_up()
    stats.handle([told(_event(len(LOG) + 1, at("08:21"), ClockSet(shift=1e300)))], 2.0)
    [complaint] = complaints(stats.handle([beat(len(LOG) + 1, at("08:21"))], 3.0))
    assert complaint.startswith("cannot be reckoned")


def _event(seq: int, wall: float, event: ClockSet) -> Event:
    [template] = happened("08:00:00 clock-set shift=0")
    return replace(template, seq=seq, at=stamp(wall), data=Raw(encode(event)))
