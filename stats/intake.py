"""Every event of the hub's log, once and in order: rows to keep, and the day they make. Pure.

What the broker doubled, reordered or lost does not matter: repeats are dropped, what is early waits, what is missing
is asked for again. What the disk cannot take now is held up to a limit; beyond it the hub's log is the memory.
"""

from typing import NamedTuple

from msgspec import Raw, Struct

from moiso.wire.codec import BadMessage, decode, encode, event_data
from moiso.wire.follow import Follower
from moiso.wire.messages import Beat, Event, Message
from moiso.wire.ports import Complaint, Publish
from moiso.wire.requests import Requests
from moiso.wire.stamp import seconds
from stats.intervals import Day, fold

#: Events of one replay, and seconds after which an unanswered one is asked for afresh.
PAGE, PATIENCE = 200, 10.0
#: Rows held for a disk that takes none; further events are left to the hub.
BACKLOG = 5000


class Row(NamedTuple):
    """One event as the history keeps it; `body` is the event as on the wire."""

    log: str
    seq: int
    day: str | None
    type: str
    body: bytes


class Memory(Struct, frozen=True):
    """What the history knows at a start: the last event of the last log, and all since its last day-opened."""

    log: str | None = None
    seq: int = 0
    events: tuple[Event, ...] = ()


class _Events(Message, frozen=True, kw_only=True):
    events: tuple[Raw, ...] = ()


class _Replayed(Message, frozen=True, kw_only=True):
    """The reply to `replay`; each event is read by itself, so that a bad one spoils no other."""

    data: _Events = _Events()


class Intake:
    """Where `stats` stands in the hub's log.

    rows: what is still to be stored, in order; day: the business day so far; complaints: what could not be
    understood; behind: whether a replay is under way.
    """

    def __init__(self, memory: Memory, requests: Requests) -> None:
        self._follower = Follower(memory.log, memory.seq)
        self._requests = requests
        self._beat: Beat | None = None
        self.rows: list[Row] = []
        self.day = Day()
        self.complaints: list[Complaint] = []
        self.behind = False
        for event in memory.events:
            self._fold(event)

    @property
    def log(self) -> str | None:
        """The log that is followed."""
        return self._follower.log

    @property
    def seq(self) -> int:
        """The last event dealt with."""
        return self._follower.seq

    @property
    def complete(self) -> bool:
        """Whether nothing that the hub has told of is missing, and its clock is the one of `day`."""
        beat = self._beat
        return beat is not None and self.day.clock_set <= beat.seq <= self.seq

    def event(self, payload: bytes) -> None:
        """One event from the wire, or from a replay."""
        if len(self.rows) >= BACKLOG:
            return
        try:
            event = decode(payload, Event)
        except BadMessage as error:
            self._complain("event", f"an event could not be read: {error}")
            return
        self._of_log(event.log)
        for ready in self._follower.take(event):
            self.rows.append(Row(ready.log, ready.seq, ready.day, ready.type, encode(ready)))
            self._fold(ready)

    def beat(self, beat: Beat) -> None:
        """The hub says how far its log goes."""
        self._of_log(beat.log)
        self._beat = beat

    def due(self, now: float) -> list[Publish]:
        """What has to be asked by now: a replay when events stay missing, and again while nobody answers."""
        self._requests.given_up(now)
        again = self._requests.due(now)
        beat = self._beat
        if beat is None or len(self.rows) >= BACKLOG:
            return again
        first = self._follower.beat(beat, now)
        self.behind = beat.seq > self.seq and (self.behind or first is not None)
        return again if first is None or self._requests.open else [*again, self._ask(first, now)]

    def reply(self, payload: bytes, now: float) -> list[Publish]:
        """The hub's answer; while it brings events and more are missing, the next page is asked for at once."""
        before = self.seq
        reply = self._requests.answered(payload)
        if reply is None:
            return []
        try:
            page = decode(payload, _Replayed).data.events
        except BadMessage as error:
            self._complain("replay", f"the hub's replay could not be read: {error}")
            return []
        if reply.status != "ok":
            self._complain("replay", f"the hub refuses a replay from {before + 1}: {reply.reason}")
        for body in page:
            self.event(bytes(body))
        more = self._beat is not None and self._beat.seq > self.seq > before
        return [self._ask(self.seq + 1, now)] if more else []

    def _ask(self, first: int, now: float) -> Publish:
        return self._requests.send("replay", now, lifetime=PATIENCE, from_seq=first, limit=PAGE)[1]

    def _of_log(self, log: str) -> None:
        """A log not followed so far is another database's: it is read from its beginning."""
        if log != self.log:
            self._follower, self._beat = Follower(log), None
            self.day = Day()

    def _fold(self, event: Event) -> None:
        """Add the event to the day; what is unknown (a newer hub) or makes no sense is kept, but not counted."""
        try:
            data = event_data(event)
            if data is not None:
                at, synced = seconds(event.at), event.clock == "synced"
                self.day = fold(self.day, data, seq=event.seq, at=at, label=event.day, synced=synced)
        except ValueError as error:
            self._complain("event", f"event {event.seq} ({event.type}) is left out of the figures: {error}")

    def _complain(self, about: str, text: str) -> None:
        self.complaints.append(Complaint(about, text))
