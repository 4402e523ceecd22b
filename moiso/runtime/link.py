"""The MQTT link: one connection to the broker, kept for ever.

Nothing is queued while the link is down: a message that could not be sent now is the machine's to send again,
or to drop. Each connection is a fresh client, so that no forgotten message of an old one comes out late.
"""

import contextlib
import logging
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from moiso.runtime.address import Address
from moiso.runtime.inbox import Inbox
from moiso.wire.ports import Arrived, LinkDown, LinkUp, Publish

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
KEEPALIVE = 5

log = logging.getLogger("link")


@dataclass(frozen=True, slots=True)
class Acked:
    """The broker has taken the publish with this number."""

    mid: int


class Link:
    """One connection; everything that happens on it goes on the inbox, marked with the device.

    subscribe: topics to hear; no_echo: topics to hear only from others, and with the sender's own retain flag;
    acks: put Acked on the inbox;
    client_id: another one than the user name, for a second connection beside the first;
    after: connect while this is set, as another link's `standing`; for `LONGEST_PAUSE` at most.
    """

    def __init__(
        self,
        address: Address,
        inbox: Inbox,
        *,
        subscribe: Sequence[str],
        no_echo: Sequence[str] = (),
        will: Publish | None = None,
        acks: bool = False,
        client_id: str = "",
        after: threading.Event | None = None,
    ) -> None:
        self.standing, self._after = threading.Event(), after
        self._address, self._inbox, self._will, self._acks = address, inbox, will, acks
        self._client_id = client_id or address.username
        self._subscribe = [(topic, SubscribeOptions(qos=1)) for topic in subscribe]
        others = SubscribeOptions(qos=1, noLocal=True, retainAsPublished=True)
        self._subscribe += [(topic, others) for topic in no_echo]
        self._client: mqtt.Client | None = None
        self._ended, self._stopping, self._plugged = threading.Event(), threading.Event(), threading.Event()
        self._plugged.set()
        self._thread = threading.Thread(target=self._keep, name=f"link-{self._client_id}", daemon=True)

    def start(self) -> None:
        """Begin to connect, in the background, again and again."""
        self._thread.start()

    def publish(self, message: Publish) -> int | None:
        """Send now. Returns the publish's number (see Acked), or None when the link is down: nothing was sent."""
        client = self._client
        if client is None:
            return None
        info = client.publish(
            message.topic, message.payload, message.qos, message.retain, properties=_properties(message)
        )
        return info.mid if info.rc == mqtt.MQTT_ERR_SUCCESS else None

    def stop(self, farewell: Publish | None = None) -> None:
        """Say the last word, if any, and disconnect."""
        self._stopping.set()
        self._plugged.set()
        client, self._client = self._client, None
        if client is not None:
            if farewell is not None:
                sent = client.publish(farewell.topic, farewell.payload, farewell.qos, farewell.retain)
                _wait(sent)
            client.disconnect()
        self._ended.set()
        self._thread.join(2.0)

    def cut(self) -> None:
        """Pull the plug, as a fake device is asked to: no goodbye, and no new connection before `mend`."""
        self._plugged.clear()
        client, self._client = self._client, None
        if client is not None:
            _break(client)

    def mend(self) -> None:
        """Put the plug back in."""
        self._plugged.set()

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while self._plugged.wait() and not self._stopping.is_set():
            if self._after is not None:
                self._after.wait(LONGEST_PAUSE)
            if self._live():
                pause = FIRST_PAUSE
            if self._stopping.wait(pause):
                return
            pause = min(2 * pause, LONGEST_PAUSE)

    def _live(self) -> bool:
        """One connection from its beginning to its end; whether it was ever up."""
        client = self._new_client()
        self._ended.clear()
        if self._stopping.is_set():
            return False
        try:
            client.connect(self._address.host, self._address.port, KEEPALIVE, clean_start=True)
        except OSError as error:
            log.debug("broker %s:%s: %s", self._address.host, self._address.port, error)
            return False
        client.loop_start()
        self._ended.wait()
        client.loop_stop()
        was_up, self._client = self._client is not None, None
        self.standing.clear()
        self._inbox.put(LinkDown(self._address.username))
        return was_up

    def _new_client(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._client_id,
            protocol=mqtt.MQTTv5,
            reconnect_on_failure=False,
        )
        client.username_pw_set(self._address.username, self._address.password)
        client.max_inflight_messages_set(1000)
        client.max_queued_messages_set(0)
        client.on_socket_open = _no_delay
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_subscribe, client.on_message = self._on_subscribe, self._on_message
        if self._acks:
            client.on_publish = self._on_publish
        if self._will is not None:
            client.will_set(self._will.topic, self._will.payload, self._will.qos, self._will.retain)
        return client

    def _on_connect(self, client: mqtt.Client, _u: Any, _f: Any, code: ReasonCode, _p: Any) -> None:
        if code.is_failure:
            log.warning("%s: the broker refuses: %s", self._address.username, code)
            return
        client.subscribe(self._subscribe)

    def _on_subscribe(self, client: mqtt.Client, *_: Any) -> None:
        if not self._plugged.is_set():
            _break(client)
        elif not self._stopping.is_set():
            self._client = client
            self.standing.set()
            self._inbox.put(LinkUp(self._address.username))

    def _on_disconnect(self, *_: Any) -> None:
        self._ended.set()

    def _on_message(self, _client: mqtt.Client, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        self._inbox.put(Arrived(message.topic, bytes(message.payload), message.retain, self._address.username))

    def _on_publish(self, _c: Any, _u: Any, mid: int, code: ReasonCode, _p: Any) -> None:
        if code.is_failure:
            log.warning("%s: the broker did not take a message: %s", self._address.username, code)
        self._inbox.put(Acked(mid))


def _properties(message: Publish) -> Properties | None:
    if message.expiry is None:
        return None
    properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    properties.MessageExpiryInterval = message.expiry
    return properties


def _no_delay(_client: Any, _userdata: Any, connection: Any) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _break(client: mqtt.Client) -> None:
    connection: Any = client.socket()
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _wait(sent: mqtt.MQTTMessageInfo) -> None:
    try:
        sent.wait_for_publish(1.0)
    except (RuntimeError, ValueError) as error:
        log.debug("the last word was not sent: %s", error)
