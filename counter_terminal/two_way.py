"""One button for two things: pressed briefly it is *recall*, held for two seconds it is *undo*. Pure.

A recall waits until the finger leaves. Sent at the touch, it would be spoken while the clerk means *undo*, and it would
be the counter's last command, which is what an undo takes back. The undo does not wait for the finger: the lamp
confirms it while the button is still held, so that nobody counts seconds.
"""

from moiso.devices.debounce import QUIET

#: Seconds of holding, without a break, that mean *undo*.
HELD = 2.0


class TwoWayButton:
    """The contact of one button; times are monotonic seconds, of `edge` and of `due` on one clock."""

    def __init__(self) -> None:
        self._touched = self._held = self._told = False
        self._closed_at: float | None = None
        self._opened_at = 0.0

    def edge(self, down: bool, at: float) -> str | None:
        """The level changed; gives what `due` gives just before. Chatter is part of one touch, and no holding."""
        press = self.due(at)
        if down:
            if not self._touched:
                self._held = self._told = False
            self._touched, self._closed_at = True, at
        elif self._closed_at is not None:
            self._held = self._held or at - self._closed_at >= HELD
            self._closed_at, self._opened_at = None, at
        return press

    def due(self, now: float) -> str | None:
        """`recall` or `undo` when it has become certain by `now`, once for each touch."""
        deadline = self.deadline()
        if deadline is None or now < deadline:
            return None
        told = self._told
        if self._closed_at is not None:
            self._held = self._told = True
        else:
            self._touched = False
        if told:
            return None
        return "undo" if self._held else "recall"

    def deadline(self) -> float | None:
        """When `due` next knows something, or None."""
        if not self._touched:
            return None
        if self._closed_at is None:
            return self._opened_at + QUIET
        return None if self._told else self._closed_at + HELD
