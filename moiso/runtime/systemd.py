"""sd_notify: readiness, status and the watchdog; silent when nobody asked for it."""

import contextlib
import os
import socket


def notify(message: str) -> None:
    """Send one line to systemd, e.g. `READY=1`; nothing happens without NOTIFY_SOCKET."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    # A queue does not end because nobody listens; systemd draws its own conclusions from silence.
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.sendto(message.encode(), address)


class Watchdog:
    """Pings at half the period that systemd asked for with WATCHDOG_USEC."""

    def __init__(self) -> None:
        period = int(os.environ.get("WATCHDOG_USEC", "0")) / 1e6
        self._every = period / 2
        self._next = 0.0

    def ping(self, now: float) -> None:
        """Call from the working loop with the monotonic time."""
        if self._every and now >= self._next:
            self._next = now + self._every
            notify("WATCHDOG=1")
