"""The broker and its connections under virtual time: retained messages, wills, QoS 0 and 1 as MQTT has them.

A QoS 1 message on a living connection comes at least once, and what one sender says on one topic comes in order;
messages of different topics may overtake each other, and a second copy comes whenever it likes. What is under way on a
connection that breaks is lost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from centre.simulate.clock import Time
from centre.simulate.weather import SILENT, Weather
from moiso.wire.ports import Arrived, LinkDown, LinkUp, Publish

Deliver = Callable[[object], None]


@dataclass(eq=False)
class Wire:
    """The connection of one device: what it hears, and who takes it.

    others_only: topics to hear only from others, with the sender's own retain flag. new_name: every life has a client
    id of its own, so that no new connection ends an old one (both the hub's).
    """

    device: str
    hears: Sequence[str]
    deliver: Deliver
    others_only: Sequence[str] = ()
    new_name: bool = False
    will: Publish | None = None
    up: bool = False
    life: int = 0
    order: dict[str, float] = field(default_factory=dict)
    last_word: list[Publish] = field(default_factory=list)


class Broker:
    """All connections of one site."""

    def __init__(self, time: Time, weather: Weather) -> None:
        self._time, self.weather = time, weather
        self._wires: list[Wire] = []
        self._retained: dict[str, bytes] = {}
        self._routes: dict[str, list[tuple[Wire, bool]]] = {}
        self._held_up: dict[str, float] = {}

    def attach(self, wire: Wire) -> None:
        """A device that may connect."""
        self._wires.append(wire)
        self._routes.clear()

    def connect(self, wire: Wire) -> None:
        """The connection stands: retained messages follow, and a will of the last one that was still to come."""
        if wire.up:
            return
        if not wire.new_name:
            self._speak_will(wire.last_word)
        wire.up, wire.life = True, wire.life + 1
        wire.order.clear()
        wire.deliver(LinkUp(wire.device))
        for topic, payload in list(self._retained.items()):
            if any(route is wire for route, _ in self._route(topic)):
                self._hand(wire, Arrived(topic, payload, retained=True, device=wire.device), self.weather.delay())

    def cut(self, wire: Wire, *, died: bool = False) -> None:
        """The connection is gone; the broker notices at once when the program died, later when the line did."""
        if not wire.up:
            return
        wire.up = False
        if wire.will is not None:
            wire.last_word = will = [wire.will]
            self._time.after(0.0 if died else SILENT, lambda: self._speak_will(will))
        if not died:
            life = wire.life
            self._time.after(self.weather.chance.uniform(0.0, SILENT), lambda: self._notice(wire, life))

    def publish(self, wire: Wire, message: Publish, taken: Callable[[], None] | None = None) -> bool:
        """Send; `taken` is called when the broker has it. False when the connection is down."""
        if not wire.up:
            return False
        life, delay = wire.life, self.weather.delay() / 2
        due = self._in_order(wire, f"> {message.topic}", delay)
        self._time.at(due, partial(self._take, wire, life, message, taken))
        if message.qos == 1 and self.weather.comes_twice():
            self._time.at(due + self.weather.delay(), lambda: self._take(wire, life, message, None))
        return True

    def hold_up(self, topic: str, seconds: float) -> None:
        """The next message on this topic takes so much longer."""
        self._held_up[topic] = seconds

    def restart(self) -> None:
        """The broker itself dies and forgets what was retained; everybody is cut off."""
        for wire in self._wires:
            self.cut(wire)
        self._retained.clear()

    def _take(self, wire: Wire, life: int, message: Publish, taken: Callable[[], None] | None) -> None:
        """The message is at the broker, if the connection lived so long."""
        if wire.life != life or not wire.up:
            return
        if taken is not None:
            taken()
        self._spread(wire, message)

    def _spread(self, sender: Wire | None, message: Publish) -> None:
        if message.retain:
            self._retain(message)
        for wire, others_only in self._route(message.topic):
            if wire.up and not (others_only and wire is sender):
                kept = message.retain and others_only
                self._send(wire, Arrived(message.topic, message.payload, kept, wire.device), message.qos)

    def _retain(self, message: Publish) -> None:
        if message.payload:
            self._retained[message.topic] = message.payload
        else:
            self._retained.pop(message.topic, None)

    def _send(self, wire: Wire, item: Arrived, qos: int) -> None:
        delay = self.weather.delay() / 2 + self._held_up.pop(item.topic, 0.0)
        self._hand(wire, item, delay)
        if qos == 1 and self.weather.comes_twice():
            self._hand(wire, item, delay + self.weather.delay())

    def _hand(self, wire: Wire, item: Arrived, delay: float) -> None:
        life = wire.life

        def arrive() -> None:
            if wire.up and wire.life == life:
                wire.deliver(item)

        self._time.at(self._in_order(wire, item.topic, delay), arrive)

    def _in_order(self, wire: Wire, topic: str, delay: float) -> float:
        """The moment of arrival: not before what was said on the same topic earlier."""
        due = max(self._time.now + delay, wire.order.get(topic, 0.0))
        wire.order[topic] = due
        return due

    def _speak_will(self, will: list[Publish]) -> None:
        """Say it, once."""
        if will:
            self._spread(None, will.pop())

    def _notice(self, wire: Wire, life: int) -> None:
        """The device finds that its connection is gone, unless there is a new one by now."""
        if not wire.up and wire.life == life:
            wire.deliver(LinkDown(wire.device, "cut"))

    def _route(self, topic: str) -> list[tuple[Wire, bool]]:
        """Who hears this topic, and whether only from others."""
        if topic not in self._routes:
            self._routes[topic] = list(self._find(topic))
        return self._routes[topic]

    def _find(self, topic: str) -> list[tuple[Wire, bool]]:
        found = []
        for wire in self._wires:
            if any(_matches(pattern, topic) for pattern in wire.others_only):
                found.append((wire, True))
            elif any(_matches(pattern, topic) for pattern in wire.hears):
                found.append((wire, False))
        return found


def _matches(pattern: str, topic: str) -> bool:
    """Whether an MQTT topic filter takes this topic."""
    wanted, levels = pattern.split("/"), topic.split("/")
    if wanted[-1] == "#":
        wanted, levels = wanted[:-1], levels[: len(wanted) - 1]
    return len(wanted) == len(levels) and all(want in {"+", level} for want, level in zip(wanted, levels, strict=True))
