"""Every machine of one centre, wired together under virtual time."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import count
from typing import Any

from centre.simulate.clock import HubClock
from centre.simulate.device_host import DeviceHost
from centre.simulate.eyes import Truth
from centre.simulate.ground import Ground
from centre.simulate.hub_host import HubHost
from centre.simulate.judge import Judge
from centre.simulate.kiosk_stand import KioskStand
from centre.simulate.own_numbers import OwnNumbers
from centre.simulate.page import Ask, Page
from centre.simulate.presses import Presses
from centre.simulate.reader import Reader
from centre.simulate.receipts import Receipts
from centre.simulate.wall_stand import WallStand
from centre.simulate.witness import Witness
from counter_terminal.machine import CallUnit, Pressed
from hub.log import Row
from hub.machine import Place
from moiso.core.centre import Centre
from moiso.core.events import DayOpened, Event, TicketCalled
from moiso.core.rules import Rules
from moiso.runtime.site import KioskConf
from moiso.wire.messages import Reply
from moiso.wire.ports import Publish

#: How often a plain button's gateway repeats a press.
REPEATS = 0.2


class Building:
    """The hub, the kiosks, a call unit at every counter, the walls, and the server of the pages.

    begin: the true time at the world's moment 0. walls: so many of the site's at most. met: hard cases of kiosks
    without the hub, by the names in presses.py.
    """

    def __init__(self, ground: Ground, rules: Rules, begin: float, *, walls: int) -> None:
        site = ground.site
        self.ground, self.rules = ground, rules
        counters = {counter.unit: counter.number for counter in site.counters}
        self.place = Place(site.topics, rules, site.calendar, site.devices(), counters)
        self.clock = HubClock(ground.time, begin)
        self.witness = Witness(rules.bounce)
        self.judge = Judge(self.place, self.witness, ground.chance("judge"))
        self.truth = Truth()
        self.hub = HubHost(ground, self.place, self.clock, self.judge, self.truth)
        self.receipts = Receipts(self.witness)
        self.own = OwnNumbers(self.clock, site.calendar, self.witness)
        self.presses = Presses()
        self.met: Counter[str] = Counter()
        self.kiosks = [self._kiosk(conf, begin) for conf in site.kiosks]
        self.units = {counter.number: self._unit(counter.unit, counter.number) for counter in site.counters}
        self.walls = [WallStand(ground, self.hub, display.device, self.truth) for display in site.displays[:walls]]
        self.page = DeviceHost(
            ground,
            self.hub,
            "web",
            lambda: Page(site.topics, "web", self.receipts.answered),
            _nothing,
            polled=False,
            role="web",
        )
        self.reader = DeviceHost(
            ground, self.hub, "stats", lambda: Reader(site.topics, "stats", self.hub.disk), _nothing, role="stats"
        )
        self.witness.on_new_day += [self.receipts.new_day, self._new_day]
        self.witness.on_event.append(self._note)
        self._presses, self._radio = count(1), ground.chance("radio")

    def start(self) -> None:
        """The power comes on."""
        self.hub.start()
        for kiosk in self.kiosks:
            kiosk.start()
        for wall in self.walls:
            wall.start()
        for host in (*self.units.values(), self.page, self.reader):
            host.start()

    # -- what people do -----------------------------------------------------------------------------------------

    def ask(self, command: str, role: str, clerk: str, counter: int | None = None, **arguments: Any) -> str:
        """Somebody sends a command from a page; the press by which the reply is found."""
        press = arguments.pop("press", None) or f"web-{next(self._presses)}"
        lifetime = arguments.pop("lifetime", 8.0)
        said = {"role": role, "clerk": clerk, **({} if counter is None else {"counter": counter}), **arguments}
        self.page.put(Ask(command, press, said, lifetime))
        return press

    def reply(self, press: str) -> Reply | None:
        """What the hub said to that press of a page, if it is known."""
        assert isinstance(self.page.machine, Page)
        return self.page.machine.replies.get(press)

    def press(self, counter: int, button: str) -> None:
        """Somebody presses a button of a call unit."""
        unit = self.units[counter]
        unit.put(Pressed(button, unit.device))

    def plain_press(self, counter: int, button: str) -> None:
        """Somebody presses a plain radio button, which says so and nothing else, and says it again now and then."""
        unit = self.units[counter]
        press = Publish(self.ground.site.topics.button(unit.device, button), b"1")
        self.ground.broker.publish(unit.wire, press)
        if self._radio.random() < REPEATS:
            again = partial(self.ground.broker.publish, unit.wire, press)
            self.ground.time.after(self._radio.uniform(0.05, 1.8), again)

    @property
    def shown(self) -> Centre | None:
        """How everything stands, as the pages show it; None while the hub is away."""
        return self.hub.machine.ledger.centre if self.hub.heard and self.hub.machine else None

    def check_reader(self) -> None:
        """Whoever has read along for a while without a cut has read everything."""
        assert isinstance(self.reader.machine, Reader)
        if self.hub.heard and self.reader.wire.up:
            self.reader.machine.check()

    def check_kiosks(self) -> None:
        """A kiosk that has been in touch for a while has told everything."""
        for kiosk in self.kiosks:
            if self.hub.heard and kiosk.host.wire.up:
                self.own.check(kiosk.conf.device)

    def _kiosk(self, conf: KioskConf, begin: float) -> KioskStand:
        clock = HubClock(self.ground.time, begin)
        return KioskStand(self.ground, self.hub, conf, clock, self.receipts, self.own, self.presses, self.met)

    def _unit(self, device: str, number: int) -> DeviceHost:
        ids, topics = count(1), self.ground.site.topics

        def make() -> CallUnit:
            return CallUnit(topics, device, number, lambda: f"{device}-{next(ids)}")

        return DeviceHost(self.ground, self.hub, device, make, _nothing, role="counter")

    def _new_day(self, _opened: DayOpened) -> None:
        """Presses of the last day may be answered anew."""
        for host in (self.page, *(kiosk.touch for kiosk in self.kiosks)):
            assert isinstance(host.machine, Page)
            host.machine.forget()

    def _note(self, _row: Row, event: Event) -> None:
        """The number on the paper took over the place of one that nobody holds, at a counter."""
        self.met["phantoms replaced at a counter"] += isinstance(event, TicketCalled) and event.policy == "replaces"


def _nothing(_output: object) -> None:
    """Lamps are not looked at."""


def devices(building: Building) -> Sequence[DeviceHost]:
    """Whatever has a connection that can be cut, beside the hub."""
    walls = [wall.host for wall in building.walls]
    kiosks = [kiosk.host for kiosk in building.kiosks]
    touches = [kiosk.touch for kiosk in building.kiosks]
    return [*kiosks, *touches, *building.units.values(), *walls, building.page, building.reader]
