"""Looking over a ledger's shoulder: every command and every look at the clock, with what the core made of it."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from centre.simulate.violation import Violation
from hub.ledger import Ledger, fingerprint
from hub.log import Row
from moiso.core.asking import Rejected
from moiso.core.commands import Command
from moiso.core.day import Moment
from moiso.core.events import Event
from moiso.core.roles import Sender


class Asked(NamedTuple):
    """A command at the core's door: who asks, when (seconds since 1970), and whether the clock is to be believed."""

    command: Command
    by: Sender
    at: float
    synced: bool


class Watcher(Protocol):
    """Who is told; raises Violation when something is wrong."""

    def answered(self, asked: Asked, refused: str | None, new: Sequence[Row]) -> None:
        """The core has decided: `refused` is its reason, `new` what it appended."""

    def time_passed(self, now: Moment, last: float, new: Sequence[Row]) -> None:
        """The clock was looked at, and `new` was appended because of it; `last`: when something happened before."""

    def look_closely(self) -> bool:
        """Whether to look at every byte this time."""


def watch(ledger: Ledger, watcher: Watcher) -> None:
    """Have everything that this ledger decides told to `watcher`."""
    carry_out, keep_time = ledger.carry_out, ledger.keep_time

    def judged(command: Command, by: Sender, now: Moment) -> list[Event]:
        asked = Asked(command, by, max(now.wall, ledger.centre.at), now.synced)
        before = len(ledger.batch.rows)
        stood = fingerprint(ledger) if watcher.look_closely() else None
        try:
            events = carry_out(command, by, now)
        except Rejected as why:
            watcher.answered(asked, why.reason, ledger.batch.rows[before:])
            if stood is not None and stood != fingerprint(ledger):
                raise Violation(0, f"{command} was refused ({why.reason}) and has changed something") from None
            raise
        watcher.answered(asked, None, ledger.batch.rows[before:])
        return events

    def timed(now: Moment) -> None:
        before, last = len(ledger.batch.rows), ledger.centre.at
        keep_time(now)
        watcher.time_passed(now, last, ledger.batch.rows[before:])

    vars(ledger).update(carry_out=judged, keep_time=timed)
