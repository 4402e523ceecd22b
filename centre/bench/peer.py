"""A bare MQTT client, as thin as paho allows: what the bench measures floors with, and drives the centre with."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from moiso.runtime.address import Address

#: Seconds until a broker that does not answer is given up.
PATIENCE = 60.0

Heard = Callable[[str, bytes], None]


class Peer:
    """One connection with TCP_NODELAY; `heard(topic, payload)` runs in its network thread.

    Raises TimeoutError when the broker does not let us in.
    """

    def __init__(self, address: Address, client_id: str, subscribe: Sequence[str], heard: Heard) -> None:
        self._subscribed = threading.Event()
        self._heard = heard
        client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=client_id, protocol=mqtt.MQTTv5)
        client.username_pw_set(address.username, address.password)
        client.max_inflight_messages_set(1000)
        client.on_socket_open = _no_delay
        self._topics = [(topic, 1) for topic in subscribe]
        client.on_connect, client.on_subscribe = self._on_connect, self._on_subscribe
        client.on_message = self._on_message
        self._client = client
        _connect(client, address)
        client.loop_start()
        if not self._subscribed.wait(PATIENCE):
            raise TimeoutError(f"the broker at port {address.port} does not let {address.username} in")

    def publish(self, topic: str, payload: bytes, qos: int = 1) -> None:
        """Send now."""
        self._client.publish(topic, payload, qos)

    def close(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.loop_stop()

    def _on_connect(self, client: mqtt.Client, *_: Any) -> None:
        client.subscribe(self._topics)

    def _on_subscribe(self, *_: Any) -> None:
        self._subscribed.set()

    def _on_message(self, _client: Any, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        self._heard(message.topic, bytes(message.payload))


def _connect(client: mqtt.Client, address: Address) -> None:
    """Try until the broker listens."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            client.connect(address.host, address.port)
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.005)


def _no_delay(_client: Any, _userdata: Any, connection: Any) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
