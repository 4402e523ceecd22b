"""A printer that can be asked: a ticket counts as printed only when the printer says so after the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import escpos_questions, paper
from kiosk.paper import PaperStatus
from kiosk.printer import Failed, Outcome, Printed, PrinterSettings, Unknown
from kiosk.ticket_bytes import cut_off

if TYPE_CHECKING:
    from kiosk.escpos_line import Line

_CUT_WAIT = 3.0  # seconds, beside the time that the paper takes
_SLOWEST = 50.0  # mm/s, of all mechanisms
_SEND_WAIT = 10.0


class EscposPrinter:
    """A network, USB or serial printer."""

    def __init__(self, settings: PrinterSettings) -> None:
        self._settings = settings
        self._line: Line | None = None
        self._answers_in_order = True
        self._torn = False

    def print(self, job: bytes) -> Outcome:
        """Print one ticket. A printer that says it cannot gets none of it, lest it come out much later."""
        line = self._open()
        if line is None:
            return Failed("not-found")
        outcome = self._print(line, job)
        self._rest(line)
        return outcome

    def status(self) -> PaperStatus:
        """Ask the printer how it is."""
        line = self._open()
        if line is None:
            return PaperStatus.OFFLINE
        status = self._try_status(line)
        self._rest(line)
        return status

    def close(self) -> None:
        """Let the line go; the next call opens it again."""
        if self._line is not None:
            self._drop(self._line)

    def _open(self) -> Line | None:
        from kiosk.escpos_line import MISSING, line_to

        if self._line is None:
            try:
                line = line_to(self._settings)
                line.open()
            except MISSING:
                return None
            self._line = line
        return self._line

    def _rest(self, line: Line) -> None:
        if not line.stays_open:
            self._drop(line)

    def _drop(self, line: Line) -> None:
        line.close()
        self._line = None

    def _print(self, line: Line, job: bytes) -> Outcome:
        from kiosk.escpos_line import LOST

        try:
            before = self._asked(line)
        except LOST:
            self._drop(line)
            return Failed("line-lost")
        return Failed(before.value) if before in paper.STOPPED else self._sent(line, job, before)

    def _sent(self, line: Line, job: bytes, before: PaperStatus) -> Outcome:
        """What becomes of the job; a torn one's piece of paper is cut off first, lest two numbers hang together."""
        from kiosk.escpos_line import LOST

        torn, self._torn, sent = self._torn, True, False
        try:
            line.send((cut_off(self._settings.width) if torn else b"") + job, _SEND_WAIT)
            sent = True
            outcome = self._confirmed(line, job, before)
        except LOST:
            self._drop(line)
            return Unknown() if sent else Failed("line-lost", begun=True)
        self._torn = isinstance(outcome, Failed)
        return outcome

    def _try_status(self, line: Line) -> PaperStatus:
        from kiosk.escpos_line import LOST

        try:
            return self._asked(line)
        except LOST:
            self._drop(line)
            return PaperStatus.UNKNOWN

    def _asked(self, line: Line) -> PaperStatus:
        return escpos_questions.status(line) if self._settings.answers else PaperStatus.UNKNOWN

    def _confirmed(self, line: Line, job: bytes, before: PaperStatus) -> Outcome:
        """What the printer says once the job is through.

        DLE EOT is answered at once, even while the job waits in the printer's memory; GS r waits its turn, so its
        answer is the better proof. A printer that knows only DLE EOT is recognised by the first ticket.
        """
        if before is not PaperStatus.UNKNOWN and self._answers_in_order:
            millimetres = len(job) / self._settings.width  # a byte has eight dots, a millimetre eight rows
            self._answers_in_order = escpos_questions.done(line, _CUT_WAIT + millimetres / _SLOWEST)
        status = self._asked(line)
        self._answers_in_order |= status in paper.STOPPED
        return _judged(line, status)


def _judged(line: Line, after: PaperStatus) -> Outcome:
    if after in paper.STOPPED:
        escpos_questions.forget(line)
        return Failed(after.value, begun=True)
    return Printed(after) if after in paper.ABLE else Unknown()
