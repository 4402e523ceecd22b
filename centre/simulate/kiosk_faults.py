"""What goes wrong with kiosks, and for long: cut off for hours, torn journals, lost cards, clocks that nobody sets."""

from collections.abc import Callable
from functools import partial
from random import Random

from centre.simulate.building import Building
from centre.simulate.kiosk_stand import KioskStand
from hub.log import Row
from moiso.core import events as did

#: Seconds for which a kiosk is cut off: minutes to hours; and for which its card takes nothing.
CUT, FULL = (60.0, 10800.0), (5.0, 900.0)
#: Seconds after which somebody sets a clock, if it is set at all that day.
SET_AFTER = (5.0, 3600.0)
#: What a clock that nobody has set may say, seconds beside the true time: before a long cut, last month, next week.
WRONG = (0.0, -3600.0, -50000.0, -30 * 86400.0, 7 * 86400.0)
#: How often a clock is set at all.
SET = 0.7
#: Seconds of a cut that people talk of for the rest of the day, and of one in which a journal is torn.
HALF_HOUR, TEARING = (2100.0, 4200.0), (300.0, 1500.0)
#: Seconds from one event to the next while a clock is lost: set, power cut, set again, the line is back.
STEP = (120.0, 600.0)
#: Seconds after which a kiosk whose reply was lost is back at the latest, and after its phantom was called.
NO_PHANTOM, PHANTOM = 5400.0, (0.5, 20.0)

Later = Callable[[float, Callable[[], None]], None]


class KioskFaults:
    """`later` does something after so long, and has everybody look closely then."""

    def __init__(self, building: Building, chance: Random, later: Later) -> None:
        self._building, self._chance, self._later = building, chance, later
        self._time = building.ground.time
        self._dark: set[str] = set()
        self._phantoms: dict[str, str | None] = {}
        building.witness.on_event.append(self._look_for_phantoms)
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
            "reply lost until its number was called": lambda: one(self._phantom),
            "kiosk cut off for half an hour": lambda: one(self._half_an_hour),
            "kiosk cut off, last ticket refused": lambda: one(self._refused),
            "kiosk cut off, journal torn": lambda: one(self._torn),
            "kiosk cut off, clock lost": lambda: one(self._clock_lost),
        }

    def _one(self, happens: Callable[[KioskStand], None]) -> None:
        if self._building.kiosks:
            happens(self._chance.choice(self._building.kiosks))

    # -- one kiosk --------------------------------------------------------------------------------------------

    def _killed(self, stand: KioskStand) -> None:
        stand.die()
        self._later(self._chance.uniform(0.5, 10.0), partial(self._start, stand))

    def _power_cut(self, stand: KioskStand) -> None:
        self.dark_for(stand, self._chance.choice((20.0, 300.0, 7200.0)) * self._chance.uniform(1, 2))

    def dark_for(self, stand: KioskStand, off: float, set_after: float | None = None) -> None:
        """Off for so long; its clock may be right then, for the network has set it, or not be set for hours.

        set_after: seconds until it is set; None = as chance will have it, if at all.
        """
        if stand.conf.device in self._dark:
            return
        self._dark.add(stand.conf.device)
        stand.die()
        stand.printer.lose()

        def on() -> None:
            self._dark.discard(stand.conf.device)
            stand.clock.reboot(self._chance.choice((-off, *WRONG)), synced=False)
            self._start(stand)
            if set_after is not None:
                self._time.after(set_after, partial(_set, stand))
            elif self._chance.random() < SET:
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
            self.dark_for(stand, self._chance.uniform(30, 300))

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

    def _half_an_hour(self, stand: KioskStand) -> None:
        self._cut_for(stand, self._chance.uniform(*HALF_HOUR))

    def _refused(self, stand: KioskStand) -> None:
        """The paper ends just when a number of the kiosk's own is to be printed."""
        stand.printer.ends = True
        self._cut_for(stand, self._chance.choice((0.5, 60.0, 600.0)) * self._chance.uniform(1, 2))

    # -- in a chain -------------------------------------------------------------------------------------------

    def _torn(self, stand: KioskStand) -> None:
        """Three times while the hub is away the program dies at some byte of what it writes."""
        seconds = self._chance.uniform(*TEARING)
        self._cut_for(stand, seconds)
        for moment in (1.0, seconds / 3, 2 * seconds / 3):
            self._time.after(moment, partial(self._dies_writing, stand))

    def _dies_writing(self, stand: KioskStand) -> None:
        die = self._killed if self._chance.random() < 0.7 else partial(self.dark_for, off=20.0)
        stand.card.at_next_write = partial(die, stand)

    def _clock_lost(self, stand: KioskStand) -> None:
        """Without the hub a clock that nobody had set is set, lost in a power cut, and set once more."""
        stand.clock.synced = False
        stand.tell_clock()
        step = [self._chance.uniform(*STEP) for _ in range(3)]
        self._cut_for(stand, sum(step))
        self._time.after(step[0], partial(_set, stand))
        self._time.after(step[0] + step[1], partial(self.dark_for, stand, off=20.0, set_after=40.0))

    def _phantom(self, stand: KioskStand) -> None:
        """The reply to the next press is lost, and the kiosk is back when the number that nobody holds was called."""
        self._phantoms[stand.conf.device] = None
        stand.lose_next_reply(NO_PHANTOM)

    def _look_for_phantoms(self, _row: Row, event: did.Event) -> None:
        match event:
            case did.TicketIssued(offline=False, device=str(kiosk)) if kiosk in self._phantoms:
                self._phantoms[kiosk] = self._phantoms[kiosk] or event.ticket
            case did.TicketCalled(ticket=ticket) if ticket in self._phantoms.values():
                for stand in self._building.kiosks:
                    if self._phantoms.get(stand.conf.device) == ticket:
                        del self._phantoms[stand.conf.device]
                        self._later(self._chance.uniform(*PHANTOM), stand.plug)

    # -- all at once ------------------------------------------------------------------------------------------

    def _all_cut_off(self) -> None:
        seconds = self._chance.uniform(120, 5400)
        for stand in self._building.kiosks:
            self._cut_for(stand, seconds * self._chance.uniform(0.8, 1.2))


def _set(stand: KioskStand) -> None:
    """The network sets the kiosk's clock."""
    stand.clock.error, stand.clock.synced = 0.0, True
    stand.tell_clock()
