"""A loudspeaker under virtual time: as long over an announcement as a real one, and refuses two at once."""

from collections.abc import Callable
from random import Random

from centre.simulate.clock import Time
from centre.simulate.violation import Violation
from display.machine import Failed, Over
from display.voice import Speak

#: Seconds of a chime and of a word.
CHIME, WORD = 1.5, 0.45


class Loudspeaker:
    """The sound device of one wall; `broken`: it refuses for now."""

    def __init__(self, time: Time, chance: Random, tell: Callable[[object], None]) -> None:
        self._time, self._chance, self._tell = time, chance, tell
        self._ends = 0.0
        self.broken = False

    def play(self, speak: Speak) -> bool:
        """Begin to play; False when the device refuses.

        Raises Violation when the last announcement still sounds.
        """
        now = self._time.now
        if now < self._ends:
            raise Violation(7, f"{speak.ticket} is announced while the last announcement still sounds")
        if self.broken:
            self._tell(Failed())
            return False
        self._ends = ends = now + CHIME * speak.first + WORD * len(speak.text.split())
        self._time.at(ends + self._chance.uniform(0.0, 0.03), lambda: self._over(ends))
        return True

    def stop(self) -> None:
        """The program that played is dead."""
        self._ends = 0.0

    def _over(self, ends: float) -> None:
        if ends == self._ends:
            self._tell(Over())
