"""One number's way through the day: a visit is a run of legs, one service each; a leg a run of intervals. Pure.

Every figure is a sum over intervals. A visit remembers the events it was told, so that it can be told again without
those that were taken back. Who served is left out on purpose: there are no figures of clerks.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct, field

from moiso.core.events import (
    Event,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketExpired,
    TicketIssued,
    TicketMissed,
    TicketReturned,
    TicketServedOffline,
    TicketTransferred,
)
from moiso.core.tickets import State, move


class Kind(StrEnum):
    """What a visitor does meanwhile; `hold`: stepped aside, the place is kept; `away`: called, and not come."""

    WAIT = "wait"
    WALK = "walk"
    SERVICE = "service"
    HOLD = "hold"
    AWAY = "away"


_KINDS = {
    State.WAITING: Kind.WAIT,
    State.CALLED: Kind.WALK,
    State.SERVING: Kind.SERVICE,
    State.HELD: Kind.HOLD,
    State.ABSENT: Kind.AWAY,
}


class Interval(Struct):
    """A stretch of one kind; `end` is None while it runs. inferred: nobody pressed its beginning, or its end."""

    kind: Kind
    begin: float
    end: float | None = None
    inferred: bool = False

    def seconds(self, now: float, since: float = float("-inf")) -> float:
        """How long it lasted up to `now`, counted from `since` at the earliest; never negative."""
        end = now if self.end is None else self.end
        return max(0.0, end - max(self.begin, since))


class Leg(Struct):
    """The part of a visit that belongs to one service; it begins with the wait for its first call.

    ended: the turn ended at a counter, served or sent on. dossiers: as the clerk counted them, then.
    """

    service: str
    intervals: list[Interval]
    ended: bool = False
    dossiers: int = 0

    @property
    def wait(self) -> Interval:
        """The wait for the first call; whoever waits again after it was called once."""
        return self.intervals[0]

    @property
    def called(self) -> bool:
        """Whether the first call came."""
        return len(self.intervals) > 1

    @property
    def served(self) -> list[Interval]:
        """The stretches of service; what was held between them is none."""
        return [interval for interval in self.intervals if interval.kind is Kind.SERVICE]


class Told(NamedTuple):
    """One event of a number: where it stands in the log, and when it was (seconds since 1970)."""

    seq: int
    event: Any
    at: float


class Visit(Struct):
    """One number's way through the day.

    place: since when it has its place in the line. state: the last one; a number that was absent when the day ended
    stays `absent`. inferred: nobody said how its last turn ended. offline: served while nothing worked, nobody knows
    when. late: called after hours. outcome: how it ended, None = nobody said. story: what it was told.
    """

    ticket: str
    legs: list[Leg]
    place: float
    state: State = State.WAITING
    inferred: bool = False
    offline: bool = False
    late: bool = False
    outcome: str | None = None
    story: list[Told] = field(default_factory=list)

    @property
    def service(self) -> str:
        """The service that the visitor is at, or was last."""
        return self.legs[-1].service

    @property
    def begin(self) -> float:
        """When the visitor took the number."""
        return self.legs[0].wait.begin

    @property
    def last(self) -> Interval:
        """The interval that runs, or ran last."""
        return self.legs[-1].intervals[-1]

    def leave(self, state: State, at: float) -> float:
        """End what runs and be in another state; the moment, which is never before that of the last change."""
        at = max(at, self.last.begin)
        if self.last.end is None:
            self.last.end = at
        self.state = state
        return at

    def enter(self, state: State, at: float) -> None:
        """Be in another state from `at` on."""
        at = self.leave(state, at)
        if state in _KINDS:
            self.legs[-1].intervals.append(Interval(_KINDS[state], at))

    def shift(self, seconds: float) -> None:
        """The clock was set: every moment moves, no duration changes."""
        self.place += seconds
        self.story = [told._replace(at=told.at + seconds) for told in self.story]
        for interval in (interval for leg in self.legs for interval in leg.intervals):
            interval.begin += seconds
            interval.end = None if interval.end is None else interval.end + seconds


def begun(told: Told, begin: float) -> Visit:
    """The visit of a number that was just given and waits since `begin`."""
    event: TicketIssued = told.event
    leg = Leg(event.service, [Interval(Kind.WAIT, begin)])
    return Visit(ticket=event.ticket, legs=[leg], place=begin, story=[told])


def tell(visit: Visit, told: Told) -> None:
    """Take the visit along the ticket table.

    Raises ImpossibleMoveError when the table has no such row; then nothing has changed.
    """
    state = move(visit.state, told.event)
    _TELL.get(type(told.event), _moved)(visit, told.event, state, told.at)
    visit.story.append(told)


def _moved(visit: Visit, _event: Event, state: State, at: float) -> None:
    if state is not visit.state:
        visit.enter(state, at)


def _called(visit: Visit, event: TicketCalled, state: State, at: float) -> None:
    visit.enter(state, at)
    visit.late = visit.late or event.after_hours


def _started(visit: Visit, event: ServiceStarted, state: State, at: float) -> None:
    visit.enter(state, at)
    visit.legs[-1].dossiers = event.dossiers or 0


def _finished(visit: Visit, event: ServiceFinished, state: State, at: float) -> None:
    leg = visit.legs[-1]
    _turn_ends(visit, state, at, inferred=event.inferred)
    visit.inferred, visit.outcome = event.inferred, event.outcome
    if event.dossiers is not None:
        leg.dossiers = event.dossiers


def _turn_ends(visit: Visit, state: State, at: float, *, inferred: bool) -> None:
    """A visitor who was never started was served all the same: walk and service are then one."""
    unstarted = visit.state is State.CALLED
    visit.leave(state, at)
    visit.legs[-1].ended = True
    if unstarted:
        visit.last.kind = Kind.SERVICE
    visit.last.inferred = inferred or unstarted


def _missed(visit: Visit, event: TicketMissed, state: State, at: float) -> None:
    visit.enter(state, at)
    visit.inferred = event.inferred


def _transferred(visit: Visit, event: TicketTransferred, state: State, at: float) -> None:
    """Another leg begins with a wait of its own; with more dossiers also a new place in the line."""
    more = event.reason == "more-dossiers"
    if more or visit.state is State.SERVING:
        _turn_ends(visit, state, at, inferred=False)
    at = visit.leave(state, at)
    visit.legs[-1].dossiers = event.dossiers or 0
    visit.legs.append(Leg(event.service, [Interval(Kind.WAIT, at)]))
    if more:
        visit.place = at


def _returned(visit: Visit, event: TicketReturned, state: State, at: float) -> None:
    """Whoever was closed by inference and comes back was neither served nor absent, only away until now.

    A number that was void because it was typed in too early has waited all the time.
    """
    if visit.state is State.VOID:
        visit.state, visit.last.end = state, None
        return
    if visit.state is State.DONE:
        visit.legs[-1].ended, visit.legs[-1].dossiers = False, 0
        visit.last.kind, visit.last.end = Kind.AWAY, None
    visit.enter(state, at)
    if event.after is not None:
        visit.place = at


def _served_offline(visit: Visit, _event: TicketServedOffline, state: State, at: float) -> None:
    visit.leave(state, at)
    visit.offline, visit.inferred = True, False


def _expired(visit: Visit, _event: TicketExpired, state: State, at: float) -> None:
    visit.leave(State.ABSENT if visit.state is State.ABSENT else state, at)


_TELL: dict[type[Event], Callable[[Visit, Any, State, float], None]] = {
    TicketCalled: _called,
    ServiceStarted: _started,
    ServiceFinished: _finished,
    TicketMissed: _missed,
    TicketTransferred: _transferred,
    TicketReturned: _returned,
    TicketServedOffline: _served_offline,
    TicketExpired: _expired,
}
