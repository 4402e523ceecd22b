"""The figures of a day from its visits: pure, and the one place where each is defined.

The same definitions in people's words stand in the catalogue, table [figures], in every language.

- A wait runs from taking the number to its FIRST call; a number called again after an absence waited once.
- Counted from the opening, whoever came earlier begins to wait only then; a call before the opening waited 0.
- mean and p90 are over the numbers that were called; p90 is the smallest wait that 9 in 10 did not exceed.
- A share within N minutes asks of every number whether it was called within N minutes of waiting (N itself counts).
  Not within: called later, still waiting after more than N, or the day ended without a call. Not counted at all:
  still waiting, N minutes not yet over. So a long line shows in the share before anybody of it is called.
- Voided numbers count as issued and void, and nowhere else: nobody held them, or somebody printed another.
- inferred: of the numbers served or absent, those where a later press said so and not one of their own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from moiso.core.day import Calendar
from moiso.core.tickets import AT_COUNTER, State
from moiso.wire.figures import Line, Share, Waits
from stats.intervals import Day, Visit

MINUTE = 60.0
WITHIN = (15 * MINUTE, 30 * MINUTE)


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


def figures(
    visits: Iterable[Visit], now: float, since: float | None, services: Sequence[str], stamp: Callable[[float], str]
) -> Figures:
    """The figures at `now`; `since` is the opening, or None while it is not known.

    `services`: those that get a line even when nobody came, in this order; others with visitors follow them.
    `stamp` writes a moment as it goes on the wire.
    """
    of: dict[str, list[Visit]] = {code: [] for code in services}
    for visit in visits:
        of.setdefault(visit.service, []).append(visit)
    everybody = [visit for line in of.values() for visit in line]
    lines = [_line(code, of[code], now, since, stamp) for code in of]
    return Figures(_line(None, everybody, now, since, stamp), lines)


def _line(
    service: str | None, visits: list[Visit], now: float, since: float | None, stamp: Callable[[float], str]
) -> Line:
    count = Counter(visit.state for visit in visits)
    waiting = [visit.begin for visit in visits if visit.state is State.WAITING]
    return Line(
        service=service,
        issued=len(visits),
        served=count[State.DONE],
        absent=count[State.ABSENT],
        void=count[State.VOID],
        expired=count[State.EXPIRED],
        waiting=count[State.WAITING],
        at_counters=sum(count[state] for state in AT_COUNTER),
        inferred=_inferred(visits),
        from_issue=_waits(visits, now, float("-inf")),
        from_opening=None if since is None else _waits(visits, now, since),
        longest_since=stamp(min(waiting)) if waiting else None,
    )


def _inferred(visits: list[Visit]) -> Share:
    ended = [visit for visit in visits if visit.state in {State.DONE, State.ABSENT}]
    return Share(part=sum(visit.inferred for visit in ended), whole=len(ended))


def _waits(visits: list[Visit], now: float, since: float) -> Waits:
    held = [visit for visit in visits if visit.state is not State.VOID]
    called = sorted(visit.wait(now, since) for visit in held if visit.called)
    running = [visit.wait(now, since) for visit in held if visit.state is State.WAITING]
    never = sum(visit.state is State.EXPIRED for visit in held)
    return Waits(
        called=len(called),
        mean=round(sum(called) / len(called), 1) if called else None,
        p90=round(called[_nine_in_ten(len(called)) - 1], 1) if called else None,
        within_15=_within(WITHIN[0], called, running, never),
        within_30=_within(WITHIN[1], called, running, never),
    )


def _nine_in_ten(count: int) -> int:
    """The smallest whole number that is at least nine tenths of `count`."""
    return (9 * count + 9) // 10


def _within(limit: float, called: list[float], running: list[float], never: int) -> Share:
    late = sum(wait > limit for wait in running)
    return Share(part=sum(wait <= limit for wait in called), whole=len(called) + late + never)
