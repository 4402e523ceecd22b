"""The hub's store as lists: a batch is kept whole or not at all, and the answers are forgotten with their day."""

from dataclasses import dataclass, field

from hub.log import Answer, Batch, Memory, Row
from moiso.core.day import Moment

#: The name of the one log of a world.
LOG = "log-1"


class DiskFull(Exception):  # noqa: N818  it says what the disk says
    """Nothing was stored."""


@dataclass
class Disk:
    """What survives every crash; `full`: it takes nothing at the moment."""

    rows: list[Row] = field(default_factory=list)
    answers: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    last: Moment | None = None
    alive: Moment | None = None
    taken: int = 0
    full: bool = False
    opened: int = 0

    def commit(self, batch: Batch, taken: int) -> None:
        """Keep a batch; `taken` is the outbox's mark.

        Raises DiskFull; then nothing was kept.
        """
        if self.full:
            raise DiskFull
        if batch.forget_answers:
            self.answers.clear()
        for row in batch.rows:
            if row.type == "day-opened":
                self.opened = len(self.rows)
            self.rows.append(row)
        self.answers |= {answer.key: answer for answer in batch.answers}
        self.last, self.alive = batch.last or self.last, batch.alive or self.alive
        self.taken = taken

    def read(self) -> Memory:
        """Everything since the last `day-opened`, as the hub finds it at its start."""
        return Memory(LOG, self.rows[self.opened :], list(self.answers.values()), self.last, self.alive)

    def from_seq(self, first: int, limit: int) -> list[Row]:
        """At most `limit` rows from seq `first` on; -1: all."""
        begin = max(0, first - 1)
        return self.rows[begin:] if limit < 0 else self.rows[begin : begin + limit]
