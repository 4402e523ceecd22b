"""A keypad or sign made of software, as somebody could build it from docs/keypad.md. Pure; its line is in fake_wire.

It keeps one key until a question acknowledges it, and for two seconds at most. Left alone for three seconds it shows
dashes and blinks by itself, for what it was told to show may not be true any more; its keys do nothing then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from counter_terminal.exchange import Face, Hello, Poll, UnitState
from counter_terminal.machine import Lamp
from counter_terminal.sign import UNKNOWN

#: Seconds for which a key is kept for a master that does not fetch it.
KEPT = 2.0
#: Seconds without a question after which it says that it knows nothing.
ALONE = 3.0
LOST = Face(Lamp.BLINKING, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was pressed: its number in this life of the unit, and when."""

    boot: int
    seq: int
    name: str
    at: float


class FakeUnit:
    """One unit; `draw_boot` gives a random word of 16 bits whenever it gets power.

    acked: the keys that were acknowledged, for whoever counts them.
    """

    def __init__(self, draw_boot: Callable[[], int]) -> None:
        self._draw_boot = draw_boot
        self.acked: list[Key] = []
        self.power()

    def power(self) -> None:
        """The power comes (again): nothing is remembered."""
        self.boot = self._draw_boot()
        self._key: Key | None = None
        self._key_seq, self._version, self._face = 0, 0, LOST
        self._asked_at = -inf

    def press(self, name: str, now: float) -> bool:
        """A finger on this key; whether the unit took it: one at a time, and none while it is alone."""
        if self._is_alone(now) or self._waiting(now) is not None:
            return False
        self._key_seq = self._key_seq % 255 + 1
        self._key = Key(self.boot, self._key_seq, name, now)
        return True

    def face(self, now: float) -> Face:
        """What people see."""
        return self._shown(now)[1]

    def _shown(self, now: float) -> tuple[int, Face]:
        return (0, LOST) if self._is_alone(now) else (self._version, self._face)

    def _is_alone(self, now: float) -> bool:
        return now - self._asked_at >= ALONE

    def hear(self, question: Hello | Poll, now: float) -> UnitState | None:
        """Its answer to a question to its address; None: it keeps silent."""
        if isinstance(question, Poll):
            if question.boot != self.boot:
                return None
            self._obey(question, now)
        return self._state(now)

    def _obey(self, question: Poll, now: float) -> None:
        self._version, self._face = self._shown(now)
        self._asked_at = now
        key = self._waiting(now)
        if key is not None and question.ack == key.seq:
            self.acked.append(key)
            self._key = None
        if question.face is not None:
            self._version, self._face = question.version, question.face

    def _waiting(self, now: float) -> Key | None:
        if self._key is not None and now - self._key.at >= KEPT:
            self._key = None
        return self._key

    def _state(self, now: float) -> UnitState:
        key, (version, _) = self._waiting(now), self._shown(now)
        age = max(0.0, now - key.at) if key else 0.0  # a finger may be ahead of what the wire has come to
        return UnitState(self.boot, version, self._key_seq, key.name if key else None, age)
