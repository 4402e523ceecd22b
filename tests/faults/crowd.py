"""Devices that never tire: each repeats its command under its id until it is answered, then has the next one."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import paho.mqtt.client as mqtt

from moiso.wire.codec import decode, encode
from moiso.wire.follow import Follower
from moiso.wire.messages import Beat, Event
from tests.whole.talk import PATIENCE

#: Seconds until a command is said again, the first time and at most: a hub that is slow is not to drown in repeats.
AGAIN, SELDOM = 0.15, 2.0


class Where(Protocol):
    """A broker that runs: its address, the root of the site's topics, and everybody's password."""

    host: str

    @property
    def port(self) -> int: ...

    @property
    def root(self) -> str: ...

    def password(self, device: str) -> str: ...


class Device:
    """One device with its own connection; `replies` keeps every answer to every (command, id), first to last."""

    def __init__(self, broker: Where, name: str, *topics: str) -> None:
        self.name = name
        self.replies: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        self._root, self._came = broker.root, threading.Condition()
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        self._client.username_pw_set(name, broker.password(name))
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = lambda *_: self._subscribe((f"reply/{name}", *topics))
        self._client.on_message = lambda _c, _u, message: self.hear(message.topic, bytes(message.payload))
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()

    def ask(self, command: str, press: str, *, times: int = 1, **arguments: Any) -> dict[str, Any]:
        """The reply to a command that is said `times` at once, and again until somebody answers."""
        payload, deadline = encode({"id": press, **arguments}), time.monotonic() + PATIENCE
        pause = AGAIN
        with self._came:
            while not self.replies[command, press]:
                assert time.monotonic() < deadline, f"nobody answered {self.name} {command} {press}"
                for _ in range(times):
                    self._client.publish(f"{self._root}cmd/{self.name}/{command}", payload, qos=1)
                self._came.wait_for(lambda: self.replies[command, press], pause)
                pause = min(2 * pause, SELDOM)
            return json.loads(self.replies[command, press][0])

    def hear(self, topic: str, payload: bytes) -> None:
        """Something arrived."""
        if topic == f"{self._root}reply/{self.name}":
            said = json.loads(payload)
            with self._came:
                self.replies[said["to"], said["re"]].append(payload)
                self._came.notify_all()

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _subscribe(self, topics: Iterable[str]) -> None:
        self._client.subscribe([(self._root + topic, 1) for topic in topics])


class Reader(Device):
    """Follows the log as `stats` does: from the live events, with a replay where the beat is ahead.

    events: in order, once each; heard: the seqs of the live ones alone.
    """

    def __init__(self, broker: Where, name: str) -> None:
        self.events: list[Event] = []
        self.heard: set[int] = set()
        self._follower, self._asked = Follower(), 0
        self._lock = threading.Lock()
        super().__init__(broker, name, "event/#", "beat")

    def hear(self, topic: str, payload: bytes) -> None:
        kind = topic.removeprefix(self._root).split("/")[0]
        with self._lock:
            if kind == "event":
                event = decode(payload, Event)
                self.heard.add(event.seq)
                self.events += self._follower.take(event)
            elif kind == "beat" and (gap := self._follower.beat(decode(payload, Beat), time.monotonic())):
                self._ask_again(gap)
            elif kind == "reply":
                for event in json.loads(payload)["data"]["events"]:
                    self.events += self._follower.take(decode(encode(event), Event))

    @property
    def seq(self) -> int:
        """The last event that was dealt with."""
        return self._follower.seq

    def _ask_again(self, gap: int) -> None:
        self._asked += 1
        payload = encode({"id": f"replay-{self._asked}", "from_seq": gap})
        self._client.publish(f"{self._root}cmd/{self.name}/replay", payload, qos=1)


class Work:
    """Runs one thread per device until it is told that it is enough; a failure in any of them is raised at the end."""

    def __init__(self) -> None:
        self.enough = threading.Event()
        self._threads: list[threading.Thread] = []
        self._failures: list[Exception] = []

    def begin(self, job: Callable[[], None]) -> None:
        """Do this job again and again."""
        self._threads.append(threading.Thread(target=self._repeat, args=(job,), daemon=True))
        self._threads[-1].start()

    def end(self) -> None:
        """Let everybody finish what they are at."""
        self.enough.set()
        for thread in self._threads:
            thread.join(PATIENCE + 5)
        if self._failures:
            raise self._failures[0]

    def _repeat(self, job: Callable[[], None]) -> None:
        try:
            while not self.enough.is_set():
                job()
        except Exception as failure:  # noqa: BLE001  raised again at the end
            self._failures.append(failure)
