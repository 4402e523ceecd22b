"""A serial adapter made of software: a pseudo terminal behind a link that comes and goes with its plug."""

import os
import select
import time
import tty
from contextlib import suppress
from pathlib import Path
from threading import Lock


class FakeSerial:
    """The device's end of a serial line; the driver opens `path` while it is plugged in.

    It keeps neither baud rate nor pauses: a pseudo terminal has none. May be used from several threads.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._ends: tuple[int, int] | None = None

    def plug(self, *, plugged: bool) -> None:
        """Put the adapter in, or pull it out; the device file comes and goes with it.

        Raises OSError when the link cannot be made.
        """
        with self._lock:
            if plugged and self._ends is None:
                self._ends = self._open()
            elif not plugged and self._ends is not None:
                self.path.unlink(missing_ok=True)
                for end in self._ends:
                    os.close(end)
                self._ends = None

    def say(self, data: bytes) -> int:
        """The device sends these bytes; how many went out, fewer when the driver does not take them. Without a plug
        they go nowhere.
        """
        with self._lock:
            if self._ends is None:
                return len(data)
            with suppress(BlockingIOError):
                return os.write(self._ends[0], data)
        return 0

    def hear(self) -> bytes:
        """What the driver has sent by now, perhaps nothing."""
        with self._lock, suppress(OSError):
            if self._ends is not None:
                return os.read(self._ends[0], 4096)
        return b""

    def wait(self, seconds: float) -> None:
        """Until the driver says something, or so many seconds."""
        with self._lock:
            ends = self._ends
        try:
            select.select([ends[0]] if ends else [], [], [], seconds)
        except (OSError, ValueError):
            time.sleep(seconds)  # the adapter was pulled out just now

    def _open(self) -> tuple[int, int]:
        ours, theirs = os.openpty()
        for end in (ours, theirs):
            tty.setraw(end)
        os.set_blocking(ours, False)
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(theirs))
        fresh.replace(self.path)
        # Our hold on their end keeps the wire alive while the driver has closed it.
        return ours, theirs
