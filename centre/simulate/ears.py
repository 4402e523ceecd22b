"""Somebody who listens to one wall: every call it heard of is spoken once, in order, or marked. Promise 7."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from centre.simulate.violation import Violation
from display.voice import Speak
from moiso.core.events import ActionUndone, TicketCalled, TicketRecalled
from moiso.core.tickets import AT_COUNTER, State
from moiso.wire.codec import decode, event_data
from moiso.wire.messages import Board, Event
from moiso.wire.ports import Arrived
from moiso.wire.stamp import seconds
from moiso.wire.topics import Topics

#: Seconds of grace: the wall gets its turn now and then only.
GRACE = 2.0
#: Seconds by which a wall's reckoning of how old a call is may differ from ours: of its clock, and until its turn.
CLOCK, TURN = 0.2, 0.25
EDGE = CLOCK + TURN


@dataclass(frozen=True)
class Pending:
    """A call that the wall has heard of and not spoken yet, with its repetitions.

    seqs: its events; called: when the last of them was, on the world's clock. doubtful: its repetition came just when
    the call before became too late, so its place is either's.
    """

    ticket: str
    counter: int
    seqs: tuple[int, ...]
    called: float
    doubtful: bool = False

    def without(self, seqs: Collection[int]) -> "Pending":
        """What is left of it when these events never were."""
        return replace(self, seqs=tuple(seq for seq in self.seqs if seq not in seqs))


class Ears:
    """What one wall owes the hall. `spoken`, `marked`: how many calls it spoke, and how many it marked instead.

    marks: the tickets on the wall now, each with whether it is marked as not spoken.
    """

    def __init__(self, topics: Topics, within: float, marks: Callable[[], dict[str, bool]]) -> None:
        self._topics, self._within, self._marks = topics, within, marks
        self.spoken = self.marked = 0
        self.forget()

    def forget(self) -> None:
        """The program died: it owes nothing, and what it hears of first was before its time."""
        self._since: int | None = None
        self._known: set[int] = set()
        self._pending: list[Pending] = []
        self._excused: dict[str, int] = {}

    def overhear(self, items: Iterable[object], outputs: Sequence[object], now: float, hub_wall: float) -> None:
        """One turn of the wall at the world's `now`; `hub_wall`: what the hub's clock says."""
        for item in items:
            if isinstance(item, Arrived):
                self._arrived(item, now - hub_wall)
        for output in outputs:
            if isinstance(output, Speak) and output.first and output.counter is not None:
                self._speaks(output, now)
        self._overdue(now)

    def deadline(self) -> float | None:
        """When the oldest call that was not spoken yet becomes too late to be spoken."""
        return min((one.called + self._within for one in self._pending), default=None)

    # -- what the wall hears ------------------------------------------------------------------------------------

    def _arrived(self, item: Arrived, offset: float) -> None:
        match self._topics.below(item.topic):
            case ["state", "board"]:
                self._board(decode(item.payload, Board), offset)
            case ["event", _]:
                self._event(decode(item.payload, Event), offset)

    def _board(self, board: Board, offset: float) -> None:
        if self._since is None:
            self._since = board.seq
        self._withdraw(board)
        for call in sorted(board.calls, key=lambda call: call.seq):
            self._add(Pending(call.ticket, call.counter, (call.seq,), seconds(call.at) + offset))

    def _withdraw(self, board: Board) -> None:
        """A call that the board should show and does not was taken back; the wall may have noticed, or not."""
        stands, oldest = {call.ticket: call.seq for call in board.calls}, min((c.seq for c in board.calls), default=0)
        for one in self._pending:
            gone = {seq for seq in one.seqs if max(oldest, stands.get(one.ticket, 0)) < seq <= board.seq}
            if gone:
                self._excused[one.ticket] = one.counter
                self._take_back(gone)

    def _take_back(self, seqs: Collection[int]) -> None:
        """These calls and repetitions never were."""
        self._known.update(seqs)
        self._pending = [left for one in self._pending if (left := one.without(seqs)).seqs]

    def _event(self, event: Event, offset: float) -> None:
        """A call, or an undo: whoever waits again needs no word of an earlier call that nobody heard either."""
        data = event_data(event)
        if isinstance(data, ActionUndone):
            self._take_back(data.undone)
            for stands in data.tickets:
                if stands.was == State.CALLED and stands.state not in AT_COUNTER:
                    self._take_back([seq for one in self._pending if one.ticket == stands.ticket for seq in one.seqs])
        elif isinstance(data, TicketCalled | TicketRecalled):
            if self._since is None:
                self._since = event.seq - 1
            self._add(Pending(data.ticket, data.counter, (event.seq,), seconds(event.at) + offset))

    def _add(self, one: Pending) -> None:
        """A call that is news; one of a ticket that still waits to be announced keeps that place.

        One that was too late by then is over: the mark that it left has gone with the newer call.
        """
        if one.seqs[0] <= (self._since or 0) or one.seqs[0] in self._known:
            return
        self._known.add(one.seqs[0])
        place = next((place for place, old in enumerate(self._pending) if old.ticket == one.ticket), None)
        if place is None:
            self._pending.append(one)
            return
        old = self._pending[place]
        age = one.called - old.called
        one = replace(one, doubtful=old.doubtful or abs(age - self._within) < EDGE)
        if age <= self._within:
            self._pending[place] = replace(one, seqs=(*old.seqs, *one.seqs))
        else:
            self._pending = [*self._pending[:place], *self._pending[place + 1 :], one]

    # -- what it says -------------------------------------------------------------------------------------------

    def _speaks(self, speak: Speak, now: float) -> None:
        mine = [one for one in self._pending if one.ticket == speak.ticket]
        if not mine and self._excused.pop(speak.ticket or "", None) == speak.counter:
            return
        if not mine:
            raise Violation(7, f"{speak.ticket} is announced and was not called, or is announced once more")
        if mine[-1].counter != speak.counter:
            raise Violation(7, f"{speak.ticket} is sent to counter {speak.counter}, was called to {mine[-1].counter}")
        passed = self._pending[: self._pending.index(mine[0])]
        for one in passed:
            if now - one.called <= self._within and not (one.doubtful or mine[0].doubtful):
                raise Violation(7, f"{speak.ticket} is announced before {one.ticket}, which was called before it")
        self._pending = [one for one in self._pending if one.ticket != speak.ticket]
        self.spoken += 1

    def _overdue(self, now: float) -> None:
        """Whoever was not spoken in time is marked on the wall, as long as the wall shows the call at all."""
        late = [one for one in self._pending if now - one.called > self._within + GRACE]
        if not late:
            return
        marks = self._marks()
        for one in late:
            if not marks.get(one.ticket, True):
                raise Violation(7, f"the call of {one.ticket} was not spoken and is not marked")
        self.marked += len(late)
        self._pending = [one for one in self._pending if one not in late]
