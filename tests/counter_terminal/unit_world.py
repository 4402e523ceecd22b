"""A call unit with a person's finger, an eye on its lamp, and words of the hub."""

from datetime import timedelta, timezone
from itertools import count
from typing import Any

import msgspec

from counter_terminal.machine import CallUnit, Lamp, Pressed, Show
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, CounterState, Reply
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from moiso.wire.stamp import iso, seconds
from moiso.wire.topics import Topics

TOPICS, DEVICE = Topics("an-binh"), "counter-3"
NOON = "2026-11-23T12:00:00+07:00"


def counter_state(ticket: str | None, seq: int, log: str = "k3f9", **more: Any) -> CounterState:
    """How a counter stands; `since`: when its phase began, NOON for somebody of whom nothing else is said."""
    usual = {"since": NOON if ticket else None, "held": [], "state": "open", "phase": "called" if ticket else None}
    shown = {**usual, **more}
    return CounterState(
        log=log, seq=seq, at=NOON, day="2026-11-23", counter=3, label="Quầy 3", ticket=ticket,
        waiting=0, services=["A"], **shown,
    )  # fmt: skip


class Unit:
    """The machine at a time of its own."""

    def __init__(self) -> None:
        numbers = count(1)
        self.machine = CallUnit(TOPICS, DEVICE, 3, lambda: f"press-{next(numbers)}")
        self.now = 100.0
        self.lamp, self.sign = Lamp.DARK, ""
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.complaints: list[Complaint] = []

    def turn(self, *items: object, after: float = 0.0) -> list[tuple[str, dict[str, Any]]]:
        """One turn `after` seconds later; the commands it sent, as (command, payload)."""
        self.now += after
        new = []
        for output in self.machine.handle(list(items), self.now):
            match output:
                case Show(lamp, sign):
                    assert (lamp, sign) != (self.lamp, self.sign), "said again"
                    self.lamp, self.sign = lamp, sign
                case Complaint():
                    self.complaints.append(output)
                case Publish(topic, payload):
                    assert topic.startswith(TOPICS.cmd(DEVICE, ""))
                    new.append((topic.rpartition("/")[2], msgspec.json.decode(payload)))
        self.sent += new
        return new

    def press(self, button: str = "next", after: float = 0.0) -> list[tuple[str, dict[str, Any]]]:
        return self.turn(Pressed(button, DEVICE), after=after)

    def connect(self) -> None:
        self.turn(LinkUp(DEVICE))

    def cut(self) -> None:
        self.turn(LinkDown(DEVICE))

    def beat(self, at: str = NOON, after: float = 0.0) -> None:
        beat = Beat(log="k3f9", seq=1, at=at, clock="synced")
        self.turn(Arrived(TOPICS.beat, encode(beat)), after=after)

    def state(self, ticket: str | None, seq: int, after: float = 0.0, log: str = "k3f9", **more: Any) -> None:
        self.turn(Arrived(TOPICS.counter(3), encode(counter_state(ticket, seq, log, **more))), after=after)

    def hub_time(self, ago: float = 0.0) -> str:
        """The hub's clock when it was NOON at the unit's hundredth second."""
        return iso(seconds(NOON) + self.now - 100.0 - ago, timezone(timedelta(hours=7)))

    def reply(
        self, status: str, ticket: str | None, seq: int, *, after: float = 0.0, reason: str | None = None
    ) -> None:
        """The hub answers the last command."""
        command, payload = self.sent[-1]
        data = msgspec.to_builtins(counter_state(ticket, seq))
        reply = Reply(re=payload["id"], to=command, status=status, reason=reason, data=data)  # type: ignore[arg-type]
        self.turn(Arrived(TOPICS.reply(DEVICE), encode(reply)), after=after)

    def pressed_at(self) -> float:
        """The stamp of the last command, seconds after NOON."""
        return seconds(self.sent[-1][1]["at"]) - seconds(NOON)


def reached(ticket: str | None = "A001") -> Unit:
    """A unit that the hub has told how its counter stands."""
    unit = Unit()
    unit.connect()
    unit.state(ticket, 1)
    unit.beat()
    return unit
