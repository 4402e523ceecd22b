"""What one life of the hub says: events with their receipts, replies, states; and all of it again after a reconnect."""

from collections.abc import Sequence
from functools import partial

from centre.simulate.disk import Disk
from centre.simulate.ground import Ground
from centre.simulate.network import Wire
from hub.log import Row
from hub.machine import Machine, Turn
from hub.outbox import Outbox
from moiso.wire.ports import Arrived, LinkUp, Publish
from moiso.wire.session import Session
from moiso.wire.topics import Topics


class Mouth:
    """Speaks as hub/__main__.py does; `life` counts the lives of the program."""

    def __init__(self, ground: Ground, topics: Topics, wire: Wire, disk: Disk, life: int) -> None:
        self._ground, self._topics, self._wire, self._disk = ground, topics, wire, disk
        self._outbox, self._mid = Outbox(disk.taken), 0
        self._session = Session(topics, "hub", "hub", f"session-{life}", pid=life)
        wire.will = self._session.will

    @property
    def taken(self) -> int:
        """The outbox's mark: every event up to this one was acknowledged by the broker."""
        return self._outbox.taken

    def tell(self, machine: Machine, turn: Turn, items: Sequence[object]) -> None:
        """Say what a turn brought, and what the connection calls for."""
        self.rows(machine, turn.batch.rows)
        self.say([*turn.replies, *turn.states])
        for item in items:
            if isinstance(item, LinkUp):
                self._reconnected(machine)
            elif isinstance(item, Arrived) and item.topic == self._session.topic:
                self._foreign_word(machine, item)

    def rows(self, machine: Machine, rows: Sequence[Row]) -> None:
        """Say these events; the broker's receipts move the outbox's mark."""
        for row in rows:
            self._mid += 1
            taken = partial(self._outbox.acked, self._mid)
            if self._ground.broker.publish(self._wire, machine.speaker.event(row), taken):
                self._outbox.sent(self._mid, row.seq)

    def say(self, messages: Sequence[Publish]) -> None:
        """Beats only while somebody looks closely: else one is made for whoever needs it."""
        for message in messages:
            if self._ground.attention.close or message.topic != self._topics.beat:
                self._ground.broker.publish(self._wire, message)

    def _foreign_word(self, machine: Machine, item: Arrived) -> None:
        """Another session on our status: our last life's will."""
        said = self._session.seen(item.payload)
        self.say(said)
        if said and not item.retained:
            machine.say_again()

    def _reconnected(self, machine: Machine) -> None:
        """Our birth, and every event that the broker may not have."""
        self.say(self._session.now(ready=True) or [self._session.birth()])
        self.rows(machine, self._disk.from_seq(self._outbox.restart(), -1))
