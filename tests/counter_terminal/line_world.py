"""A serial line under virtual time: the real master, and units on a wire that spoils, loses and is pulled out."""

from math import inf
from random import Random

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import FakeUnit
from counter_terminal.fake_wire import FakeWire, Plug
from counter_terminal.line import Heard, Line, LineDown, LineUp, News, Send
from counter_terminal.machine import Lamp
from counter_terminal.seat import Key

BAUD = 9600


class LineWorld:
    """Keypads at 1, 2, ... and signs at 11, 12, ...

    pressed: when the keypads took a press, by address. taken: the keys that the master gave, with their moments.
    """

    def __init__(self, keypads: int = 1, signs: int = 0, *, baud: int = BAUD, seed: int = 1) -> None:
        self.chance = Random(seed)
        self.now = 1000.0
        addresses = dict.fromkeys(range(1, keypads + 1), True) | dict.fromkeys(range(11, signs + 11), False)
        self.plugs = {address: Plug(address, self.unit()) for address in addresses}
        self.wire = FakeWire(list(self.plugs.values()), baud, self.chance)
        self.line = Line(addresses, baud, self.now)
        self.pressed: dict[int, list[float]] = {address: [] for address, keys in addresses.items() if keys}
        self.taken: list[tuple[float, Key]] = []
        self.news: dict[int, News] = {}
        self.plugged = False

    def unit(self) -> FakeUnit:
        return FakeUnit(lambda: self.chance.randrange(1, 65536))

    def plug_in(self) -> "LineWorld":
        self.plugged = True
        self.turn(LineUp("a"))
        return self

    def pull_out(self) -> None:
        self.plugged = False
        self.turn(LineDown("a"))

    def turn(self, *items: LineUp | LineDown | Heard) -> None:
        for output in self.line.handle(list(items), self.now):
            match output:
                case Send(data):
                    self.wire.say(data, self.now)
                case Key():
                    self.taken.append((self.now, output))
                case News(address):
                    assert output != self.news.get(address), "said again"
                    self.news[address] = output

    def run(self, seconds: float) -> "LineWorld":
        end = self.now + seconds
        while True:
            moments = [self.wire.next_at(), self.line.deadline() if self.plugged else None]
            due = min((moment for moment in moments if moment is not None), default=inf)
            if due > end:
                break
            self.now = max(self.now, due)
            heard = self.wire.step(self.now)
            self.turn(*([Heard("a", heard)] if heard and self.plugged else []))
        self.now = end
        return self

    def press(self, address: int, key: str = "next") -> bool:
        taken = self.plugs[address].unit.press(key, self.now)
        if taken:
            self.pressed[address].append(self.now)
        return taken

    def face(self, address: int) -> Face:
        return self.plugs[address].unit.face(self.now)

    def keys(self, address: int) -> list[str]:
        return [key.key for _, key in self.taken if key.address == address]

    def acted(self, address: int) -> list[float]:
        """Which presses were acted on: of each key that the master gave, the last one before its age says."""
        moments = [at - key.age + 0.006 for at, key in self.taken if key.address == address]
        return [max(press for press in self.pressed[address] if press <= moment) for moment in moments]

    def twin(self, address: int) -> Plug:
        """A second unit at this address."""
        self.wire.plugs.append(Plug(address, self.unit()))
        return self.wire.plugs[-1]


def steady(text: str) -> Face:
    return Face(Lamp.STEADY, text)
