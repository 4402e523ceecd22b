"""One kiosk as it stands in the hall: buttons, lamps, a touch page perhaps, printer, tray, and a clock of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from centre.simulate.answers import Answers
from centre.simulate.card import Card
from centre.simulate.clock import HubClock
from centre.simulate.device_host import DeviceHost
from centre.simulate.ground import Ground
from centre.simulate.hub_host import HubHost
from centre.simulate.own_numbers import OwnNumbers
from centre.simulate.page import Ask, Page
from centre.simulate.printer import Printer
from centre.simulate.receipts import Receipts
from kiosk.machine import Kiosk
from kiosk.ports import Clocks, Pressed, Print, Write
from kiosk.screen import Dismissed, Progress, Touched
from kiosk.site_place import place_of
from kiosk.words import Receipt
from moiso.runtime.site import KioskConf
from moiso.wire.messages import Reply
from moiso.wire.ports import Publish

#: How often a kiosk has a touch page beside its buttons.
SCREENS = 0.5


@dataclass
class KioskStand:
    """A kiosk that people press. clock: its own, which nobody need ever have set."""

    ground: Ground
    hub: HubHost
    conf: KioskConf
    clock: HubClock
    receipts: Receipts
    own: OwnNumbers

    def __post_init__(self) -> None:
        device, ids, chance = self.conf.device, count(1), self.ground.chance(f"kiosk {self.conf.device}")
        self.screen = chance.random() < SCREENS
        site = self.ground.site
        self._place = replace(place_of(site, self.conf, site.site.ticket_url), screen=self.screen)
        self._new_id: Callable[[], str] = lambda: f"{device}-{next(ids)}"
        self.answers = Answers(self.ground.time, self._shown)
        self.card = Card(self.ground.time, chance, self._tell)
        self.host = DeviceHost(self.ground, self.hub, device, self._make, self._perform, role="kiosk")
        self.touch = DeviceHost(self.ground, self.hub, device, self._second_client, self._perform, polled=False)
        self.printer = Printer(self.ground, device, self.host.put, self._came_out)
        self.host.overhear = self._overhear
        self._touches = count(1)
        self._loses: float | None = None

    # -- life and death ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """The program starts; the printer is asked how it is."""
        if self.host.running:
            return
        self.host.booted = self.ground.time.now - self.clock.mono
        self.host.start()
        self.touch.start()
        self.printer.start()
        self.tell_clock()

    def die(self) -> None:
        """The program is killed: what the card was writing is torn."""
        self.card.cut()
        self.host.die()
        self.touch.die()

    def lose_journal(self) -> None:
        """Another memory card is put in."""
        self.card.lose()
        self.own.lose(self.conf.device)

    def tell_clock(self) -> None:
        """The program looks at its clocks."""
        if self.host.running:
            self.own.looks_at_clock(self.conf.device, self.clock.moment())
            self.host.put(Clocks(self.clock.moment()))

    # -- the network ------------------------------------------------------------------------------------------

    def unplug(self) -> None:
        """The cable is out."""
        self.host.unplug()
        self.touch.unplug()

    def plug(self) -> None:
        """The cable is in again."""
        self.host.plug()
        self.touch.plug()

    def lose_next_reply(self, cut: float) -> None:
        """The cable is out for `cut` seconds as soon as the next press is on its way to the hub."""
        self._loses = cut

    def delay_next_reply(self, seconds: float) -> None:
        """What the hub says next to this kiosk is long under way."""
        self.ground.broker.hold_up(self._place.topics.reply(self.conf.device), seconds)

    # -- fingers ----------------------------------------------------------------------------------------------

    def press(self, service: str) -> None:
        """Somebody presses a button."""
        self.host.put(Pressed(service))

    def finger(self, service: str, press: str | None = None, *, again: bool = False) -> str:
        """Somebody touches the page, or the page says it again; the press by which the answer is found."""
        press = press or f"{self.conf.device}-page-{next(self._touches)}"
        self.host.put(Touched(press, service, again=again))
        return press

    def dismiss(self, press: str) -> None:
        """Whoever touched has seen what came of it."""
        self.host.put(Dismissed(press))

    def progress(self, press: str) -> Progress | None:
        """What the page shows of that press."""
        shown = self.answers.screen.progress
        return shown if shown is not None and shown.press == press else None

    def gives(self, service: str) -> bool:
        """Whether the lamp says that a press is of use."""
        return self.answers.lamps.get(service) in {"on", "blink"}

    def ask(self, command: str, lifetime: float = 8.0, press: str | None = None, **arguments: Any) -> str:
        """A command as the kiosk might send it, without a button for it; the press by which the reply is found."""
        press = press or f"{self.conf.device}-touch-{next(self._touches)}"
        self.touch.put(Ask(command, press, arguments, lifetime))
        return press

    def reply(self, press: str) -> Reply | None:
        """What the hub said to that press, if it is known."""
        assert isinstance(self.touch.machine, Page)
        return self.touch.machine.replies.get(press)

    # -- inside -----------------------------------------------------------------------------------------------

    @property
    def _machine(self) -> Kiosk:
        assert isinstance(self.host.machine, Kiosk)
        return self.host.machine

    def _make(self) -> Kiosk:
        records = self.card.read()
        self.own.switched_on(self.conf.device, records)
        self.answers.switched_on()
        return Kiosk(self._place, self._new_id, records)

    def _tell(self, item: object) -> None:
        self.host.put(item)

    def _second_client(self) -> Page:
        return Page(self._place.topics, self.conf.device, self.receipts.answered)

    def _perform(self, output: object) -> None:
        match output:
            case Print(receipt):
                self.printer.add(receipt)
            case Write():
                self.card.add(output)
                self.own.recorded(self.conf.device, output.records, self._machine.detail.get("dropped", ()))

    def _overhear(self, items: Sequence[object], outputs: Sequence[object]) -> None:
        self.answers.turn(items, outputs)
        if self._loses is not None and any(_is_issue(output) for output in outputs):
            cut, self._loses = self._loses, None
            self.ground.time.after(0.0025, self.unplug)
            self.ground.time.after(cut, self.plug)

    def _came_out(self, receipt: Receipt) -> None:
        """Paper; one that says that it is a second one is no new number."""
        if receipt.text.reprint:
            self._shown(receipt.ticket)
        elif not self.own.held(self.conf.device, receipt.ticket):
            self.receipts.printed(receipt.ticket)

    def _shown(self, ticket: str) -> None:
        if not self.own.held(self.conf.device, ticket):
            self.receipts.shown(ticket)


def _is_issue(output: object) -> bool:
    return isinstance(output, Publish) and output.topic.endswith("/issue")
