"""Waits and moments as people read them, from the catalogue's section [web]. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from string import digits

from moiso.wire.messages import Range
from moiso.wire.stamp import seconds

#: `text("web.key", name=value)` of one language.
Text = Callable[..., str]


def clock(stamp: str | None) -> str:
    """`2026-11-23T07:30:00.250+07:00` -> `07:30`; nothing for None or what is no moment."""
    moment = _moment(stamp)
    return moment.strftime("%H:%M") if moment else ""


def day(label: str | None, text: Text) -> str:
    """`2026-11-23` -> `Thứ Hai, 23/11/2026`; nothing for None or what is no date."""
    moment = _moment(label)
    return f"{text(f'web.weekday_{moment.isoweekday()}')}, {moment:%d/%m/%Y}" if moment else ""


def age(since: str | None, now: str | None) -> float | None:
    """Seconds between two stamps of the hub, never negative; None when one is missing or wrong."""
    try:
        return max(0.0, seconds(now) - seconds(since)) if since and now else None
    except ValueError:
        return None


def lasting(spell: float | None, text: Text) -> str:
    """`754.2` seconds -> `12 phút`; nothing for None."""
    if spell is None:
        return ""
    minutes = int(spell // 60)
    if minutes < 1:
        return text("web.under_a_minute")
    if minutes < 60:
        return text("web.minutes", n=minutes)
    return text("web.hours", h=minutes // 60, m=minutes % 60)


def listed(tickets: Sequence[str]) -> str:
    """`A041 A042 A043 B007` -> `A041–A043, B007`: in their order, runs of three and more as a range."""
    return ", ".join(_run(list(run)) for _, run in groupby(enumerate(tickets), _line_of))


def _line_of(place: tuple[int, str]) -> tuple[str, int]:
    """The same for tickets that follow each other by number."""
    index, ticket = place
    prefix = ticket.rstrip(digits)
    return prefix, int(ticket[len(prefix) :] or 0) - index


def _run(places: list[tuple[int, str]]) -> str:
    tickets = [ticket for _, ticket in places]
    return ", ".join(tickets) if len(tickets) < 3 else f"{tickets[0]}–{tickets[-1]}"


def promised(promise: Range | None, counters_open: int, text: Text) -> str:
    """The wait that a newcomer is told."""
    if promise is None:
        return text("web.promise_unknown" if counters_open else "web.promise_unstaffed")
    low, high = promise.low, promise.high
    if high <= 0:
        return text("web.promise_none")
    if low <= 0:
        return text("web.promise_under", high=high)
    return text("web.promise_about" if low == high else "web.promise_range", low=low, high=high)


def _moment(stamp: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
