"""Questions to a printer, one at a time, and whether what comes back is an answer to them."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from kiosk import paper
from kiosk.paper import PaperStatus

if TYPE_CHECKING:
    from kiosk.escpos_line import Line

ANSWER_WAIT = 0.4  # seconds; printers answer DLE EOT within milliseconds, and three questions make 1.2 s
_LOOK = 0.5  # seconds between two looks at a printer that is at work
_MOMENT = 0.001  # seconds for what has come already
_MOST = 2  # bytes: an answer, and a late one to the question before


def status(line: Line) -> PaperStatus:
    """How the printer is; `unknown` when it does not answer, or talks nonsense. Raises one of LOST."""
    line.read(_MOMENT)  # answers that came too late for an older question
    online = _at_once(line, paper.ASK_ONLINE)
    cause = _at_once(line, paper.ASK_CAUSE) if online is not None else None
    if online is None or cause is None:
        return PaperStatus.UNKNOWN
    error = _at_once(line, paper.ASK_CUTTER) if paper.has_error(cause) else None
    sensors = _at_once(line, paper.ASK_PAPER)
    if sensors is None or paper.asked_for(line.read(_MOMENT)):
        return PaperStatus.UNKNOWN
    return paper.paper_status(online, cause, sensors, error or 0)


def done(line: Line, seconds: float) -> bool:
    """Whether the printer says within `seconds` that all it was sent is carried out. Raises one of LOST.

    Now and then it is asked whether it has stopped, which it tells at once: then nobody waits any longer.
    """
    line.send(paper.ASK_IN_ORDER, ANSWER_WAIT)
    deadline = monotonic() + seconds
    while (left := deadline - monotonic()) > 0:
        heard = paper.asked_for(line.read(min(left, _LOOK)))
        if any(map(paper.is_in_order, heard)):
            return True
        if any(paper.is_at_once(byte) and paper.has_stopped(byte) for byte in heard):
            return False
        if not heard:
            line.send(paper.ASK_CAUSE, ANSWER_WAIT)
    return False


def model(line: Line) -> str:
    """What the printer calls itself, empty when it does not say. Raises one of LOST."""
    line.send(paper.ASK_MODEL, ANSWER_WAIT)
    deadline, heard = monotonic() + ANSWER_WAIT, b""
    while (left := deadline - monotonic()) > 0 and not heard.endswith(b"\0"):
        heard += line.read(left)
    return paper.name_in(heard)


def forget(line: Line) -> None:
    """Have the printer drop what it has not printed yet, when it can. Raises one of LOST."""
    _ask(line, paper.FORGET_JOB, paper.is_forgotten, ANSWER_WAIT)


def _at_once(line: Line, question: bytes) -> int | None:
    return _ask(line, question, paper.is_at_once, ANSWER_WAIT)


def _ask(line: Line, question: bytes, fits: Callable[[int], bool], seconds: float) -> int | None:
    """The answer that comes within `seconds`; None when none does, or too much else: whoever babbles says nothing."""
    line.send(question, seconds)
    deadline, heard = monotonic() + seconds, b""
    while (left := deadline - monotonic()) > 0 and len(paper.asked_for(heard)) <= _MOST:
        heard += line.read(left)
        answers = [byte for byte in paper.asked_for(heard) if fits(byte)]
        if answers and len(paper.asked_for(heard)) <= _MOST:
            return answers[-1]
    return None
