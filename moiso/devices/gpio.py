"""Buttons and lamps on the pins of a Raspberry Pi, through gpiozero. Pins are BCM numbers."""

import warnings
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Literal

from gpiozero import LED, BadPinFactory, Button, Device, GPIOZeroError, PinFactoryFallback

Edge = Callable[[str, bool, float], None]
"""Takes a button's name, whether it is now down, and the monotonic time; called from a thread of gpiozero."""

LampState = Literal["on", "off", "blink", "flicker", "wink", "dip"]

_GLITCH = 0.002  # seconds; the kernel drops shorter pulses, which long wires pick up


class NoPins(RuntimeError):  # noqa: N818
    """The pins cannot be used; the message says why and what to do."""


def use_real_pins() -> None:
    """Choose the pins of this machine. Raises NoPins where there are none; the fake is never taken instead."""
    # gpiozero warns of every library that it did not find; what matters is said below, in one sentence.
    warnings.simplefilter("ignore", PinFactoryFallback)
    try:
        Device.ensure_pin_factory()
    except BadPinFactory as error:
        raise NoPins(
            "This machine has no GPIO pins that can be used. On a Raspberry Pi install lgpio (pip install lgpio) and "
            "let this user into the group gpio; elsewhere start with --fake."
        ) from error
    if type(Device.pin_factory).__name__.startswith("Mock"):
        raise NoPins("The pins are fake ones. Unset GPIOZERO_PIN_FACTORY, or start with --fake.")


class Buttons:
    """Push buttons between a pin and ground."""

    def __init__(self, pins: Mapping[str, int], edge: Edge) -> None:
        """Report every change of level to `edge`, chatter included. Raises NoPins when a pin cannot be used."""
        self._buttons = {name: _button(name, pin, edge) for name, pin in pins.items()}

    def down(self) -> list[str]:
        """The buttons that are down now."""
        return [name for name, button in self._buttons.items() if button.is_pressed]

    def close(self) -> None:
        """Let the pins go."""
        for button in self._buttons.values():
            button.close()


def _button(name: str, pin: int, edge: Edge) -> Button:
    try:
        button = Button(pin, pull_up=True, bounce_time=_GLITCH)
    except GPIOZeroError as error:
        raise NoPins(f"Button {name}: pin GPIO{pin} cannot be used ({error}). Correct the pin in site.toml.") from error
    button.when_pressed = lambda: edge(name, True, monotonic())
    button.when_released = lambda: edge(name, False, monotonic())
    return button


class Lamp:
    """A lamp between a pin (through its driver) and ground."""

    def __init__(self, name: str, pin: int) -> None:
        """Start dark. Raises NoPins when the pin cannot be used."""
        try:
            self._led = LED(pin)
        except GPIOZeroError as error:
            raise NoPins(f"Lamp {name}: pin GPIO{pin} cannot be used ({error}). Correct it in site.toml.") from error
        self._state: LampState = "off"

    @property
    def state(self) -> LampState:
        """What it was last told to do."""
        return self._state

    def show(self, state: LampState) -> None:
        """Light up, go dark, blink twice a second, flicker five times, wink or dip; said again it changes nothing."""
        if state == self._state:
            return
        self._state = state
        {
            "on": self._led.on,
            "off": self._led.off,
            "blink": self._blink,
            "flicker": self._flicker,
            "wink": self._wink,
            "dip": self._dip,
        }[state]()

    def close(self) -> None:
        """Go dark and let the pin go."""
        self._led.off()  # a pin that is merely let go floats, and its driver may glow
        self._led.close()

    def _blink(self) -> None:
        self._led.blink(on_time=0.25, off_time=0.25)

    def _flicker(self) -> None:
        self._led.blink(on_time=0.1, off_time=0.1)

    def _wink(self) -> None:
        self._led.blink(on_time=0.1, off_time=0.5)

    def _dip(self) -> None:
        self._led.blink(on_time=1.8, off_time=0.2)
