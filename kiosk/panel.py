"""The kiosk's front: a button and a lamp for each service, on the Pi's pins or on pins of software."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from kiosk.lamps import LampState
from kiosk.ports import Pressed
from moiso.devices.debounce import Debouncer
from moiso.devices.fake_gpio import FakePins
from moiso.devices.gpio import Buttons, Lamp, NoPins, use_real_pins
from moiso.runtime.program import Unusable
from moiso.runtime.site import ButtonConf


class Panel:
    """Buttons that tell `tell` of presses, lamps that can be shown; `fake`: pins of software, lamps in a file.

    Raises Unusable when the pins cannot be used.
    """

    def __init__(self, buttons: tuple[ButtonConf, ...], tell: Callable[[object], None], fake: Path | None) -> None:
        self._tell, self._file = tell, fake / "lamps.json" if fake else None
        pins = {button.service: button.pin for button in buttons}
        self._fake_pins = FakePins(pins) if fake else None
        self._debouncers = {service: Debouncer() for service in pins}
        try:
            if fake is None and pins:
                use_real_pins()
            self._lamps = {b.service: Lamp(b.service, b.lamp) for b in buttons if b.lamp is not None}
            self._buttons = Buttons(pins, self._edge)
        except NoPins as error:
            raise Unusable(str(error)) from None
        self._shown: dict[str, LampState] = {}

    def press(self, service: str) -> None:
        """Press the button of a fake panel.

        Raises ValueError when there is none for this service.
        """
        if self._fake_pins is None or service not in self._debouncers:
            raise ValueError(f"there is no button {service!r}; there are: {', '.join(self._debouncers)}")
        self._fake_pins.press(service)

    def show(self, service: str, state: LampState) -> None:
        """Show a service's lamp."""
        if service in self._lamps:
            self._lamps[service].show(state)
        self._shown[service] = state
        self._note()

    def close(self) -> None:
        """Go dark, in the file too, and let the pins go."""
        self._buttons.close()
        for lamp in self._lamps.values():
            lamp.close()
        self._shown = dict.fromkeys(self._shown, "off")
        self._note()

    def _note(self) -> None:
        if self._file is not None:
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(self._shown))
            os.replace(part, self._file)

    def _edge(self, service: str, down: bool, at: float) -> None:
        if self._debouncers[service].edge(down, at):
            self._tell(Pressed(service))
