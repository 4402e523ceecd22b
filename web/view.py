"""What the hub, the devices and the statistics last said, folded from their messages. Pure; time is passed in."""

from typing import TypeVar

from moiso.wire.codec import decode
from moiso.wire.figures import DayFigures
from moiso.wire.messages import Beat, Board, CounterState, DayState, Event, Services, Snapshot, Status
from moiso.wire.pulse import Pulse
from moiso.wire.topics import Topics
from web.papers import Papers

S = TypeVar("S", bound=Snapshot)


class View:
    """The last word of everybody; `counters` by number, `devices` by device id."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self.pulse = Pulse()
        self.board: Board | None = None
        self.services: Services | None = None
        self.day: DayState | None = None
        self.figures: DayFigures | None = None
        self.counters: dict[int, CounterState] = {}
        self.devices: dict[str, Status] = {}
        self.papers = Papers()

    def take(self, topic: str, payload: bytes, now: float) -> None:
        """Fold one message that came at the reader's monotonic `now`; an empty payload clears what was retained.

        Raises ValueError for one that is none of the contract; nothing has changed then.
        """
        match self._topics.below(topic):
            case ["beat"]:
                self.pulse.felt(decode(payload, Beat), now)
            case ["state", "board"]:
                self.board = _newer(self.board, decode(payload, Board)) if payload else None
            case ["state", "services"]:
                self.services = _newer(self.services, decode(payload, Services)) if payload else None
            case ["state", "day"]:
                self.day = _newer(self.day, decode(payload, DayState)) if payload else None
            case ["state", "counter", number]:
                self._take_counter(number, payload)
            case ["status", device]:
                self._take_status(device, payload)
            case ["event", "ticket-printed" | "ticket-print-failed"]:
                self.papers.take(decode(payload, Event))
            case ["figures", "day"]:
                self.figures = decode(payload, DayFigures) if payload else None

    def as_of(self, now: float) -> str | None:
        """The moment that the shown data belong to, in the hub's time: now, or its last word once it is silent."""
        if not self.pulse.silent(now):
            return self.pulse.stamp(now)
        beat = self.pulse.beat
        return beat.at if beat else self.board.at if self.board else None

    def _take_counter(self, number: str, payload: bytes) -> None:
        if payload:
            state = decode(payload, CounterState)
            self.counters[state.counter] = _newer(self.counters.get(state.counter), state)
        elif number.isdecimal():
            self.counters.pop(int(number), None)

    def _take_status(self, device: str, payload: bytes) -> None:
        if payload:
            self.devices[device] = decode(payload, Status)
        else:
            self.devices.pop(device, None)


def _newer(old: S | None, new: S) -> S:
    """The new snapshot, unless it is an older one of the same log that was late on its way."""
    return old if old and old.log == new.log and old.seq > new.seq else new
