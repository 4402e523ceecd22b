"""One pair of wires made of software: half duplex, as fast as its baud rate, and every unit hears every byte.

It has no clock: whoever drives it says what time it is.
Two who send at once spoil each other's bytes. On request there is noise, and anybody's plug can be pulled.
"""

from dataclasses import dataclass, field
from random import Random

from counter_terminal.exchange import Hello, answer, asked
from counter_terminal.fake_unit import FakeUnit
from counter_terminal.frame import BITS, Decoder, Frame, encode

#: Seconds that a unit takes from the end of a question to the beginning of its answer.
TURN_AROUND = (0.002, 0.004)


@dataclass(slots=True)
class Plug:
    """A unit at an address of the wire; unplugged it neither hears nor is heard, and goes on by itself."""

    address: int
    unit: FakeUnit
    plugged: bool = True
    decoder: Decoder = field(default_factory=Decoder)


@dataclass(slots=True)
class _Saying:
    """What somebody sends; `by` is None for the master."""

    by: Plug | None
    begins: float
    data: bytearray


class FakeWire:
    """The wire with its units (`plugs`), and the master's end: `say` sends, `step` gives what came in.

    noise: the part of all bytes that arrive wrong. Times are monotonic seconds of any one clock.
    """

    def __init__(self, plugs: list[Plug], baud: int, chance: Random) -> None:
        self.plugs, self.noise = plugs, 0.0
        self._byte, self._chance = BITS / baud, chance
        self._sayings: list[_Saying] = []

    def say(self, data: bytes, now: float) -> None:
        """The master sends; what it sent before and is not over yet goes out first."""
        mine = [self._end(saying) for saying in self._sayings if saying.by is None]
        self._begin(None, max([now, *mine]), data)

    def babble(self, count: int, now: float) -> None:
        """Somebody who is no unit sends so many bytes out of turn."""
        self._begin(Plug(0, FakeUnit(lambda: 0)), now, self._chance.randbytes(count))

    def next_at(self) -> float | None:
        """When something ends on the wire next, or None while it is quiet."""
        return min(map(self._end, self._sayings), default=None)

    def step(self, now: float) -> bytes:
        """Let everything happen up to `now`; what arrived at the master's end."""
        heard = b""
        while (at := self.next_at()) is not None and at <= now:
            saying = min(self._sayings, key=self._end)
            self._sayings.remove(saying)
            data = self._through_noise(saying.data)
            if saying.by is not None and saying.by.plugged:
                heard += data
            self._heard_by_units(saying.by, data, at)
        return heard

    def _heard_by_units(self, by: Plug | None, data: bytes, at: float) -> None:
        for plug in self.plugs:
            if plug is not by and plug.plugged and (by is None or by.plugged):
                for frame in plug.decoder.feed(data):
                    self._asked(plug, frame, at)

    def _asked(self, plug: Plug, frame: Frame, at: float) -> None:
        if frame.address != plug.address:
            return
        try:
            question = asked(frame)
        except ValueError:
            return
        state = plug.unit.hear(question, at)
        if state is not None:
            begins = at + self._chance.uniform(*TURN_AROUND) + self._slot(question)
            self._begin(plug, begins, encode(answer(plug.address, frame.seq, state)))

    def _slot(self, question: object) -> float:
        """Seconds until the slot that the unit chose by lot."""
        if not isinstance(question, Hello):
            return 0.0
        return self._chance.randrange(max(1, question.slots)) * question.width / 1000

    def _begin(self, by: Plug | None, begins: float, data: bytes) -> None:
        saying = _Saying(by, begins, bytearray(data))
        for other in self._sayings:
            self._collide(other, saying)
        self._sayings.append(saying)

    def _collide(self, one: _Saying, other: _Saying) -> None:
        begins, ends = max(one.begins, other.begins), min(self._end(one), self._end(other))
        for saying in (one, other):
            for at in range(len(saying.data)):
                if begins < saying.begins + (at + 1) * self._byte and saying.begins + at * self._byte < ends:
                    saying.data[at] = self._chance.randrange(256)

    def _end(self, saying: _Saying) -> float:
        return saying.begins + len(saying.data) * self._byte

    def _through_noise(self, data: bytearray) -> bytes:
        if not self.noise:
            return bytes(data)
        chance = self._chance
        return bytes(chance.randrange(256) if chance.random() < self.noise else byte for byte in data)
