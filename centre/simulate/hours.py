"""The hours of one working day on the world's clock. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from moiso.core.hours import Timetable
from moiso.core.rules import Rules

DAY = 86400.0
#: The hours of a site that names none, seconds after midnight.
DOORS, BEGIN, NOON, AFTER, END = 7.0 * 3600, 7.5 * 3600, 11.5 * 3600, 13.5 * 3600, 17.0 * 3600


@dataclass(frozen=True)
class DayHours:
    """Moments of the world: midnight, doors open, counters open, lunch, the end; and what is served that day."""

    date: date
    midnight: float
    doors: float
    begin: float
    noon: float
    after: float
    end: float
    services: tuple[str, ...]


def working_days(rules: Rules, first: date, epoch: datetime) -> Iterator[DayHours]:
    """The working days of the seven from `first` on; `epoch`: the world's moment 0, a local midnight."""
    for day in (first + timedelta(days=n) for n in range(7)):
        begins = datetime.combine(day, time(), epoch.tzinfo)
        hours = _hours(rules, day, begins, (begins - epoch).total_seconds())
        if hours is not None:
            yield hours


def _hours(rules: Rules, day: date, begins: datetime, midnight: float) -> DayHours | None:
    timetable, wall = rules.timetable, begins.timestamp()
    if not timetable.works(wall + 10 * 3600):
        return None
    services = tuple(s.code for s in rules.services if _given(timetable, s.code, wall))
    lunch = timetable.lunch(wall + 10 * 3600)
    doors = _first(timetable, services, wall, DOORS)
    return DayHours(
        date=day,
        midnight=midnight,
        doors=midnight + doors,
        begin=midnight + max(BEGIN, doors),
        noon=midnight + (lunch.begins - wall if lunch else NOON),
        after=midnight + (lunch.ends - wall if lunch else AFTER),
        end=midnight + END,
        services=services,
    )


def _given(timetable: Timetable, service: str, wall: float) -> bool:
    """Whether numbers of this service are given at all on the day that begins at `wall`."""
    return any(timetable.gives(service, wall + quarter * 900) for quarter in range(96))


def _first(timetable: Timetable, services: tuple[str, ...], wall: float, usual: float) -> float:
    """Seconds after midnight at which the first number is given; the usual hour where that is at night."""
    quarters = (n * 900.0 for n in range(96) if any(timetable.gives(s, wall + n * 900) for s in services))
    first = next(quarters, usual)
    return first if first > 5 * 3600 else usual
