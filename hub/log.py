"""What the hub stores, as plain values: rows of the log, answers, and what its clocks said."""

from dataclasses import dataclass, field
from typing import NamedTuple

from moiso.core.day import Moment
from moiso.core.events import EVENTS, Event
from moiso.wire.codec import decode, encode


class Row(NamedTuple):
    """One event in the log; `at` is seconds since 1970, `data` the event's JSON."""

    seq: int
    at: float
    synced: bool
    day: str | None
    type: str
    data: bytes

    def event(self) -> Event:
        """The event inside."""
        return decode(self.data, EVENTS[self.type])


class Aside(NamedTuple):
    """What the day knows of a visitor and the log must not: `what` is `class` or `language`."""

    ticket: str
    what: str
    value: str


class Answer(NamedTuple):
    """The first answer to an accepted command: what a repetition gets again."""

    device: str
    command: str
    id: str
    reply: bytes

    @property
    def key(self) -> tuple[str, str, str]:
        """Under which a repetition finds it."""
        return (self.device, self.command, self.id)


@dataclass(slots=True)
class Batch:
    """What one turn of the loop brings: first commit, then publish.

    asides: what is kept beside the log until the day ends; forget_asides: it has ended.
    forget_answers: a day began; the answers of the one before are no longer needed.
    last: the moment of the last press, when there was one; alive: it is time to note that the machine runs.
    """

    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    forget_answers: bool = False
    forget_asides: bool = False
    last: Moment | None = None
    alive: Moment | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not (self.rows or self.answers or self.last or self.alive)


@dataclass(slots=True)
class Memory:
    """What the hub finds at its start: everything since the last `day-opened`."""

    log: str
    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    last: Moment | None = None
    alive: Moment | None = None


def data_of(event: Event) -> bytes:
    """The event's JSON as it stands in the log and on the wire."""
    return encode(event)
