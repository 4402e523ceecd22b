"""Closed-loop kiosks: each asks for the next ticket as soon as it has the last one.

`python -m centre.bench.issuers PORT CREDENTIALS KIOSK...`; a line `SITE SECONDS` on stdin sets all of them going, and
the number of tickets they got comes out as a line.
"""

import sys
import threading
import time
from pathlib import Path

from centre.bench.peer import PATIENCE, Peer
from moiso.runtime.address import Address
from moiso.runtime.program import new_id
from moiso.wire.codec import encode
from moiso.wire.topics import ROOT, Topics

SERVICES = "ABCHK"


class Kiosk:
    """One connection, one press at a time."""

    def __init__(self, address: Address) -> None:
        self._device, self._until = address.username, 0.0
        self._topics, self.tickets = Topics(""), 0
        self._over = threading.Event()
        every_site = f"{ROOT}/+/reply/{self._device}"
        self._peer = Peer(address, f"bench-{self._device}", [every_site], lambda _topic, _payload: self._got())

    def begin(self, site: str, seconds: float) -> None:
        """Press, and again, for so long."""
        self._topics, self.tickets = Topics(site), 0
        self._over.clear()
        self._until = time.monotonic() + seconds
        self._press()

    def finish(self) -> int:
        """The number of tickets. Raises TimeoutError when one was asked for and never came."""
        if not self._over.wait(max(0.0, self._until - time.monotonic()) + PATIENCE):
            raise TimeoutError(f"{self._device} waits for its ticket in vain")
        return self.tickets

    def _got(self) -> None:
        self.tickets += 1
        if time.monotonic() < self._until:
            self._press()
        else:
            self._over.set()

    def _press(self) -> None:
        asked = {"id": new_id(), "service": SERVICES[self.tickets % len(SERVICES)]}
        self._peer.publish(self._topics.cmd(self._device, "issue"), encode(asked))


def main() -> None:
    """Do as stdin says, until it ends."""
    port, credentials = int(sys.argv[1]), Path(sys.argv[2])
    passwords = {device: (credentials / device).read_text(encoding="utf-8").strip() for device in sys.argv[3:]}
    kiosks = [Kiosk(Address("127.0.0.1", port, device, word)) for device, word in passwords.items()]
    for line in sys.stdin:
        site, seconds = line.split()
        for kiosk in kiosks:
            kiosk.begin(site, float(seconds))
        print(sum(kiosk.finish() for kiosk in kiosks), flush=True)


if __name__ == "__main__":
    main()
