"""The buttons and the lamp of one call unit, on the pins of a Raspberry Pi."""

from collections.abc import Callable

from counter_terminal.machine import Contact, Lamp, Pressed
from moiso.devices import gpio
from moiso.devices.debounce import Debouncer
from moiso.runtime.site import PinsConf

_LIGHT: dict[Lamp, gpio.LampState] = {
    Lamp.STEADY: "on",
    Lamp.BLINKING: "blink",
    Lamp.FAST: "flicker",
    Lamp.UNDONE: "wink",
    Lamp.DARK: "off",
}


def button_pins(pins: PinsConf) -> dict[str, int]:
    """The pins by the names of the buttons."""
    return {"next": pins.next, "recall": pins.recall, "no-show": pins.no_show}


class Panel:
    """One unit; what its buttons do goes to `put`, from a thread of gpiozero.

    Raises gpio.NoPins when a pin cannot be used.
    """

    def __init__(self, device: str, pins: PinsConf, put: Callable[[Pressed | Contact], None]) -> None:
        self._device, self._put = device, put
        self._contacts = {name: Debouncer() for name in button_pins(pins)}
        self._lamp = gpio.Lamp(device, pins.lamp)
        self._buttons = gpio.Buttons(button_pins(pins), self._edge)

    def show(self, lamp: Lamp) -> None:
        """Let the lamp say this."""
        self._lamp.show(_LIGHT[lamp])

    def close(self) -> None:
        """Go dark and let the pins go."""
        self._buttons.close()
        self._lamp.close()

    def _edge(self, button: str, down: bool, at: float) -> None:
        if button == "recall":
            self._put(Contact(down, at, self._device))
        elif self._contacts[button].edge(down, at):
            self._put(Pressed(button, self._device))
