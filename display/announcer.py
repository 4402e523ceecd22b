"""What the hall has to be told aloud, from the hub's words to the voice, and what of it was not spoken. Pure.

Each call is spoken once: from the live event or, after a short cut, from the board's newer calls. One that is taken
back before it was spoken is never spoken; after that its visitor is asked to wait. Whoever missed the event finds the
call gone from the board, and there is nothing to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from display.lunch import LunchNews
from display.news import News
from display.showing import call_line
from display.undone import Undone, called_away
from display.view import Call
from display.voice import Skipped, Speak, VoiceQueue
from moiso.core.events import ActionUndone, TicketCalled, TicketRecalled
from moiso.wire.codec import event_data
from moiso.wire.messages import Board, Event
from moiso.wire.pulse import Pulse
from moiso.wire.stamp import seconds


@dataclass(frozen=True, slots=True)
class _Told:
    """Something that the hub did at the moment `at` of its clock, and whether that was practice."""

    seq: int
    at: float
    training: bool


class Announcer:
    """Stands between the hub's words and one voice. Times are the wall's monotonic; every input gives Speaks."""

    def __init__(self, voice: VoiceQueue, pulse: Pulse) -> None:
        self._voice, self._pulse = voice, pulse
        self._news, self._lunch, self._undone = News(), LunchNews(), Undone()
        self._board: Board | None = None
        self._unspoken: set[str] = set()

    @property
    def board(self) -> Board | None:
        """The newest board, None before the first."""
        return self._board

    def calls(self, now: float) -> list[Call]:
        """The board's calls, newest first, and where one was taken back whoever is asked to wait."""
        waits, hub_time = self._undone.calls(now), self._pulse.hub_time(now)
        # A board from before the undo still names the call; what it names of the ticket's earlier calls stays true.
        since = {call.ticket: seq for seq, call in waits}
        calls = [
            (call.seq, call_line(call, hub_time, unspoken=call.ticket in self._unspoken))
            for call in (self._board.calls if self._board else ())
            if call.seq < since.get(call.ticket, inf)
        ]
        return [call for _, call in sorted([*waits, *calls], key=lambda one: -one[0])]

    def over(self, now: float) -> list[Speak]:
        """The player is done with the last Speak."""
        return self._hear(self._voice.over(now), now)

    def failed(self, now: float) -> list[Speak]:
        """The player refused the last Speak."""
        return self._hear(self._voice.failed(now), now)

    def tick(self, now: float) -> list[Speak]:
        """Time passes. Calls go first: only a voice that has nothing to call speaks of the break."""
        return [*self._hear(self._voice.tick(now), now), *self._speak_of_lunch(now)]

    def take_board(self, board: Board, now: float) -> list[Speak]:
        """A board newer than the last one; speak its calls that are news, but none of the first board's."""
        if self._board is None:
            self._lunch.begin(board)
        self._board = board
        self._news.begin(board.log, board.seq)
        self._voice.withdraw(self._gone(board))
        return [
            speak
            for call in sorted(board.calls, key=lambda c: c.seq)
            if self._news.is_new(call.seq)
            for speak in self._call(
                call.ticket, call.counter, _Told(call.seq, seconds(call.at), board.training), now, again=call.recall > 0
            )
        ]

    def take_event(self, event: Event, now: float) -> list[Speak]:
        """A call, a recall or an undo, unless it is no news.

        Raises ValueError when it is none of the event types, or its moment is none.
        """
        data, told = event_data(event), _Told(event.seq, seconds(event.at), self._is_training(event.day))
        if not isinstance(data, TicketCalled | TicketRecalled | ActionUndone):
            return []
        self._news.begin(event.log, event.seq - 1)
        if not self._news.is_new(event.seq):
            return []
        if isinstance(data, ActionUndone):
            return self._take_back(data, told, now)
        return self._call(data.ticket, data.counter, told, now, again=isinstance(data, TicketRecalled))

    def _is_training(self, day: str | None) -> bool:
        """Whether that day is for practice; a day that no board has told of is taken for real."""
        return self._board is not None and self._board.training and self._board.day == day

    def _call(self, ticket: str, counter: int, told: _Told, now: float, *, again: bool) -> list[Speak]:
        self._unspoken.discard(ticket)
        self._undone.forget(ticket)
        say = self._voice.recall if again else self._voice.call
        age = self._age(told, now)
        return self._hear(say(ticket, counter, now, age, seq=told.seq, training=told.training), now)

    # -- what is taken back -----------------------------------------------------------------------------------

    def _gone(self, board: Board) -> set[int]:
        """The calls not yet spoken to the end that this board would name, had they not been taken back."""
        stands = {call.ticket: call.seq for call in board.calls}
        # One that is older than all of the board's was pushed off by newer ones.
        oldest = min(stands.values(), default=0)
        underway = ((ticket, seq) for ticket, seq in self._voice.calls if oldest < seq <= board.seq)
        return {seq for ticket, seq in underway if stands.get(ticket, 0) < seq}

    def _take_back(self, undo: ActionUndone, told: _Told, now: float) -> list[Speak]:
        """What was not yet spoken never will be; whoever heard a call that is no more is asked to wait."""
        # What comes late, behind its undo, is no news any more; if all of it does, nobody heard anything.
        heard = [seq for seq in undo.undone if not self._news.is_new(seq)]
        unsaid = self._voice.withdraw(undo.undone)
        tickets = [ticket for ticket in called_away(undo) if heard and ticket not in unsaid]
        asked = [ticket for ticket in tickets if self._last_call(ticket) < told.seq]
        return [speak for ticket in asked for speak in self._ask_to_wait(ticket, told, now)]

    def _last_call(self, ticket: str) -> int:
        """The seq of the ticket's newest call that we know of, 0 for none."""
        shown = [(call.ticket, call.seq) for call in self._board.calls] if self._board else []
        return max((seq for called, seq in [*shown, *self._voice.calls] if called == ticket), default=0)

    def _ask_to_wait(self, ticket: str, told: _Told, now: float) -> list[Speak]:
        """Where the call stood; aloud only when the call was spoken too."""
        age = self._age(told, now)
        self._undone.ask(ticket, self._last_call(ticket) or told.seq, now - age)
        if ticket in self._unspoken:
            return []
        return self._hear(self._voice.please_wait(ticket, now, age, training=told.training), now)

    # -- the rest ---------------------------------------------------------------------------------------------

    def _speak_of_lunch(self, now: float) -> list[Speak]:
        hub_time = self._pulse.hub_time(now)
        if self._board is None or hub_time is None or self._pulse.silent(now) or not self._voice.idle:
            return []
        word = self._lunch.next(self._board, hub_time)
        return self._hear(self._voice.tell(*word, now, training=self._board.training), now) if word else []

    def _hear(self, outputs: Sequence[Speak | Skipped], now: float) -> list[Speak]:
        """What is to be spoken; calls that are not are noted."""
        speaks = [output for output in outputs if isinstance(output, Speak)]
        for output in outputs:
            if isinstance(output, Skipped) and output.ticket is not None and output.counter is not None:
                self._unspoken.add(output.ticket)
        for speak in speaks:
            self._undone.spoken(speak.ticket or "", now)
        return speaks

    def _age(self, told: _Told, now: float) -> float:
        hub_time = self._pulse.hub_time(now)
        return 0.0 if hub_time is None else max(0.0, hub_time - told.at)
