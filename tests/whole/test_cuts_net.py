"""Where no namespaces can be made, a relay on loopback is the cable that is cut, and it is said."""

import socket
import subprocess
import threading
from contextlib import suppress

import pytest

from tests.whole import cuts_net
from tests.whole.cable import Cable
from tests.whole.cuts_net import network
from tests.whole.relay import Relay
from tests.whole.talk import PATIENCE


@pytest.fixture
def echo():
    """The port of somebody who says everything again."""
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_answer, args=(server,), daemon=True).start()
    yield server.getsockname()[1]
    server.close()


def _answer(server: socket.socket) -> None:
    with suppress(OSError):
        while True:
            caller, _ = server.accept()
            threading.Thread(target=_echo, args=(caller,), daemon=True).start()


def _echo(caller: socket.socket) -> None:
    while said := caller.recv(100):
        caller.sendall(said)


def heard(caller: socket.socket, within: float) -> bytes:
    caller.settimeout(within)
    with suppress(TimeoutError):
        return caller.recv(100)
    return b""


def test_a_cut_relay_holds_everything_back_and_loses_nothing(echo):
    relay = Relay(echo)
    with socket.create_connection(("127.0.0.1", relay.port)) as caller:
        caller.sendall(b"one")
        assert heard(caller, PATIENCE) == b"one"
        relay.cut()
        caller.sendall(b"two")
        assert heard(caller, 0.3) == b""
        with socket.create_connection(("127.0.0.1", relay.port)) as late:
            late.sendall(b"three")
            assert heard(late, 0.3) == b""
            relay.mend()
            assert (heard(caller, PATIENCE), heard(late, PATIENCE)) == (b"two", b"three")
    relay.close()


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (FileNotFoundError("ip"), "iproute2 is not installed"),
        (subprocess.CalledProcessError(1, "ip", stderr="Operation not permitted\n"), "Operation not permitted"),
    ],
)
def test_where_no_cable_can_be_laid_the_relay_stands_in_and_says_why(echo, monkeypatch, error, why):
    def refuse(_cable: Cable) -> None:
        raise error

    monkeypatch.setattr(cuts_net.Cable, "lay", refuse)
    with network(echo) as net:
        assert why in net.words
        assert (net.listen, net.before) == ("127.0.0.1", ())
        with socket.create_connection(net.reach) as caller:
            caller.sendall(b"one")
            assert heard(caller, PATIENCE) == b"one"
