"""Random fingers, a network that loses, doubles, delays and reorders, and a plain hub: nobody is ever skipped."""

from dataclasses import dataclass, field
from datetime import timedelta, timezone
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_terminal.machine import GLANCE, WANTED, Lamp
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, Reply
from moiso.wire.ports import Arrived
from moiso.wire.pulse import SILENCE
from moiso.wire.stamp import iso, seconds
from tests.counter_terminal.unit_world import DEVICE, NOON, TOPICS, Unit, counter_state


@dataclass
class PlainHub:
    """One counter with an endless line; as little of a hub as can be wrong about a press."""

    ticket: str | None = None
    seq: int = 0
    calls: int = 0
    answers: dict[str, Reply] = field(default_factory=dict)
    by_press: dict[str, str | None] = field(default_factory=dict)
    called: dict[str, float] = field(default_factory=dict)
    before: str | None = None

    def command(self, name: str, payload: dict[str, Any], age: float, now: float) -> Reply:
        first = self.answers.get(payload["id"])
        if first is not None:
            return first
        reason = self.refusal(name, payload, age)
        if reason is None:
            self.carry_out(name, payload["id"], now)
        data = msgspec.to_builtins(self.state())
        status = "rejected" if reason else "ok"
        reply = Reply(re=payload["id"], to=name, status=status, reason=reason, data=data)
        if reason is None:
            self.answers[payload["id"]] = reply
        return reply

    def refusal(self, name: str, payload: dict[str, Any], age: float) -> str | None:
        if name == "next" and age > WANTED:
            return "too-old"
        if name != "next" and self.ticket is None:
            return "nobody-here"
        return "stale" if name != "recall" and payload.get("after", self.ticket) != self.ticket else None

    def carry_out(self, name: str, press: str, now: float) -> None:
        self.seq += 1
        if name != "recall":
            assert press not in self.by_press, "one press moved two people"
            self.by_press[press] = self.before = self.ticket
            self.ticket = None
        if name == "next":
            self.calls += 1
            self.ticket = f"A{self.calls:03}"
            self.called[self.ticket] = now

    def change(self, ticket: str | None) -> None:
        """Nobody pressed anything here: an undo from a page, a suspended service, one recall too many."""
        self.seq, self.ticket = self.seq + 1, ticket

    def state(self):
        since = stamp(self.called[self.ticket]) if self.ticket else None
        return counter_state(self.ticket, self.seq, since=since)


