"""A kiosk with people in front of it: the real program, told on its standard input what they do, a line of JSON each.

    python -m tests.whole.cuts_kiosk --site site.toml --state state --device kiosk-1 --fake

`moiso kiosk --fake` hears of them through the broker, on the `fake/` topic; over a cut link nobody could press.
"""

import sys
import threading

from kiosk.__main__ import main
from moiso.runtime import shell
from moiso.runtime.address import Address
from moiso.runtime.fake_door import FakeDoor
from moiso.runtime.inbox import Inbox
from moiso.wire.ports import Arrived
from moiso.wire.topics import Topics


class Door(FakeDoor):
    """Hears standard input instead of the topic."""

    def __init__(self, address: Address, topics: Topics, inbox: Inbox) -> None:
        super().__init__(address, topics, inbox)
        self.link = self
        self._topic, self._kiosk = topics.fake(address.username), address.username

    def start(self) -> None:
        threading.Thread(target=self._listen, name="people", daemon=True).start()

    def stop(self) -> None:
        """There is nothing to say goodbye to."""

    def _listen(self) -> None:
        for line in sys.stdin.buffer:
            self.put(Arrived(self._topic, line.strip(), False, self._kiosk))


if __name__ == "__main__":
    shell.FakeDoor = Door
    sys.exit(main())
