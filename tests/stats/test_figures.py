"""The fixture day, every figure worked out by hand.

At 08:20, waits in seconds to the FIRST call, from issue (and from the opening at 07:30 where that differs):

    A001 07:20 -> 07:39:40 1180 (580)   absent, inferred     B001 07:24 -> 07:42 1080 (720)  served
    A002 07:22 -> 07:30     480 (0)     served               B002 07:46 -> 08:09 1380        served
    A003 07:35 -> 07:40:10  310         served               B003 08:12 -> 08:16  240        on the way
    A004                                void                 C001 07:36 -> 07:52  960        served, after an absence
    A005 07:48 -> 07:50     120         served, inferred     C002 07:45 -> 08:05 1200        absent
    A006 08:00 -> 08:00       0         being served         C003 08:10, 10 min  waiting
    A007 08:02, 18 min      waiting     A008 void            A701 08:06 (its press), 14 min  waiting

Service times in seconds, from start to finish:

    A002 07:31 -> 07:38  420     A003 07:41 -> 07:50  540     B001 07:43 -> 07:52  540     B002 08:10 -> 08:15  300
    C001 07:56 -> 08:05  540     A005 07:50 -> 07:58  480: nobody pressed start, and the next press ended it
"""

from dataclasses import dataclass
from datetime import time
from typing import Any

import msgspec
import pytest

from moiso.core.centre import new_centre
from moiso.core.day import Calendar
from moiso.core.evolve import evolve
from moiso.core.rules import Desk, Rules, Service
from moiso.texts import LANGUAGES, catalogue
from moiso.wire.codec import event_data
from moiso.wire.figures import Durations, Line, Share, Waits
from moiso.wire.messages import Event
from moiso.wire.stamp import seconds
from stats.figures import Figures, figures, opening
from stats.intervals import Day, fold
from tests.stats.fixture_day import CALENDAR, DATE, EVENING, MORNING, SERVICES, ZONE, at, happened, stamp


def folded(events: list[Event]) -> Day:
    day = Day()
    for event in events:
        data = event_data(event)
        assert data is not None
        synced = event.clock == "synced"
        day = fold(day, data, seq=event.seq, at=seconds(event.at), label=event.day, synced=synced)
    return day


def reckoned(day: Day, clock: str, calendar: Calendar = CALENDAR) -> Figures:
    began = opening(day, calendar)
    return figures(day.visits.values(), at(clock), began.at if began else None, SERVICES, stamp)


def waits(called: int, mean: float | None, p90: float | None, in_15: tuple[int, int], in_30: tuple[int, int]) -> Waits:
    def share(of: tuple[int, int]) -> Share:
        return Share(part=of[0], whole=of[1])

    return Waits(called=called, mean=mean, p90=p90, within_15=share(in_15), within_30=share(in_30))


def times(turns: int, mean: float | None, inferred_turns: int, inferred_mean: float | None) -> Durations:
    return Durations(turns=turns, mean=mean, inferred_turns=inferred_turns, inferred_mean=inferred_mean)


def nobody_said(count: int) -> dict[str, Any]:
    """Nobody said how any of these ended."""
    return {"outcomes": {"unknown": count}, "outcome_unknown": Share(part=count, whole=count)}


