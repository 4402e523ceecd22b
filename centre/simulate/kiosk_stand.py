"""One kiosk as it stands in the hall: buttons, lamps, printer, tray, and a touch page that says more than a button."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from centre.simulate.device_host import DeviceHost
from centre.simulate.ground import Ground
from centre.simulate.hub_host import HubHost
from centre.simulate.page import Ask, Page
from centre.simulate.printer import Printer
from kiosk.journal import Given, lines, read
from kiosk.lamps import LampState
from kiosk.machine import Kiosk
from kiosk.ports import Clocks, Light, Pressed, Print, Write, Written
from kiosk.site_place import place_of
from moiso.core.day import Moment
from moiso.runtime.site import KioskConf
from moiso.wire.messages import Reply


@dataclass
class KioskStand:
    """A kiosk that people press; `printed` is called with every number of the hub's that really came out.

    given: the same for a number that the kiosk gave by itself, and the day for which, None where it cannot know.
    """

    ground: Ground
    hub: HubHost
    conf: KioskConf
    printed: Callable[[str], None]
    given: Callable[[str, str | None], None]
    told: Callable[[Reply], None]
    lamps: dict[str, LampState] = field(default_factory=dict)
    _own: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        device, ids = self.conf.device, count(1)
        self._disk, self._unwritten = bytearray(), b""
        place = place_of(self.ground.site, self.conf)
        self.host = DeviceHost(
            self.ground,
            self.hub,
            device,
            lambda: self._switched_on(Kiosk(place, lambda: f"{device}-{next(ids)}", read(bytes(self._disk))[0])),
            self._perform,
            role="kiosk",
        )
        self.touch = DeviceHost(
            self.ground, self.hub, device, lambda: Page(place.topics, device, self.told), self._perform, polled=False
        )
        self.printer = Printer(self.ground, device, self.host.put, self._came_out)
        self._touches = count(1)
        self._chance = self.ground.chance(f"disk {device}")

    def start(self) -> None:
        """Switched on."""
        self.host.start()
        self.touch.start()
        self.printer.start()

    def die(self) -> None:
        """The kiosk's power fails: what lies in the printer's memory is gone too, and what the disk is writing torn."""
        self._disk += self._unwritten[: self._chance.randrange(len(self._unwritten) + 1)]
        self._unwritten = b""
        self.host.die()
        self.touch.die()

    def press(self, service: str) -> None:
        """Somebody presses a button."""
        self.host.put(Pressed(service))

    def ask(self, command: str, lifetime: float = 8.0, press: str | None = None, **arguments: Any) -> str:
        """Somebody uses the touch page; the press by which the reply is found."""
        press = press or f"{self.conf.device}-touch-{next(self._touches)}"
        self.touch.put(Ask(command, press, arguments, lifetime))
        return press

    def reply(self, press: str) -> Reply | None:
        """What the hub said to that press, if it is known."""
        assert isinstance(self.touch.machine, Page)
        return self.touch.machine.replies.get(press)

    def _perform(self, output: object) -> None:
        match output:
            case Print(receipt):
                self.printer.add(receipt)
            case Write():
                self._write(output)
            case Light(service, state):
                self.lamps[service] = state

    def _switched_on(self, machine: Kiosk) -> Kiosk:
        """The machine knows what time it has; nobody ever sets the clock of a kiosk."""
        now = self.ground.time.now
        machine.handle([Clocks(Moment(wall=now, mono=now, boot=self.conf.device, synced=False))], now)
        return machine

    def _write(self, write: Write) -> None:
        """What a power cut leaves of a write that is not done is a torn line."""
        self._disk += self._unwritten
        self._unwritten = b""
        if write.anew:
            self._disk.clear()
        self._unwritten = lines(write.records)
        self._own |= {record.ticket: record.day for record in write.records if isinstance(record, Given)}
        self.ground.time.after(self._chance.uniform(0.005, 0.05), lambda: self._written(write.ack))

    def _written(self, ack: str | None) -> None:
        self._disk += self._unwritten
        self._unwritten = b""
        if ack is not None:
            self.host.put(Written(ack))

    def _came_out(self, ticket: str) -> None:
        if ticket in self._own:
            self.given(ticket, self._own.pop(ticket))
        else:
            self.printed(ticket)
