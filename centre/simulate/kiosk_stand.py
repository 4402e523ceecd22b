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
from kiosk.lamps import LampState
from kiosk.machine import Kiosk
from kiosk.ports import Light, Pressed, Print
from kiosk.site_place import place_of
from moiso.runtime.site import KioskConf
from moiso.wire.messages import Reply


@dataclass
class KioskStand:
    """A kiosk that people press; `printed` is called with every number that really came out."""

    ground: Ground
    hub: HubHost
    conf: KioskConf
    printed: Callable[[str], None]
    told: Callable[[Reply], None]
    lamps: dict[str, LampState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        device, ids = self.conf.device, count(1)
        place = place_of(self.ground.site, self.conf)
        self.host = DeviceHost(
            self.ground,
            self.hub,
            device,
            lambda: Kiosk(place, lambda: f"{device}-{next(ids)}"),
            self._perform,
            role="kiosk",
        )
        self.touch = DeviceHost(
            self.ground, self.hub, device, lambda: Page(place.topics, device, self.told), self._perform, polled=False
        )
        self.printer = Printer(self.ground, device, self.host.put, self.printed)
        self._touches = count(1)

    def start(self) -> None:
        """Switched on."""
        self.host.start()
        self.touch.start()
        self.printer.start()

    def die(self) -> None:
        """The kiosk's power fails: what lies in the printer's memory is gone too."""
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
            case Light(service, state):
                self.lamps[service] = state
