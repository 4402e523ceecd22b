"""A hub of a few lines on a real broker: it beats, shows the counters, and answers as the test says."""

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import paho.mqtt.client as mqtt

from tests.counter_terminal.unit_world import NOON, counter_state
from tests.whole.talk import PATIENCE

#: What passes by itself may pass while a busy machine does not look: after so many seconds it is done again, so often.
LOOK, TRIES = 10.0, 5

Answer = Callable[[int, str, dict[str, Any]], dict[str, Any] | None]


def wait_for(what: Callable[[], object], within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def until_seen(do: Callable[[], object], look: Callable[[], object]) -> int:
    """Do something until what it brings for a moment was seen; how often it was done."""
    for times in range(1, TRIES + 1):
        do()
        with suppress(AssertionError):
            wait_for(look, LOOK)
            return times
    raise AssertionError(f"it was not seen, though it was done {TRIES} times")


class ScriptedHub:
    """`answer(counter, command, payload)` gives status, reason and ticket of a reply, or None to stay silent."""

    def __init__(self, broker: Any, answer: Answer) -> None:
        self.commands: list[tuple[int, str, dict[str, Any], mqtt.MQTTMessage]] = []
        self.status: dict[str, str] = {}
        self._details: dict[str, dict[str, Any]] = {}
        self._root, self._answer, self._seq = broker.root, answer, 0
        self._silent = threading.Event()
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="hub", protocol=mqtt.MQTTv5)
        self._client.username_pw_set("hub", broker.password("hub"))
        self._client.on_message = self._heard
        self._client.on_connect = lambda client, *_: client.subscribe(
            [(self._root + "cmd/#", 1), (self._root + "status/#", 1)]
        )
        hears = threading.Event()
        self._client.on_subscribe = lambda *_: hears.set()
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()
        assert hears.wait(PATIENCE), "the broker does not answer"
        threading.Thread(target=self._beat, daemon=True).start()

    def of(self, counter: int) -> list[tuple[str, dict[str, Any]]]:
        """The different commands of one counter."""
        found = {payload["id"]: (name, payload) for number, name, payload, _ in self.commands if number == counter}
        return list(found.values())

    def names(self, counter: int) -> list[str]:
        """What the different commands of one counter were."""
        return [name for name, _ in self.of(counter)]

    def detail(self, device: str) -> dict[str, str]:
        """What a unit says in its status of the parts on its line."""
        return {part: how for part, how in self._details.get(device, {}).items() if part in {"keypad", "sign"}}

    def show(self, counter: int, ticket: str | None) -> None:
        self._seq += 1
        self._say(f"state/counter/{counter}", self._state(counter, ticket), retain=True)

    def be_silent(self) -> None:
        self._silent.set()

    def close(self) -> None:
        self._silent.set()
        self._client.disconnect()
        self._client.loop_stop()

    def _beat(self) -> None:
        while not self._silent.wait(0.2):
            self._say("beat", {"log": "k3f9", "seq": self._seq, "at": NOON, "clock": "synced"})

    def _heard(self, _client: Any, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        match message.topic.removeprefix(self._root).split("/"):
            case ["status", device]:
                said = json.loads(message.payload)
                self.status[device], self._details[device] = said["state"], said["detail"]
            case ["cmd", device, name]:
                self._command(device, name, json.loads(message.payload), message)

    def _command(self, device: str, name: str, payload: dict[str, Any], message: mqtt.MQTTMessage) -> None:
        counter = int(device.rpartition("-")[2])
        self.commands.append((counter, name, payload, message))
        said = self._answer(counter, name, payload)
        if said is None or self._silent.is_set():
            return
        self._seq += 1
        state = self._state(counter, said.pop("ticket"))
        self._say(f"reply/{device}", {"re": payload["id"], "to": name, **said, "data": state})
        self._say(f"state/counter/{counter}", state, retain=True)

    def _state(self, counter: int, ticket: str | None) -> dict[str, Any]:
        return {**msgspec.to_builtins(counter_state(ticket, self._seq)), "counter": counter}

    def _say(self, topic: str, message: dict[str, Any], *, retain: bool = False) -> None:
        self._client.publish(self._root + topic, json.dumps(message), qos=1, retain=retain)
