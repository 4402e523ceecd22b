"""A cable made of software, for machines that make no namespaces: a TCP door on loopback that can stand still."""

import contextlib
import socket
import threading


class Relay:
    """Passes bytes on between whoever comes to `port` and `target`; while it is cut nothing moves, and nothing is lost.

    So it is on a cable: both ends wait, and what they had said comes late. A connection is never broken by it.
    """

    def __init__(self, target: int) -> None:
        """target: a port on loopback."""
        self._target, self._whole = target, threading.Event()
        self._whole.set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._serve, name="relay", daemon=True).start()

    def cut(self, *, far: bool = False) -> None:  # noqa: ARG002  this cable has one place to cut it
        """Nothing moves any more."""
        self._whole.clear()

    def mend(self) -> None:
        """What waited moves on."""
        self._whole.set()

    def close(self) -> None:
        self._server.close()
        self.mend()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(caller,), daemon=True).start()

    def _join(self, caller: socket.socket) -> None:
        self._whole.wait()
        try:
            called = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            caller.close()
            return
        called.settimeout(None)
        for end in (caller, called):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self._pass, args=(called, caller), daemon=True).start()
        self._pass(caller, called)

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._whole.wait()
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
