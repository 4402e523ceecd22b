"""A scanner made of software behind a pseudo terminal: it sends what is held before it as a USB-COM scanner does.

Its packets have 64 bytes; the longest codes take a while. What it sends is nowhere written down.
"""

import threading
import time
from pathlib import Path
from queue import SimpleQueue

from moiso.devices.fake_serial import FakeSerial

#: Bytes of a packet, and seconds between two of them.
PACKET, PAUSE = 64, 0.001


class FakeScanner:
    """A scanner whose device file is `path` while it is plugged in, from `start` to `stop`."""

    def __init__(self, path: Path) -> None:
        self._adapter = FakeSerial(path)
        self._codes: SimpleQueue[bytes | None] = SimpleQueue()
        self._worker = threading.Thread(target=self._send, name="fake-scanner", daemon=True)

    def start(self) -> None:
        """Plug it in. Raises OSError when the device file cannot be made."""
        self._adapter.plug(plugged=True)
        self._worker.start()

    def stop(self) -> None:
        """Pull it out for good, once what it was shown is sent."""
        self._codes.put(None)
        self._worker.join(1.0)
        self._adapter.plug(plugged=False)

    def scan(self, text: str) -> None:
        """Hold this code before it; returns at once."""
        self.say(text.encode() + b"\r")

    def say(self, data: bytes) -> None:
        """It sends these bytes, whatever they are."""
        self._codes.put(data)

    def plug(self, *, plugged: bool) -> None:
        """Pull it out, also in the middle of a code, or put it in again."""
        self._adapter.plug(plugged=plugged)

    def _send(self) -> None:
        while (data := self._codes.get()) is not None:
            for start in range(0, len(data), PACKET):
                self._adapter.say(data[start : start + PACKET])
                time.sleep(PAUSE)
