"""A day as visits: the fold of the log's events, in the order of seq. Pure.

Moments are seconds since 1970 in the hub's present clock: a `clock-set` shifts all of them, so that no duration ever
changes with the clock. What was undone, and the end of a day that was closed by mistake, is left out of the visits'
stories: they are then exactly as if it had never been.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from moiso.core.events import (
    ActionUndone,
    ClockSet,
    CounterOpened,
    DayClosed,
    DayOpened,
    DayReopened,
    Event,
    TicketExpired,
    TicketIssued,
    TicketReturned,
)
from moiso.core.tickets import TABLE, move
from stats.visits import Told, Visit, begun, tell


class Day(Struct):
    """The fold of a business day up to event `seq`: empty before the first `day-opened`.

    training: for practice, in no figure. began: when the day was opened; openings: when a counter opened, by seq;
    synced: whether the clock of the last event was set; clock_set: the seq of the last jump of the clock.
    """

    seq: int = 0
    label: str | None = None
    open: bool = False
    training: bool = False
    began: float | None = None
    openings: dict[int, float] = field(default_factory=dict)
    synced: bool = False
    clock_set: int = 0
    visits: dict[str, Visit] = field(default_factory=dict)

    @property
    def first_counter(self) -> float | None:
        """When the first counter of the day opened."""
        return min(self.openings.values(), default=None)


def fold(day: Day, event: Event, *, seq: int, at: float, label: str | None, synced: bool) -> Day:
    """The day after this event: the same one, changed in place, or a new one after `day-opened`.

    Raises ImpossibleMoveError when the log contradicts the ticket table; the event is then left out.
    """
    if isinstance(event, DayOpened):
        day = Day(label=label, open=True, training=event.training, began=at)
    day.seq, day.synced = seq, synced
    handler = _FOLD.get(type(event))
    if handler is not None:
        handler(day, event, at)
    return day


def _day_closed(day: Day, _event: DayClosed, _at: float) -> None:
    day.open = False


def _day_reopened(day: Day, _event: DayReopened, _at: float) -> None:
    """Whoever expired with the day waits on, as if it had not been closed."""
    _retell(day, lambda told: isinstance(told.event, TicketExpired))
    day.open = True


def _clock_set(day: Day, event: ClockSet, _at: float) -> None:
    day.clock_set = day.seq
    day.began = None if day.began is None else day.began + event.shift
    day.openings = {seq: at + event.shift for seq, at in day.openings.items()}
    for visit in day.visits.values():
        visit.shift(event.shift)


def _counter_opened(day: Day, _event: CounterOpened, at: float) -> None:
    day.openings[day.seq] = at


def _undone(day: Day, event: ActionUndone, _at: float) -> None:
    """A number that was given stays given, whatever else is taken back: the hub voids it."""
    gone = frozenset(event.undone)
    _retell(day, lambda told: told.seq in gone and not _given(told.event), since=min(gone, default=0))
    day.openings = {seq: at for seq, at in day.openings.items() if seq not in gone}


def _given(event: Event) -> bool:
    """Whether this gave a number, or gave one after all that had been taken back."""
    return isinstance(event, TicketIssued) or (isinstance(event, TicketReturned) and event.source != "")


def _retell(day: Day, left_out: Callable[[Told], bool], *, since: int = 0) -> None:
    """Tell again, without these events, the visits that had any of them, from `since` on; all of those, or none."""
    recent = [visit for visit in day.visits.values() if visit.story[-1].seq >= since]
    changed = [visit for visit in recent if any(map(left_out, visit.story))]
    day.visits |= {visit.ticket: _retold(day, visit.story, left_out) for visit in changed}


def _retold(day: Day, story: list[Told], left_out: Callable[[Told], bool]) -> Visit:
    visit: Visit | None = None
    for told in story:
        if not left_out(told):
            visit = _told(day, visit, told)
    assert visit is not None
    return visit


def _ticket(day: Day, event: Any, at: float) -> None:
    visit = day.visits.get(event.ticket)
    day.visits[event.ticket] = _told(day, visit, Told(day.seq, event, at))


def _told(day: Day, visit: Visit | None, told: Told) -> Visit:
    if visit is None:
        move(None, told.event)
        return begun(told, _begin(day, told))
    tell(visit, told)
    return visit


def _begin(day: Day, told: Told) -> float:
    """The visitor waits from the press; a printed number takes the place of the one it replaces."""
    event: TicketIssued = told.event
    phantom = day.visits.get(event.replaces or "")
    if phantom is not None:
        return phantom.begin
    return told.at if event.carried else told.at - event.seconds_ago


_FOLD: dict[type[Event], Callable[[Day, Any, float], None]] = {
    DayClosed: _day_closed,
    DayReopened: _day_reopened,
    ClockSet: _clock_set,
    CounterOpened: _counter_opened,
    ActionUndone: _undone,
    **{event: _ticket for moves in TABLE.values() for event in moves},
}
