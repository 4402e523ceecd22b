"""Ears on a program's connections: every byte that it says and hears, as somebody on the wire would have it."""

import http.client
import socket
import threading
from contextlib import suppress

from tests.whole.talk import PATIENCE


class Tap:
    """A wire to `port` of this machine; `listen` is its other end, `taken` all that went over it, in both ways."""

    def __init__(self, port: int) -> None:
        self._port, self._server = port, socket.create_server(("127.0.0.1", 0))
        self._lock, self._taken = threading.Lock(), bytearray()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def listen(self) -> int:
        return int(self._server.getsockname()[1])

    @property
    def taken(self) -> bytes:
        with self._lock:
            return bytes(self._taken)

    def close(self) -> None:
        self._server.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._port))
                except OSError:
                    near.close()  # nobody is there now
                    continue
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                with self._lock:
                    self._taken += data
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Stream:
    """A page's live stream at this address; `taken`: all that came on it."""

    def __init__(self, port: int, path: str = "/live") -> None:
        self._taken = bytearray()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", path)
        threading.Thread(target=self._read, args=(self._connection.getresponse(),), daemon=True).start()

    @property
    def taken(self) -> bytes:
        return bytes(self._taken)

    def close(self) -> None:
        self._connection.close()

    def _read(self, response: http.client.HTTPResponse) -> None:
        with suppress(OSError, ValueError, AttributeError, http.client.HTTPException):
            while data := response.read1(65536):
                self._taken += data