class World:
    """The unit, the hub and what is on the wire between them."""

    def __init__(self) -> None:
        self.unit, self.hub = Unit(), PlainHub()
        self.up = False
        self.to_hub: list[tuple[str, dict[str, Any], float]] = []
        self.to_unit: list[Arrived] = []
        self.presses: dict[str, float] = {}
        self.open: str | None = None  # the press that the clerk still waits for
        self.shown: tuple[int, str | None] = (-1, None)  # what the unit was told of its counter: seq and ticket
        self.learned: dict[str, float] = {}
        self.last = ""
        self.beaten = self.moved = float("-inf")

    def sent(self, commands: list[tuple[str, dict[str, Any]]]) -> None:
        for name, payload in commands:
            if payload["id"] not in self.presses:
                self.presses[payload["id"]], self.open = self.unit.now, payload["id"]
            if self.up:
                self.to_hub.append((name, payload, self.unit.now))

    def hub_hears(self, which: int, *, keep: bool) -> None:
        if self.to_hub:
            index = which % len(self.to_hub)
            name, payload, _ = self.to_hub[index]
            if not keep:
                del self.to_hub[index]
            reply = self.hub.command(name, payload, self.unit.now - self.presses[payload["id"]], self.unit.now)
            self.to_unit.append(Arrived(TOPICS.reply(DEVICE), encode(reply)))
            self.to_unit.append(Arrived(TOPICS.counter(3), encode(self.hub.state())))

    def unit_hears(self, which: int, *, keep: bool) -> None:
        if self.to_unit and self.up:
            index = which % len(self.to_unit)
            item = self.to_unit[index]
            if not keep:
                del self.to_unit[index]
            self.sent(self.unit.turn(item))
            self.told(msgspec.json.decode(item.payload))

    def told(self, message: dict[str, Any]) -> None:
        """Note what the unit now knows; an answer after the press was given up is nobody's any more."""
        if "re" in message:
            if message["re"] != self.open or self.unit.now >= self.presses[self.open] + WANTED:
                return
            self.open, message = None, message["data"]
        seq, ticket = message["seq"], message["ticket"]
        if seq < self.shown[0]:
            return
        if ticket != self.shown[1] and self.is_wanted(ticket):
            self.moved = self.unit.now
        self.shown = (seq, ticket)
        self.learned.setdefault(ticket, self.unit.now)

    def is_wanted(self, ticket: str | None) -> bool:
        """Whether the last press was for this: `next` for somebody whom anybody called since."""
        last = max(self.presses.values(), default=float("-inf"))
        return self.last != "next" or (ticket is not None and self.hub.called[ticket] >= last)

    def press(self, button: str) -> None:
        commands = self.unit.press(button)
        self.last = button if commands else self.last
        self.sent(commands)

    def wait(self, seconds: float) -> None:
        self.sent(self.unit.turn(after=seconds))

    def link(self, up: bool) -> None:
        self.up = up
        if up:
            self.unit.connect()
            self.to_unit.append(Arrived(TOPICS.counter(3), encode(self.hub.state()), retained=True))
        else:
            self.unit.cut()
            self.to_unit.clear()

    def lose_press(self, button: str) -> None:
        """Nothing of it ever comes to the hub, and it is given up."""
        self.press(button)
        self.to_hub.clear()
        self.wait(WANTED + 0.1)
        self.to_hub.clear()
        self.beat()

    def unit_hears_all(self) -> None:
        while self.to_unit and self.up:
            self.unit_hears(0, keep=False)

    def lose(self) -> None:
        del self.to_hub[:1], self.to_unit[:1]

    def beat(self) -> None:
        if self.up:
            self.beaten = self.unit.now
            self.sent(self.unit.turn(Arrived(TOPICS.beat, encode(_beat(self.unit.now)))))

    def colleague(self) -> None:
        """The clerk's page in the browser calls for the same counter."""
        self.hub.carry_out("next", f"web-{self.hub.seq}", self.unit.now)
        self.to_unit.append(Arrived(TOPICS.counter(3), encode(self.hub.state())))

    def changed(self, ticket: str | None) -> None:
        """The counter changes without a call."""
        self.hub.change(ticket)
        self.to_unit.append(Arrived(TOPICS.counter(3), encode(self.hub.state())))

    def undone(self) -> None:
        self.changed(self.hub.before)

    def emptied(self) -> None:
        self.changed(None)


def stamp(now: float) -> str:
    return iso(seconds(NOON) + now, timezone(timedelta(hours=7)))


def _beat(now: float) -> Beat:
    return Beat(log="k3f9", seq=0, at=stamp(now), clock="free")


index = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(["next", "next", "next", "no-show", "recall"])),
    st.tuples(st.just("wait"), st.sampled_from([0.01, 0.2, 0.5, 1.0, 2.5])),
    st.tuples(st.just("hub_hears"), index, st.booleans()),
    st.tuples(st.just("unit_hears"), index, st.booleans()),
    st.tuples(st.just("link"), st.booleans()),
    st.tuples(st.just("lose_press"), st.sampled_from(["next", "next", "no-show", "recall"])),
    st.tuples(st.sampled_from(["lose", "beat", "beat", "unit_hears_all", "colleague", "undone", "emptied"])),
)


def run(world: World, plan: list[tuple[Any, ...]]) -> None:
    for name, *arguments in plan:
        match name, arguments:
            case (("hub_hears" | "unit_hears"), [which, keep]):
                getattr(world, name)(which, keep=keep)
            case _:
                getattr(world, name)(*arguments)
        check_lamp(world)
    for press, gone in world.hub.by_press.items():
        if gone is not None and press.startswith("press-"):
            check_not_skipped(world, press, gone)


def check_not_skipped(world: World, press: str, gone: str) -> None:
    """Whoever a press sent away had been shown to its clerk for a glance when it was made."""
    assert gone in world.learned, f"{press} sent {gone} away, whom its clerk had never been shown"
    assert world.presses[press] - world.learned[gone] >= GLANCE - 1e-6


def check_lamp(world: World) -> None:
    """Steady: the hub is there, and the last press was answered, or the counter shows since what it was for."""
    if world.unit.lamp is Lamp.STEADY:
        assert world.up
        assert world.unit.now - world.beaten <= SILENCE
        last = max(world.presses.values(), default=float("-inf"))
        assert world.open is None or world.moved >= last


@settings(max_examples=400, deadline=None)
@given(st.lists(steps, max_size=80))
def test_no_order_of_things_skips_anybody_or_makes_the_lamp_lie(plan):
    world = World()
    world.link(True)
    world.beat()
    world.unit_hears(0, keep=False)
    run(world, plan)
