"""What goes wrong on a day: crashes at any point, cut cables, bad weather on the network, lying clocks, paper."""

from collections import Counter
from collections.abc import Callable

from centre.simulate.building import Building, devices
from centre.simulate.clock import Process
from centre.simulate.device_host import DeviceHost
from centre.simulate.hours import DayHours
from centre.simulate.hub_host import Doom
from centre.simulate.kiosk_faults import KioskFaults
from centre.simulate.nights import Nights
from kiosk.paper import PaperStatus

#: So many faults on a day, from, to.
FAULTS = (12, 30)
#: Seconds of close attention around a fault.
CLOSELY = 14.0
#: How often a power cut lasts so long that numbers are written on paper; from so many seconds to so many.
DARK, BLACKOUT = 0.3, (300.0, 2400.0)
#: Seconds until everybody has heard what was not said before we looked.
SETTLING = 0.05


class Faults:
    """The faults of one centre; `count`: how many of each kind."""

    def __init__(self, building: Building) -> None:
        self._building, self._ground = building, building.ground
        self._time, self._chance = building.ground.time, building.ground.chance("faults")
        self.count: Counter[str] = Counter()
        self._dark = False
        self._of_kiosks = KioskFaults(building, building.ground.chance("faults of kiosks"), self._later)
        self._nights = Nights(building, building.ground.chance("nights"), self._of_kiosks, self._hub_gone)
        self._kinds: dict[str, Callable[[], None]] = {
            "hub killed": self._hub_killed,
            "hub killed before commit": lambda: self._doom("before-commit"),
            "hub killed after commit": lambda: self._doom("after-commit"),
            "hub killed while telling": lambda: self._doom("midway"),
            "power cut": self._power_cut,
            "disk full": self._disk_full,
            "hub cut off": self._hub_cut_off,
            "broker restarted": self._broker_restarted,
            "device cut off": self._device_cut_off,
            "device killed": self._device_killed,
            "wall killed": self._wall_killed,
            "network storm": self._storm,
            "clock jumped": self._clock_jumped,
            "clock free": self._clock_free,
            "out of paper": lambda: self._printer(PaperStatus.OUT),
            "cover open": lambda: self._printer(PaperStatus.COVER),
            "printer died": self._printer_died,
            "no sound": self._no_sound,
            **self._of_kiosks.kinds,
        }

    def happen(self, hours: DayHours) -> Process:
        """Some faults, all over the day, two at once now and then."""
        chance = self._chance
        moments = [chance.uniform(hours.doors - 1200, hours.end + 1200) for _ in range(chance.randint(*FAULTS))]
        moments += [moment + chance.uniform(0, 20) for moment in moments if chance.random() < 0.25]
        for moment in sorted(moments):
            yield max(0.0, moment - self._time.now)
            kind = chance.choice(list(self._kinds))
            self._happened(kind)
            yield SETTLING
            self._kinds[kind]()

    def night(self, hours: DayHours, morning: float) -> Process:
        """What may go wrong between this day and the morning on which the doors open again."""
        return self._nights.pass_by(hours, morning, self._happened)

    def _happened(self, kind: str) -> None:
        self.count[kind] += 1
        self._ground.attention.look(CLOSELY)

    def _later(self, pause: float, act: Callable[[], None]) -> None:
        """Mend it after so long, and look closely again when it is mended."""

        def mend() -> None:
            self._ground.attention.look(CLOSELY)
            act()

        self._time.after(pause, mend)

    def _pause(self) -> float:
        """Seconds until something is mended: mostly soon, half an hour at worst."""
        return min(1800.0, self._chance.lognormvariate(2.5, 1.8))

    # -- the hub --------------------------------------------------------------------------------------------------

    def _hub_killed(self) -> None:
        self._building.hub.when_dead = self._start_again
        if self._building.hub.alive:
            self._building.hub.die()

    def _doom(self, doom: Doom) -> None:
        hub = self._building.hub
        hub.when_dead = self._start_again
        if hub.alive:
            hub.doom = doom

    def _start_again(self) -> None:
        """Systemd starts it again within seconds, unless the machine itself is gone."""
        self._ground.attention.look(CLOSELY)
        down = self._chance.uniform(0.3, 4.0) if self._chance.random() < 0.8 else self._pause()
        self._later(down, self._start)

    def _start(self) -> None:
        if not self._building.hub.alive and not self._dark:
            self._building.hub.start()

    def _power_cut(self) -> None:
        """The hub's machine is off; its clock comes back wrong or right, and is set some minutes later."""
        self._hub_gone(self._chance.uniform(*BLACKOUT) if self._chance.random() < DARK else self._pause())

    def _hub_gone(self, off: float) -> bool:
        """The hub's machine is off for so long; False when it is off already."""
        if self._dark:
            return False
        hub, chance, self._dark = self._building.hub, self._chance, True
        hub.when_dead = lambda: None
        if hub.alive:
            hub.die()

        def power() -> None:
            error = chance.choice((0.0, -off, -off, -30 * 86400.0))
            self._dark = False
            self._building.clock.reboot(error, synced=False)
            self._start()
            self._later(chance.uniform(5, 600), lambda: self._set_clock(0.0))

        self._later(off + 12.0, power)
        return True

    def _disk_full(self) -> None:
        self._building.hub.disk.full = True
        self._later(self._chance.uniform(3, 60), self._disk_has_room)

    def _disk_has_room(self) -> None:
        self._building.hub.disk.full = False

    def _clock_jumped(self) -> None:
        self._set_clock(self._chance.choice((-1.0, 1.0)) * self._chance.choice((0.5, 3.0, 61.0, 600.0)))
        self._later(self._chance.uniform(60, 900), lambda: self._set_clock(0.0))

    def _clock_free(self) -> None:
        """Nobody sets the clock any more; it runs on, is believed less, and is set again at last."""
        self._building.clock.synced = False
        self._building.clock.error += self._chance.choice((0.0, 1.0, -4.0, 7200.0, -90000.0))
        self._later(self._chance.uniform(60, 1800), lambda: self._set_clock(0.0))

    def _set_clock(self, error: float) -> None:
        self._building.clock.error, self._building.clock.synced = error, True

    # -- the network ----------------------------------------------------------------------------------------------

    def _hub_cut_off(self) -> None:
        hub = self._building.hub
        self._ground.broker.cut(hub.wire)
        self._later(min(120.0, self._pause()), self._hub_back)

    def _hub_back(self) -> None:
        if self._building.hub.alive:
            self._ground.broker.connect(self._building.hub.wire)

    def _broker_restarted(self) -> None:
        self._ground.broker.restart()
        for host in devices(self._building):
            self._later(self._chance.uniform(0.5, 6.0), host.plug)
        self._later(self._chance.uniform(0.5, 6.0), self._hub_back)

    def _device_cut_off(self) -> None:
        host = self._chance.choice(devices(self._building))
        host.unplug()
        self._later(self._pause(), host.plug)

    def _storm(self) -> None:
        weather = self._ground.broker.weather
        weather.worst, weather.doubles = self._chance.choice((0.2, 0.5, 3.0)), self._chance.choice((0.0, 0.05, 0.3))
        lasts = self._chance.uniform(10, 60)
        self._ground.attention.look(lasts + CLOSELY)
        self._later(lasts, self._fair)

    def _fair(self) -> None:
        self._ground.broker.weather.worst = 0.0

    # -- devices --------------------------------------------------------------------------------------------------

    def _device_killed(self) -> None:
        building = self._building
        hosts: list[DeviceHost] = [*building.units.values(), building.page]
        host = self._chance.choice(hosts)
        host.die()
        self._later(self._chance.uniform(0.5, 10.0), host.start)

    def _wall_killed(self) -> None:
        if self._building.walls:
            wall = self._chance.choice(self._building.walls)
            wall.die()
            self._later(self._chance.uniform(1.0, 15.0), wall.start)

    def _printer(self, state: PaperStatus) -> None:
        if self._building.kiosks:
            self._chance.choice(self._building.kiosks).printer.become(state)

    def _printer_died(self) -> None:
        if self._building.kiosks:
            self._chance.choice(self._building.kiosks).printer.dies = True

    def _no_sound(self) -> None:
        if self._building.walls:
            loudspeaker = self._chance.choice(self._building.walls).loudspeaker
            loudspeaker.broken = True
            self._later(self._chance.uniform(5, 60), lambda: setattr(loudspeaker, "broken", False))
