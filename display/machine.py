"""The wall's machine: what the hub says in; the view to paint and the announcements to speak out. Pure.

The wall is painted from the retained board and speaks each call once: from the live event or, after a short cut, from
the board's newer calls. What stood on the board at the start is shown and not spoken. Ages are in the hub's time; how
old a call is that came before the first beat nobody knows, so it is spoken and does not flash.
"""

from collections.abc import Sequence
from datetime import datetime
from math import inf
from typing import Any

from display.news import News
from display.view import Call, Service, WallView
from display.voice import Skipped, Speak, VoiceQueue
from moiso.core.events import TicketCalled, TicketRecalled
from moiso.wire.codec import decode, event_data
from moiso.wire.messages import Beat, Board, Event
from moiso.wire.messages import Call as BoardCall
from moiso.wire.ports import Arrived, Complaint
from moiso.wire.pulse import SILENCE, Pulse
from moiso.wire.stamp import seconds
from moiso.wire.topics import Topics

#: Seconds between two looks at flashing, paging and the clock.
FRAME = 0.25
#: Seconds between two questions to the player while it speaks.
LISTEN = 0.03


class Over:
    """The player is done with the last announcement."""


class Failed:
    """The player refused the last announcement."""


class Paint:
    """It is time to paint `Wall.view` again."""


class Listen:
    """It is time to ask the player whether it is done."""


class Wall:
    """One wall display.

    has_clips: whether words can be spoken at all; without them the chime sounds and the calls are marked.
    """

    def __init__(self, topics: Topics, centre: str, voice: VoiceQueue, *, has_clips: bool, trial: bool) -> None:
        self._topics, self._centre, self._voice = topics, centre, voice
        self._has_clips, self._trial = has_clips, trial
        self._pulse = Pulse()
        self._board: Board | None = None
        self._news = News()
        self._unspoken: set[str] = set()
        self._out: list[object] = []
        self._now = self._began = self._painted = 0.0

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics to hear beside the own status."""
        topics = self._topics
        events = [topics.event(kind) for kind in ("ticket-called", "ticket-recalled", "clock-set")]
        return [topics.state("board"), topics.beat, *events]

    @property
    def ready(self) -> bool:
        """Whether the wall shows the truth and can speak."""
        return self._board is not None and not self._pulse.silent(self._now) and self._has_clips

    @property
    def detail(self) -> dict[str, Any]:
        """What the status says beside `ready`."""
        return {"voice": "ok" if self._has_clips else "no-clips", "volume": self._voice.volume}

    def handle(self, items: list[object], now: float) -> Sequence[object]:
        """One turn at the monotonic time `now`: Speak, Listen, Paint and Complaint come out."""
        self._now, self._out = now, []
        self._began = self._began or now
        for item in items:
            match item:
                case Arrived():
                    self._arrived(item, now)
                case Over():
                    self._hear(self._voice.over(now))
                case Failed():
                    self._hear(self._voice.failed(now))
        self._hear(self._voice.tick(now))
        if self._voice.speaking:
            self._out.append(Listen())
        if items or now - self._painted >= FRAME:
            self._painted = now
            self._out.append(Paint())
        return self._out

    def deadline(self) -> float:
        """When the next turn is wanted at the latest."""
        return self._now + (LISTEN if self._voice.speaking else FRAME)

    def view(self, clock: datetime) -> WallView:
        """What to paint now; `clock` is this machine's local time, shown until the hub's is known."""
        hub_time = self._pulse.hub_time(self._now)
        calls = [self._call(call, hub_time) for call in self._board.calls] if self._board else []
        large = self._large(calls)
        return WallView(
            centre=self._centre,
            now=clock if hub_time is None else datetime.fromtimestamp(hub_time, clock.tzinfo),
            call=large,
            recent=tuple(call for call in calls if call is not large),
            services=self._services(),
            notices=tuple(self._board.notices) if self._board else (),
            data_age=self._data_age(clock),
            muted=self._voice.volume == 0 or not self._has_clips,
            trial=self._trial,
        )

    def _large(self, calls: Sequence[Call]) -> Call | None:
        """The call to show large: the one being spoken, so that eyes and ears agree; in silence the newest."""
        speaking = self._voice.speaking
        spoken = (call for call in calls if speaking is not None and call.ticket == speaking.ticket)
        return next(spoken, calls[0] if calls else None)

    def _arrived(self, item: Arrived, now: float) -> None:
        try:
            match self._topics.below(item.topic):
                case ["beat"]:
                    self._pulse.felt(decode(item.payload, Beat), now)
                case ["state", "board"]:
                    self._take_board(decode(item.payload, Board))
                case ["event", "clock-set"]:
                    self._pulse.clock_set(decode(item.payload, Event), now)
                case ["event", _]:
                    self._take_event(decode(item.payload, Event))
        except ValueError as error:
            self._out.append(Complaint(item.topic, str(error)))

    def _take_board(self, board: Board) -> None:
        """Show it, unless it was late on its way; speak its calls that are news, but none of the first board's."""
        known = self._board
        if known and known.log == board.log and known.seq > board.seq:
            return
        seconds(board.at)
        moments = {call.seq: seconds(call.at) for call in board.calls}
        self._board = board
        self._news.begin(board.log, board.seq)
        for call in sorted(board.calls, key=lambda c: c.seq):
            if self._news.is_new(call.seq):
                self._announce(call.ticket, call.counter, moments[call.seq], recall=call.recall > 0)

    def _take_event(self, event: Event) -> None:
        data, at = event_data(event), seconds(event.at)
        if isinstance(data, TicketCalled | TicketRecalled):
            self._news.begin(event.log, event.seq - 1)
            if self._news.is_new(event.seq):
                self._announce(data.ticket, data.counter, at, recall=isinstance(data, TicketRecalled))

    def _announce(self, ticket: str, counter: int, at: float, *, recall: bool) -> None:
        self._unspoken.discard(ticket)
        hub_time = self._pulse.hub_time(self._now)
        age = 0.0 if hub_time is None else max(0.0, hub_time - at)
        say = self._voice.recall if recall else self._voice.call
        self._hear(say(ticket, counter, self._now, age))

    def _hear(self, outputs: Sequence[Speak | Skipped]) -> None:
        """Pass on what is to be spoken; mark what is not."""
        for output in outputs:
            if isinstance(output, Speak):
                self._out.append(output)
            elif output.ticket is not None:
                self._unspoken.add(output.ticket)

    def _call(self, call: BoardCall, hub_time: float | None) -> Call:
        return Call(
            ticket=call.ticket,
            counter=call.label,
            age=inf if hub_time is None else max(0.0, hub_time - seconds(call.at)),
            priority=call.priority,
            recall=call.recall > 0,
            unspoken=call.ticket in self._unspoken,
        )

    def _services(self) -> tuple[Service, ...]:
        lines = self._board.services if self._board else ()
        return tuple(
            Service(
                code=line.code,
                name=line.name,
                waiting=line.waiting,
                promise=(line.promise.low, line.promise.high) if line.promise else None,
                counters_open=line.counters_open,
            )
            for line in lines
        )

    def _data_age(self, clock: datetime) -> float | None:
        """How old what is shown is, seconds; None while the hub is heard, and for a start's first seconds."""
        if self._board is not None and not self._pulse.silent(self._now):
            return None
        since_start = self._now - self._began
        if self._board is None:
            return since_start if since_start > SILENCE else None
        age = self._pulse.age(self._now)
        if age is None and since_start > SILENCE:
            return max(0.0, clock.timestamp() - seconds(self._board.at))
        return age
