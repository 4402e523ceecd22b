"""The scanner on its serial port (USB-COM): its bytes become scans at once, and go no further than this."""

from collections.abc import Callable
from time import monotonic

from kiosk.scans import ScannerFound, Scans
from moiso.devices.serial_port import SerialPort


class Scanner:
    """The scanner at the device file `path`; Scanned and ScannerFound go to `tell`, from a thread of its own.

    ticket_url: as for Scans. One that is unplugged is waited for.
    """

    def __init__(self, path: str, baud: int, ticket_url: str | None, tell: Callable[[object], None]) -> None:
        self._scans, self._tell = Scans(ticket_url), tell
        self._port = SerialPort("scanner", path, baud, opened=self._opened, gone=self._gone, heard=self._heard)

    def start(self) -> None:
        """Begin to open the port, in the background, again and again."""
        self._port.start()

    def close(self) -> None:
        """Let the port go."""
        self._port.close()

    def _opened(self) -> None:
        self._tell(ScannerFound(works=True))

    def _gone(self) -> None:
        self._scans.forget()
        self._tell(ScannerFound(works=False))

    def _heard(self, data: bytes) -> None:
        now = monotonic()
        for scan in self._scans.feed(data, now) if data else self._scans.silence(now):
            self._tell(scan)
