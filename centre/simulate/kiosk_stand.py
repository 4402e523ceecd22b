"""One kiosk as it stands in the hall: buttons, lamps, a touch page perhaps, printer, tray, and a clock of its own."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any
from zlib import crc32

import msgspec

from centre.simulate.answers import Answers
from centre.simulate.card import Card
from centre.simulate.clock import HubClock
from centre.simulate.device_host import DeviceHost
from centre.simulate.ground import Ground
from centre.simulate.hub_host import HubHost
from centre.simulate.own_numbers import OwnNumbers
from centre.simulate.page import Ask, Page
from centre.simulate.presses import DAYS, Got, Presses
from centre.simulate.printer import Printer
from centre.simulate.receipts import Receipts
from centre.simulate.violation import Violation
from kiosk.machine import Kiosk
from kiosk.ports import Clocks, Pressed, Print, Printed, Write
from kiosk.scans import Scans
from kiosk.screen import Dismissed, Progress, Touched
from kiosk.site_place import place_of
from kiosk.words import Receipt
from moiso.core.asking import hashed
from moiso.runtime.site import KioskConf
from moiso.wire.codec import decode
from moiso.wire.messages import Reply
from moiso.wire.ports import Arrived, Publish

#: How often a kiosk has a touch page beside its buttons.
SCREENS = 0.5
#: What the codes on the tickets begin with where phones have no page to open.
CODES = "https://so.invalid/t"
#: Seconds after which a kiosk that has the hub has told it of a number that nobody got.
TOLD = 60.0


@dataclass
class KioskStand:
    """A kiosk that people press. clock: its own, which nobody need ever have set. met: hard cases, by name."""

    ground: Ground
    hub: HubHost
    conf: KioskConf
    clock: HubClock
    receipts: Receipts
    own: OwnNumbers
    presses: Presses
    met: Counter[str]

    def __post_init__(self) -> None:
        device, ids, chance = self.conf.device, count(1), self.ground.chance(f"kiosk {self.conf.device}")
        self.screen = chance.random() < SCREENS
        site = self.ground.site
        codes = site.site.ticket_url or CODES
        self._place, self._scanner = replace(place_of(site, self.conf, codes), screen=self.screen), Scans(codes)
        self._new_id: Callable[[], str] = lambda: f"{crc32(device.encode()):08x}{next(ids):08x}"
        self.answers = Answers(self.ground.time, self._shown)
        self.card = Card(self.ground.time, chance, self._tell)
        self.host = DeviceHost(self.ground, self.hub, device, self._make, self._perform, role="kiosk")
        self.touch = DeviceHost(self.ground, self.hub, device, self._second_client, self._perform, polled=False)
        self.printer = Printer(self.ground, device, self.host.put, self._came_out)
        self.host.overhear = self._overhear
        self._touches = count(1)
        self._loses: float | None = None
        self._is_known = False
        self._asked_back: dict[str, bool] = {}

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
        self.met["journals torn within a record"] += self.card.cut()
        self.answers.forget()
        self.host.die()
        self.touch.die()

    def lose_journal(self) -> None:
        """Another memory card is put in."""
        self.met["journals lost"] += self.card.lose()
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

    def scan(self, code: str, ticket: str | None = None) -> None:
        """Somebody holds a code before the scanner; `ticket`: the number on the paper that it stands on."""
        self.answers.scanned = ticket
        self._is_known = hashed(code.rsplit("/", 1)[-1]) in self.receipts.codes
        for scan in self._scanner.feed(code.encode() + b"\r", self.ground.time.now):
            self.host.put(scan)

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
        self.answers.forget()
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
        for item in items:
            match item:
                case Pressed(service) | Touched(service=service):
                    self._note_finger(service)
                case Printed(refused=True) if not self.screen and self.own.refused(self.conf.device, item.ticket):
                    self.met["spoilt numbers"] += 1
                    self.ground.time.after(TOLD, partial(self._check_spoilt, self.host.wire.life))
                case Arrived(topic, payload) if topic == self._place.topics.reply(self.conf.device):
                    self._check_code(decode(payload, Reply))
        for output in outputs:
            if isinstance(output, Publish) and output.topic.endswith("/return"):
                self._asked_back.setdefault(msgspec.json.decode(output.payload)["id"], self._is_known)
        if self._loses is not None and any(_is_issue(output) for output in outputs):
            cut, self._loses = self._loses, None
            self.ground.time.after(0.0025, self.unplug)
            self.ground.time.after(cut, self.plug)

    def _note_finger(self, service: str) -> None:
        """Whether this was one of the presses that are hard to answer."""
        if self.host.wire.up and self.hub.heard:
            return
        self.met["presses with an empty block"] += self._machine.detail["leases"].get(service) == 0
        if self.own.silent > DAYS and self._monday and not self.clock.synced:
            self.met["presses on such a Monday without a clock"] += 1

    def _check_code(self, reply: Reply) -> None:
        """The log has the code that this reply is about."""
        if reply.reason == "unknown-token" and self._asked_back.get(reply.re or ""):
            raise Violation(0, f"the code of {self.answers.scanned} was scanned, and the hub does not know it")

    def _check_spoilt(self, life: int) -> None:
        """Unless something came between, the hub has heard by now that nobody has the number."""
        calm, heard = self.ground.broker.weather.calm, self.ground.time.now - self.hub.heard_since > TOLD
        if (
            self.host.running
            and self.host.wire.up
            and self.host.wire.life == life
            and self.hub.heard
            and heard
            and calm
        ):
            self.own.check_spoilt(self.conf.device)

    def _came_out(self, receipt: Receipt) -> None:
        """Paper; one that says that it is a second one is no new number."""
        if receipt.text.reprint:
            self._shown(receipt.ticket)
        elif not self._gives(receipt.ticket):
            self.receipts.printed(receipt.ticket)

    def _shown(self, ticket: str) -> None:
        if not self._gives(ticket):
            self.receipts.shown(ticket)

    def _gives(self, ticket: str) -> bool:
        """Somebody gets this number; whether it is one of the kiosk's own."""
        own = self.own.held(self.conf.device, ticket)
        self.presses.add(
            Got(
                kiosk=self.conf.device,
                ticket=ticket,
                service=ticket.rstrip("0123456789"),
                at=self.clock.true,
                monday=self._monday,
                alone=own,
                silent=self.own.silent,
                wrong=None if self.clock.synced else self.clock.error,
            )
        )
        return own

    @property
    def _monday(self) -> bool:
        return datetime.fromtimestamp(self.clock.true, self.ground.site.zone).weekday() == 0


def _is_issue(output: object) -> bool:
    return isinstance(output, Publish) and output.topic.endswith("/issue")
