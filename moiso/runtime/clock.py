"""Reading the machine's clocks: the only place that does, and whether the wall clock was ever set."""

import ctypes
import secrets
import time
from datetime import datetime, tzinfo
from pathlib import Path

from moiso.core.day import Moment

_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class _Timex(ctypes.Structure):
    """Room enough for the kernel's struct timex; nothing of it is read."""

    _fields_ = (("modes", ctypes.c_uint), ("rest", ctypes.c_ubyte * 400))


class Clock:
    """Wall and monotonic time of this machine.

    `trust`: None asks the kernel whether the wall clock is synchronised; True or False says so by configuration
    (a machine with a battery clock and no network may be trusted).
    """

    def __init__(self, trust: bool | None = None) -> None:
        self._trust = trust
        self._boot = _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else secrets.token_hex(8)
        self._libc = ctypes.CDLL(None)
        self._asked = 0.0
        self._synced = False

    def moment(self) -> Moment:
        """What the clocks say now."""
        mono = time.monotonic()
        return Moment(wall=time.time(), mono=mono, boot=self._boot, synced=self._is_synced(mono))

    def _is_synced(self, mono: float) -> bool:
        if self._trust is not None:
            return self._trust
        if not self._asked or mono - self._asked > 1.0:
            self._asked = mono
            self._synced = self._libc.adjtimex(ctypes.byref(_Timex())) not in {_TIME_ERROR, -1}
        return self._synced


def local_time(zone: tzinfo) -> datetime:
    """The wall clock of this machine in a site's time zone."""
    return datetime.fromtimestamp(time.time(), zone)
