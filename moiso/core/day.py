"""When a business day is over, and what the next one is called: a rule for a Pi without a clock battery.

The rule, in order (docs/business-day.md tells the four hard mornings):

1. People decide first: `open-day` and `close-day` are obeyed at once. A day they closed stays closed that day.
2. Without people a day ends when its last press is known to lie on an earlier date (a date begins at 03:00).
   "Known" means: the same boot, where the monotonic clock counted the time since; or a clock that was
   synchronised then and is now. A clock that merely jumps therefore never ends a day.
3. With a clock that was never set, but the same boot, a pause of ten hours is a night.
4. When nobody can know (power was cut and the clock is or was free): while anybody waits or stands at a counter
   the day goes on and people are asked. When nobody does, it ends if the machine was last alive after the
   closing hour, or if the clock, right at least now, shows a later date.
5. The next day takes today's date when the clock is synchronised; otherwise the later of today's date and the day
   after the last one. It never takes a name that an earlier day has. A day keeps its name to its end.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from msgspec import Struct

DATE_BEGINS, MORNING = timedelta(hours=3), time(3)
NIGHT = 10 * 3600.0


class Moment(Struct, frozen=True, kw_only=True):
    """What a machine's clocks said at one moment.

    wall: seconds since 1970; mono: monotonic seconds, comparable within one `boot`; synced: the wall clock had
    been set from outside.
    """

    wall: float
    mono: float
    boot: str
    synced: bool


class Verdict(StrEnum):
    """What is to be done with the open day."""

    KEEP = "keep"
    OVER = "over"
    ASK = "ask"


class Calendar(Struct, frozen=True, kw_only=True):
    """Where the site is in time: its zone and its closing hour (None: open at all hours)."""

    zone: tzinfo
    closes: time | None = None
    opens: time | None = None

    def date_of(self, wall: float) -> date:
        """The business date of a moment; a date begins at 03:00 local time."""
        return (self._local(wall) - DATE_BEGINS).date()

    def past_closing(self, wall: float) -> bool:
        """Whether the site had closed by then, also after midnight; never true of a site open at all hours."""
        return self.closes is not None and not MORNING <= self._local(wall).time() < self.closes

    def past_opening(self, wall: float) -> bool:
        """Whether the site has opened by then; a site open at all hours always has."""
        return self.opens is None or self._local(wall).time() >= self.opens

    def _local(self, wall: float) -> datetime:
        return datetime.fromtimestamp(wall, self.zone)


def idle_seconds(last: Moment, now: Moment) -> float | None:
    """Seconds that really passed since `last`, or None when no clock can tell."""
    if last.boot == now.boot:
        return now.mono - last.mono
    return now.wall - last.wall if last.synced and now.synced else None


def judge(calendar: Calendar, last: Moment, alive: Moment, now: Moment, *, anybody: bool) -> Verdict:
    """Whether the open day is over.

    last: the last press of the day; alive: when the machine was last seen running before this boot, or now;
    anybody: whether somebody waits or stands at a counter.
    """
    idle = idle_seconds(last, now)
    if idle is not None:
        return Verdict.OVER if _known_to_be_over(calendar, idle, now) else Verdict.KEEP
    if anybody:
        return Verdict.ASK
    later = now.synced and calendar.date_of(now.wall) > calendar.date_of(last.wall)
    return Verdict.OVER if later or calendar.past_closing(alive.wall) else Verdict.ASK


def _known_to_be_over(calendar: Calendar, idle: float, now: Moment) -> bool:
    if not now.synced:
        return idle >= NIGHT
    return calendar.date_of(now.wall - idle) < calendar.date_of(now.wall)


def label_for(calendar: Calendar, labels: tuple[str, ...], now: Moment) -> str:
    """The name of a day that opens now, as an ISO date; `labels` are those of the days before, newest last."""
    today = calendar.date_of(now.wall)
    if labels and not now.synced:
        today = max(today, date.fromisoformat(labels[-1]) + timedelta(days=1))
    while today.isoformat() in labels:
        today += timedelta(days=1)
    return today.isoformat()


def closed_today(calendar: Calendar, closed: Moment, now: Moment) -> bool:
    """Whether the last day was closed on the date that is still running, as far as can be known."""
    idle = idle_seconds(closed, now)
    if idle is None:
        return False
    if not now.synced:
        return idle < NIGHT
    return calendar.date_of(now.wall - idle) == calendar.date_of(now.wall)
