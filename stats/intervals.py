"""A day as visits: a visit is a run of legs (one service each), a leg a run of contiguous intervals. Pure.

The fold of the log's events, in the order of seq. Every figure is a sum over intervals. Moments are seconds since 1970
in the hub's present clock: a `clock-set` shifts all of them, so that no duration ever changes with the clock.
Who served is left out on purpose: there are no figures of clerks.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from moiso.core.events import (
    ClockSet,
    CounterOpened,
    DayClosed,
    DayOpened,
    Event,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketExpired,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketVoided,
)
from moiso.core.tickets import State, move


class Kind(StrEnum):
    """What a visitor does meanwhile; `away`: called, and not come."""

    WAIT = "wait"
    WALK = "walk"
    SERVICE = "service"
    AWAY = "away"


_KINDS = {
    State.WAITING: Kind.WAIT,
    State.CALLED: Kind.WALK,
    State.SERVING: Kind.SERVICE,
    State.ABSENT: Kind.AWAY,
}


class Interval(Struct):
    """A stretch of one kind; `end` is None while it runs."""

    kind: Kind
    begin: float
    end: float | None = None

    def seconds(self, now: float, since: float) -> float:
        """How long it lasted up to `now`, counted from `since` at the earliest; never negative."""
        end = now if self.end is None else self.end
        return max(0.0, end - max(self.begin, since))


class Leg(Struct):
    """The part of a visit that belongs to one service."""

    service: str
    intervals: list[Interval]


class Visit(Struct):
    """One number's way through the day.

    state: the last one; a number that was absent when the day ended stays `absent`. inferred: nobody said that it
    was served or absent, a later press did.
    """

    ticket: str
    legs: list[Leg]
    state: State = State.WAITING
    inferred: bool = False

    @property
    def service(self) -> str:
        """The service that the visitor is at, or was last."""
        return self.legs[-1].service

    @property
    def begin(self) -> float:
        """When the visitor took the number."""
        return self.legs[0].intervals[0].begin

    @property
    def called(self) -> bool:
        """Whether the number was ever called."""
        return any(interval.kind is not Kind.WAIT for leg in self.legs for interval in leg.intervals)

    def wait(self, now: float, since: float = float("-inf")) -> float:
        """Seconds waited before the first call, or up to `now`; only those after `since` count."""
        return sum(i.seconds(now, since) for leg in self.legs for i in leg.intervals if i.kind is Kind.WAIT)

    def enter(self, state: State, at: float) -> None:
        """Be in another state from `at` on."""
        intervals = self.legs[-1].intervals
        at = max(at, intervals[-1].begin)
        if intervals[-1].end is None:
            intervals[-1].end = at
        if state in _KINDS:
            intervals.append(Interval(_KINDS[state], at))
        self.state = state


class Day(Struct):
    """The fold of a business day up to event `seq`: empty before the first `day-opened`.

    began: when the day was opened; first_counter: when its first counter opened; synced: whether the clock of the
    last event was set; clock_set: the seq of the last jump of the clock.
    """

    seq: int = 0
    label: str | None = None
    open: bool = False
    began: float | None = None
    first_counter: float | None = None
    synced: bool = False
    clock_set: int = 0
    visits: dict[str, Visit] = field(default_factory=dict)


def fold(day: Day, event: Event, *, seq: int, at: float, label: str | None, synced: bool) -> Day:
    """The day after this event: the same one, changed in place, or a new one after `day-opened`.

    Raises ImpossibleMoveError when the log contradicts the ticket table; the event is then left out.
    """
    if isinstance(event, DayOpened):
        day = Day(label=label, open=True, began=at)
    day.seq, day.synced = seq, synced
    handler = _FOLD.get(type(event))
    if handler is not None:
        handler(day, event, at)
    return day


def _day_closed(day: Day, _event: DayClosed, _at: float) -> None:
    day.open = False


def _clock_set(day: Day, event: ClockSet, _at: float) -> None:
    day.clock_set = day.seq
    day.began = _shifted(day.began, event.shift)
    day.first_counter = _shifted(day.first_counter, event.shift)
    for interval in (i for visit in day.visits.values() for leg in visit.legs for i in leg.intervals):
        interval.begin += event.shift
        interval.end = _shifted(interval.end, event.shift)


def _shifted(moment: float | None, shift: float) -> float | None:
    return None if moment is None else moment + shift


def _counter_opened(day: Day, _event: CounterOpened, at: float) -> None:
    if day.first_counter is None:
        day.first_counter = at


def _issued(day: Day, event: TicketIssued, at: float) -> None:
    """The visitor waits from the press; a printed number takes the place of the one it replaces."""
    move(_state(day, event.ticket), event)
    phantom = day.visits.get(event.replaces or "")
    begin = phantom.begin if phantom else at - event.seconds_ago
    leg = Leg(event.service, [Interval(Kind.WAIT, begin)])
    day.visits[event.ticket] = Visit(ticket=event.ticket, legs=[leg])


def _moved(day: Day, event: Any, at: float) -> None:
    state = move(_state(day, event.ticket), event)
    visit = day.visits[event.ticket]
    if state is not visit.state:
        visit.enter(state, at)


def _left(day: Day, event: ServiceFinished | TicketMissed, at: float) -> None:
    """A visitor who was never started was served all the same: walk and service are then one."""
    unstarted = _state(day, event.ticket) is State.CALLED
    _moved(day, event, at)
    visit = day.visits[event.ticket]
    visit.inferred = event.inferred
    if unstarted and visit.state is State.DONE:
        visit.legs[-1].intervals[-1].kind = Kind.SERVICE


def _expired(day: Day, event: TicketExpired, at: float) -> None:
    absent = _state(day, event.ticket) is State.ABSENT
    _moved(day, event, at)
    if absent:
        day.visits[event.ticket].state = State.ABSENT


def _state(day: Day, ticket: str) -> State | None:
    visit = day.visits.get(ticket)
    return visit.state if visit else None


_FOLD: dict[type[Event], Callable[[Day, Any, float], None]] = {
    DayClosed: _day_closed,
    ClockSet: _clock_set,
    CounterOpened: _counter_opened,
    TicketIssued: _issued,
    TicketCalled: _moved,
    TicketRecalled: _moved,
    ServiceStarted: _moved,
    ServiceFinished: _left,
    TicketMissed: _left,
    TicketExpired: _expired,
    TicketVoided: _moved,
}
