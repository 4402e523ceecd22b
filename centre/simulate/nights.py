"""What goes wrong between two working days, and over a weekend: the hub is gone, kiosks come up before it."""

from collections.abc import Callable
from random import Random

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hours import DAY, DayHours
from centre.simulate.kiosk_faults import KioskFaults
from centre.simulate.kiosk_stand import KioskStand

#: How often a night goes wrong, and a weekend.
BAD_NIGHT, BAD_WEEKEND = 0.4, 0.8
#: The hub is late by so many whole days, and how often after a bad night.
LATE_DAYS, WEIGHTS = (0, 1, 3), (6, 2, 2)
#: When it comes in the end, seconds from the doors' opening; after a weekend twenty minutes later.
COMES, MONDAY = (-900.0, 1200.0, 1200.0, 7200.0), 1200.0
#: How often a kiosk is off in such a night, and over such a weekend; how often one that is not has no clock any more.
OFF, OFF_ON_MONDAY, FREE = 0.7, 0.5, 0.5
#: When a kiosk comes up before the doors open, from, to; on a Monday at ten to seven where they open at seven.
BEFORE, TEN_TO = (60.0, 1500.0), (600.0, 660.0)

_NAMES = {0: "nights without the hub", 1: "days without the hub", 3: "three days without the hub"}


class Nights:
    """`gone`: the hub is off for so many seconds, False when it is off already."""

    def __init__(
        self, building: Building, chance: Random, of_kiosks: KioskFaults, gone: Callable[[float], bool]
    ) -> None:
        self._building, self._chance, self._of_kiosks, self._gone = building, chance, of_kiosks, gone
        self._time = building.ground.time

    def pass_by(self, hours: DayHours, morning: float, happened: Callable[[str], None]) -> Process:
        """After this day hub and kiosks may be switched off; `morning`: the doors open again."""
        yield max(0.0, hours.midnight + 19.5 * 3600 - self._time.now)
        weekend = morning - hours.doors > 1.5 * DAY
        if self._chance.random() < (BAD_WEEKEND if weekend else BAD_NIGHT):
            doors = morning - self._time.now
            name = self._weekend(doors) if weekend else self._night(doors)
            if name is not None:
                happened(name)

    def _night(self, doors: float) -> str | None:
        """The hub comes in the morning, or days late; the kiosks come before it."""
        chance = self._chance
        [late] = chance.choices(LATE_DAYS, weights=WEIGHTS)
        if not self._gone(doors + late * DAY + chance.choice(COMES)):
            return None
        for stand in self._building.kiosks:
            if chance.random() < OFF:
                self._of_kiosks.dark_for(stand, doors - chance.uniform(*BEFORE))
        return _NAMES[late]

    def _weekend(self, doors: float) -> str | None:
        """Friday's leases, a hub that comes at twenty past, kiosks without a clock at ten to."""
        if not self._gone(doors + MONDAY):
            return None
        for stand in self._building.kiosks:
            if self._chance.random() < OFF_ON_MONDAY:
                self._of_kiosks.dark_for(stand, doors - self._chance.uniform(*TEN_TO), set_after=doors)
            elif self._chance.random() < FREE:
                self._forget_clock(stand)
        return "weekends without the hub"

    def _forget_clock(self, stand: KioskStand) -> None:
        """It runs on, and nobody sets it any more."""
        stand.clock.synced = False
        stand.tell_clock()
