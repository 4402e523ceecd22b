"""A kiosk's memory card: its journal, written record by record while the power may fail at any byte."""

from collections import deque
from collections.abc import Callable
from functools import partial
from random import Random

from centre.simulate.clock import Time
from kiosk.journal import Record, lines, read
from kiosk.ports import NotWritten, Write, Written

#: Seconds that a card takes for a record: usually, and now and then when it tidies up.
USUAL, TIDYING, TIDIES = (0.004, 0.05), (0.3, 2.5), 0.01


class Card:
    """Keeps the rules of kiosk/journal_file.py; `tell` hears what became of each write.

    full: it takes nothing. at_next_write: called while the next write is under way.
    """

    def __init__(self, time: Time, chance: Random, tell: Callable[[object], None]) -> None:
        self._time, self._chance, self._tell = time, chance, tell
        self._data = bytearray()
        self._writes: deque[Write] = deque()
        self._life = 0
        self.full = False
        self.at_next_write: Callable[[], None] | None = None

    def read(self) -> list[Record]:
        """What an earlier life wrote; a torn end is cut off."""
        records, damaged = read(bytes(self._data))
        if damaged:
            self._data = bytearray(lines(records))
        return records

    def add(self, write: Write) -> None:
        """Write this after what is being written now."""
        self._writes.append(write)
        if len(self._writes) == 1:
            self._begin()

    def cut(self) -> bool:
        """The power fails, or the program is killed: of the write that is under way any part is on the card.

        Whether the journal ends in the middle of a record now.
        """
        self._life += 1
        torn = bool(self._writes) and not self.full and self._tear(self._writes[0])
        self._writes.clear()
        return torn

    def lose(self) -> bool:
        """Another card is in the kiosk: a journal without a word. Whether the old one had any."""
        had = bool(self._data)
        self._data.clear()
        return had

    def _tear(self, write: Write) -> bool:
        whole = lines(write.records)
        if not write.anew:
            self._data += whole[: self._chance.randint(0, len(whole))]
        elif self._chance.random() < 0.5:  # a file takes the other's place at once, or does not
            self._data = bytearray(whole)
        return bool(self._data) and not self._data.endswith(b"\n")

    def _begin(self) -> None:
        slow = self._chance.random() < TIDIES
        pause = self._chance.uniform(*(TIDYING if slow else USUAL))
        if self.at_next_write is not None:
            self._time.after(pause * self._chance.random(), self.at_next_write)
            self.at_next_write = None
        self._time.after(pause, partial(self._end, self._life))

    def _end(self, life: int) -> None:
        if life != self._life:
            return
        write = self._writes.popleft()
        self._tell_of(write, None if self._take(write) else "No space left on device")
        if self._writes:
            self._begin()

    def _take(self, write: Write) -> bool:
        if self.full:
            return False
        if write.anew:
            self._data.clear()
        self._data += lines(write.records)
        return True

    def _tell_of(self, write: Write, why: str | None) -> None:
        if why is not None:
            self._tell(NotWritten(write.ack, why))
        elif write.ack is not None:
            self._tell(Written(write.ack))
