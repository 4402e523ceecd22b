"""What the lamps over the kiosk's buttons say. Pure.

on        a press gives a ticket
dip       the same, and the paper is nearly out: lit, and dark for a moment every two seconds
blink     this button's ticket is on its way
flicker   for SORRY seconds: the last press of this button gave no ticket; all at once and for long: the kiosk needs
          somebody, and cannot say so for the hub is not reached
off       a press would give none: centre closed, service out of its hours or without numbers, hub not reached,
          printer stopped, another ticket on its way
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

#: Seconds for which a lamp says that a press gave nothing: long enough for somebody who looks for the paper first.
SORRY = 3.0

LampState = Literal["on", "dip", "off", "blink", "flicker"]


class Lamps:
    """The lamps of these services, dark at first."""

    def __init__(self, services: Sequence[str]) -> None:
        self._services = services
        self._sorry_until: dict[str, float] = {}
        self._shown: dict[str, LampState] = {}

    def sorry(self, service: str, now: float) -> None:
        """The press gave nothing."""
        self._sorry_until[service] = now + SORRY

    def thanks(self, service: str) -> None:
        """A new press counts: what came of the last one is over."""
        self._sorry_until.pop(service, None)

    def changes(
        self, now: float, busy: str | None, gives: Callable[[str], bool], *, alarm: bool = False, near: bool = False
    ) -> Iterator[tuple[str, LampState]]:
        """Which lamps show something new; `busy`: whose ticket is on its way; `gives`: whether a press gives one.

        alarm: somebody has to come. near: the paper is nearly out.
        """
        for service in self._services:
            state = "flicker" if alarm else self._state(service, now, busy, gives)
            state = "dip" if near and state == "on" else state
            if self._shown.get(service) != state:
                self._shown[service] = state
                yield service, state

    def deadline(self, now: float) -> float | None:
        """When the next lamp has been sorry long enough, or None."""
        return min((until for until in self._sorry_until.values() if until > now), default=None)

    def _state(self, service: str, now: float, busy: str | None, gives: Callable[[str], bool]) -> LampState:
        if service == busy:
            return "blink"
        if now < self._sorry_until.get(service, now):
            return "flicker"
        return "on" if gives(service) else "off"
