"""A printer made of software: a real TCP server on loopback that understands ESC/POS and keeps what it prints.

Every ticket it cuts becomes `<directory>/tickets/<ticket>.escpos` (the bytes as they came) and `<ticket>.png` (the
picture decoded from those bytes). It obeys a printer's rules: out of paper or with the cover up it says so, prints
nothing and keeps what it was sent in its memory, which comes out when there is paper again, unless it is told to
forget; what has not been cut when the line breaks is lost. On request it runs out, opens its cover, falls silent, is
slow, or breaks the line.
"""

import logging
import os
import socket
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

from PIL import Image

from kiosk.escpos_decode import Command, Kind, Parser, picture
from kiosk.printer import PrinterSettings

State = Literal["ok", "near", "out", "cover", "silent"]
"""`silent` prints and answers nothing, as printers on one-way wires do."""

_STOPPED = ("out", "cover")
_FORGOTTEN = b"\x37\x25\x00"
_log = logging.getLogger(__name__)


class FakePrinter:
    """Listens from `start` to `stop` on a free port; `settings` reaches it through the real network driver."""

    def __init__(self, directory: Path, width: int = 576) -> None:
        self.seconds_per_ticket = 0.0
        self._tickets = directory / "tickets"
        self._width = width
        self._state: State = "ok"
        self._name = ""
        self._drop_in: int | None = None
        self._job: list[Command] = []
        self._held: list[tuple[str, list[Command]]] = []
        self._lock = threading.Lock()
        self._server = socket.socket()

    @property
    def settings(self) -> PrinterSettings:
        """What to give to `connect` once started."""
        return PrinterSettings("network", address="127.0.0.1", port=self._server.getsockname()[1], width=self._width)

    def start(self) -> None:
        """Switch on. Raises OSError when the directory cannot be made."""
        self._tickets.mkdir(parents=True, exist_ok=True)
        self._server.bind(("127.0.0.1", 0))
        self._server.listen()
        threading.Thread(target=self._serve, name="fake-printer", daemon=True).start()

    def stop(self) -> None:
        """Switch off: from now on nobody is there. A stopped printer is not started again."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def expect(self, ticket: str) -> None:
        """Name the next ticket that is cut; without a name it is called by the time of day."""
        self._name = ticket

    def set_paper(self, state: State) -> None:
        """Put paper in, let it run low or out, open the cover, or fall silent."""
        with self._lock:
            self._state = state
            while self._held and state not in _STOPPED:
                self._keep(*self._held.pop(0))

    def drop_after(self, count: int) -> None:
        """Break the line (RST), once, when `count` more bytes have come in."""
        self._drop_in = count

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        parser = Parser()
        self._job = []
        while data := self._receive(connection):
            for command in parser.feed(data):
                connection.sendall(self._obey(command))

    def _receive(self, connection: socket.socket) -> bytes:
        if self._drop_in is None:
            return connection.recv(65536)
        data = connection.recv(min(65536, self._drop_in)) if self._drop_in else b""
        self._drop_in -= len(data)
        if self._drop_in == 0:
            self._drop_in = None
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return b""
        return data

    def _obey(self, command: Command) -> bytes:
        with self._lock:
            if command.kind in (Kind.ASK_AT_ONCE, Kind.ASK_IN_ORDER, Kind.FORGET):
                return b"" if self._state == "silent" else self._answer(command)
            self._job.append(command)
            if command.kind is Kind.CUT:
                self._cut()
        return b""

    def _answer(self, command: Command) -> bytes:
        if command.kind is Kind.ASK_AT_ONCE:
            return status_byte(self._state, command.raw[2])
        if command.kind is Kind.FORGET:
            self._job, self._held = [], []
            return _FORGOTTEN
        if self._state in _STOPPED:
            return b""
        return b"\x03" if self._state == "near" else b"\x00"

    def _cut(self) -> None:
        job, self._job = self._job, []
        name, self._name = self._name or time.strftime("%H%M%S"), ""
        if self._state in _STOPPED:
            self._held.append((name, job))
        else:
            time.sleep(self.seconds_per_ticket)
            self._keep(name, job)

    def _keep(self, name: str, job: list[Command]) -> None:
        try:
            _write(self._tickets / f"{name}.escpos", b"".join(command.raw for command in job))
            _write_picture(self._tickets / f"{name}.png", picture(job, self._width))
        except OSError as error:
            _log.warning("The fake printer cannot keep ticket %s: %s", name, error)


def status_byte(state: State, question: int) -> bytes:
    """The answer to DLE EOT `question` (1, 2 or 4) in this state; the bits 0x12 are set in every answer."""
    bits = {
        1: {"out": 0x08, "cover": 0x08},
        2: {"out": 0x20, "cover": 0x04},
        4: {"near": 0x0C, "out": 0x6C},
    }
    return bytes([0x12 | bits.get(question, {}).get(state, 0)])


def _write(path: Path, data: bytes) -> None:
    path.with_suffix(path.suffix + ".part").write_bytes(data)
    os.replace(path.with_suffix(path.suffix + ".part"), path)


def _write_picture(path: Path, image: Image.Image) -> None:
    image.save(path.with_suffix(".png.part"), "PNG")
    os.replace(path.with_suffix(".png.part"), path)
