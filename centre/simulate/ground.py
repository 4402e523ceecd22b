"""What everything in one simulated centre stands on: time, network, chance, and how closely we look."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from centre.simulate.clock import Time
from centre.simulate.network import Broker
from moiso.runtime.site import Site


class Attention:
    """Whether every beat and snapshot is sent and every machine gets its turn each second.

    While nobody looks closely, beats and snapshots are made only for whoever is about to act on them: that is what
    they would have heard, at a hundredth of the cost.
    """

    def __init__(self, time: Time) -> None:
        self._time = time
        self._since, self._until = 0.0, -1.0
        self.begins: Callable[[], None] = lambda: None

    @property
    def close(self) -> bool:
        """Whether we look closely now."""
        return self._time.now <= self._until

    @property
    def since(self) -> float:
        """When we began to look closely; only while we do."""
        return self._since

    def look(self, seconds: float) -> None:
        """Look closely from now on for so long at least; `begins` makes up for what was not said before."""
        was_close, now = self.close, self._time.now
        self._until = max(self._until, now + seconds)
        if not was_close:
            self._since = now
            self.begins()


@dataclass
class Ground:
    """One simulated centre; `seed` names it, and every concern draws its own chances from it."""

    site: Site
    seed: str
    time: Time
    broker: Broker
    attention: Attention

    def chance(self, concern: str) -> Random:
        """The chances of one concern: the same for the same seed, whatever the others draw."""
        return Random(f"{self.seed}/{concern}")
