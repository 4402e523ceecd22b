"""What happens to a serial line in a bad week, at random and all at once; and when each unit came back from it.

A unit that shares its address with another one is not whole: it goes on, but with noise nobody can tell the two apart.
"""

import threading
import time
from collections import Counter
from random import Random

from counter_terminal.fake_line import FakeLine

#: Seconds between two mishaps.
EVERY = (0.3, 2.0)


class Chaos:
    """Mishaps on the line until `stop`; `returned`: unit -> when it was whole again, None while it is not."""

    def __init__(self, line: FakeLine, addresses: list[int], seed: int) -> None:
        self._line, self._addresses, self._chance = line, addresses, Random(seed)
        self.happened: Counter[str] = Counter()
        self.returned: dict[int, float | None] = dict.fromkeys(addresses, time.monotonic())
        self.rustling = False
        self._until: dict[str, float] = {}
        self._hurt: dict[int, str] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Nothing more happens, and everything is whole again."""
        self._stopping.set()
        self._thread.join()
        self._mend(float("inf"))

    def _live(self) -> None:
        at = time.monotonic()
        while not self._stopping.wait(0.02):
            now = time.monotonic()
            self._mend(now)
            if now >= at:
                at = now + self._chance.uniform(*EVERY)
                self._mishap(now)

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

    def _mend(self, now: float) -> None:
        for what in [what for what, until in self._until.items() if until <= now]:
            del self._until[what]
            self._mended(what)

    def _mended(self, what: str) -> None:
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
            self.returned.update(dict.fromkeys(healed, time.monotonic()))
