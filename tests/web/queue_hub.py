"""A hub in a few lines: one counter, a line of numbers, and silence or refusals when a test wants them."""

import json
import threading
import time
from typing import Any

import paho.mqtt.client as mqtt

from moiso.wire.codec import encode
from tests.conftest import Broker
from tests.web.conftest import Said
from tests.web.scenes import at, beat, board, counter, day, service


class QueueHub(Said):
    """Calls A013, A014 and so on at counter 1, as the rules say of `after`; `called`: the people whom it called.

    silent: it hears and says nothing, not even a beat; mute: beats, but answers nothing. refuse: the reason and the
    sentence that the next command gets. asked: every command with its body, repetitions included.
    """

    def __init__(self, broker: Broker) -> None:
        super().__init__(broker, "hub", "cmd/web/+")
        self._client.on_message = self._take
        self._seq, self._began, self._over = 0, time.monotonic(), threading.Event()
        self.begin()
        threading.Thread(target=self._beat, daemon=True).start()

    def begin(self) -> None:
        """A fresh counter: A012 is being served, five people wait, nobody asked for anything yet."""
        self.silent, self.mute = False, False
        self.refuse: tuple[str, str] | None = None
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.called: list[str] = []
        self._answers: dict[str, dict[str, Any]] = {}
        self._state = counter(1, ticket="A012", service="A", phase="serving", since=self.stamp(-60), waiting=5)
        self._tell("state/board", board(service("A"), service("B")), retain=True)
        self._tell("state/day", day(), retain=True)
        self.show()

    def stamp(self, later: float = 0.0) -> str:
        """The hub's time so many seconds later: 08:10 when it began."""
        return at(10 + (time.monotonic() - self._began + later) / 60)

    def show(self, **state: Any) -> None:
        """The counter stands like this from now on."""
        self._seq += 1
        self._state = {**self._state, **state, "seq": self._seq}
        self._tell("state/counter/1", self._state, retain=True)

    def forgotten(self) -> None:
        """Nothing stands on the counter's topic any more, as for a server that begins and has not heard it yet."""
        self._client.publish(f"{self._root}state/counter/1", b"", 1, retain=True)

    def trouble(self) -> None:
        """People wait for B without a counter, and A is down."""
        down = service("A", state="suspended")
        alarms = [{"service": "B", "waiting": 4, "counters": [1]}]
        self._tell("state/board", board(down, service("B", alarm=True)), retain=True)
        self._tell("state/day", day(alarms=alarms, overtime=True, leftover=["A003"]), retain=True)

    @property
    def presses(self) -> list[str]:
        """The commands, one for every press."""
        return list({body["id"]: command for command, body in self.asked}.values())

    def body(self, command: str) -> dict[str, Any]:
        """The last command of this name, without what every command carries."""
        last = next(body for name, body in reversed(self.asked) if name == command)
        return {key: value for key, value in last.items() if key not in {"id", "at", "role", "clerk", "counter"}}

    def close(self) -> None:
        self._over.set()
        super().close()

    def _beat(self) -> None:
        while not self._over.wait(0.5):
            if not self.silent:
                self._tell("beat", beat(self.stamp()), retain=False)

    def _tell(self, topic: str, message: Any, *, retain: bool) -> None:
        self._client.publish(self._root + topic, encode(message), 1, retain)

    def _take(self, _client: object, _data: object, message: mqtt.MQTTMessage) -> None:
        command, body = message.topic.rpartition("/")[2], json.loads(message.payload)
        self.asked.append((command, body))
        if self.silent or self.mute:
            return
        answer = self._answers.get(body["id"]) or self._decide(command, body)
        if answer["status"] == "ok":
            self._answers[body["id"]] = answer
        self._tell("reply/web", {"re": body["id"], "to": command, **answer}, retain=False)

    def _decide(self, command: str, body: dict[str, Any]) -> dict[str, Any]:
        if self.refuse:
            (reason, sentence), self.refuse = self.refuse, None
            return self._refused(reason, sentence)
        if "after" in body and body["after"] != self._state["ticket"]:
            return self._refused("stale", "Màn hình của quầy đã cũ. Chưa gọi ai.")
        if command == "next":
            self._call()
        return {"status": "ok", "data": self._state}

    def _refused(self, reason: str, sentence: str) -> dict[str, Any]:
        words = {"vi": sentence, "en": f"In English: {sentence}"}
        return {"status": "rejected", "reason": reason, "message": words, "data": self._state}

    def _call(self) -> None:
        self.called.append(f"A{13 + len(self.called):03}")
        waiting = max(0, self._state["waiting"] - 1)
        new = {"ticket": self.called[-1], "phase": "called", "since": self.stamp(), "undo_until": self.stamp(10)}
        self.show(**new, waiting=waiting)
