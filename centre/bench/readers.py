"""People who have a page open: live streams of clerks', managers' and greeters' pages, read and thrown away.

`python -m centre.bench.readers PORT ACCOUNTS`; ACCOUNTS is the file in which a fake centre keeps its PINs. A line N on
stdin leaves so many pages open, half of them clerks' panels; how many the server serves by then comes out as a line.
"""

import json
import selectors
import socket
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlencode

from centre.bench.peer import PATIENCE

HOST = "127.0.0.1"


class Readers:
    """Open pages; whatever comes on them is thrown away."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self._port, self._requests = port, requests
        self._open: list[socket.socket] = []

    def keep(self, count: int) -> int:
        """Leave so many pages open; how many of them the server serves."""
        while len(self._open) > count:
            self._open.pop().close()
        asked = [self._ask() for _ in range(count - len(self._open))]
        self._open += [page for page in asked if _served(page)]
        return len(self._open)

    def read_until(self, line: TextIO) -> str:
        """Read all pages until a line comes here; the line."""
        with selectors.DefaultSelector() as ready:
            ready.register(line, selectors.EVENT_READ)
            for page in self._open:
                ready.register(page, selectors.EVENT_READ)
            while True:
                for key, _ in ready.select():
                    if key.fileobj is line:
                        return line.readline()
                    self._read(key.fileobj)

    def _read(self, page: Any) -> None:
        if not page.recv(65536):
            raise RuntimeError("the server ended a stream")

    def _ask(self) -> socket.socket:
        page = socket.create_connection((HOST, self._port), timeout=PATIENCE)
        page.sendall(next(self._requests))
        return page


def main() -> None:
    """Do as stdin says, until it ends."""
    port, pins = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    clerks = {account: pin for account, pin in pins.items() if account.startswith("cb-")}
    panels = [_request("/clerk/live", _log_in(port, account, pin)) for account, pin in clerks.items()]
    others = [_request("/live/managers"), _request("/live/greeter")]
    readers = Readers(port, _in_turn(panels, others))
    while line := readers.read_until(sys.stdin):
        print(readers.keep(int(line)), flush=True)


def _in_turn(panels: list[bytes], others: list[bytes]) -> Iterator[bytes]:
    """A clerk's, another one's, a clerk's, and so on."""
    for panel, other in zip(cycle(panels), cycle(others), strict=False):
        yield from (panel, other)


def _request(path: str, cookie: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\n\r\n".encode()


def _log_in(port: int, account: str, pin: str) -> str:
    """The cookie of a session of this account."""
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/login", urlencode({"account": account, "secret": pin}), kind)
    answer = connection.getresponse()
    if answer.status != 303:
        raise RuntimeError(f"{account} is not let in: {answer.status}")
    return (answer.getheader("Set-Cookie") or "").split(";")[0]


def _served(page: socket.socket) -> bool:
    """Whether the server begins to stream."""
    return b" 200 " in page.recv(200).split(b"\r\n")[0]


if __name__ == "__main__":
    main()
