"""The wall's machine: what the hub says in; the view to paint and the announcements to speak out. Pure.

The wall is painted from the retained board; what stood there at the start is shown and not spoken. Ages are in the
hub's time; how old a call is that came before the first beat nobody knows, so it is spoken and does not flash.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from display.announcer import Announcer
from display.showing import lunch_hours, service_line
from display.view import Call, WallView
from display.voice import VoiceQueue
from moiso.wire.codec import decode
from moiso.wire.messages import Beat, Board, Event
from moiso.wire.ports import Arrived, Complaint
from moiso.wire.pulse import SILENCE, Pulse
from moiso.wire.stamp import seconds
from moiso.wire.topics import Topics

#: The events to hear.
EVENTS = ("ticket-called", "ticket-recalled", "action-undone", "clock-set")
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
        self._announcer = Announcer(voice, self._pulse)
        self._out: list[object] = []
        self._now = self._began = self._painted = 0.0

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics to hear beside the own status."""
        topics = self._topics
        events = [topics.event(kind) for kind in EVENTS]
        return [topics.state("board"), topics.beat, *events]

    @property
    def ready(self) -> bool:
        """Whether the wall shows the truth and can speak."""
        return self._announcer.board is not None and not self._pulse.silent(self._now) and self._has_clips

    @property
    def detail(self) -> dict[str, Any]:
        """What the status says beside `ready`."""
        return {"voice": "ok" if self._has_clips else "no-clips", "volume": self._voice.volume}

    def handle(self, items: list[object], now: float) -> Sequence[object]:
        """One turn at the monotonic time `now`: Speak, Listen, Paint and Complaint come out."""
        self._now, self._out = now, []
        self._began = self._began or now
        with self._voice.held():
            for item in items:
                self._take(item, now)
        self._out += self._announcer.tick(now)
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
        hub_time, board = self._pulse.hub_time(self._now), self._announcer.board
        now = clock if hub_time is None else datetime.fromtimestamp(hub_time, clock.tzinfo)
        calls = self._announcer.calls(self._now)
        large = self._large(calls)
        return WallView(
            centre=self._centre,
            now=now,
            call=large,
            recent=tuple(call for call in calls if call is not large),
            services=tuple(service_line(line) for line in board.services) if board else (),
            notices=tuple(board.notices) if board else (),
            data_age=self._data_age(clock),
            muted=self._voice.volume == 0 or not self._has_clips,
            trial=self._trial,
            training=board is not None and board.training,
            overtime=board is not None and board.overtime,
            lunch=lunch_hours(board.lunch, clock.tzinfo) if board else None,
        )

    def _large(self, calls: Sequence[Call]) -> Call | None:
        """The call to show large: the one being spoken, so that eyes and ears agree; in silence the newest."""
        speaking = self._voice.speaking
        spoken = (call for call in calls if speaking is not None and call.ticket == speaking.ticket)
        return next(spoken, calls[0] if calls else None)

    def _take(self, item: object, now: float) -> None:
        match item:
            case Arrived():
                self._arrived(item, now)
            case Over():
                self._out += self._announcer.over(now)
            case Failed():
                self._out += self._announcer.failed(now)

    def _arrived(self, item: Arrived, now: float) -> None:
        try:
            match self._topics.below(item.topic):
                case ["beat"]:
                    self._pulse.felt(decode(item.payload, Beat), now)
                case ["state", "board"]:
                    self._take_board(decode(item.payload, Board), now)
                case ["event", "clock-set"]:
                    self._pulse.clock_set(decode(item.payload, Event), now)
                case ["event", _]:
                    self._out += self._announcer.take_event(decode(item.payload, Event), now)
        except ValueError as error:
            self._out.append(Complaint(item.topic, str(error)))

    def _take_board(self, board: Board, now: float) -> None:
        """Take it, unless it was late on its way. Raises ValueError when one of its moments is none."""
        known = self._announcer.board
        if known and known.log == board.log and known.seq > board.seq:
            return
        for moment in (board.at, *(call.at for call in board.calls)):
            seconds(moment)
        lunch_hours(board.lunch, None)
        self._out += self._announcer.take_board(board, now)

    def _data_age(self, clock: datetime) -> float | None:
        """How old what is shown is, seconds; None while the hub is heard, and for a start's first seconds."""
        board = self._announcer.board
        if board is not None and not self._pulse.silent(self._now):
            return None
        since_start = self._now - self._began
        if board is None:
            return since_start if since_start > SILENCE else None
        age = self._pulse.age(self._now)
        if age is None and since_start > SILENCE:
            return max(0.0, clock.timestamp() - seconds(board.at))
        return age
