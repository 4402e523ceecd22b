"""A hub that only tells: beats, events and replays of a given log, as messages for the machine of `stats`."""

from collections.abc import Sequence
from itertools import count

import msgspec

from moiso.wire.codec import decode, encode
from moiso.wire.figures import DayFigures
from moiso.wire.messages import Beat, Event, Replay, Reply
from moiso.wire.ports import Arrived, Complaint, Publish
from moiso.wire.topics import Topics
from stats.intake import Memory, Row
from stats.machine import Keep, Machine, Place
from tests.stats.fixture_day import CALENDAR, SERVICES, stamp

TOPICS = Topics("test-site")


def machine(memory: Memory | None = None) -> Machine:
    """A machine that has just started, with ids `id-1`, `id-2` ..."""
    numbers = count(1)
    place = Place(device="stats", topics=TOPICS, calendar=CALENDAR, services=SERVICES)
    return Machine(place, memory or Memory(), lambda: f"id-{next(numbers)}")


def told(event: Event, *, retained: bool = False) -> Arrived:
    """The event as the broker brings it."""
    return Arrived(TOPICS.event(event.type), encode(event), retained)


def beat(seq: int, wall: float, log: str = "k3f9") -> Arrived:
    """The hub's heart when its log ends at `seq`."""
    return Arrived(TOPICS.beat, encode(Beat(log=log, seq=seq, at=stamp(wall), clock="synced")))


def asked(outputs: Sequence[object]) -> list[tuple[str, Replay]]:
    """The replays asked for: id and arguments."""
    found = [p.payload for p in outputs if isinstance(p, Publish) and p.topic == TOPICS.cmd("stats", "replay")]
    return [(msgspec.json.decode(payload)["id"], decode(payload, Replay)) for payload in found]


def replayed(press: str, asked_for: Replay, log: list[Event]) -> Arrived:
    """The hub's answer from `log`."""
    page = [event for event in log if event.seq >= asked_for.from_seq][: asked_for.limit]
    reply = Reply(re=press, to="replay", status="ok", data={"events": page})
    return Arrived(TOPICS.reply("stats"), encode(reply))


def published(outputs: Sequence[object]) -> list[DayFigures]:
    """The figures said, each retained with QoS 1."""
    found = [p for p in outputs if isinstance(p, Publish) and p.topic == TOPICS.figures]
    assert all((p.retain, p.qos) == (True, 1) for p in found)
    return [decode(p.payload, DayFigures) for p in found]


def complaints(outputs: Sequence[object]) -> list[str]:
    """What was complained about."""
    return [output.text for output in outputs if isinstance(output, Complaint)]


def kept(of: Machine, outputs: Sequence[object]) -> list[Row]:
    """What a disk that works stores of these outputs."""
    rows = [row for output in outputs if isinstance(output, Keep) for row in output.rows]
    of.kept(rows, safe=True)
    return rows
