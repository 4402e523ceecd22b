"""What contradicts itself in the hours of a site.toml: windows, holidays, make-up days. Pure.

site_checks says how a check gets its tables.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from moiso.core.hours import Span
from moiso.runtime.site_hours import WEEKDAYS, Week, names, weekly, windows
from moiso.runtime.site_tables import DayConf, HoursConf, ServiceConf

Services = Sequence[ServiceConf]
Tables = tuple[HoursConf, ...]


def window_order(hours: Tables) -> list[str]:
    """Windows begin before they end and follow one another."""
    return [
        error
        for n, table in enumerate(hours, 1)
        for key, texts in (("issue", table.issue or ()), ("serve", table.serve))
        for error in _out_of_order(f"hours[{n}].{key}", texts)
    ]


def issued_in_vain(hours: Tables) -> list[str]:
    """No kiosk gives a number that nobody serves on that day any more."""
    return [
        f"hours[{n}].issue: {text} gives numbers when nothing is served afterwards; {_until(table.serve)}"
        for n, table in enumerate(hours, 1)
        if not _backwards(table)
        for text, span in zip(table.issue or (), windows(table.issue or ()), strict=True)
        if span.end > max((serve.end for serve in windows(table.serve)), default=0)
    ]


def hours_services(hours: Tables, services: Services) -> list[str]:
    """Hours are for services that there are, on some day."""
    known = [service.code for service in services]
    return [
        *(f"hours[{n}].services: names {code!r}, which is no service; known: {', '.join(known)}"
          for n, table in enumerate(hours, 1) for code in table.services or () if code not in known),
        *(f"hours[{n}].services: names nothing; leave it out for all services"
          for n, table in enumerate(hours, 1) if table.services == ()),
        *(f"hours[{n}].days: names nothing; leave it out for Monday to Friday"
          for n, table in enumerate(hours, 1) if table.days == ()),
    ]  # fmt: skip


def hours_overridden(hours: Tables, services: Services) -> list[str]:
    """Every table of hours holds somewhere: what comes later for the same service and day replaces it."""
    holds = {
        next(n for n, table in reversed(list(enumerate(hours, 1))) if names(table, code) and day in table.days)
        for code in (service.code for service in services)
        for day in WEEKDAYS
        if any(names(table, code) and day in table.days for table in hours)
    }
    return [
        f"hours[{n}]: never holds, later tables name the same services and days; put what is general first"
        for n, table in enumerate(hours, 1)
        if n not in holds and not hours_services((table,), services)
    ]


def hours_in_day(day: DayConf, hours: Tables) -> list[str]:
    """The business day is open while numbers are given and people served."""
    spans = [span for table in hours if not _backwards(table) for span in windows((*(table.issue or ()), *table.serve))]
    opens = day.opens and day.opens.hour * 3600 + day.opens.minute * 60
    closes = day.closes and day.closes.hour * 3600 + day.closes.minute * 60
    first, last = min((span.begin for span in spans), default=0), max((span.end for span in spans), default=0)
    return [
        *([f"day.opens: {_clock(opens)} is after {_clock(first)}, when the hours begin"]
          if spans and opens and opens > first else []),
        *([f"day.closes: {_clock(closes)} is before {_clock(last)}, when the hours end"]
          if spans and closes and closes < last else []),
    ]  # fmt: skip


def special_days(day: DayConf) -> list[str]:
    """A date is special in one way, once."""
    return [
        *(f"day.holidays: {date} is there twice" for date in sorted(set(day.holidays)) if day.holidays.count(date) > 1),
        *(f"day.make_up: {date} is a holiday too; take it out of one of them"
          for date in day.make_up if date in day.holidays),
        *(f"day.make_up: {date} is a {like} itself; name a free day that works like a {like}"
          for date, like in day.make_up.items() if WEEKDAYS[date.weekday()] == like),
    ]  # fmt: skip


def make_up_hours(day: DayConf, hours: Tables, services: Services) -> list[str]:
    """Something is served on a make-up day."""
    week = weekly(() if window_order(hours) else hours, [service.code for service in services])
    free = {name for n, name in enumerate(WEEKDAYS) if week and not any(own[n] for own in week.values())}
    return [
        f"day.make_up: {date} works like {like}, when nothing is served; take a weekday with hours"
        for date, like in day.make_up.items()
        if like in free
    ]


def bulk_hours(hours: Tables, services: Services) -> list[str]:
    """Whoever is sent on with many dossiers is served on the same day."""
    week = weekly(() if window_order(hours) else hours, [service.code for service in services])
    return [
        f"service {service.code}: bulk sends people to {service.bulk}, which is not served on {', '.join(days)}"
        for service in services
        if service.bulk is not None and (days := list(_stranded(week, service.code, service.bulk)))
    ]


HOURS_CHECKS = (
    window_order, issued_in_vain, hours_services, hours_overridden, hours_in_day, special_days, make_up_hours,
    bulk_hours,
)  # fmt: skip


def _out_of_order(where: str, texts: tuple[str, ...]) -> Iterator[str]:
    spans = windows(texts)
    for text, span in zip(texts, spans, strict=True):
        if span.begin >= span.end:
            yield f"{where}: {text} ends before it begins; a window lies within one day, 24:00 is its end"
    for (text, span), (later, following) in pairwise(zip(texts, spans, strict=True)):
        if following.begin < span.end:
            yield f"{where}: {later} begins before {text} ends; name windows in order, apart from each other"


def _backwards(table: HoursConf) -> bool:
    return any(span.begin >= span.end for span in windows((*(table.issue or ()), *table.serve)))


def _until(serve: tuple[str, ...]) -> str:
    spans: tuple[Span, ...] = windows(serve)
    return f"end it by {_clock(max(span.end for span in spans))}" if spans else "leave issue out, serve is empty"


def _stranded(week: dict[str, Week], code: str, bulk: str) -> Iterator[str]:
    """The weekdays on which `code` is served and `bulk` is not."""
    if bulk in week:
        for day, name in enumerate(WEEKDAYS):
            if not week[bulk][day] and (code not in week or week[code][day]):
                yield name


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
