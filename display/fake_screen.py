"""The screen without a screen: paints in memory and leaves what a visitor would see in a PNG file."""

from collections.abc import Callable
from pathlib import Path

from display.paint import Picture, Size
from display.screen import Screen

EVERY = 0.5
"""Seconds between two saved pictures, at least."""


class FakeScreen(Screen):
    """A Screen of any size; at most two pictures a second, only when something changed, the last one always."""

    def __init__(self, path: Path, clock: Callable[[], float], size: Size = (1920, 1080)) -> None:
        """Save to `path`, whose folder exists; `clock` gives monotonic seconds."""
        super().__init__(("dummy",), size)
        self._path = path
        self._clock = clock
        self._unsaved = False
        self._saved_at = float("-inf")

    def show(self, picture: Picture) -> bool:
        """As a Screen; saves the picture when it is due. Call it at every tick."""
        painted = super().show(picture)
        self._unsaved |= painted
        if self._unsaved and self._clock() - self._saved_at >= EVERY:
            self.save(self._path)
            self._saved_at, self._unsaved = self._clock(), False
        return painted
