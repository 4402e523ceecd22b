"""The loop of a program: drain, handle, tell systemd that it works."""

import signal
import time
from collections.abc import Callable

from moiso.runtime import systemd
from moiso.runtime.inbox import Inbox, Stop

#: Longest sleep, so that the watchdog hears of a working loop.
LONGEST_SLEEP = 1.0


def run(inbox: Inbox, handle: Callable[[list[object], float], float | None]) -> None:
    """Run until SIGTERM or SIGINT.

    `handle(items, now)` gets the drained items (perhaps none) and the monotonic time; it returns the monotonic moment
    at which it wants to be called again at the latest, or None. The watchdog is pinged here, so a loop that hangs is
    noticed.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: inbox.put(Stop()))
    watchdog = systemd.Watchdog()
    wanted: float | None = 0.0
    while True:
        now = time.monotonic()
        items = inbox.drain(_sleep(wanted, now))
        if any(isinstance(item, Stop) for item in items):
            return
        now = time.monotonic()
        wanted = handle(items, now)
        watchdog.ping(now)


def _sleep(wanted: float | None, now: float) -> float:
    return LONGEST_SLEEP if wanted is None else min(LONGEST_SLEEP, wanted - now)
