"""[[hours]] and [[duty]] of site.toml as the core's timetable and roster. Pure."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import get_args

from moiso.core.hours import MIDNIGHT, NOON, Half, Hours, Span, Timetable
from moiso.core.rules import Duty
from moiso.runtime.site_tables import CounterConf, DayConf, DutyConf, HoursConf, Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
HALVES: tuple[Half, ...] = get_args(Half)
#: A half of a weekday: 0 = Monday, and which half.
Slot = tuple[int, Half]
Week = tuple[Hours | None, ...]


def timetable(zone: tzinfo, day: DayConf, hours: tuple[HoursConf, ...], codes: Iterable[str]) -> Timetable:
    """The hours of these services, with the site's holidays and make-up days."""
    return Timetable(
        zone=zone,
        weekly=weekly(hours, codes),
        holidays=tuple(date.isoformat() for date in day.holidays),
        make_up={date.isoformat(): WEEKDAYS.index(like) for date, like in day.make_up.items()},
    )


def weekly(hours: tuple[HoursConf, ...], codes: Iterable[str]) -> dict[str, Week]:
    """Per service that some table names: its Hours from Monday on, None on a free day."""
    named = {code: [table for table in hours if names(table, code)] for code in codes}
    return {code: tuple(_hours(tables, day) for day in WEEKDAYS) for code, tables in named.items() if tables}


def names(table: HoursConf, code: str) -> bool:
    """Whether this table of hours is about that service."""
    return table.services is None or code in table.services


def windows(texts: tuple[str, ...]) -> tuple[Span, ...]:
    """`07:30-11:30` as a Span, each."""
    return tuple(Span(*(_seconds(clock) for clock in text.split("-"))) for text in texts)


def roster(duties: tuple[DutyConf, ...], counters: tuple[CounterConf, ...]) -> tuple[Duty, ...]:
    """One Duty for each half-day of each line."""
    own = {counter.number: counter.services for counter in counters}
    return tuple(
        Duty(
            counter=duty.counter,
            who=duty.who,
            services=own[duty.counter] if duty.services is None else duty.services,
            weekday=weekday,
            half=half,
        )
        for duty in duties
        for weekday, half in slots(duty)
    )


def slots(duty: DutyConf) -> list[Slot]:
    """The half-days of one line of the roster."""
    return [slot for slot in week_slots() if WEEKDAYS[slot[0]] in duty.days and duty.half in ("day", slot[1])]


def week_slots() -> list[Slot]:
    """All half-days of a week, in order."""
    return [(weekday, half) for weekday in range(7) for half in HALVES]


def served_slots(week: Week | None) -> set[Slot]:
    """The half-days in which a service of these hours is served; all of them when it has none."""
    if week is None:
        return set(week_slots())
    spans = [(weekday, span) for weekday, own in enumerate(week) if own for span in own.serve]
    bounds = {"morning": (0, NOON), "afternoon": (NOON, MIDNIGHT)}
    return {
        (weekday, half)
        for weekday, span in spans
        for half in HALVES
        if span.begin < bounds[half][1] and span.end > bounds[half][0]
    }


def _hours(tables: list[HoursConf], day: Weekday) -> Hours | None:
    table = next((table for table in reversed(tables) if day in table.days), None)
    if table is None or not table.serve:
        return None
    return Hours(windows(table.serve if table.issue is None else table.issue), windows(table.serve))


def _seconds(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 3600 + int(minute) * 60