def test_every_figure_at_twenty_past_eight() -> None:
    found = reckoned(folded(happened(MORNING)), "08:20")
    a, b, c = found.services
    assert a == Line(
        service="A", issued=9,  # A001-A008 and A701
        served=3,  # A002 A003 A005
        absent=1,  # A001
        void=2,  # A004 A008
        expired=0, waiting=2,  # A007 A701
        at_counters=1,  # A006
        inferred=Share(part=2, whole=4),  # A001 A005 of A001 A002 A003 A005
        # 0 120 310 480 1180: mean 2090/5, p90 the 5th of 5; 15 min: four, of these five and A007; 30 min: five
        from_issue=waits(5, 418.0, 1180.0, (4, 6), (5, 5)),
        # 0 0 120 310 580: mean 1010/5; 15 min: five, of these and A007
        from_opening=waits(5, 202.0, 580.0, (5, 6), (5, 5)),
        longest_since=stamp(at("08:02")),
        # 420 540, and 480 of A005
        service_time=times(2, 480.0, 1, 480.0), **nobody_said(3),
    )  # fmt: skip
    assert b == Line(
        service="B", issued=3, served=2, absent=0, void=0, expired=0, waiting=0, at_counters=1,
        inferred=Share(part=0, whole=2),
        # 240 1080 1380: mean 2700/3, p90 the 3rd of 3
        from_issue=waits(3, 900.0, 1380.0, (1, 3), (3, 3)),
        # 240 720 1380: mean 2340/3
        from_opening=waits(3, 780.0, 1380.0, (2, 3), (3, 3)),
        longest_since=None,
        service_time=times(2, 420.0, 0, None), **nobody_said(2),  # 540 300
    )  # fmt: skip
    assert c == Line(
        service="C", issued=3, served=1, absent=1, void=0, expired=0, waiting=1, at_counters=0,
        inferred=Share(part=0, whole=2),
        # 960 1200; C003 waits 10 min and is not counted yet
        from_issue=waits(2, 1080.0, 1200.0, (0, 2), (2, 2)),
        from_opening=waits(2, 1080.0, 1200.0, (0, 2), (2, 2)),
        longest_since=stamp(at("08:10")),
        service_time=times(1, 540.0, 0, None), **nobody_said(1),
    )  # fmt: skip
    assert found.total == Line(
        service=None, issued=15, served=6, absent=2, void=2, expired=0, waiting=3, at_counters=2,
        inferred=Share(part=2, whole=8),
        # 0 120 240 310 480 | 960 1080 1180 1200 1380: mean 6950/10, p90 the 9th; 15 min: five of ten and A007
        from_issue=waits(10, 695.0, 1200.0, (5, 11), (10, 10)),
        # 0 0 120 240 310 580 720 | 960 1200 1380: mean 5510/10, p90 the 9th
        from_opening=waits(10, 551.0, 1200.0, (7, 11), (10, 10)),
        longest_since=stamp(at("08:02")),
        service_time=times(5, 468.0, 1, 480.0), **nobody_said(6),  # 2340/5
    )  # fmt: skip


def test_after_the_close_whoever_was_never_called_counts_as_missed() -> None:
    events = happened(MORNING + EVENING.lstrip())
    total = reckoned(folded(events), "18:00").total
    assert total == Line(
        service=None, issued=15,
        served=8,  # six, and A006 B003
        absent=2,  # A001 C002
        void=2, expired=3,  # A007 A701 C003
        waiting=0, at_counters=0,
        inferred=Share(part=4, whole=10),  # A001 A005 A006 B003
        from_issue=waits(10, 695.0, 1200.0, (5, 13), (10, 13)),
        from_opening=waits(10, 551.0, 1200.0, (7, 13), (10, 13)),
        longest_since=None,
        # A005, A006 from 08:01 and B003 from 08:16 to 17:00: (480 + 32340 + 31440)/3, and none of it in the mean
        service_time=times(5, 468.0, 3, 21420.0), **nobody_said(8),
    )  # fmt: skip


def test_the_counts_are_the_hubs_account() -> None:
    """Two independent folds of the same log agree after every event."""
    rules = Rules(
        services=tuple(Service(code=code, name=code) for code in SERVICES),
        desks=tuple(Desk(number=n, label=f"Quầy {n}", services=SERVICES) for n in (1, 2)),
    )
    centre, events = new_centre(rules), happened(MORNING + EVENING.lstrip())
    for length, event in enumerate(events[:-1], 1):
        data = event_data(event)
        assert data is not None
        evolve(centre, data, seq=event.seq, at=seconds(event.at), day=event.day)
        total, account = reckoned(folded(events[:length]), "17:00").total, centre.so_far()
        for name in ("issued", "served", "absent", "void", "expired", "waiting", "held", "at_counters"):
            assert getattr(total, name) == getattr(account, name), (name, event)


@pytest.mark.parametrize(
    ("seconds_waited", "in_15", "in_30"),
    [(900, (1, 1), (1, 1)), (901, (0, 1), (1, 1)), (1800, (0, 1), (1, 1)), (1801, (0, 1), (0, 1))],
)
def test_fifteen_minutes_sharp_are_within_fifteen(
    seconds_waited: int, in_15: tuple[int, int], in_30: tuple[int, int]
) -> None:
    minutes, second = divmod(seconds_waited, 60)
    day = folded(happened(f"08:00:00 day-opened\n08:00:00 issued A001\n08:{minutes:02}:{second:02} called A001 @1"))
    mean = float(seconds_waited)
    assert reckoned(day, "09:00").total.from_issue == waits(1, mean, mean, in_15, in_30)


