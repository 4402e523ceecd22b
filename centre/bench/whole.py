"""A whole running centre, started as people start it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import msgspec

from centre.bench.ground import EXAMPLE, free_port, running
from centre.bench.peer import PATIENCE, Peer
from moiso.runtime.address import Address
from moiso.runtime.site import load
from moiso.wire.codec import encode


class Whole:
    """`moiso up --fake` on examples/normal.toml, and a hand that presses its buttons."""

    def __init__(self, pid: int, address: Address, began: float) -> None:
        self.pid, self._began = pid, began
        self._topics, self._last = load(EXAMPLE).topics, 0
        self._heard: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
        self._status, self._printed = self._topics.status("kiosk-1"), self._topics.event("ticket-printed")
        listen = [self._status, self._printed]
        self._peer = Peer(address, "bench-hand", listen, lambda topic, payload: self._heard.put((topic, payload)))

    def first_ticket(self) -> float:
        """Press as soon as the kiosk is ready; seconds from the start until the ticket is out and filed."""
        while True:
            topic, payload = self._heard.get(timeout=PATIENCE)
            self._is_new(topic, payload)
            if self._is_ready(topic, payload):
                break
        self.ticket("A")
        return time.monotonic() - self._began

    def ticket(self, service: str) -> None:
        """Press a service's button and wait for the ticket."""
        self._press("kiosk-1", service)
        while not self._is_new(*self._heard.get(timeout=PATIENCE)):
            pass

    def call(self, counter: int) -> None:
        """Press a counter's next button."""
        self._press(f"counter-{counter}", "next")

    def close(self) -> None:
        """Let go of the buttons."""
        self._peer.close()

    def _press(self, device: str, what: str) -> None:
        self._peer.publish(self._topics.fake(device), encode({"press": what}))

    def _is_new(self, topic: str, payload: bytes) -> bool:
        """Whether a ticket was printed; what the hub says again after its start is an old one."""
        if topic != self._printed:
            return False
        seq = msgspec.json.decode(payload)["seq"]
        old, self._last = self._last, max(seq, self._last)
        return bool(seq > old)

    def _is_ready(self, topic: str, payload: bytes) -> bool:
        return topic == self._status and msgspec.json.decode(payload).get("state") == "ready"


@contextmanager
def whole(state: Path) -> Iterator[Whole]:
    """A centre on this state directory as long as the block lasts."""
    mqtt, web = free_port(), free_port()
    program = [sys.executable, "-P", "-m", "centre.cli", "up", "--fake", "--site", str(EXAMPLE)]
    began = time.monotonic()
    with running([*program, "--state", str(state), "--mqtt-port", str(mqtt), "--web-port", str(web)]) as process:
        centre = Whole(process.pid, Address("127.0.0.1", mqtt, "web", _password(state)), began)
        yield centre
        centre.close()


def _password(state: Path) -> str:
    """The password of the pages, once the first start has made it."""
    path = state / "credentials" / "web"
    until = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.005)
    return path.read_text(encoding="utf-8").strip()
