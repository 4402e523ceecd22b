"""The figures of a day from its visits: pure, and the one place where each is defined.

The same definitions in people's words stand in the catalogue, table [figures], in every language.

- A number counts in one service: where it is now, or ended. Its waits and service times count where they were spent.
- A wait runs from taking the number to its FIRST call; a number called again after an absence waited once. Whoever was
  sent on waits anew for the next service: that counts there, and not in the figures of all services together.
- Counted from the opening, whoever came earlier begins to wait only then; a call before the opening waited 0.
- mean and p90 are over the numbers that were called; p90 is the smallest wait that 9 in 10 did not exceed.
- A share within N minutes asks of every number whether it was called within N minutes of waiting (N itself counts).
  Not within: called later, still waiting after more than N, or the day ended without a call. Not counted at all:
  still waiting, N minutes not yet over. So a long line shows in the share before anybody of it is called.
- A service time is of one turn, what was held left out. Where nobody pressed its beginning or its end it stands in a
  series of its own.
- Voided numbers count as issued and void, and nowhere else: nobody held them, or somebody printed another. Those served
  while nothing worked count as served, and in no wait and no service time.
- inferred: of the numbers served or absent, those where a later press said so and not one of their own.
- outcomes: of the numbers served; `unknown` where nobody said it, and its share stands beside them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import Struct

from moiso.core.day import Calendar
from moiso.core.tickets import AT_COUNTER, State
from moiso.wire.figures import Durations, Line, Share, Waits
from stats.intervals import Day
from stats.visits import Leg, Visit

MINUTE = 60.0
WITHIN = (15 * MINUTE, 30 * MINUTE)
#: The outcome of whoever was served and of whom nobody said how it ended.
UNKNOWN = "unknown"

Stamp = Callable[[float], str]


class Figures(Struct, frozen=True):
    """All of a day, and each service by itself."""

    total: Line
    services: list[Line]


class Opening(Struct, frozen=True):
    """When the site opened, in seconds since 1970, and what says so."""

    at: float
    by: Literal["hours", "counter"]


def opening(day: Day, calendar: Calendar) -> Opening | None:
    """When the day's waits count as begun for whoever came earlier; None when that is not known yet.

    The posted hour, where there is one and the clock is set: a counter that opens late is the site's fault, not the
    visitor's. Otherwise the first counter that opened.
    """
    if calendar.opens is not None and day.synced and day.began is not None:
        local = datetime.combine(calendar.date_of(day.began), calendar.opens, calendar.zone)
        return Opening(local.timestamp(), "hours")
    return None if day.first_counter is None else Opening(day.first_counter, "counter")


def figures(visits: Iterable[Visit], now: float, since: float | None, services: Sequence[str], stamp: Stamp) -> Figures:
    """The figures at `now`; `since` is the opening, or None while it is not known.

    `services`: those that get a line even when nobody came, in this order; others with visitors follow them.
    `stamp` writes a moment as it goes on the wire.
    """
    everybody = list(visits)
    measured = [visit for visit in everybody if visit.state is not State.VOID and not visit.offline]
    legs = [leg for visit in measured for leg in visit.legs]
    lines = []
    for code in dict.fromkeys([*services, *(leg.service for visit in everybody for leg in visit.legs)]):
        here = [leg for leg in legs if leg.service == code]
        visitors = [visit for visit in everybody if visit.service == code]
        lines.append(_line(code, visitors, here, _both_waits(here, now, since), stamp))
    first = [visit.legs[0] for visit in measured]
    return Figures(_line(None, everybody, legs, _both_waits(first, now, since), stamp), lines)


class _BothWaits(NamedTuple):
    from_issue: Waits
    from_opening: Waits | None


def _both_waits(legs: list[Leg], now: float, since: float | None) -> _BothWaits:
    from_opening = None if since is None else _waits(legs, now, since)
    return _BothWaits(_waits(legs, now, float("-inf")), from_opening)


def _line(service: str | None, visits: list[Visit], legs: list[Leg], waits: _BothWaits, stamp: Stamp) -> Line:
    count = Counter(visit.state for visit in visits)
    places = [visit.place for visit in visits if visit.state is State.WAITING]
    outcomes = Counter(visit.outcome or UNKNOWN for visit in visits if visit.state is State.DONE)
    return Line(
        service=service,
        issued=len(visits),
        served=count[State.DONE],
        absent=count[State.ABSENT],
        void=count[State.VOID],
        expired=count[State.EXPIRED],
        waiting=count[State.WAITING],
        held=count[State.HELD],
        at_counters=sum(count[state] for state in AT_COUNTER),
        inferred=_inferred(visits),
        from_issue=waits.from_issue,
        from_opening=waits.from_opening,
        longest_since=stamp(min(places)) if places else None,
        after_hours=sum(visit.late for visit in visits),
        dossiers=sum(leg.dossiers for leg in legs if leg.ended),
        outcomes=dict(outcomes),
        outcome_unknown=Share(part=outcomes[UNKNOWN], whole=outcomes.total()),
        service_time=_service_time(legs),
    )


def _inferred(visits: list[Visit]) -> Share:
    ended = [visit for visit in visits if visit.state in {State.DONE, State.ABSENT}]
    return Share(part=sum(visit.inferred for visit in ended), whole=len(ended))


def _service_time(legs: list[Leg]) -> Durations:
    """Each turn's stretches of service together."""
    pressed: list[float] = []
    inferred: list[float] = []
    for leg in legs:
        if leg.ended and leg.served:
            series = inferred if any(interval.inferred for interval in leg.served) else pressed
            series.append(sum(interval.seconds(interval.begin) for interval in leg.served))
    return Durations(
        turns=len(pressed), mean=_mean(pressed), inferred_turns=len(inferred), inferred_mean=_mean(inferred)
    )


def _waits(legs: list[Leg], now: float, since: float) -> Waits:
    called = sorted(leg.wait.seconds(now, since) for leg in legs if leg.called)
    running = [leg.wait.seconds(now, since) for leg in legs if leg.wait.end is None]
    never = len(legs) - len(called) - len(running)
    return Waits(
        called=len(called),
        mean=_mean(called),
        p90=round(called[_nine_in_ten(len(called)) - 1], 1) if called else None,
        within_15=_within(WITHIN[0], called, running, never),
        within_30=_within(WITHIN[1], called, running, never),
    )


def _mean(seconds: list[float]) -> float | None:
    return round(sum(seconds) / len(seconds), 1) if seconds else None


def _nine_in_ten(count: int) -> int:
    """The smallest whole number that is at least nine tenths of `count`."""
    return (9 * count + 9) // 10


def _within(limit: float, called: list[float], running: list[float], never: int) -> Share:
    late = sum(wait > limit for wait in running)
    return Share(part=sum(wait <= limit for wait in called), whole=len(called) + late + never)
