"""What the hub has promised to whom: numbers on paper, numbers acknowledged. Promises 1 and 2.

A number is promised from the moment somebody holds it or reads it; it must be in the log then, and ever after.
"""

from centre.simulate.violation import Violation
from centre.simulate.witness import Witness
from hub.log import Row
from moiso.core.events import DayOpened, Event, TicketIssued
from moiso.wire.messages import Reply


class Receipts:
    """Every number that reached somebody today.

    paper: how many tickets came out of printers. codes: what the log keeps of the codes on today's papers.
    """

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        witness.on_event.append(self._read)
        self.paper = 0
        self.codes: set[str] = set()
        self._printed: set[str] = set()
        self._seen: set[str] = set()

    def new_day(self, _opened: DayOpened) -> None:
        """Numbers begin anew; nobody may still wait for a word of the last day."""
        self.codes.clear()
        self._printed.clear()
        self._seen.clear()

    def printed(self, ticket: str) -> None:
        """A ticket came out of a printer."""
        self._on_paper(ticket)
        self._in_log(ticket, "printed")

    def shown(self, ticket: str) -> None:
        """A number stands large on a kiosk's page, and perhaps on paper too."""
        self._in_log(ticket, "shown")

    def answered(self, reply: Reply) -> None:
        """Somebody was answered: a number that was acknowledged is in the log."""
        if reply.status == "ok" and reply.to in {"issue", "return", "issued-offline"}:
            ticket, day = reply.data.get("ticket"), reply.data.get("day", self._witness.day)
            if ticket is not None and day == self._witness.day:
                self._in_log(str(ticket), "acknowledged")

    def check(self) -> None:
        """Nothing of what was promised today has gone, whatever crashed since."""
        for ticket in self._seen:
            self._in_log(ticket, "promised")

    def _read(self, _row: Row, event: Event) -> None:
        if isinstance(event, TicketIssued) and event.token_sha256 is not None:
            self.codes.add(event.token_sha256)

    def _on_paper(self, ticket: str) -> None:
        self.paper += 1
        if ticket in self._printed:
            raise Violation(1, f"{ticket} is on paper twice")
        self._printed.add(ticket)

    def _in_log(self, ticket: str, how: str) -> None:
        times = self._witness.issued[ticket]
        if times != 1:
            raise Violation(2, f"{ticket} was {how} and is in the log {times} times")
        self._seen.add(ticket)
