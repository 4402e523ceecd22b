"""Eight kiosks and four counters at full speed, and a hub that is killed again and again.

Checked over everything that was acknowledged, with a plain model of its own: design promises 1 to 4 and 8.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hub.ledger import Ledger, fingerprint
from hub.store import Store
from moiso.runtime.site import load
from tests.conftest import Broker
from tests.faults.conftest import COUNTERS, KIOSKS, Hub
from tests.faults.crowd import Device, Reader, Work
from tests.whole.centre import until
from tests.whole.talk import PATIENCE

KILLS = 20
#: So much is a storm: numbers that were given, people who were called.
NUMBERS, CALLS = 100, 20


@dataclass
class Told:
    """What the devices were told: press id -> the data of the accepted answer."""

    issued: dict[str, dict[str, Any]] = field(default_factory=dict)
    called: dict[str, dict[str, Any]] = field(default_factory=dict)
    replies: list[list[bytes]] = field(default_factory=list)


@dataclass
class Row:
    """One event of the log as the test reads it."""

    seq: int
    type: str
    data: dict[str, Any]
    raw: bytes


class Kiosk:
    """Gives out tickets without a pause; every third press is doubled."""

    def __init__(self, device: Device, told: Told, chance: random.Random) -> None:
        self.device, self._told, self._chance, self._count = device, told, chance, 0

    def press(self) -> None:
        self._count += 1
        press = f"{self.device.name}-{self._count}"
        service, times = self._chance.choice("AB"), self._chance.choice([1, 1, 3])
        reply = self.device.ask("issue", press, times=times, service=service)
        assert reply["status"] == "ok", reply
        self._told.issued[press] = reply["data"]
        assert self.device.ask("printed", press, ticket=reply["data"]["ticket"])["status"] == "ok"


class Desk:
    """Calls one person after the other, saying each time whom it sees."""

    def __init__(self, device: Device, told: Told, chance: random.Random) -> None:
        self.device, self._told, self._chance, self._count = device, told, chance, 0
        self._sees: str | None = None

    def press(self) -> None:
        self._count += 1
        press = f"{self.device.name}-{self._count}"
        reply = self.device.ask("next", press, times=self._chance.choice([1, 1, 3]), after=self._sees)
        assert reply["status"] == "ok", reply
        self._sees = reply["data"]["ticket"]
        if self._sees is not None:
            self._told.called[press] = reply["data"]
            self.device.ask(self._chance.choice(["start", "recall"]), press)


@dataclass
class Aftermath:
    """What a storm left."""

    hub: Hub
    told: Told
    rows: list[Row]
    seen: list[Row]
    heard: set[int]


@pytest.fixture(scope="module")
def storm(make_broker: Callable[..., Broker], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """Twenty kills at random moments under full load; the hub runs again at the end."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    hub = Hub.on(make_broker, tmp_path_factory.mktemp("storm"))
    reader = Reader(hub.broker, "stats")
    devices = [reader]
    try:
        told = _storm(hub, devices, random.Random(seed))
        rows = _log(hub.database)
        until(lambda: reader.seq == rows[-1].seq, PATIENCE, "the reader does not reach the log's end")
        seen = [Row(e.seq, e.type, msgspec.json.decode(e.data), bytes(e.data)) for e in reader.events]
        told.replies = [replies for device in devices for replies in device.replies.values()]
        yield Aftermath(hub, told, rows, seen, reader.heard)
    finally:
        for device in devices:
            device.close()
        hub.close()


def _storm(hub: Hub, devices: list[Device], chance: random.Random) -> Told:
    told, work = Told(), Work()
    kiosks = [Device(hub.broker, f"kiosk-{n}") for n in range(1, KIOSKS + 1)]
    desks = [Device(hub.broker, f"counter-{n}") for n in range(1, COUNTERS + 1)]
    devices += [*kiosks, *desks]
    for kiosk in kiosks:
        work.begin(Kiosk(kiosk, told, random.Random(chance.random())).press)
    for desk in desks:
        work.begin(Desk(desk, told, random.Random(chance.random())).press)
    kills = sum(_kill_soon(hub, told, chance) for _ in range(KILLS))
    until(lambda: len(told.issued) > NUMBERS and len(told.called) > CALLS, PATIENCE, "there is no storm")
    work.end()
    assert kills == KILLS, "the hub died by itself"
    return told


def _kill_soon(hub: Hub, told: Told, chance: random.Random) -> bool:
    """Kill the hub at work, or now and then while it starts; and start it again at once."""
    if chance.random() < 0.8:
        before = len(told.issued)
        until(lambda: len(told.issued) > before, PATIENCE, "the hub does not answer again")
    time.sleep(chance.uniform(0.0, 0.6))
    killed = hub.kill()
    hub.start()
    return killed


def _log(database: Path) -> list[Row]:
    store = Store(database)
    rows = [Row(row.seq, row.type, msgspec.json.decode(row.data), row.data) for row in store.rows(1, limit=-1)]
    store.close()
    return rows


def of_type(rows: list[Row], *types: str) -> list[Row]:
    return [row for row in rows if row.type in types]


def test_there_was_a_storm(storm):
    assert len(storm.told.issued) > NUMBERS
    assert len(storm.told.called) > CALLS


