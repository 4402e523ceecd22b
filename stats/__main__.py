"""The shell of `stats`: MQTT on one side, the history on the other, the machine between them."""

import gc
import logging
import os
import sqlite3
from collections.abc import Sequence

from moiso.runtime import logs, loop, systemd
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Link
from moiso.runtime.program import Context, Unusable, context, guarded, new_id
from moiso.wire.session import Session
from stats.machine import Machine, Place
from stats.store import Store

log = logging.getLogger("stats")

#: Seconds between two attempts to write to a disk that took nothing.
RETRY = 5.0


class Stats:
    """One running `stats`."""

    def __init__(self, ctx: Context) -> None:
        site, topics = ctx.site, ctx.site.topics
        place = Place(topics=topics, calendar=site.calendar, services=tuple(s.code for s in site.services))
        self._store = Store(ctx.state / "stats.db", site.site.id)
        self._session = Session(topics, ctx.device, "stats", new_id(), pid=os.getpid())
        self._machine = Machine(place, self._session, self._store.memory(), new_id)
        self._seldom = logs.Seldom(log)
        self._try_at = 0.0
        self.inbox = Inbox()
        self._link = Link(
            ctx.address(ctx.device),
            self.inbox,
            subscribe=[topics.event("+"), topics.beat, topics.reply(ctx.device), self._session.topic],
            will=self._session.will,
        )

    def start(self) -> None:
        """Connect, and say that we are up."""
        self._link.start()
        systemd.notify("READY=1")

    def stop(self) -> None:
        """Say goodbye and close the history."""
        self._link.stop(self._session.farewell())
        self._store.close()

    def handle(self, items: list[object], now: float) -> float | None:
        """One turn of the loop: the machine first, then the disk; the monotonic time of the next turn wanted."""
        turn = self._machine.handle(items, now)
        for message in turn.publish:
            self._link.publish(message)
        for kind, complaint in turn.complaints.items():
            self._seldom.warn(kind, now, complaint)
        if self._machine.rows and now >= self._try_at:
            self._save(now)
        return self._machine.deadline(now)

    def _save(self, now: float) -> None:
        """Store what is there. Raises Unusable when the file is damaged: no later attempt can help."""
        count = len(self._machine.rows)
        try:
            self._store.append(self._machine.rows)
        except sqlite3.OperationalError as error:
            self._try_at = now + RETRY
            self._machine.store_failed()
            self._seldom.warn(
                "store",
                now,
                f"cannot write {self._store.path}: {error}; make room on the disk. Nothing is lost: what is missing "
                "will be fetched again from the hub",
            )
        except sqlite3.DatabaseError as error:
            raise Unusable(self._store.unusable(error)) from None
        else:
            self._machine.stored(count)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the statistics of one site until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("stats", "stats", argv, "The statistics: keep every event, publish the day's figures.")
    logs.set_up("stats")
    stats = Stats(ctx)
    gc.freeze()
    stats.start()
    loop.run(stats.inbox, stats.handle)
    stats.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
