"""Where systemd would listen: a datagram socket that keeps what it was told, and when."""

import socket
import threading
import time

from tests.conftest import PATIENCE


class Ear:
    """Listens at `address` as sd_notify writes it: a path, or `@name` for an abstract socket."""

    def __init__(self, address: str) -> None:
        self.heard: list[tuple[float, str]] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def words(self) -> list[str]:
        return [word for _, word in self.heard]

    def times(self, word: str) -> list[float]:
        return [at for at, heard in self.heard if heard == word]

    def wait_for(self, word: str, seconds: float = PATIENCE) -> bool:
        until = time.monotonic() + seconds
        while word not in self.words() and time.monotonic() < until:
            time.sleep(0.01)
        return word in self.words()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._socket.close()

    def _listen(self) -> None:
        while word := self._socket.recv(4096).decode():
            self.heard.append((time.monotonic(), word))
