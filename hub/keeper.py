"""The keeper of day and clock: notices jumps, ends a day that is over, begins the next. Pure.

The rule itself is moiso/core/day.py; here it meets the state of the hub.
"""

from moiso.core.centre import Centre
from moiso.core.day import Calendar, Moment, Verdict, closed_today, idle_seconds, judge, label_for
from moiso.core.tickets import AT_COUNTER, State

#: Seconds by which the wall clock may drift against the monotonic one before it counts as set.
JUMP = 2.0


class Keeper:
    """Remembers what the clocks said when somebody last pressed something.

    last: that moment, also in an earlier life of the program; alive: when the machine was last seen running
    before this start.
    """

    def __init__(self, calendar: Calendar, last: Moment | None, alive: Moment | None) -> None:
        self.calendar = calendar
        self.last = last
        self._alive = alive
        self._seen = _later(last, alive)

    def jumped(self, now: Moment) -> float | None:
        """Seconds by which the wall clock was set since the last look, or None when it just ran.

        The first look after a start compares with what was noted last: the ledger notes the clocks anew with every
        jump, so that none counts twice. After a power cut only a clock that runs backwards is known to have jumped.
        """
        before, self._seen = self._seen, now
        if before is None:
            return None
        ran = now.wall - before.wall
        shift = ran - (now.mono - before.mono) if before.boot == now.boot else min(0.0, ran)
        return shift if abs(shift) > JUMP else None

    def pressed(self, now: Moment) -> None:
        """Somebody pressed something."""
        self.last = now

    def verdict(self, centre: Centre, now: Moment) -> Verdict:
        """What is to be done with the open day."""
        if self.last is None:
            return Verdict.KEEP
        return judge(self.calendar, self.last, self._alive or now, now, anybody=_anybody(centre))

    def may_open(self, now: Moment) -> bool:
        """Whether a press may begin a day: not on a date whose day people have closed."""
        return self.last is None or not closed_today(self.calendar, self.last, now)

    def should_open(self, now: Moment) -> bool:
        """Whether a day begins without a press: in the hours, when it is known to be a new date."""
        calendar, last = self.calendar, self.last
        known = last is None or now.synced or idle_seconds(last, now) is not None
        within = calendar.past_opening(now.wall) and not calendar.past_closing(now.wall)
        return known and within and self.may_open(now)

    def label(self, centre: Centre, now: Moment) -> str:
        """The name of a day that begins now."""
        return label_for(self.calendar, centre.labels, now)


def _later(last: Moment | None, alive: Moment | None) -> Moment | None:
    """The later of the two; every start notes `alive`, so no press knows a newer boot."""
    if last is not None and alive is not None and last.boot == alive.boot and last.mono > alive.mono:
        return last
    return alive


def _anybody(centre: Centre) -> bool:
    """Whether somebody waits or stands at a counter."""
    return any(map(centre.tally.get, (State.WAITING, *AT_COUNTER)))
