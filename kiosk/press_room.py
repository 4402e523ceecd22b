"""The worker that draws and prints: one job at a time, off the loop's thread, the printer asked now and then."""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from kiosk.layout import TicketText, draw
from kiosk.paper import PaperStatus
from kiosk.ports import Paper, Printed
from kiosk.printer import Failed, Outcome, Printer
from kiosk.printer import Printed as PrintedOutcome
from kiosk.ticket_bytes import encode
from kiosk.words import Receipt

log = logging.getLogger("kiosk")

#: Seconds between two questions to an idle printer.
ASK_EVERY = 3.0
#: Seconds that a program which ends waits for the ticket that is printing.
STOP_WAIT = 2.0
_BLANK = TicketText(*[" "] * 5, *[""] * 8)


class PressRoom:
    """Prints receipts in order; every outcome and every change of the paper goes to `tell`.

    `before` is called with a ticket's number just before it is printed.
    """

    def __init__(
        self, printer: Printer, width: int, tell: Callable[[object], None], before: Callable[[str], None] | None = None
    ) -> None:
        self._printer, self._width, self._tell, self._before = printer, width, tell, before
        self._jobs: SimpleQueue[Receipt | None] = SimpleQueue()
        self._paper: PaperStatus | None = None
        self._worker = threading.Thread(target=self._work, name="press-room", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Finish what is printing, within STOP_WAIT, and let the printer go."""
        self._jobs.put(None)
        self._worker.join(STOP_WAIT)

    def add(self, receipt: Receipt) -> None:
        """Print this after what is printing now."""
        self._jobs.put(receipt)

    def _work(self) -> None:
        self._ask()
        encode(draw(_BLANK, self._width))  # the first drawing loads fonts and library; nobody should wait for that
        while self._next():
            pass
        self._printer.close()

    def _next(self) -> bool:
        """Print the next ticket, or ask the printer when there is none for a while; False at the end."""
        try:
            receipt = self._jobs.get(timeout=ASK_EVERY)
        except Empty:
            self._ask()
            return True
        if receipt is not None:
            self._print(receipt)
        return receipt is not None

    def _print(self, receipt: Receipt) -> None:
        try:
            job = encode(draw(receipt.text, self._width), receipt.url)
            if self._before:
                self._before(receipt.ticket)
            outcome: Outcome = self._printer.print(job)
        except Exception:
            log.exception("ticket %s could not be drawn", receipt.ticket)
            outcome = Failed("internal")
        self._tell(Printed(receipt.ticket, _reason(outcome)))
        self._ask()

    def _ask(self) -> None:
        paper = self._printer.status()
        if paper != self._paper:
            self._paper = paper
            self._tell(Paper(paper))


def _reason(outcome: Outcome) -> str | None:
    """None when the printer said that the ticket is out."""
    if isinstance(outcome, PrintedOutcome):
        return None
    return outcome.reason if isinstance(outcome, Failed) else "unknown"
