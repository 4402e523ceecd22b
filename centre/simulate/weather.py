"""How the network behaves: prompt and exact, or with delays, doubles and messages that overtake each other."""

from dataclasses import dataclass
from random import Random

#: Seconds from one machine to another on a good day.
PROMPT = 0.002
#: The broker notices after this that somebody is gone without a word (one and a half keepalives).
SILENT = 7.5


@dataclass
class Weather:
    """`worst`: the longest delay in seconds, 0 in calm; doubles: how often a QoS 1 message comes twice (0 to 1)."""

    chance: Random
    worst: float = 0.0
    doubles: float = 0.0

    @property
    def calm(self) -> bool:
        """Whether every message comes once, in order and at once."""
        return self.worst == 0.0

    def delay(self) -> float:
        """Seconds that the next message takes: mostly little, sometimes nearly the worst."""
        if self.calm:
            return PROMPT
        return min(self.worst, PROMPT + self.chance.expovariate(8 / self.worst))

    def comes_twice(self) -> bool:
        """Whether the next QoS 1 message is sent again."""
        return not self.calm and self.chance.random() < self.doubles
