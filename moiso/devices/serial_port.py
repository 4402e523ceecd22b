"""A serial port through pyserial: what comes in is told; a port that is gone is opened again, for ever."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

import serial

#: Seconds between two attempts to open the port, and for which a read or a write may hang.
AGAIN, PATIENCE = 0.2, 0.2

log = logging.getLogger("serial")


class SerialPort:
    """The port `path` of what people call `name`; everything is told from a thread of the port's own.

    opened() and gone(): the port can be used from now on, or cannot. heard(data): these bytes came in; without data,
    nothing has come for PATIENCE.
    """

    def __init__(
        self,
        name: str,
        path: str,
        baud: int,
        *,
        opened: Callable[[], None],
        gone: Callable[[], None],
        heard: Callable[[bytes], None],
    ) -> None:
        self._name, self._path, self._baud = name, path, baud
        self._tell_opened, self._tell_gone, self._tell_heard = opened, gone, heard
        self._port: serial.Serial | None = None
        self._stopping = threading.Event()
        self._told_gone = False
        self._thread = threading.Thread(target=self._keep, name=name, daemon=True)

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
                self._gone(str(error))
            self._stopping.wait(AGAIN)

    def _live(self) -> None:
        """From opening the port to its end. Raises OSError (as pyserial's errors are) or ValueError."""
        settings = {"timeout": PATIENCE, "write_timeout": PATIENCE, "exclusive": True}
        with serial.Serial(self._path, self._baud, **settings) as port:
            if self._told_gone:
                log.info("%s: %s can be used again", self._name, self._path)
            self._port, self._told_gone = port, False
            self._tell_opened()
            try:
                while not self._stopping.is_set():
                    self._tell_heard(port.read(max(1, port.in_waiting)))
            finally:
                self._port = None

    def _gone(self, reason: str) -> None:
        if self._told_gone:
            return
        self._told_gone = True
        self._tell_gone()
        log.warning("%s: %s cannot be used (%s); trying again until it can", self._name, self._path, reason)
