"""When a site gives numbers and when it serves: windows per service and weekday, lunch, holidays, make-up days. Pure.

Moments are seconds since 1970; a site without a timetable gives and serves at all hours.
"""

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import accumulate
from math import inf
from typing import Literal, NamedTuple

from msgspec import Struct

#: The time zone of a timetable that does not say.
INDOCHINA = timezone(timedelta(hours=7))
#: Where the morning ends and the afternoon begins, seconds after local midnight.
NOON = 12 * 3600
MIDNIGHT = 24 * 3600

Half = Literal["morning", "afternoon"]


class Span(NamedTuple):
    """From `begin` to before `end`, seconds after local midnight."""

    begin: int
    end: int


class Hours(Struct, frozen=True):
    """One service on one weekday: when it gives numbers, when it serves; both in order and without overlap."""

    issue: tuple[Span, ...]
    serve: tuple[Span, ...]


class Break(NamedTuple):
    """Today's pause between two spans of service, seconds since 1970."""

    begins: float
    ends: float


class Timetable(Struct, frozen=True, kw_only=True, dict=True):
    """The hours of a site.

    weekly: per service seven Hours from Monday on, None on a day without; a service that is not named is open at all
    hours. holidays: ISO dates on which nothing is open. make_up: ISO dates that work like the weekday (0 = Monday).
    """

    zone: tzinfo = INDOCHINA
    weekly: dict[str, tuple[Hours | None, ...]] = {}
    holidays: tuple[str, ...] = ()
    make_up: dict[str, int] = {}

    def gives(self, service: str, at: float) -> bool:
        """Whether a kiosk may give a number of this service at that moment."""
        day = self._day(at)
        return _since(day.issue.get(service, day.unnamed), at) is not None

    def serves(self, service: str, at: float) -> bool:
        """Whether the moment lies in the service's hours; outside them a turn is overtime."""
        return self.serving_since(service, at) is not None

    def serving_since(self, service: str, at: float) -> float | None:
        """When the running span of service began; None outside the hours, minus infinity when it never ends."""
        day = self._day(at)
        return _since(day.serve.get(service, day.unnamed), at)

    def lunch(self, at: float) -> Break | None:
        """The longest pause of that date in which none of the named services is served, None when there is none."""
        return self._day(at).lunch

    def works(self, at: float) -> bool:
        """Whether any of the named services is served on that date; without any, whether it is no holiday."""
        return self._day(at).works

    def half(self, at: float) -> tuple[str, int, Half]:
        """The date, the weekday whose roster holds (0 = Monday), and the half of the day; noon is at 12:00."""
        day = self._day(at)
        return day.iso, day.weekday, "morning" if at < day.noon else "afternoon"

    def _day(self, at: float) -> "_Day":
        """The local date of a moment; the one asked for last is kept, for nearly all questions are about today."""
        day: _Day | None = self.__dict__.get("day")
        if day is None or not day.begins <= at < day.ends:
            day = self.__dict__["day"] = self._worked_out(datetime.fromtimestamp(at, self.zone).date())
        return day

    def _worked_out(self, day: date) -> "_Day":
        iso = day.isoformat()
        weekday = self.make_up.get(iso, day.weekday())
        holiday = iso in self.holidays
        hours = {service: None if holiday else week[weekday] for service, week in self.weekly.items()}
        serve = {service: self._spans(day, own.serve if own else ()) for service, own in hours.items()}
        return _Day(
            iso=iso,
            weekday=weekday,
            begins=self._moment(day, 0),
            noon=self._moment(day, NOON),
            ends=self._moment(day, MIDNIGHT),
            issue={service: self._spans(day, own.issue if own else ()) for service, own in hours.items()},
            serve=serve,
            unnamed=() if holiday else ((-inf, inf),),
            lunch=_longest_pause(sorted(span for spans in serve.values() for span in spans)),
            works=any(serve.values()) if self.weekly else not holiday,
        )

    def _spans(self, day: date, spans: tuple[Span, ...]) -> "_Moments":
        return tuple((self._moment(day, span.begin), self._moment(day, span.end)) for span in spans)

    def _moment(self, day: date, seconds: int) -> float:
        return (datetime.combine(day, time(), self.zone) + timedelta(seconds=seconds)).timestamp()


_Moments = tuple[tuple[float, float], ...]


class _Day(Struct, frozen=True, kw_only=True):
    """One local date in seconds since 1970, so that a question about it costs a comparison or two."""

    iso: str
    weekday: int
    begins: float
    noon: float
    ends: float
    issue: dict[str, _Moments]
    serve: dict[str, _Moments]
    unnamed: _Moments
    lunch: Break | None
    works: bool


def _since(spans: _Moments, at: float) -> float | None:
    for begins, ends in spans:
        if begins <= at < ends:
            return begins
    return None


def _longest_pause(spans: list[tuple[float, float]]) -> Break | None:
    ends = accumulate((ends for _, ends in spans), max)
    pauses = [Break(end, begins) for end, (begins, _) in zip(ends, spans[1:], strict=False) if begins > end]
    return max(pauses, key=lambda pause: pause.ends - pause.begins, default=None)