@pytest.mark.parametrize(
    ("clock", "in_15", "in_30"),
    [
        ("08:15:00", (0, 0), (0, 0)),
        ("08:15:01", (0, 1), (0, 0)),
        ("08:30:00", (0, 1), (0, 0)),
        ("08:30:01", (0, 1), (0, 1)),
    ],
)
def test_a_long_line_shows_before_anybody_is_called(clock: str, in_15: tuple[int, int], in_30: tuple[int, int]) -> None:
    day = folded(happened("08:00:00 day-opened\n08:00:00 issued A001"))
    assert reckoned(day, clock).total.from_issue == waits(0, None, None, in_15, in_30)


@dataclass
class Morning:
    table: str
    calendar: Calendar
    since: str | None
    by: str | None


OPEN_ALWAYS = Calendar(zone=ZONE)
EARLY = "06:50:00 day-opened\n06:55:00 issued A001\n"
LATE_COUNTER = EARLY + "07:45:00 opened @1\n07:46:00 opened @2\n"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Morning(EARLY, CALENDAR, "07:30", "hours"), id="the hour counts before any counter opens"),
        pytest.param(Morning(LATE_COUNTER, CALENDAR, "07:30", "hours"), id="a counter that opens late excuses nothing"),
        pytest.param(Morning(EARLY, OPEN_ALWAYS, None, None), id="no hour and no counter: not known yet"),
        pytest.param(Morning(LATE_COUNTER, OPEN_ALWAYS, "07:45", "counter"), id="no hour: the first counter"),
        pytest.param(
            Morning(LATE_COUNTER + "07:55:00 clock-set shift=300", OPEN_ALWAYS, "07:50", "counter"),
            id="the first counter's moment moves with the clock",
        ),
    ],
)
def test_when_the_site_opened(case: Morning) -> None:
    found = opening(folded(happened(case.table)), case.calendar)
    assert (found and stamp(found.at)) == (case.since and stamp(at(case.since)))
    assert (found and found.by) == case.by


def test_a_clock_that_is_not_set_knows_no_opening_hour() -> None:
    events = [msgspec.structs.replace(event, clock="free") for event in happened(LATE_COUNTER)]
    found = opening(folded(events), CALENDAR)
    assert found is not None
    assert (found.at, found.by) == (at("07:45"), "counter")


def test_the_opening_hour_is_of_the_date_that_began_at_three() -> None:
    day = folded(happened("02:30:00 day-opened\n02:31:00 issued A001"))
    found = opening(day, Calendar(zone=ZONE, opens=time(7, 30)))
    assert found is not None
    assert found.at == at("07:30") - 86400


def test_before_the_opening_nobody_has_waited_from_it() -> None:
    day = folded(happened(EARLY))
    line = reckoned(day, "07:20").total
    assert line.from_issue.within_15 == Share(part=0, whole=1)  # 25 min
    assert line.from_opening == waits(0, None, None, (0, 0), (0, 0))


def test_a_call_before_the_opening_waited_nothing_from_it() -> None:
    day = folded(happened(EARLY + "07:00:00 called A001 @1"))
    line = reckoned(day, "07:20").total
    assert line.from_issue.mean == 300.0
    assert line.from_opening == waits(1, 0.0, 0.0, (1, 1), (1, 1))


def test_a_service_unknown_to_site_toml_still_gets_its_line() -> None:
    day = folded(happened("08:00:00 day-opened\n08:00:00 issued K001"))
    assert [line.service for line in reckoned(day, "08:20").services] == ["A", "B", "C", "K"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_name_and_a_definition_of_one_line(language: str) -> None:
    shown = {*Line.__struct_fields__, *Waits.__struct_fields__} - {"service", "called"}
    for name in shown:
        assert catalogue(language).text(f"figures.{name}")
        assert "\n" not in catalogue(language).text(f"figures.{name}_is")


def test_the_label_is_the_days() -> None:
    assert folded(happened(MORNING)).label == DATE
