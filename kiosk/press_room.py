"""The worker that draws and prints: one job at a time, off the loop's thread, the printer asked now and then."""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from kiosk import heap
from kiosk.checklist import draw_checklist
from kiosk.layout import TicketText, draw
from kiosk.paper import PaperStatus
from kiosk.ports import Paper, Printed
from kiosk.printer import Dialect, Failed, Outcome, Printer
from kiosk.printer import Printed as PrintedOutcome
from kiosk.sheets import Sheet, SheetPrinted
from kiosk.ticket_bytes import encode
from kiosk.words import Receipt

log = logging.getLogger("kiosk")

#: Seconds between two questions to an idle printer.
ASK_EVERY = 3.0
#: Seconds that a program which ends waits for the ticket that is printing.
STOP_WAIT = 2.0
_BLANK = TicketText(*[" "] * 5, *[""] * 8)
_PLAIN = Dialect()


class PressRoom:
    """Prints receipts and sheets in order; every outcome and every change of the paper goes to `tell`.

    `before` is called with a ticket's number, or a sheet's name, just before it is printed.
    """

    def __init__(
        self,
        printer: Printer,
        width: int,
        tell: Callable[[object], None],
        before: Callable[[str], None] | None = None,
        dialect: Dialect = _PLAIN,
    ) -> None:
        self._printer, self._width, self._dialect = printer, width, dialect
        self._tell, self._before = tell, before
        self._jobs: SimpleQueue[Receipt | Sheet | None] = SimpleQueue()
        self._paper: PaperStatus | None = None
        self._worker = threading.Thread(target=self._work, name="press-room", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Finish what is printing, within STOP_WAIT, and let the printer go."""
        self._jobs.put(None)
        self._worker.join(STOP_WAIT)

    def add(self, job: Receipt | Sheet) -> None:
        """Print this after what is printing now, then say Printed or SheetPrinted."""
        self._jobs.put(job)

    def _work(self) -> None:
        self._ask()
        encode(draw(_BLANK, self._width))  # the first drawing loads fonts and library; nobody should wait for that
        while self._next():
            pass
        self._printer.close()

    def _next(self) -> bool:
        """Print the next job, or ask the printer when there is none for a while; False at the end."""
        try:
            job = self._jobs.get(timeout=ASK_EVERY)
        except Empty:
            self._ask()
            return True
        if job is not None:
            self._print(job)
        return job is not None

    def _print(self, job: Receipt | Sheet) -> None:
        name = job.ticket if isinstance(job, Receipt) else f"list-{job.press}"
        try:
            data = self._drawn(job)
            if self._before:
                self._before(name)
            outcome: Outcome = self._printer.print(data)
        except Exception:
            log.exception("ticket %s could not be drawn", name)
            outcome = Failed("internal")
        self._tell(_told(job, outcome))
        heap.give_back()  # drawing leaves holes, 3 MB after an hour
        self._ask()

    def _drawn(self, job: Receipt | Sheet) -> bytes:
        if isinstance(job, Sheet):
            return encode(draw_checklist(job.text, self._width), job.code, self._dialect)
        return encode(draw(job.text, self._width), job.url, self._dialect)

    def _ask(self) -> None:
        paper = self._printer.status()
        if paper != self._paper:
            self._paper = paper
            self._tell(Paper(paper))


def _told(job: Receipt | Sheet, outcome: Outcome) -> Printed | SheetPrinted:
    if isinstance(job, Sheet):
        return SheetPrinted(job.press, _reason(outcome))
    return Printed(job.ticket, _reason(outcome), refused=isinstance(outcome, Failed) and not outcome.begun)


def _reason(outcome: Outcome) -> str | None:
    """None when the printer said that the ticket is out."""
    if isinstance(outcome, PrintedOutcome):
        return None
    return outcome.reason if isinstance(outcome, Failed) else "unknown"
