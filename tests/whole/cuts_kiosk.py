"""A kiosk with people in front of it: the real program, told on its standard input what they do, a line of JSON each.

    python tests/whole/cuts_kiosk.py --site site.toml --state state --device kiosk-1 --fake

`moiso kiosk --fake` hears of them through the broker, on the `fake/` topic; over a cut link nobody could press. When
its printer is about to be sent a ticket it says so in `<state>/fake/<device>/begun.jsonl`.
"""

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from kiosk import fake_kiosk
from kiosk.__main__ import main
from kiosk.fake_printer import FakePrinter
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
        self.link, self.standing = self, threading.Event()
        self.standing.set()
        self._topic, self._kiosk = topics.fake(address.username), address.username

    def start(self) -> None:
        threading.Thread(target=self._listen, name="people", daemon=True).start()

    def stop(self) -> None:
        """There is nothing to say goodbye to."""

    def _listen(self) -> None:
        # unbuffered: a program cannot end while a thread waits inside a buffer
        with open(sys.stdin.fileno(), "rb", buffering=0, closefd=False) as people:
            for line in people:
                self.put(Arrived(self._topic, line.strip(), False, self._kiosk))


class Printer(FakePrinter):
    """Says when the kiosk turns to it."""

    def __init__(self, directory: Path, *more: Any) -> None:
        super().__init__(directory, *more)
        self._begun = directory / "begun.jsonl"

    def expect(self, ticket: str) -> None:
        """The next ticket comes at once."""
        with self._begun.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"ticket": ticket, "at": time.time()}) + "\n")
        super().expect(ticket)


if __name__ == "__main__":
    shell.FakeDoor = Door
    fake_kiosk.FakePrinter = Printer
    sys.exit(main())
