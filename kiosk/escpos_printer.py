"""A printer that can be asked: a ticket counts as printed only when the printer says so after the cut."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from kiosk import paper
from kiosk.paper import PaperStatus
from kiosk.printer import Failed, Outcome, Printed, PrinterSettings, Unknown

if TYPE_CHECKING:
    from kiosk.escpos_line import Line

_ANSWER_WAIT = 0.4  # seconds; printers answer DLE EOT within milliseconds, and three questions make 1.2 s
_PRINT_WAIT = 5.0  # a long ticket and its cut on a slow mechanism
_SEND_WAIT = 10.0


class EscposPrinter:
    """A network, USB or serial printer."""

    def __init__(self, settings: PrinterSettings) -> None:
        self._settings = settings
        self._line: Line | None = None
        self._answers_in_order = True

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

        sent = False
        try:
            before = _ask_status(line)
            if before in paper.STOPPED:
                return Failed(before.value)
            line.send(job, _SEND_WAIT)
            sent = True
            return _judged(line, self._confirmed(line, before))
        except LOST:
            self._drop(line)
            return Unknown() if sent else Failed("line-lost")

    def _try_status(self, line: Line) -> PaperStatus:
        from kiosk.escpos_line import LOST

        try:
            return _ask_status(line)
        except LOST:
            self._drop(line)
            return PaperStatus.UNKNOWN

    def _confirmed(self, line: Line, before: PaperStatus) -> PaperStatus:
        """The status once the job is through.

        DLE EOT is answered at once, even while the job waits in the printer's memory; GS r waits its turn, so its
        answer is the better proof. A printer that knows only DLE EOT is recognised by the first ticket.
        """
        if before is not PaperStatus.UNKNOWN and self._answers_in_order:
            self._answers_in_order = _ask(line, paper.ASK_IN_ORDER, paper.is_in_order, _PRINT_WAIT) is not None
        status = _ask_status(line)
        self._answers_in_order |= status in paper.STOPPED
        return status


def _judged(line: Line, after: PaperStatus) -> Outcome:
    if after in paper.STOPPED:
        _ask(line, paper.FORGET_JOB, paper.is_forgotten, _ANSWER_WAIT)
        return Failed(after.value)
    return Printed(after) if after in paper.ABLE else Unknown()


def _ask_status(line: Line) -> PaperStatus:
    answers: list[int | None] = []
    for question in (paper.ASK_ONLINE, paper.ASK_CAUSE, paper.ASK_PAPER):
        answers.append(_ask(line, question, paper.is_at_once, _ANSWER_WAIT))
        if answers[-1] is None:
            return PaperStatus.UNKNOWN
    return paper.paper_status(*answers)


def _ask(line: Line, question: bytes, fits: Callable[[int], bool], seconds: float) -> int | None:
    """The first fitting byte that comes within `seconds`; what does not fit answers an older question."""
    line.send(question, seconds)
    deadline = monotonic() + seconds
    while (left := deadline - monotonic()) > 0:
        for answer in line.read(left):
            if fits(answer):
                return answer
    return None
