"""What happens to a serial line in a bad week, at random and all at once; and when each unit came back from it.

A unit that shares its address with another one is not whole: it goes on, but with noise nobody can tell the two apart.
"""

from collections import Counter
from random import Random
from typing import Protocol

from counter_terminal.fake_unit import FakeUnit

#: Seconds between two mishaps.
EVERY = (0.3, 2.0)


class BadLine(Protocol):
    """What can be done to a fake line (see FakeLine)."""

    def plug(self, address: int, *, plugged: bool) -> None: ...
    def power(self, address: int) -> None: ...
    def twin(self, address: int, *, plugged: bool) -> FakeUnit | None: ...
    def noise(self, part: float) -> None: ...
    def babble(self, count: int) -> None: ...
    def adapter(self, *, plugged: bool) -> None: ...


class Chaos:
    """Mishaps on the line, as `turn` is called again and again.

    returned: unit -> when it was whole again, None while it is not. Times are monotonic seconds.
    """

    def __init__(self, line: BadLine, addresses: list[int], seed: int, now: float) -> None:
        self._line, self._addresses, self._chance = line, addresses, Random(seed)
        self.happened: Counter[str] = Counter()
        self.returned: dict[int, float | None] = dict.fromkeys(addresses, now)
        self.rustling = False
        self._until: dict[str, float] = {}
        self._hurt: dict[int, str] = {}
        self._next_at = now

    def turn(self, now: float) -> None:
        """What is due by now happens."""
        self._mend(now, now)
        if now >= self._next_at:
            self._next_at = now + self._chance.uniform(*EVERY)
            self._mishap(now)

    def calm(self, now: float) -> None:
        """Everything is whole again."""
        self._mend(float("inf"), now)

    def _mishap(self, now: float) -> None:
        what = self._chance.choices(["unplug", "power", "adapter", "noise", "babble", "twin"], [6, 4, 2, 2, 4, 1])[0]
        address = self._chance.choice(self._addresses)
        if what not in self._until and address not in self._hurt:
            self.happened[what] += 1
            getattr(self, f"_{what}")(address, now)

    def _unplug(self, address: int, now: float) -> None:
        self._line.plug(address, plugged=False)
        self._hurts(address, "unplug", now + self._chance.uniform(0.2, 6.0))

    def _twin(self, address: int, now: float) -> None:
        twin = self._line.twin(address, plugged=True)
        assert twin is not None
        twin.press("no-show", now)
        self._hurts(address, "twin", now + self._chance.uniform(5.0, 15.0))

    def _hurts(self, address: int, what: str, until: float) -> None:
        self._hurt[address], self._until[what] = what, until
        self.returned[address] = None

    def _power(self, address: int, now: float) -> None:
        self._line.power(address)
        if self.returned[address] is not None:
            self.returned[address] = now

    def _adapter(self, _address: int, now: float) -> None:
        self._line.adapter(plugged=False)
        self.returned = dict.fromkeys(self._addresses)
        self._until["adapter"] = now + self._chance.uniform(0.2, 5.0)

    def _noise(self, _address: int, now: float) -> None:
        self.rustling = True
        self._line.noise(self._chance.choice([0.003, 0.01, 0.03]))
        self._until["noise"] = now + self._chance.uniform(0.5, 4.0)

    def _babble(self, _address: int, _now: float) -> None:
        self._line.babble(self._chance.randrange(5, 60))

    def _mend(self, by: float, now: float) -> None:
        for what in [what for what, until in self._until.items() if until <= by]:
            del self._until[what]
            self._mended(what, now)

    def _mended(self, what: str, now: float) -> None:
        healed = [address for address, hurt in self._hurt.items() if hurt == what]
        for address in healed:
            del self._hurt[address]
        match what:
            case "adapter":
                self._line.adapter(plugged=True)
                healed = [address for address in self._addresses if address not in self._hurt]
            case "noise":
                self._line.noise(0.0)
                self.rustling = False
            case "twin":
                self._line.twin(self._addresses[0], plugged=False)
            case "unplug":
                self._line.plug(healed[0], plugged=True)
        if "adapter" not in self._until:
            self.returned.update(dict.fromkeys(healed, now))