def test_no_number_is_issued_twice(storm):
    numbers = Counter(row.data["ticket"] for row in of_type(storm.rows, "ticket-issued"))
    assert max(numbers.values()) == 1
    told = Counter(data["ticket"] for data in storm.told.issued.values())
    assert max(told.values()) == 1


def test_every_acknowledged_ticket_is_in_the_log_exactly_once(storm):
    presses = Counter(row.data["press"] for row in of_type(storm.rows, "ticket-issued"))
    assert max(presses.values()) == 1
    logged = {row.data["press"]: row.data["ticket"] for row in of_type(storm.rows, "ticket-issued")}
    assert {press: data["ticket"] for press, data in storm.told.issued.items()} == logged


def test_every_acknowledged_print_is_in_the_log_exactly_once(storm):
    printed = Counter(row.data["ticket"] for row in of_type(storm.rows, "ticket-printed"))
    assert printed == Counter(data["ticket"] for data in storm.told.issued.values())


def test_a_counter_has_one_ticket_and_a_ticket_one_counter(storm):
    stands: dict[int, str] = {}
    for row in storm.rows:
        ticket, counter = row.data.get("ticket"), row.data.get("counter")
        if row.type == "ticket-called":
            assert counter not in stands, f"seq {row.seq}: counter {counter} has {stands[counter]}"
            assert ticket not in stands.values(), f"seq {row.seq}: {ticket} stands at another counter"
            stands[counter] = ticket
        elif row.type in {"ticket-recalled", "service-started"}:
            assert stands[counter] == ticket, f"seq {row.seq}"
        elif row.type in {"service-finished", "ticket-missed"}:
            assert stands.pop(counter) == ticket, f"seq {row.seq}"


def test_one_press_calls_at_most_one_person(storm):
    calls = [(row.data["counter"], row.data["ticket"]) for row in of_type(storm.rows, "ticket-called")]
    assert len(calls) == len(set(calls))
    assert sorted(calls) == sorted((data["counter"], data["ticket"]) for data in storm.told.called.values())


def test_a_repeated_press_got_the_same_answer_before_and_after_every_crash(storm):
    assert any(len(replies) > 1 for replies in storm.told.replies), "nothing was ever repeated"
    for replies in storm.told.replies:
        accepted = {reply for reply in replies if msgspec.json.decode(reply)["status"] == "ok"}
        assert len(accepted) <= 1, accepted


def test_a_reader_saw_the_log_without_a_gap(storm):
    assert [row.seq for row in storm.rows] == list(range(1, len(storm.rows) + 1))
    assert [(row.seq, row.type, row.raw) for row in storm.seen] == [(r.seq, r.type, r.raw) for r in storm.rows]


def test_every_event_was_said_aloud_whatever_the_hub_was_killed_at(storm):
    """The log is the outbox: also somebody who asks for no replay hears everything at least once."""
    assert storm.heard == {row.seq for row in storm.rows}


def test_folding_the_log_gives_the_state_before_the_crash(storm):
    last = _one_more(storm.hub)
    before = _snapshots(storm.hub, last)
    assert storm.hub.kill()
    first, second = _fold(storm.hub), _fold(storm.hub)
    assert fingerprint(first) == fingerprint(second)
    assert first.centre.seq == last
    _forget_everything(storm.hub.broker)
    storm.hub.start()
    after = _snapshots(storm.hub, last)
    assert {topic: (state, after[topic]) for topic, state in before.items() if state != after[topic]} == {}


def _forget_everything(broker: Broker) -> None:
    """A broker without a memory, so that what is retained afterwards was said afterwards."""
    broker.kill()
    broker.start()


def _fold(hub: Hub) -> Ledger:
    site, store = load(hub.site), Store(hub.database)
    ledger = Ledger(site.rules(), site.calendar, store.read())
    store.close()
    return ledger


def _one_more(hub: Hub) -> int:
    """One more waits, and every state changes; the seq of the event."""
    kiosk = Device(hub.broker, "kiosk-1")
    try:
        assert kiosk.ask("issue", "one-more", service="A")["status"] == "ok"
    finally:
        kiosk.close()
    return _log(hub.database)[-1].seq


def _snapshots(hub: Hub, seq: int) -> dict[str, dict[str, Any]]:
    """The retained states that include this event, without what time alone changes."""
    listener = Listener(hub.broker, "web", "state/#")

    def said() -> list[tuple[str, dict[str, Any]]]:
        states = [(topic, msgspec.json.decode(payload)) for topic, payload in dict(listener.heard).items()]
        whole = len(states) == 3 + COUNTERS and all(state["seq"] >= seq for _, state in states)
        return states if whole else []

    try:
        states = until(said, PATIENCE, "not all states are said")
    finally:
        listener.close()
    return {topic: {**state, "seq": None, "at": None, "undo_until": None} for topic, state in states}


class Listener(Device):
    """Keeps the last word on every topic."""

    def __init__(self, broker: Broker, name: str, *topics: str) -> None:
        self.heard: dict[str, bytes] = {}
        super().__init__(broker, name, *topics)

    def hear(self, topic: str, payload: bytes) -> None:
        self.heard[topic] = payload
