"""A serial port through pyserial: what comes in goes on the inbox; a port that is gone is opened again, for ever."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import serial

from counter_terminal.line import Heard, LineDown, LineUp

#: Seconds between two attempts to open the port, and for which a read or a write may hang.
AGAIN, PATIENCE = 0.2, 0.2

log = logging.getLogger("line")


class SerialPort:
    """The port `path` of the line `name`; LineUp, LineDown and Heard go to `put`, from a thread of its own."""

    def __init__(self, name: str, path: str, baud: int, put: Callable[[object], None]) -> None:
        self._name, self._path, self._baud, self._put = name, path, baud, put
        self._port: serial.Serial | None = None
        self._stopping = threading.Event()
        self._told_down = False
        self._thread = threading.Thread(target=self._keep, name=f"line-{name}", daemon=True)

    def start(self) -> None:
        """Begin to open the port, in the background, again and again."""
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Send; what cannot be sent is lost, as on a wire."""
        port = self._port
        if port is not None:
            with suppress(OSError, TypeError):  # pyserial: TypeError when the other thread closes it just now
                port.write(data)

    def close(self) -> None:
        """Let the port go."""
        self._stopping.set()
        self._thread.join(2 * PATIENCE)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                self._live()
            except (OSError, ValueError) as error:
                self._down(str(error))
            self._stopping.wait(AGAIN)

    def _live(self) -> None:
        """From opening the port to its end. Raises OSError (as pyserial's errors are) or ValueError."""
        settings = {"timeout": PATIENCE, "write_timeout": PATIENCE, "exclusive": True}
        with serial.Serial(self._path, self._baud, **settings) as port:
            if self._told_down:
                log.info("line %s: %s can be used again", self._name, self._path)
            self._port, self._told_down = port, False
            self._put(LineUp(self._name))
            try:
                while not self._stopping.is_set():
                    if data := port.read(max(1, port.in_waiting)):
                        self._put(Heard(self._name, data))
            finally:
                self._port = None

    def _down(self, reason: str) -> None:
        if self._told_down:
            return
        self._told_down = True
        self._put(LineDown(self._name))
        log.warning("line %s: %s cannot be used (%s); trying again until it can", self._name, self._path, reason)
