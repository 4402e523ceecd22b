"""One device's side of a conversation, held with mosquitto_pub and mosquitto_sub alone."""

import itertools
import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

#: Patience with what has to come, seconds: it costs nothing while all is well, and a busy machine may stand still.
PATIENCE = 60.0
#: A hub that starts on a busy machine says its first word within so many seconds.
START_WITHIN = 60.0
_presses = itertools.count(1)


class Heard(NamedTuple):
    """A message as it was published: `topic` below the site's root, QoS and retain flag of the publisher."""

    topic: str
    qos: int
    retain: bool
    payload: str
    at: float

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.payload)

    @property
    def data(self) -> dict[str, Any]:
        return self.body["data"]

    @property
    def how(self) -> tuple[int, bool]:
        """QoS and retain."""
        return self.qos, self.retain

    def tells(self, topic: str, expected: dict[str, Any]) -> bool:
        """Whether it came on this topic and says this, at the top or in its data; nonsense says nothing."""
        try:
            said = self.body if self.topic == topic else None
        except ValueError:
            return False
        if not isinstance(said, dict):
            return False
        known = said["data"] | said if isinstance(said.get("data"), dict) else said
        return all(key in known and known[key] == value for key, value in expected.items())


class Ear:
    """A mosquitto_sub: hears what is retained, then what comes, until it is closed."""

    def __init__(self, command: list[str], root: str, after: str) -> None:
        """Returns when the subscription stands: `after` is a retained topic that is asked for last."""
        self.heard: list[Heard] = []
        self._root, self._came = root, threading.Condition()
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace")
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait(lambda heard: heard.topic == after, f"mosquitto_sub does not hear {after}", START_WITHIN)

    def __enter__(self) -> "Ear":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def hears(self, topic: str, within: float = PATIENCE, since: int = 0, **expected: Any) -> Heard:
        """The first message on `topic` with these values among its keys or those of its data; heard or still to come.

        since: leave out the first so many messages that were heard.
        """
        complaint = f"{topic} {expected} did not come"
        return self.wait(lambda heard: heard.tells(topic, expected), complaint, within, since)

    def shows(self, state: str, after: Heard, within: float = PATIENCE) -> Heard:
        """The first snapshot on `state/<state>` that includes this event."""
        topic, seq = f"state/{state}", after.body["seq"]
        return self.wait(lambda h: h.topic == topic and h.body["seq"] >= seq, f"no {topic} after {seq}", within)

    def wait(
        self, wanted: Callable[[Heard], bool], complaint: str, within: float = PATIENCE, since: int = 0
    ) -> Heard:
        with self._came:
            self._came.wait_for(lambda: any(map(wanted, self.heard[since:])), within)
            found = next(filter(wanted, self.heard[since:]), None)
            assert found is not None, f"{complaint}; heard: {[(h.topic, h.payload[:200]) for h in self.heard[-20:]]}"
            return found

    def on(self, topic: str) -> list[Heard]:
        """All that was heard so far on a topic, or below it when it ends in a slash."""
        with self._came:
            return [h for h in self.heard if h.topic == topic or (topic.endswith("/") and h.topic.startswith(topic))]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            qos, retain, topic, payload = line.rstrip("\n").split(" ", 3)
            heard = Heard(topic.removeprefix(self._root), int(qos), retain == "1", payload, time.monotonic())
            with self._came:
                self.heard.append(heard)
                self._came.notify_all()


class Device:
    """Somebody who has the password of `name`, at the terminal of any machine."""

    def __init__(self, name: str, password: str, where: tuple[str, int], root: str, within: Sequence[str] = ()) -> None:
        """`where`: the broker's address and port; `within`: what to put before each command line."""
        self.name, self._root, self._within = name, root, within
        self._login = ["-V", "5", "-h", where[0], "-p", str(where[1]), "-u", name, "-P", password]
        self._ears: list[Ear] = []
        self._replies: Ear | None = None

    def listens(self, *topics: str) -> Ear:
        """Hear these topics (below the root) from now on."""
        wanted = [arg for topic in (*topics, "status/hub") for arg in ("-t", self._root + topic)]
        shape = ["-q", "2", "--retain-as-published", "-F", "%q %r %t %p"]
        self._ears.append(
            Ear([*self._within, "mosquitto_sub", *self._login, *shape, *wanted], self._root, "status/hub")
        )
        return self._ears[-1]

    def says(self, topic: str, message: object, *options: str, qos: int = 1) -> str:
        """Publish JSON, text or bytes, or clear the topic with None; what mosquitto_pub complained about."""
        payload = message if isinstance(message, str | bytes) else json.dumps(message)
        text = payload.encode() if isinstance(payload, str) else payload
        return self._publish(topic, text, *(["-n"] if message is None else ["-s"]), *options, qos=qos)

    def says_all(self, topic: str, messages: Sequence[dict[str, Any]]) -> None:
        """Publish these, one after the other, over one connection."""
        self._publish(topic, "".join(f"{json.dumps(message)}\n" for message in messages).encode(), "-l")

    def _publish(self, topic: str, text: bytes, *options: str, qos: int = 1) -> str:
        """Returns when the broker has taken it; what mosquitto_pub complained about."""
        command = self._mosquitto_pub(topic, qos, *options)
        return subprocess.run(command, input=text, capture_output=True, check=False).stderr.decode()

    def _mosquitto_pub(self, topic: str, qos: int, *options: str) -> list[str]:
        return [*self._within, "mosquitto_pub", *self._login, "-q", str(qos), "-t", self._root + topic, *options]

    @contextmanager
    def floods(self, topic: str, message: dict[str, Any]) -> Iterator[None]:
        """Say this a hundred times a second, all the time."""
        often = ("--repeat", "1000000", "--repeat-delay", "0.01")
        flood = subprocess.Popen(self._mosquitto_pub(topic, 0, "-m", json.dumps(message), *often))
        try:
            yield
            assert flood.poll() is None, "the flood ended too early"
        finally:
            flood.kill()
            flood.wait()

    def asks_all(self, command: str, many: Sequence[dict[str, Any]]) -> list[Heard]:
        """Send a command several times without waiting in between, then wait for all replies."""
        since = len(self.replies.heard)
        said = [{"id": f"test-{next(_presses)}", **arguments} for arguments in many]
        self.says_all(f"cmd/{self.name}/{command}", said)
        return [self.answer(one["id"], command, since) for one in said]

    def asks(self, command: str, press: str | None = None, **arguments: Any) -> Heard:
        """Send a command and wait for its reply."""
        press, since = press or f"test-{next(_presses)}", len(self.replies.heard)
        self.says(f"cmd/{self.name}/{command}", {"id": press, **arguments})
        return self.answer(press, command, since)

    def answer(self, press: str | None, command: str, since: int = 0) -> Heard:
        """The reply to `command` under this id; not one of the first `since` messages of `replies`."""
        return self.replies.hears(f"reply/{self.name}", since=since, re=press, to=command)

    @property
    def replies(self) -> Ear:
        """Everything that was answered to this device since it first listened."""
        if self._replies is None:
            self._replies = self.listens(f"reply/{self.name}")
        return self._replies

    def close(self) -> None:
        for ear in self._ears:
            ear.close()
