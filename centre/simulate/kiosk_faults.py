"""What goes wrong with kiosks, and for long: cut off for hours, torn journals, lost cards, nights without a hub."""

from collections.abc import Callable
from functools import partial
from random import Random

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hours import DayHours
from centre.simulate.kiosk_stand import KioskStand

#: Seconds for which a kiosk is cut off: minutes to hours; and for which its card takes nothing.
CUT, FULL = (60.0, 10800.0), (5.0, 900.0)
#: Seconds after which somebody sets a clock, if it is set at all that day.
SET_AFTER = (5.0, 3600.0)
#: What a clock that nobody has set may say, seconds beside the true time: before a long cut, last month, next week.
WRONG = (0.0, -3600.0, -50000.0, -30 * 86400.0, 7 * 86400.0)
#: How often a night goes wrong, and a whole day is without the hub.
BAD_NIGHT, DAY_WITHOUT = 0.4, 0.3

Later = Callable[[float, Callable[[], None]], None]


class KioskFaults:
    """`later` does something after so long, and has everybody look closely then."""

    def __init__(self, building: Building, chance: Random, later: Later) -> None:
        self._building, self._chance, self._later = building, chance, later
        self._time = building.ground.time
        self._dark: set[str] = set()
        one = self._one
        self.kinds: dict[str, Callable[[], None]] = {
            "kiosk killed": lambda: one(self._killed),
            "kiosk power cut": lambda: one(self._power_cut),
            "kiosk cut off for long": lambda: one(self._cut_off),
            "all kiosks cut off": self._all_cut_off,
            "journal lost": lambda: one(self._journal_lost),
            "card full": lambda: one(self._card_full),
            "kiosk clock wrong": lambda: one(self._clock_wrong),
            "reply lost": lambda: one(self._reply_lost),
        }

    def _one(self, happens: Callable[[KioskStand], None]) -> None:
        if self._building.kiosks:
            happens(self._chance.choice(self._building.kiosks))

    # -- one kiosk --------------------------------------------------------------------------------------------

    def _killed(self, stand: KioskStand) -> None:
        stand.die()
        self._later(self._chance.uniform(0.5, 10.0), partial(self._start, stand))

    def _power_cut(self, stand: KioskStand) -> None:
        self._dark_for(stand, self._chance.choice((20.0, 300.0, 7200.0)) * self._chance.uniform(1, 2))

    def _dark_for(self, stand: KioskStand, off: float) -> None:
        """Off for so long; its clock may be right then, for the network has set it, or not be set for hours."""
        if stand.conf.device in self._dark:
            return
        self._dark.add(stand.conf.device)
        stand.die()
        stand.printer.lose()

        def on() -> None:
            self._dark.discard(stand.conf.device)
            stand.clock.reboot(self._chance.choice((-off, *WRONG)), synced=False)
            self._start(stand)
            if self._chance.random() < 0.7:
                self._time.after(self._chance.uniform(*SET_AFTER), partial(_set, stand))

        self._later(off, on)

    def _start(self, stand: KioskStand) -> None:
        if stand.conf.device not in self._dark:
            stand.start()

    def _cut_off(self, stand: KioskStand) -> None:
        self._cut_for(stand, min(CUT[1], CUT[0] * self._chance.lognormvariate(2.0, 1.5)))

    def _cut_for(self, stand: KioskStand, seconds: float) -> None:
        stand.unplug()
        self._later(seconds, stand.plug)

    def _journal_lost(self, stand: KioskStand) -> None:
        if stand.conf.device not in self._dark:
            stand.die()
            stand.lose_journal()
            self._dark_for(stand, self._chance.uniform(30, 300))

    def _card_full(self, stand: KioskStand) -> None:
        stand.card.full = True
        self._later(self._chance.uniform(*FULL), lambda: setattr(stand.card, "full", False))

    def _clock_wrong(self, stand: KioskStand) -> None:
        """Nobody sets it any more, and it may run on from anywhere."""
        stand.clock.error, stand.clock.synced = self._chance.choice(WRONG), False
        stand.tell_clock()
        self._time.after(self._chance.uniform(*SET_AFTER), partial(_set, stand))

    def _reply_lost(self, stand: KioskStand) -> None:
        stand.lose_next_reply(self._chance.choice((3.0, 30.0, 900.0)) * self._chance.uniform(1, 2))

    # -- all at once ------------------------------------------------------------------------------------------

    def _all_cut_off(self) -> None:
        seconds = self._chance.uniform(120, 5400)
        for stand in self._building.kiosks:
            self._cut_for(stand, seconds * self._chance.uniform(0.8, 1.2))

    # -- nights -----------------------------------------------------------------------------------------------

    def night(self, hours: DayHours, gone: Callable[[float], None], count: Callable[[str], None]) -> Process:
        """After a day hub and kiosks may be switched off; the hub comes last in the morning, or a day late.

        gone: the hub is off for so many seconds.
        """
        yield max(0.0, hours.midnight + 19.5 * 3600 - self._time.now)
        chance = self._chance
        if chance.random() > BAD_NIGHT:
            return
        doors = hours.midnight + 86400.0 + 7 * 3600 - self._time.now
        late = 86400.0 if chance.random() < DAY_WITHOUT else 0.0
        count("days without the hub" if late else "nights without the hub")
        gone(doors + late + chance.choice((-900.0, 1200.0, 1200.0, 7200.0)))
        for stand in self._building.kiosks:
            if chance.random() < 0.7:
                self._dark_for(stand, doors - chance.uniform(60, 1500))


def _set(stand: KioskStand) -> None:
    """The network sets the kiosk's clock."""
    stand.clock.error, stand.clock.synced = 0.0, True
    stand.tell_clock()
