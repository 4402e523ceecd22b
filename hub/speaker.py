"""What the hub tells everybody: events, snapshots, the beat. Pure; snapshots are said when they changed."""

from typing import Literal

import msgspec

from hub.ledger import Ledger
from hub.log import Row
from hub.views import Views
from moiso.core.day import Moment, Verdict
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, Event, Snapshot
from moiso.wire.ports import Publish
from moiso.wire.topics import Topics


class Speaker:
    """Makes the messages for all; remembers what was said, to say only what is new."""

    def __init__(self, topics: Topics, log: str, ledger: Ledger, views: Views) -> None:
        self._topics, self._log, self._ledger, self._views = topics, log, ledger, views
        self._said: dict[str, Snapshot] = {}

    def forget(self) -> None:
        """A new connection: everything has to be said again."""
        self._said.clear()

    def beat(self, now: Moment) -> Publish:
        """The hub lives, and its log ends here."""
        beat = Beat(
            log=self._log, seq=self._ledger.centre.seq, at=self._views.stamp(now.wall), clock=_clock(now.synced)
        )
        return Publish(self._topics.beat, encode(beat), qos=0)

    def event(self, row: Row) -> Publish:
        """A row of the log as it goes on the wire."""
        return Publish(self._topics.event(row.type), encode(self.wire_event(row)))

    def wire_event(self, row: Row) -> Event:
        """A row of the log as a message."""
        return Event(
            log=self._log,
            seq=row.seq,
            at=self._views.stamp(row.at),
            clock=_clock(row.synced),
            day=row.day,
            type=row.type,
            data=msgspec.Raw(row.data),
        )

    def snapshots(self, now: Moment) -> list[Publish]:
        """The retained states whose content is not what was said last."""
        views, topics = self._views, self._topics
        ask = self._ledger.verdict(now) is Verdict.ASK
        snapshots: dict[str, Snapshot] = {
            topics.state("board"): views.board(now),
            topics.state("services"): views.services(now),
            topics.state("day"): views.day(ask=ask),
        }
        for number in self._ledger.centre.counters:
            snapshots[topics.counter(number)] = views.counter(number)
        return [Publish(topic, encode(s), retain=True) for topic, s in snapshots.items() if self._is_new(topic, s)]

    def _is_new(self, topic: str, snapshot: Snapshot) -> bool:
        """Whether more than the head differs from what was said last."""
        content = msgspec.structs.replace(snapshot, seq=0, at="")
        if self._said.get(topic) == content:
            return False
        self._said[topic] = content
        return True


def _clock(synced: bool) -> Literal["synced", "free"]:
    return "synced" if synced else "free"
