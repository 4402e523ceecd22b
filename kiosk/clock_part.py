"""Tells the kiosk's machine what the clocks of this Pi say."""

from collections.abc import Sequence

from kiosk.ports import Clocks
from moiso.runtime.clock import Clock

#: Seconds between two looks; the machine counts on by itself.
LOOK_EVERY = 5.0


class ClockPart:
    """A part of the kiosk's shell (moiso/runtime/shell.py)."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._next = clock, 0.0

    def handle(self, items: Sequence[object], now: float) -> list[object]:
        """The same items, now and then with the clocks before them."""
        if now < self._next:
            return list(items)
        self._next = now + LOOK_EVERY
        return [Clocks(self._clock.moment()), *items]

    def deadline(self) -> float | None:
        """There is a turn each second anyway."""
        return None
