"""What the log says once it is on the disk, read without the core: promises 1, 3, 4, 9 and the coverage of the table.

Every committed row passes here once, before anybody hears of it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from centre.simulate.account import check_account
from centre.simulate.violation import Violation
from hub.log import Row
from moiso.core import events as did
from moiso.core.events import EVENTS, Event
from moiso.core.names import kebab
from moiso.core.tickets import TABLE, State
from moiso.wire.codec import decode

#: A row of the ticket table by names; the first name of an undone one is `undo`, of a reopened day `reopen`.
Step = tuple[str, ...]

#: The events that can be taken back: of a counter's command, or of a range typed in.
UNDOABLE = frozenset({
    did.TicketCalled, did.TicketRecalled, did.ServiceStarted, did.ServiceFinished, did.TicketMissed, did.TicketHeld,
    did.TicketResumed, did.TicketTransferred, did.TicketServedOffline, did.TicketVoided,
})  # fmt: skip


class Witness:
    """The day as its rows tell it. `steps`: how often each row of the table was taken."""

    def __init__(self, bounce: float) -> None:
        self._bounce = bounce
        self.steps: Counter[Step] = Counter()
        self.seq = 0
        self.day: str | None = None
        self.on_new_day: list[Callable[[did.DayOpened], None]] = []
        self.on_closed: list[Callable[[did.DayClosed], None]] = []
        self.on_event: list[Callable[[Row, Event], None]] = []
        self._moves: dict[int, tuple[str, State | None, type[Event]]] = {}
        self._begin(None)

    @property
    def open_day(self) -> str | None:
        """The day's name while it is open."""
        return self.day if self._is_open else None

    def _begin(self, day: str | None) -> None:
        self.day, self._is_open = day, day is not None
        self.states: dict[str, State] = {}
        self.issued: Counter[str] = Counter()
        self._was: dict[str, str] = {}
        self._desk_of: dict[str, int] = {}
        self._at: dict[int, str] = {}
        self._presses: Counter[str] = Counter()
        self._plain: dict[str, float] = {}
        self._moves.clear()

    def committed(self, rows: Sequence[Row]) -> None:
        """These rows are on the disk."""
        for row in rows:
            if row.seq != self.seq + 1:
                raise Violation(8, f"the log goes on with {row.seq} after {self.seq}")
            self.seq = row.seq
            event = decode(row.data, EVENTS[row.type])
            self._read(row, event)
            for hear in self.on_event:
                hear(row, event)

    def _read(self, row: Row, event: Event) -> None:
        match event:
            case did.DayOpened():
                self._begin(row.day)
                for tell in self.on_new_day:
                    tell(event)
            case did.DayClosed():
                self._is_open = False
                check_account(event.account, self.states, self._was)
                for hear in self.on_closed:
                    hear(event)
            case did.DayReopened():
                self._reopened()
            case did.ClockSet():
                self._plain.clear()
            case did.ActionUndone():
                self._undone(event)
            case _ if type(event) in _TICKET_EVENTS:
                self._moved(row, event)

    # -- tickets ----------------------------------------------------------------------------------------------

    def _moved(self, row: Row, event: Any) -> None:
        before = self.states.get(event.ticket)
        self._count((str(before), row.type))
        self._moves[row.seq] = (event.ticket, before, type(event))
        if isinstance(event, did.TicketIssued):
            self._issued(event)
        elif isinstance(event, did.TicketCalled):
            self._called(row, event)
        elif isinstance(event, did.TicketExpired):
            self._was[event.ticket] = event.was
        self.states[event.ticket] = TABLE[before][type(event)]
        self._place(event.ticket, getattr(event, "counter", None))

    def _issued(self, event: did.TicketIssued) -> None:
        self.issued[event.ticket] += 1
        if self.issued[event.ticket] > 1:
            raise Violation(1, f"{event.ticket} was issued twice on {self.day}")

    def _called(self, row: Row, event: did.TicketCalled) -> None:
        if event.press is None:
            self._plain_press(row, event)
            return
        self._presses[f"{event.by}/{event.press}"] += 1
        if self._presses[f"{event.by}/{event.press}"] > 1:
            raise Violation(4, f"the press {event.press} of {event.by} called {event.ticket} after somebody else")

    def _plain_press(self, row: Row, event: did.TicketCalled) -> None:
        """A plain button has no id: two calls of it are `bounce` apart."""
        last = self._plain.get(event.by, float("-inf"))
        if event.by and row.at - last < self._bounce - 0.01:
            raise Violation(4, f"{event.by}, a plain button, called twice within {row.at - last:.2f} s")
        self._plain[event.by] = row.at

    def _place(self, ticket: str, counter: int | None) -> None:
        """Nobody stands at two counters, and no two at one."""
        at_counter = self.states[ticket] in {State.CALLED, State.SERVING}
        old = self._desk_of.pop(ticket, None)
        if old is not None:
            del self._at[old]
        if not at_counter:
            return
        if counter is None or (old is not None and old != counter):
            raise Violation(3, f"{ticket} is at counter {counter} and was at {old}")
        if counter in self._at:
            raise Violation(3, f"counter {counter} has {ticket} while {self._at[counter]} stands there")
        self._at[counter], self._desk_of[ticket] = ticket, counter

    # -- back -------------------------------------------------------------------------------------------------

    def _undone(self, event: did.ActionUndone) -> None:
        for seq in event.undone:
            if seq in self._moves:
                _, before, kind = self._moves[seq]
                self._count(("undo", str(before), kebab(kind.__name__)))
        for standing in event.tickets:
            self._place_free(standing.ticket)
        for standing in event.tickets:
            self.states[standing.ticket] = State(standing.state)
            self._place(standing.ticket, standing.counter)

    def _place_free(self, ticket: str) -> None:
        old = self._desk_of.pop(ticket, None)
        if old is not None:
            del self._at[old]

    def _reopened(self) -> None:
        self._is_open = True
        for ticket, was in self._was.items():
            self._count(("reopen", was))
            self.states[ticket] = State(was)
        self._was.clear()

    def _count(self, step: Step) -> None:
        self.steps[step] += 1


_TICKET_EVENTS = frozenset(kind for row in TABLE.values() for kind in row)


def every_step() -> list[Step]:
    """Every row of the ticket table, every one that can be undone, and every end that a reopened day takes back."""
    rows = [(str(state), kind) for state, row in TABLE.items() for kind in row]
    steps: list[Step] = [(state, kebab(kind.__name__)) for state, kind in rows]
    steps += [("undo", state, kebab(kind.__name__)) for state, kind in rows if kind in UNDOABLE]
    return [*steps, *(("reopen", was) for was in ("waiting", "held", "absent"))]
