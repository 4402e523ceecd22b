"""`moiso stats` as its neighbours see it: a real process, a real broker, and a hub that a test plays."""

import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from moiso.wire.codec import decode, encode
from moiso.wire.figures import DayFigures
from moiso.wire.messages import Beat, Event, Reply, Status
from tests.conftest import PATIENCE, Broker
from tests.stats.fixture_day import MORNING, at, happened, stamp
from tests.stats.test_intake import in_order, timeless

LOG = happened(MORNING)

SITE_TOML = """
[site]
id = "test-site"
name = "Trung tâm thử"

[day]
opens = 07:30:00
closes = 17:00:00

[[service]]
code = "A"
name = "Chứng thực"

[[service]]
code = "B"
name = "Hộ tịch"

[[service]]
code = "C"
name = "Đất đai"

[[counter]]
number = 1
services = ["A", "B", "C"]
"""


class HubPlayed:
    """Beats every 0.2 s, answers replays from `log`, remembers what it hears; `beats` off: it is silent."""

    def __init__(self, broker: Broker) -> None:
        self._root, self._port = broker.root, broker.port
        self.log: list[Event] = []
        self.heard: list[mqtt.MQTTMessage] = []
        self.replays = 0
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="hub-played")
        self._client.username_pw_set("hub", broker.password("hub"))
        self._client.on_connect, self._client.on_message = self._connected, self._message
        self._figures = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="reader")
        self._figures.username_pw_set("web", broker.password("web"))
        self._figures.on_connect = lambda client, *_: client.subscribe(self._root + "figures/#", 1)
        self._figures.on_message = lambda _client, _userdata, message: self.heard.append(message)

    def start(self) -> None:
        for client in (self._client, self._figures):
            client.connect("127.0.0.1", self._port)
            client.loop_start()

    def stop(self) -> None:
        for client in (self._client, self._figures):
            client.disconnect()
            client.loop_stop()

    def tell(self, events: list[Event]) -> None:
        for event in events:
            self._client.publish(f"{self._root}event/{event.type}", encode(event), 1)

    def say(self, below: str, payload: bytes) -> None:
        self._client.publish(self._root + below, payload, 1)

    def until(self, fits: Callable[[], Any]) -> None:
        """Beat until it fits."""
        deadline = time.monotonic() + PATIENCE
        while not fits():
            assert time.monotonic() < deadline, "it never came to that"
            last = self.log[-1]
            beat = Beat(log=last.log, seq=last.seq, at=stamp(at("08:20")), clock="synced")
            self._client.publish(self._root + "beat", encode(beat))
            time.sleep(0.2)

    @property
    def figures(self) -> DayFigures | None:
        found = [m.payload for m in self.heard if m.topic == self._root + "figures/day"]
        return decode(found[-1], DayFigures) if found else None

    def status(self) -> Status | None:
        found = [m.payload for m in self.heard if m.topic == self._root + "status/stats"]
        return decode(found[-1], Status) if found else None

    def _connected(self, client: mqtt.Client, *_: Any) -> None:
        client.subscribe([(self._root + "cmd/stats/#", 1), (self._root + "status/stats", 1)])

    def _message(self, client: mqtt.Client, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        self.heard.append(message)
        if message.topic.endswith("/replay"):
            self.replays += 1
            asked = msgspec.json.decode(message.payload)
            page = [event for event in self.log if event.seq >= asked["from_seq"]][: asked["limit"]]
            reply = Reply(re=asked["id"], to="replay", status="ok", data={"events": page})
            client.publish(self._root + "reply/stats", encode(reply), 1)


@pytest.fixture
def hub(broker: Broker) -> Iterator[HubPlayed]:
    played = HubPlayed(broker)
    played.start()
    yield played
    played.stop()


@contextmanager
def running(broker: Broker, *, end: int = signal.SIGTERM) -> Iterator[subprocess.Popen[str]]:
    """`python -m stats`, ended by this signal; `stderr` is there to be read afterwards."""
    site = broker.state / "site.toml"
    site.write_text(SITE_TOML, encoding="utf-8")
    words = ["--site", str(site), "--state", str(broker.state), "--mqtt-port", str(broker.port)]
    process = subprocess.Popen([sys.executable, "-m", "stats", *words], stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(end)
        process.wait(PATIENCE)


def kept(broker: Broker) -> list[int]:
    with sqlite3.connect(broker.state / "stats.db") as db:
        return [seq for (seq,) in db.execute("SELECT seq FROM event ORDER BY seq")]


def test_figures_are_published_retained_and_typed(broker: Broker, hub: HubPlayed) -> None:
    hub.log = LOG
    with running(broker) as process:
        hub.until(hub.status)
        hub.tell(LOG)
        hub.until(lambda: hub.figures and hub.figures.seq == len(LOG))
    assert timeless(hub.figures) == timeless(in_order(LOG, at("08:20")))
    assert {(m.topic, m.qos) for m in hub.heard if "figures" in m.topic} == {("moiso/1/test-site/figures/day", 1)}
    assert kept(broker) == list(range(1, len(LOG) + 1))
    assert process.returncode == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    hub.until(lambda: hub.status().state == "stopped")
    late = HubPlayed(broker)
    late.start()
    late.log = LOG
    late.until(lambda: late.figures)
    assert [m.retain for m in late.heard if "figures" in m.topic] == [True]
    late.stop()


def test_killed_in_the_middle_it_resumes_and_asks_for_what_it_missed(broker: Broker, hub: HubPlayed) -> None:
    hub.log = LOG[:20]
    with running(broker, end=signal.SIGKILL):
        hub.until(hub.status)
        hub.tell(LOG[:20])
        hub.until(lambda: len(kept(broker)) == 20)
    hub.tell(LOG[20:30])  # nobody hears these
    hub.log = LOG
    with running(broker):
        hub.until(lambda: hub.figures and hub.figures.seq == len(LOG))
    assert hub.replays >= 1
    assert timeless(hub.figures) == timeless(in_order(LOG, at("08:20")))
    assert kept(broker) == list(range(1, len(LOG) + 1))


def test_whatever_comes_on_any_topic_it_stays_and_says_so_once(broker: Broker, hub: HubPlayed) -> None:
    hub.log = LOG
    with running(broker) as process:
        hub.until(hub.status)
        for rubbish in (b"", b"\xff\x00", b"[[[[", b'{"log": 1}', b"x" * 2_000_000):
            for below in ("event/ticket-issued", "beat", "reply/stats"):
                hub.say(below, rubbish)
        hub.tell(LOG)
        hub.until(lambda: hub.figures and hub.figures.seq == len(LOG))
    assert process.stderr is not None
    said = process.stderr.read()
    assert said.count("event: an event could not be read") == 1
    assert (process.returncode, "Traceback" in said) == (0, False)


def test_the_broker_may_come_and_go(broker: Broker, hub: HubPlayed) -> None:
    hub.log = LOG
    with running(broker):
        hub.until(hub.status)
        broker.kill()
        hub.heard.clear()
        broker.start()
        hub.until(lambda: hub.figures and hub.figures.seq == len(LOG))
    assert kept(broker) == list(range(1, len(LOG) + 1))


def test_a_full_disk_is_said_and_nothing_is_lost(broker: Broker, hub: HubPlayed) -> None:
    """The limit on a file's size stands in for the disk: SQLite gets the error in the middle of its work."""
    hub.log = LOG
    with running(broker) as process:
        hub.until(lambda: hub.status() and hub.status().state == "ready")
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        hub.tell(LOG)
        hub.until(lambda: hub.figures and hub.figures.total.issued == 15)
        hub.until(lambda: hub.status().state == "stopped")
        assert hub.status().detail["history"] == "failing"
        assert kept(broker) == []
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        hub.until(lambda: hub.status().state == "ready")
    assert kept(broker) == list(range(1, len(LOG) + 1))
    assert process.stderr is not None
    said = process.stderr.read()
    assert said.count("make room on the disk") == 1
    assert str(broker.state / "stats.db") in said


def test_a_history_it_cannot_use_is_one_sentence_and_no_restart(broker: Broker) -> None:
    (broker.state / "stats.db").write_bytes(b"no database" * 1000)
    with running(broker) as process:
        assert process.wait(PATIENCE) == 78
    assert process.stderr is not None
    said: str = process.stderr.read()
    assert said.startswith(f"{broker.state / 'stats.db'} cannot be used (file is not a database): ")
    assert said.count("\n") == 1


def test_it_stays_small(broker: Broker, hub: HubPlayed) -> None:
    hub.log = LOG
    with running(broker) as process:
        hub.until(hub.status)
        hub.tell(LOG)
        hub.until(lambda: hub.figures and hub.figures.seq == len(LOG))
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    assert pss < 40
