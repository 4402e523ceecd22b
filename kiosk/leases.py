"""The blocks of numbers that this kiosk may give by itself. Pure; a fold of the journal.

A block of a day is good for that day alone. A block of `the next day` is good for any day after the one in which it
was lent, until the hub is heard again and says which day is open: it then belongs to that one (docs/business-day.md).
"""

from dataclasses import dataclass

from kiosk.journal import Given, Leased, Seen
from moiso.core.numbering import ticket_number

#: A new block is asked for when fewer than one in so many numbers of the last one are left.
RUNS_LOW = 3


@dataclass(slots=True)
class _Block:
    lease: Leased
    next: int
    day: str | None

    @property
    def left(self) -> int:
        return self.lease.last - self.next + 1


class Leases:
    """Fed with the records of the journal, in order."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._log: str | None = None
        self._label: str | None = None

    def leased(self, lease: Leased) -> None:
        """A block was lent."""
        self._blocks.append(_Block(lease, lease.first, lease.day))

    def given(self, given: Given) -> None:
        """A number was given; it is never given again."""
        for block in self._blocks:
            if block.lease.service == given.service and block.next <= given.number <= block.lease.last:
                block.next = given.number + 1

    def seen(self, seen: Seen) -> None:
        """The hub said how the day stands: blocks of other days are good for nothing any more."""
        if seen.log != self._log:
            self._blocks, self._log, self._label = [], seen.log, None
        if seen.label is None or seen.label == self._label:
            return
        self._label = seen.label
        if seen.training:
            # the hub keeps them for the next real day, or gives them to the one that practice has interrupted
            self._blocks = [block for block in self._blocks if block.day is not None]
            return
        for block in self._blocks:
            if block.day is None and block.lease.after != seen.label:
                block.day = seen.label
        self._blocks = [block for block in self._blocks if block.day in {None, seen.label}]

    def next(self, service: str, day: str | None) -> tuple[str, int] | None:
        """The next ticket of a service for a day (None: for the next one), and its number; None when there is none."""
        for block in self._of(service, day):
            if block.left > 0:
                return ticket_number(service, block.next), block.next
        return None

    def left(self, service: str, day: str | None) -> int:
        """How many numbers are left."""
        return sum(block.left for block in self._of(service, day))

    def runs_low(self, service: str, day: str | None) -> bool:
        """Whether it is time to ask for another block."""
        blocks = self._of(service, day)
        return not blocks or self.left(service, day) * RUNS_LOW < blocks[-1].lease.size

    def kept(self) -> list[Leased]:
        """What the journal has to say of the blocks when it is written anew."""
        return [
            Leased(
                service=block.lease.service,
                first=block.next,
                last=block.lease.last,
                size=block.lease.size,
                day=block.day,
                after=block.lease.after,
            )
            for block in self._blocks
            if block.left > 0
        ]

    def _of(self, service: str, day: str | None) -> list[_Block]:
        return [block for block in self._blocks if block.lease.service == service and block.day == day]
