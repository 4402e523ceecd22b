"""A call unit without hardware: the real panel on pins made of software, and its lamp in a file.

`<state>/fake/<device>/lamps.json` holds `{"lamp": "steady"}` (or `blinking`, `fast`, `undone`, `dark`), replaced in one
step whenever the lamp changes. It takes `next`, `recall`, `no-show`, and `undo`: a finger that stays on *recall* for as
long as that needs; or `recall-down`, and `recall-up` when the finger leaves.
"""

from collections.abc import Callable
from pathlib import Path

from counter_terminal.fake_files import write
from counter_terminal.machine import Contact, Lamp, Pressed
from counter_terminal.panel import Panel, button_pins
from counter_terminal.two_way import HELD
from moiso.devices.fake_gpio import FakePins
from moiso.runtime.site import PinsConf


class FakePanel(Panel):
    """One unit on a machine of its own, as it were: several fake units may name the same pins."""

    def __init__(self, device: str, pins: PinsConf, put: Callable[[Pressed | Contact], None], folder: Path) -> None:
        self._pins = FakePins(button_pins(pins))
        self._file = folder / "lamps.json"
        super().__init__(device, pins, put)
        self._write(Lamp.DARK)

    def show(self, lamp: Lamp) -> None:
        """Let the lamp say this, and write it down."""
        super().show(lamp)
        self._write(lamp)

    def press(self, button: str) -> None:
        """Press this button as a finger does. Raises ValueError when there is none of this name."""
        match button:
            case "undo":
                self._pins.press("recall", HELD + 0.2)
            case "recall-down":
                self._pins.touch("recall")
            case "recall-up":
                self._pins.leave("recall")
            case "next" | "recall" | "no-show":
                self._pins.press(button)
            case _:
                known = "next, recall, no-show, undo, recall-down and recall-up"
                raise ValueError(f"{self._device} has no button {button!r}; it has {known}")

    def close(self) -> None:
        """Go dark, on paper too."""
        super().close()
        self._write(Lamp.DARK)

    def _write(self, lamp: Lamp) -> None:
        write(self._file, {"lamp": lamp.value})
