"""For which business day a kiosk may give a number while the hub is not reached. Pure.

A number never lands on a day that is over. Where no clock can tell whether it is, there is none: ask the staff.
"""

from enum import StrEnum

from kiosk.journal import Given, Seen
from moiso.core.day import NIGHT, Calendar, Moment, idle_seconds


class Which(StrEnum):
    """Whose numbers to give."""

    TODAY = "today"
    NEXT = "next"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def which_day(calendar: Calendar, seen: Seen | None, last: Given | None, now: Moment | None) -> Which:
    """The day of a press now.

    seen: what the hub said last; last: the number that the kiosk itself gave last since then.
    """
    if seen is None or now is None:
        return Which.UNKNOWN
    if last is not None and last.day is None:
        return Which.NEXT  # it was known then that the day is over: it still is
    over = _is_over(calendar, seen, last, now)
    if over is None:
        return Which.UNKNOWN
    if over or (seen.label is None and seen.open):
        return Which.NEXT
    return Which.TODAY if seen.label is not None else Which.CLOSED


def hub_time(seen: Seen, now: Moment) -> float | None:
    """What the hub's clock says now, seconds since 1970, or None when no clock here can tell."""
    passed = idle_seconds(seen.moment, now)
    return None if passed is None else seen.at + passed


def _is_over(calendar: Calendar, seen: Seen, last: Given | None, now: Moment) -> bool | None:
    """Whether the day that the hub told of is over; None when nobody can know. The rule is moiso/core/day.py's."""
    if seen.synced:
        wall = hub_time(seen, now)
        return None if wall is None else calendar.date_of(seen.at) < calendar.date_of(wall)
    idle = idle_seconds(last.moment if last else seen.moment, now)
    return None if idle is None else idle >= NIGHT
