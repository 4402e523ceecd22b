"""Ports on loopback for the servers of a test."""

import contextlib
import random
import socket

#: Below those that the kernel lends to outgoing connections: a client that asks again and again for a server which is
#: away would otherwise meet itself one day, and hold the port when the server comes back.
_PORTS = range(15_000, 32_000)
_CHANCE, _given = random.SystemRandom(), set[int]()


def free_port() -> int:
    """A TCP port that nobody listens on, another one at each call."""
    while True:
        port = _CHANCE.choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port
