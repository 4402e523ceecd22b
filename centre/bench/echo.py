"""The floor of the hub: answers every command with as many messages of about the same sizes, and thinks nothing.

`python -m centre.bench.echo PORT PASSWORD SHAPE`; SHAPE is `reply` for an answer alone, or the number of states per
command (`0.31`), and then an event goes out with each answer too.
"""

import sys
import time

from centre.bench.ground import ECHO
from centre.bench.peer import Peer
from moiso.runtime.address import Address
from moiso.wire.topics import Topics

TOPICS = Topics(ECHO)
#: About what the hub says when it issues a ticket in examples/normal.toml, bytes.
REPLY, EVENT, STATE = b"r" * 260, b"e" * 340, b"s" * 650


class Echo:
    """Publishes straight from the callback; `states`: messages besides per command, None for the reply alone."""

    def __init__(self, address: Address, states: float | None) -> None:
        self._states, self._owed = states, 0.0
        self._peer = Peer(address, "bench-echo", [TOPICS.cmd("+", "+")], self._heard)

    def beat(self) -> None:
        """Say that we are there."""
        self._peer.publish(TOPICS.beat, b"{}", qos=0)

    def _heard(self, topic: str, _payload: bytes) -> None:
        device = TOPICS.below(topic)[1]
        if self._states is not None:
            self._peer.publish(TOPICS.event("ticket-issued"), EVENT)
        self._peer.publish(TOPICS.reply(device), REPLY)
        self._owed += self._states or 0.0
        while self._owed >= 1.0:
            self._owed -= 1.0
            self._peer.publish(TOPICS.state("board"), STATE)


def main() -> None:
    """Answer until we are ended."""
    port, password, shape = sys.argv[1:]
    echo = Echo(Address("127.0.0.1", int(port), "hub", password), None if shape == "reply" else float(shape))
    while True:
        echo.beat()
        time.sleep(0.2)


if __name__ == "__main__":
    main()
