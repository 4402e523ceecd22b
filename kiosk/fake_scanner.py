"""A scanner made of software behind a pseudo terminal: it sends what is held before it as a USB-COM scanner does.

Its packets have 64 bytes; the longest codes take a while. What it sends is nowhere written down.
"""

import threading
import time
from pathlib import Path
from queue import SimpleQueue

from moiso.devices.fake_serial import FakeSerial

#: Bytes of a packet, seconds between two of them, and for which a machine that takes none is waited for.
PACKET, PAUSE, PATIENCE = 64, 0.001, 2.0


class FakeScanner:
    """A scanner whose device file is `path` while it is plugged in, from `start` to `stop`."""

    def __init__(self, path: Path) -> None:
        self._adapter = FakeSerial(path)
        self._codes: SimpleQueue[bytes | None] = SimpleQueue()
        self._sending = threading.Lock()
        self._worker = threading.Thread(target=self._work, name="fake-scanner", daemon=True)

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
        """Hold this code before it; returns at once, and the codes come one after the other."""
        self._codes.put(text.encode() + b"\r")

    def say(self, data: bytes) -> None:
        """It sends these bytes, whatever they are; returns when they are out."""
        with self._sending:
            taken = time.monotonic()
            while data:
                if sent := self._adapter.say(data[:PACKET]):
                    data, taken = data[sent:], time.monotonic()
                elif time.monotonic() > taken + PATIENCE:
                    break
                time.sleep(PAUSE)

    def plug(self, *, plugged: bool) -> None:
        """Pull it out, also in the middle of a code, or put it in again."""
        self._adapter.plug(plugged=plugged)

    def _work(self) -> None:
        while (code := self._codes.get()) is not None:
            self.say(code)
