"""The log is the outbox: what was committed and never told goes out at the next start, each event once more."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.log import Batch, Row
from hub.outbox import Outbox
from hub.store import Store
from tests.conftest import PATIENCE, Broker
from tests.faults.conftest import Hub
from tests.faults.crowd import Device

#: The seq of the first number, after the day's opening.
ISSUED = 2


class Listener(Device):
    """Keeps the seqs of the events that it hears."""

    seqs: list[int]

    def hear(self, topic: str, payload: bytes) -> None:
        if "/event/" in topic:
            self.seqs.append(json.loads(payload)["seq"])
        super().hear(topic, payload)

    def wait_for(self, seq: int) -> None:
        """Return when this event was heard."""
        deadline = time.monotonic() + PATIENCE
        while seq not in self.seqs:
            assert time.monotonic() < deadline, f"event {seq} was never told, only {self.seqs}"
            time.sleep(0.05)


@pytest.fixture
def hub(make_broker: Callable[..., Broker], tmp_path: Path) -> Iterator[Hub]:
    hub = Hub.on(make_broker, tmp_path)
    yield hub
    hub.close()


def test_what_a_killed_hub_had_not_told_goes_out_when_it_is_back(hub: Hub) -> None:
    """The hub dies between its commit and its telling: here a commit is made that nobody was told of."""
    Listener.seqs = []
    kiosk = Listener(hub.broker, "kiosk-1", "event/#")
    try:
        kiosk.ask("issue", "told", service="A")
        kiosk.wait_for(ISSUED)
        hub.kill()
        kiosk.seqs.clear()
        store = Store(hub.database)
        last = store.rows(1, -1)[-1]
        assert last.seq == ISSUED
        data = json.dumps({"ticket": "A002", "service": "A", "device": "kiosk-1", "press": "untold"}).encode()
        untold = Row(last.seq + 1, last.at, last.synced, last.day, "ticket-issued", data)
        store.commit(Batch(rows=[untold]), taken=last.seq)
        store.close()
        hub.start()
        kiosk.wait_for(untold.seq)
        assert kiosk.seqs == [untold.seq]
    finally:
        kiosk.close()


def test_the_mark_moves_over_acknowledged_events_only_without_a_gap() -> None:
    outbox = Outbox(taken=10)
    for mid, seq in ((1, 11), (2, 12), (3, 13)):
        outbox.sent(mid, seq)
    outbox.acked(3)
    assert outbox.taken == 10
    outbox.acked(1)
    assert outbox.taken == 11
    outbox.acked(2)
    assert outbox.taken == 13


def test_after_a_reconnect_everything_that_was_not_acknowledged_goes_again() -> None:
    outbox = Outbox(taken=10)
    outbox.sent(1, 11)
    outbox.sent(2, 12)
    outbox.acked(2)
    assert outbox.restart() == 11
    outbox.acked(1)
    assert outbox.taken == 10, "an acknowledgement of the connection before counts for nothing"
