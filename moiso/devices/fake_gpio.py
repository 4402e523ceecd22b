"""Pins made of software, for a machine without any: the same gpiozero buttons and lamps, pressed by a call."""

import threading
import time
from collections.abc import Mapping

from gpiozero import Device
from gpiozero.pins.mock import MockFactory, MockPin

_HOLD = 0.08  # seconds a finger stays
_CHATTER = (0.001, 0.003, 0.002)  # seconds of the touches of a closing contact


class _Pin(MockPin):  # type: ignore[misc]
    """A pin that lives for years: the library's own keeps all that ever happened to it."""

    def _change_state(self, value: bool) -> bool:
        changed: bool = super()._change_state(value)
        del self.states[:-1]
        return changed


class FakePins:
    """Takes the place of the Pi's pins for the whole program; make it before any button or lamp."""

    def __init__(self, buttons: Mapping[str, int]) -> None:
        self._factory = Device.pin_factory = MockFactory(pin_class=_Pin)
        self._buttons = buttons
        self._fingers = {name: threading.Lock() for name in buttons}

    def press(self, name: str, seconds: float = _HOLD) -> None:
        """Press the button for 80 ms or so long, with chattering contacts; returns at once.

        Raises KeyError for a wrong name.
        """
        finger = (self._buttons[name], self._fingers[name], seconds)
        threading.Thread(target=self._press, args=finger, daemon=True).start()

    def touch(self, name: str) -> None:
        """Lay a finger on the button, until `leave`. Raises KeyError for a wrong name."""
        self._factory.pin(self._buttons[name]).drive_low()

    def leave(self, name: str) -> None:
        """Take the finger away. Raises KeyError for a wrong name."""
        self._factory.pin(self._buttons[name]).drive_high()

    def is_lit(self, pin: int) -> bool:
        """Whether the lamp at this pin gives light at this moment."""
        return bool(self._factory.pin(pin).state)

    def _press(self, number: int, finger: threading.Lock, seconds: float) -> None:
        pin = self._factory.pin(number)
        with finger:
            for gap in _CHATTER:
                pin.drive_low()
                time.sleep(gap)
                # open for an instant: a busy machine that slept too long here would make two presses of one
                pin.drive_high()
            pin.drive_low()
            time.sleep(seconds)
            pin.drive_high()
            time.sleep(_HOLD)
