"""The hub's shell: SQLite on one side, MQTT on the other, the machine between them.

It stays up and carries on: a command that cannot be carried out is answered and logged. It stops, with one sentence,
only for what a person must mend: a database it cannot use, or a second hub at the same site.
"""

import fcntl
import gc
import logging
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from hub.log import Batch
from hub.machine import Machine, Place, SecondHub, Turn
from hub.outbox import Outbox
from hub.store import Store
from moiso.core.day import Moment
from moiso.core.tickets import ImpossibleMoveError
from moiso.runtime import logs, loop, systemd
from moiso.runtime.clock import Clock
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Acked, Link
from moiso.runtime.program import Context, Unusable, context, guarded, new_id
from moiso.runtime.site import PlainButtonConf
from moiso.wire.codec import BadMessage
from moiso.wire.ports import Arrived, LinkUp, Publish
from moiso.wire.session import Session

log = logging.getLogger("hub")

#: Events read from the log at a time when they go out again after a reconnect.
RESEND = 500
#: Seconds until the next try after a turn that failed; the heart beats on meanwhile.
PAUSE = 2.0


class Hub:
    """One running hub."""

    def __init__(self, ctx: Context) -> None:
        site, topics = ctx.site, ctx.site.topics
        self._place = Place(
            topics=topics,
            rules=site.rules(),
            calendar=site.calendar,
            kinds=site.devices(),
            counters={
                **{counter.unit: counter.number for counter in site.counters},
                **{button.device: button.counter for button in site.buttons if button.topic is None},
            },
            buttons=site.buttons,
        )
        self._lock = _own(ctx.state / "hub.lock")
        self._store = Store(ctx.state / "hub.db")
        self._machine = self._fold()
        self._outbox = Outbox(self._store.taken)
        self._clock = Clock(trust=True if site.day.trust_clock else None)
        self._session = Session(topics, ctx.device, "hub", new_id(), pid=os.getpid())
        self._seldom = logs.Seldom(log)
        self._wanted = 0.0
        self.inbox = Inbox()
        self._link = Link(
            ctx.address(ctx.device),
            self.inbox,
            subscribe=[topics.button("+", "+"), topics.status("+"), *_topics_of(site.buttons)],
            no_echo=[topics.cmd("+", "+"), topics.counter("+"), topics.beat],
            will=self._session.will,
            acks=True,
            # a client id of its own: two hubs would cut each other off for ever, and neither would hear the other
            client_id=f"{ctx.device}-{self._session.session}",
        )

    def start(self) -> None:
        """Connect, and say that we are up."""
        self._link.start()
        systemd.notify("READY=1")

    def stop(self) -> None:
        """Say goodbye and close the log."""
        self._link.stop(self._session.farewell())
        self._store.close()
        self._lock.close()

    def handle(self, items: list[object], now: float) -> float:
        """One turn of the loop, unless the broker's receipts are all there is; the monotonic time of the next one."""
        self._acks(items)
        if now >= self._wanted or not all(isinstance(item, Acked) for item in items):
            self._wanted = self._handle(items, now)
        return self._wanted

    def _handle(self, items: list[object], now: float) -> float:
        """Decide, commit, publish; the monotonic time of the next turn wanted."""
        moment = self._clock.moment()
        turn = self._turn(items, moment)
        if turn is not None:
            self._publish(turn)
        for item in items:
            if isinstance(item, LinkUp):
                self._reconnected()
            elif isinstance(item, Arrived) and item.topic == self._session.topic:
                self._foreign_word(item)
        self._send_all(self._session.now(ready=True, stuck=self._machine.stuck(now)))
        for topic, complaint in turn.complaints.items() if turn else ():
            self._seldom.warn(topic, now, f"{topic}: {complaint}")
        return self._machine.deadline() if turn else now + PAUSE

    def _foreign_word(self, item: Arrived) -> None:
        """Another session on our status: our last life's will, or a second hub that came or went."""
        said = self._session.seen(item.payload)
        self._send_all(said)
        if said and not item.retained:
            self._machine.say_again()

    def _turn(self, items: list[object], moment: Moment) -> Turn | None:
        """Decide and commit; None when that failed: then everybody was told and nothing has changed."""
        try:
            turn = self._machine.handle(items, moment)
            if not turn.batch.empty:
                self._store.commit(turn.batch, self._outbox.taken)
        except SecondHub as other:
            raise Unusable(
                f"another hub (log {other}) already serves {self._place.topics.site}: stop one of the two"
            ) from None
        except sqlite3.Error as error:
            self._seldom.warn("store", moment.mono, f"cannot write {self._store.path}: {error}; make room on the disk")
            return self._recover(items, moment, "disk-full")
        except Exception as error:  # noqa: BLE001  whatever it is, the others are to be served
            told = f"a turn failed ({error!r}); the state is read from the log again"
            self._seldom.warn("turn", moment.mono, told, trace=True)
            return self._recover(items, moment, "internal")
        return turn

    def _recover(self, items: list[object], moment: Moment, reason: str) -> Turn | None:
        """Fold the log anew; when one item was at fault, the others still get their turn."""
        self._machine = self._fold()
        if len(items) <= 1 or reason == "disk-full":
            # the turn that failed may have had to say how things stand, and the next ones may fail as well
            speaker = self._machine.speaker
            self._send_all([*self._machine.refuse(items, reason), *speaker.snapshots(moment), speaker.beat(moment)])
            return None
        for item in items:
            turn = self._turn([item], moment)
            if turn is not None:
                self._publish(turn)
        return Turn(Batch())

    def _fold(self) -> Machine:
        try:
            return Machine(self._place, self._store.read(), self._store.rows)
        except (sqlite3.Error, BadMessage, LookupError, ImpossibleMoveError) as error:
            raise Unusable(
                f"{self._store.path}: the log cannot be read ({error!r}): restore it from a backup"
            ) from None

    def _publish(self, turn: Turn) -> None:
        """Tell what is committed: first what happened, then the answers, then how things stand."""
        for row in turn.batch.rows:
            mid = self._link.publish(self._machine.speaker.event(row))
            if mid is not None:
                self._outbox.sent(mid, row.seq)
        self._send_all([*turn.replies, *turn.states])

    def _send_all(self, messages: list[Publish]) -> None:
        for message in messages:
            self._link.publish(message)

    def _acks(self, items: list[object]) -> None:
        for item in items:
            if isinstance(item, Acked):
                self._outbox.acked(item.mid)

    def _reconnected(self) -> None:
        """Say our birth, and every event that the broker may not have."""
        self._send_all(self._session.now(ready=True) or [self._session.birth()])
        first = self._outbox.restart()
        while rows := self._store.rows(first, RESEND):
            for row in rows:
                mid = self._link.publish(self._machine.speaker.event(row))
                if mid is not None:
                    self._outbox.sent(mid, row.seq)
            first = rows[-1].seq + 1


def _topics_of(buttons: Sequence[PlainButtonConf]) -> list[str]:
    """The topics that plain buttons have besides the site's own, each once."""
    return sorted({button.topic for button in buttons if button.topic is not None})


def _own(path: Path) -> IO[str]:
    """The lock that keeps a second hub away from this database; the kernel lifts it whatever we die of."""
    try:
        lock = path.open("a")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Unusable(f"another hub already works in {path.parent}: stop one of the two") from None
    except OSError as error:
        raise Unusable(f"cannot write {path} ({error.strerror}): give it to the user who runs Mời Số") from None
    return lock


def main(argv: Sequence[str] | None = None) -> int:
    """Run the hub of one site until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("hub", "hub", argv, "The hub: decides, keeps the log, tells everybody.")
    logs.set_up("hub")
    hub = Hub(ctx)
    gc.freeze()
    hub.start()
    loop.run(hub.inbox, hub.handle)
    hub.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
