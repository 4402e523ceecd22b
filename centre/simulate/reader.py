"""Somebody who needs every event: the statistics' intake, and its reading compared with the log on the disk.

What the hub publishes, repeats after a reconnect and replays on demand has to add up to its log, byte for byte.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from centre.simulate.disk import Disk
from centre.simulate.violation import Violation
from moiso.wire.codec import decode
from moiso.wire.messages import Beat, Event
from moiso.wire.ports import Arrived, LinkUp
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics
from stats.intake import Intake, Memory, Row


class Reader:
    """The machine of the device `stats`; `disk` is the hub's."""

    ready = True

    def __init__(self, topics: Topics, device: str, disk: Disk) -> None:
        self.subscriptions: Sequence[str] = [topics.event("+"), topics.beat, topics.reply(device)]
        self.detail: dict[str, Any] = {}
        self._topics, self._disk, ids = topics, disk, count(1)
        self._requests = Requests(topics, device, lambda: f"{device}-{next(ids)}")
        self._intake = Intake(Memory(), self._requests)

    def handle(self, items: list[Any], now: float) -> list[object]:
        """One turn: what came is compared, what is missing is asked for."""
        out: list[object] = []
        for item in items:
            if isinstance(item, LinkUp):
                self._requests.hurry(now)
            elif isinstance(item, Arrived):
                out += self._arrived(item, now)
        out += self._intake.due(now)
        for row in self._intake.rows:
            self._compare(row)
        self._intake.rows.clear()
        self._listen_to_complaints()
        return out

    def deadline(self) -> float | None:
        """When something is to be asked again."""
        return self._requests.deadline()

    def check(self) -> None:
        """Everything is there by now."""
        if self._intake.seq != len(self._disk.rows):
            raise Violation(2, f"a reader has events up to {self._intake.seq}, the log up to {len(self._disk.rows)}")

    def _listen_to_complaints(self) -> None:
        """Every event makes sense to the statistics; a replay may be refused while the hub's disk is full."""
        for complaint in self._intake.complaints:
            if not complaint.text.endswith("disk-full"):
                raise Violation(0, f"the statistics complain: {complaint.text}")
        self._intake.complaints.clear()

    def _arrived(self, item: Arrived, now: float) -> Sequence[object]:
        match self._topics.below(item.topic):
            case ["event", _]:
                self._intake.event(item.payload)
            case ["beat"]:
                self._intake.beat(decode(item.payload, Beat))
            case ["reply", _]:
                return self._intake.reply(item.payload, now)
        return []

    def _compare(self, row: Row) -> None:
        """The row as it was read is the row as it stands on the disk."""
        rows = self._disk.rows
        true = rows[row.seq - 1] if row.seq <= len(rows) else None
        said = bytes(decode(row.body, Event).data)
        if true is None or (true.day, true.type, true.data) != (row.day, row.type, said):
            raise Violation(2, f"a reader was told event {row.seq} {row.type} {said!r}, the log has {true}")
