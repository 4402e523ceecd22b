"""Who comes to the kiosks, and how fast everything happens."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.whole.cuts_judge import Press
from tests.whole.cuts_world import SERVICES, Kiosk

#: How many people press twice, or touch twice, and mean one number.
DOUBLED = 0.2


@dataclass(frozen=True)
class Pace:
    """Seconds. visits: between two people at a kiosk, at least and on average; calls: between two calls.

    pause: between two cuts; down: how long a cut lasts, one of these spans by chance.
    """

    visits: tuple[float, float]
    calls: tuple[float, float]
    pause: tuple[float, float]
    down: tuple[tuple[float, float], ...]


#: Four people a minute at each kiosk.
FULL = Pace(visits=(4.0, 15.0), calls=(4.0, 7.0), pause=(1.0, 10.0), down=((0.1, 2.0), (2.0, 8.0), (8.0, 25.0)))
#: Nobody comes while a lamp still says sorry to somebody before.
SHORT = Pace(visits=(3.2, 3.8), calls=(2.0, 5.0), pause=(0.5, 2.0), down=((0.2, 1.5), (4.0, 7.0)))


@dataclass
class Visitors:
    """The people at one kiosk, one after the other; their presses and what else they do are noted in lists of all.

    answered: whether a press has come to its end; nobody comes before, but for `patience` seconds, or a power cut.
    """

    kiosk: Kiosk
    chance: Random
    pace: Pace
    presses: list[Press]
    happened: Counter[str]
    answered: Callable[[Press], bool]
    patience: float
    count: int = 0

    def come(self, enough: Callable[[float], bool]) -> None:
        """Wait for the next visitor, who presses; `enough` waits so many seconds and says whether it is all over."""
        if not self.count:
            self.kiosk.enter()
        least, mean = self.pace.visits
        if not enough(least + self.chance.expovariate(1 / (mean - least))):
            self.count += 1
            lives, left = self.kiosk.lives, time.monotonic() + self.patience
            press = self._press(self.chance.choice(SERVICES))
            while not self.answered(press) and lives == self.kiosk.lives and time.monotonic() < left:
                time.sleep(0.05)

    def _press(self, service: str) -> Press:
        touches, twice = self.kiosk.page is not None and self.chance.random() < 0.5, self.chance.random() < DOUBLED
        self.happened["touches" if touches else "button presses"] += 1
        self.happened["doubled"] += twice
        press = Press(self.kiosk.name, service, time.time())
        self.presses.append(press)
        self._finger(service, touches)
        if twice:
            time.sleep(self.chance.uniform(0.1, 0.3))
            self._finger(service, touches)
        return press

    def _finger(self, service: str, touches: bool) -> None:
        if touches:
            self.kiosk.touch(f"{self.kiosk.name}-{self.count}", service)
        else:
            self.kiosk.does(press=service)
