"""What became of the last presses, kept for the pages that people are led to afterwards."""

import threading
from collections import OrderedDict

from web.person import Person
from web.told import Receipt

#: Receipts that are kept; older ones are forgotten, what they tell stays done.
KEPT = 500


class Receipts:
    """The newest receipts, each for its own account only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Receipt] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, person: Person, receipt: Receipt) -> None:
        """Keep it, and forget the oldest."""
        with self._lock:
            self._kept[person.account.id, receipt.press] = receipt
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def of(self, person: Person, press: str) -> Receipt | None:
        """The receipt of this press of this person; None when there is none any more."""
        with self._lock:
            return self._kept.get((person.account.id, press))
