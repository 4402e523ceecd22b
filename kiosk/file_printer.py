"""A printer behind a device file such as /dev/usb/lp0, which takes bytes and never answers.

python-escpos's own `File` would create the file when the printer is unplugged, and wait for ever when it is stuck.
"""

import os
import select
from contextlib import suppress
from time import monotonic

from kiosk.paper import PaperStatus
from kiosk.printer import Failed, Outcome, Unknown

_SEND_WAIT = 10.0  # seconds


class FilePrinter:
    """Prints and never knows whether it did: prefer a network, USB or serial printer."""

    def __init__(self, device: str) -> None:
        self._device = device

    def print(self, job: bytes) -> Outcome:
        """Send one ticket: Unknown when all of it was taken."""
        try:
            descriptor = self._open()
        except OSError:
            return Failed("not-found")
        try:
            left = _write(descriptor, job, _SEND_WAIT)
        finally:
            os.close(descriptor)
        return Failed("line-lost", begun=left < len(job)) if left else Unknown()

    def status(self) -> PaperStatus:
        """`offline` when the device file is not there, `unknown` otherwise."""
        try:
            os.close(self._open())
        except OSError:
            return PaperStatus.OFFLINE
        return PaperStatus.UNKNOWN

    def close(self) -> None:
        """Nothing to let go: the device is open only while a ticket is sent."""

    def _open(self) -> int:
        return os.open(self._device, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)


def _write(descriptor: int, data: bytes, seconds: float) -> int:
    """How many of the bytes the printer has not taken when it takes no more, or `seconds` are over."""
    deadline = monotonic() + seconds
    with suppress(OSError):
        while data and select.select([], [descriptor], [], max(0.0, deadline - monotonic()))[1]:
            data = data[os.write(descriptor, data) :]
    return len(data)
