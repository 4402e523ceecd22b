"""An MQTT 5 client that waits for each answer of the broker."""

import threading
import time
from collections.abc import Callable, Iterator
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.reasoncodes import ReasonCode

from tests.conftest import PATIENCE


class Client:
    """One connection; every call returns what the broker answered, or fails the test."""

    def __init__(self, port: int, user: str | None, password: str | None) -> None:
        self.heard: list[str] = []
        self.connections = 0
        self._answers: dict[str, Any] = {}
        self._came = threading.Condition()
        self._mqtt = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        self._mqtt.username_pw_set(user, password)
        self._mqtt.on_socket_open = lambda _c, _u, sock: sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        self._mqtt.on_connect = lambda _c, _u, _f, reason, _p: self._connected(reason)
        self._mqtt.on_publish = lambda _c, _u, mid, reason, _p: self._answer(f"puback {mid}", reason)
        self._mqtt.on_subscribe = lambda _c, _u, mid, reasons, _p: self._answer(f"suback {mid}", reasons)
        self._mqtt.on_message = lambda _c, _u, message: self._hear(message.topic)
        self._connect(port)
        self._mqtt.loop_start()
        self.connected: ReasonCode = self._wait("connect")

    def publish(self, topic: str, payload: str = "{}") -> ReasonCode:
        """Publish with QoS 1, and the reason code of the PUBACK."""
        return self._wait(f"puback {self._mqtt.publish(topic, payload, qos=1).mid}")

    def subscribe(self, topic: str, qos: int = 1) -> None:
        """Subscribe; returns at the SUBACK, when all that was sent to us before has arrived."""
        self._wait(f"suback {self._mqtt.subscribe(topic, qos=qos)[1]}")

    def throw(self, topic: str, payload: str) -> None:
        """Publish with QoS 0 and wait until the broker has cut us off."""
        before = self.connections
        self._mqtt.publish(topic, payload, qos=0)
        with self._came:
            assert self._came.wait_for(lambda: self.connections > before, PATIENCE), "was not cut off"

    def burst(self, topic: str, count: int) -> None:
        """Publish `count` messages with QoS 1 as fast as they go; returns when each has its PUBACK."""
        for sent in [self._mqtt.publish(topic, "{}", qos=1) for _ in range(count)]:
            sent.wait_for_publish(PATIENCE)

    def wait_for(self, count: int) -> None:
        """Return when `count` messages were heard."""
        with self._came:
            heard = self._came.wait_for(lambda: len(self.heard) >= count, PATIENCE)
        assert heard, f"{len(self.heard)} of {count} messages came"

    def close(self) -> None:
        """Leave politely."""
        self._mqtt.disconnect()
        self._mqtt.loop_stop()

    def _connect(self, port: int) -> None:
        """As soon as the broker listens."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._mqtt.connect("127.0.0.1", port)
            except ConnectionError:
                assert time.monotonic() < until
                time.sleep(0.05)
            else:
                return

    def _connected(self, reason: ReasonCode) -> None:
        self.connections += 1
        self._answer("connect", reason)

    def _hear(self, topic: str) -> None:
        with self._came:
            self.heard.append(topic)
            self._came.notify_all()

    def _answer(self, key: str, value: Any) -> None:
        with self._came:
            self._answers.setdefault(key, value)
            self._came.notify_all()

    def _wait(self, key: str) -> Any:
        with self._came:
            assert self._came.wait_for(lambda: key in self._answers, PATIENCE), f"no {key}"
            return self._answers.pop(key)


def connecting() -> Iterator[Callable[..., Client]]:
    """Gives `connect(port, user, password)`, whose clients are closed at the end."""
    clients: list[Client] = []

    def make(port: int, user: str | None, password: str | None) -> Client:
        clients.append(Client(port, user, password))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


connect = pytest.fixture(connecting, name="connect")
connect_once = pytest.fixture(connecting, name="connect_once", scope="module")
