"""A printer made of software: a real TCP server on loopback that understands ESC/POS and keeps what it prints.

Every ticket it cuts becomes `<directory>/tickets/<ticket>.escpos` (the bytes as they came), `<ticket>.png` (the picture
decoded from those bytes) and, when it has a QR code, `<ticket>.qr` (what that says). A piece of paper that jobs of two
connections are on, as after a broken line, is nobody's ticket: it goes to `<directory>/scraps/`.

It obeys a printer's rules: out of paper or with the cover up it says so, prints nothing and keeps what it was sent in
its memory, which comes out when there is paper again, unless it is told to forget; a command that a broken line cut
short is never carried out. On request it runs out, opens its cover, jams its blade, falls silent, talks nonsense, lies,
is slow, does not know a command, or breaks the line.
"""

import logging
import os
import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PIL import Image

from kiosk.escpos_decode import Command, Kind, Parser, picture, qr_text
from kiosk.fake_mechanism import Mechanism, Order, State
from kiosk.printer import PrinterSettings

__all__ = ["FakePrinter", "State", "status_byte"]

_QUESTIONS = (Kind.ASK_AT_ONCE, Kind.ASK_IN_ORDER, Kind.ASK_NAME, Kind.FORGET)
_MARKS = (Kind.RASTER, Kind.COLUMNS, Kind.TEXT)
_FORGOTTEN, _MODEL = b"\x37\x25\x00", b"_Fake-80\x00"
_BITS: dict[int, dict[str, int]] = {
    1: {"out": 0x08, "cover": 0x08, "cutter": 0x08, "says-out": 0x08},
    2: {"out": 0x20, "cover": 0x04, "cutter": 0x40, "says-out": 0x20},
    3: {"cutter": 0x08},
    4: {"near": 0x0C, "out": 0x6C, "says-out": 0x6C},
}
_log = logging.getLogger(__name__)


class FakePrinter:
    """Listens from `start` to `stop` on a free port; `settings` reaches it through the real network driver.

    speed: of the paper in mm/s, None for at once. unknown: the kinds of command that this model does not know.
    """

    def __init__(self, directory: Path, width: int = 576, speed: float | None = None) -> None:
        self.unknown: set[Kind] = set()
        self._directory, self._width = directory, width
        self._mechanism = Mechanism(self._cut)
        self._mechanism.speed = speed
        self._name = ""
        self._drop_in: int | None = None
        self._server = socket.socket()

    @property
    def settings(self) -> PrinterSettings:
        """What to give to `connect` once started."""
        return PrinterSettings("network", address="127.0.0.1", port=self._server.getsockname()[1], width=self._width)

    @property
    def speed(self) -> float | None:
        """How fast the paper comes out, in mm/s; None: at once."""
        return self._mechanism.speed

    @speed.setter
    def speed(self, speed: float | None) -> None:
        self._mechanism.speed = speed

    def start(self) -> None:
        """Switch on. Raises OSError when the directory cannot be made."""
        for folder in ("tickets", "scraps"):
            (self._directory / folder).mkdir(parents=True, exist_ok=True)
        self._server.bind(("127.0.0.1", 0))
        self._server.listen()
        self._mechanism.start()
        threading.Thread(target=self._serve, name="fake-printer", daemon=True).start()

    def stop(self) -> None:
        """Switch off: from now on nobody is there. A stopped printer is not started again."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def expect(self, ticket: str) -> None:
        """Name the next ticket that comes; without a name it is called by the time of day."""
        self._name = ticket

    def set_paper(self, state: State) -> None:
        """Put paper in, let it run low or out, open the cover, jam the blade, fall silent, or lie."""
        self._mechanism.set(state)

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
        parser, name = Parser(), ""
        while data := self._receive(connection):
            for command in parser.feed(data):
                if command.kind in _MARKS and not name:
                    name, self._name = self._name or time.strftime("%H%M%S"), ""
                self._take(command, connection, name)
                name = "" if command.kind is Kind.CUT else name

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

    def _take(self, command: Command, connection: socket.socket, name: str) -> None:
        if command.kind in self.unknown:
            command = Command(Kind.OTHER if command.kind in _QUESTIONS else Kind.TEXT, _rubbish(command.raw))
        if command.kind is Kind.FORGET:
            self._mechanism.forget()
        if command.kind in _QUESTIONS and self._mechanism.state != "silent":
            self._answer(command, connection)
        elif command.kind not in _QUESTIONS:
            self._mechanism.add(Order(command, connection, name))

    def _answer(self, command: Command, connection: socket.socket) -> None:
        state = self._mechanism.state
        if state == "garbage":
            connection.sendall(random.randbytes(8))
        elif command.kind is Kind.ASK_IN_ORDER:
            said = b"\x03" if state == "near" else b"\x00"
            self._mechanism.add(Order(command, connection, answer=_sender(connection, said)))
        elif command.kind is Kind.ASK_NAME:
            connection.sendall(_MODEL)
        else:
            connection.sendall(_FORGOTTEN if command.kind is Kind.FORGET else status_byte(state, command.raw[2]))

    def _cut(self, piece: list[Order]) -> None:
        marks = [order for order in piece if order.command.kind in _MARKS]
        if not marks:
            return
        name = marks[0].name
        whole = all(order.job is marks[0].job for order in piece)
        try:
            _keep(self._directory / ("tickets" if whole else "scraps"), name, [o.command for o in piece], self._width)
        except OSError as error:
            _log.warning("The fake printer cannot keep ticket %s: %s", name, error)


def status_byte(state: State, question: int) -> bytes:
    """The answer to DLE EOT `question` (1 to 4) in this state; the bits 0x12 are set in every answer."""
    return bytes([0x12 | _BITS.get(question, {}).get(state, 0)])


def _sender(connection: socket.socket, said: bytes) -> Callable[[], None]:
    def send() -> None:
        with suppress(OSError):
            connection.sendall(said)

    return send


def _rubbish(raw: bytes) -> bytes:
    """What a printer that does not know a command makes of it: text."""
    return bytes(byte for byte in raw[1:200] if 0x20 <= byte < 0x7F)[:40] or b"?"


def _keep(folder: Path, name: str, commands: list[Command], width: int) -> None:
    if code := qr_text(commands):
        _write(folder / f"{name}.qr", code.encode())
    _write(folder / f"{name}.escpos", b"".join(command.raw for command in commands))
    _write_picture(folder / f"{name}.png", picture(commands, width))


def _write(path: Path, data: bytes) -> None:
    path.with_suffix(path.suffix + ".part").write_bytes(data)
    os.replace(path.with_suffix(path.suffix + ".part"), path)


def _write_picture(path: Path, image: Image.Image) -> None:
    image.save(path.with_suffix(".png.part"), "PNG")
    os.replace(path.with_suffix(".png.part"), path)
