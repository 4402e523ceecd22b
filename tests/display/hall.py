"""A wall with a loudspeaker that takes its time, and the words of a hub, at a time of its own."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from display.machine import Failed, Over, Paint, Wall
from display.phrases import CHIME, spoken_words
from display.view import Call, WallView
from display.voice import Speak, VoiceQueue
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, Board, Event, Range, ServiceLine
from moiso.wire.messages import Call as BoardCall
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp
from moiso.wire.stamp import iso
from moiso.wire.topics import Topics

TOPICS, ZONE = Topics("an-binh"), ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE).timestamp()
BANK = {CHIME, *spoken_words()}


class Hall:
    """The machine, the hub's clock (`hub`, seconds since 1970) and what was said aloud.

    Every announcement takes `reading` seconds; `said` has the tickets of the first readings, in order, `texts` every
    reading.
    """

    def __init__(self, *, volume: int = 80, bank: set[str] = BANK, speak_within: float = 30.0) -> None:
        voice = VoiceQueue(bank, volume=volume, speak_within=speak_within)
        self.wall = Wall(TOPICS, "An Bình", voice, has_clips=len(bank) > 1, trial=False)
        self.now, self.hub, self.reading = 1000.0, NOON, 5.0
        self.day = "2026-11-23"
        self.said: list[str] = []
        self.texts: list[str] = []
        self.complaints: list[Complaint] = []
        self.painted = 0
        self.broken = False
        self._ends: float | None = None

    # -- time and messages --------------------------------------------------------------------------------

    def turn(self, *items: object, after: float = 0.0) -> list[object]:
        """One turn `after` seconds later; every output."""
        self.now += after
        self.hub += after
        outputs = list(self.wall.handle(list(items), self.now))
        for output in outputs:
            match output:
                case Speak():
                    self._speak(output)
                case Complaint():
                    self.complaints.append(output)
                case Paint():
                    self.painted += 1
        return outputs

    def wait(self, seconds: float, *, beating: bool = True) -> None:
        """Let time pass, with a beat every half a second, and the loudspeaker speak."""
        for _ in range(round(seconds * 2)):
            done = self._ends is not None and self.now + 0.5 >= self._ends
            self._ends = None if done else self._ends
            self.turn(*([Over()] if done else []), *([self.beat()] if beating else []), after=0.5)

    def beat(self, seq: int = 1, log: str = "k3f9") -> Arrived:
        return Arrived(TOPICS.beat, encode(Beat(log=log, seq=seq, at=self.stamp(), clock="synced")))

    def event(self, kind: str, seq: int, *, log: str = "k3f9", ago: float = 0.0, **data: Any) -> Arrived:
        raw = msgspec.Raw(msgspec.json.encode(data))
        event = Event(log=log, seq=seq, at=self.stamp(ago), clock="synced", day=self.day, type=kind, data=raw)
        return Arrived(TOPICS.event(kind), encode(event))

    def called(self, ticket: str, seq: int, counter: int = 1, *, log: str = "k3f9", ago: float = 0.0) -> Arrived:
        return self.event(
            "ticket-called", seq, log=log, ago=ago, ticket=ticket, counter=counter, service="A", policy="order"
        )

    def recalled(self, ticket: str, seq: int, counter: int = 1) -> Arrived:
        return self.event("ticket-recalled", seq, ticket=ticket, counter=counter, recall=1)

    def undone(
        self, ticket: str, seq: int, undone: list[int], *others: tuple[str, str, str], to: str = "waiting"
    ) -> Arrived:
        """The call of `ticket` is taken back; `others`: whom the same command moved, from where, and back to where."""
        stands = [
            {"ticket": ticket, "was": was, "state": state, "service": "A", "counter": None}
            for ticket, was, state in [*others, (ticket, "called", to)]
        ]
        return self.event("action-undone", seq, counter=1, undone=undone, tickets=stands)

    def board(self, *calls: BoardCall, seq: int, log: str = "k3f9", **more: Any) -> Arrived:
        shown = {"services": [], **more}
        board = Board(log=log, seq=seq, at=self.stamp(), day=self.day, calls=list(calls), **shown)
        return Arrived(TOPICS.state("board"), encode(board), retained=True)

    def call(self, ticket: str, seq: int, counter: int = 1, *, ago: float = 0.0, recall: int = 0) -> BoardCall:
        return BoardCall(
            ticket=ticket, counter=counter, label=f"Quầy {counter}", at=self.stamp(ago), seq=seq, recall=recall,
            priority=False,
        )  # fmt: skip

    def stamp(self, ago: float = 0.0) -> str:
        return iso(self.hub - ago, ZONE)

    # -- what people see ----------------------------------------------------------------------------------

    def view(self, clock: datetime | None = None) -> WallView:
        return self.wall.view(clock or datetime.fromtimestamp(self.hub, ZONE))

    def shown(self) -> list[str]:
        return [call.ticket for call in self.calls()]

    def calls(self) -> list[Call]:
        view = self.view()
        return [view.call, *view.recent] if view.call else []

    def unspoken(self) -> set[str]:
        return {call.ticket for call in self.calls() if call.unspoken}

    def _speak(self, speak: Speak) -> None:
        assert self._ends is None, "two announcements at once"
        if self.broken:
            self.turn(Failed())
            return
        self._ends = self.now + self.reading
        self.texts.append(speak.text)
        if speak.first and speak.text:
            self.said.append(speak.ticket or "")


def running(*calls: BoardCall, seq: int = 10) -> Hall:
    """A wall that has heard the hub and its first board."""
    hall = Hall()
    hall.turn(LinkUp(), hall.board(*calls, seq=seq), hall.beat(seq))
    return hall


def cut(hall: Hall, seconds: float) -> None:
    """The link is gone for so long."""
    hall.turn(LinkDown())
    hall.wait(seconds, beating=False)


def service(code: str, waiting: int, promise: Range | None = None, counters_open: int = 1, **more: Any) -> ServiceLine:
    line = {"name": f"Lĩnh vực {code}", "promise": promise, "counters_open": counters_open, "state": "open", **more}
    return ServiceLine(code=code, waiting=waiting, **line)


def clock_ahead(seconds: float) -> datetime:
    """A wall's own clock that is wrong by so much."""
    return datetime.fromtimestamp(NOON, UTC).astimezone(ZONE) + timedelta(seconds=seconds)
