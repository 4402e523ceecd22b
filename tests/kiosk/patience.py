"""How long the kiosk waits for a printer, of software that has to share a busy machine with it."""

import threading
from collections.abc import Callable

import pytest

from tests.whole.talk import PATIENCE

#: Seconds for an answer that does not come.
HASTE = 0.2


def patient(patch: pytest.MonkeyPatch) -> None:
    """Wait for every answer until it comes."""
    patch.setattr("kiosk.escpos_questions.ANSWER_WAIT", PATIENCE)
    patch.setattr("kiosk.escpos_printer._CUT_WAIT", PATIENCE)
    patch.setattr("kiosk.escpos_printer._SEND_WAIT", PATIENCE)


def hasty(patch: pytest.MonkeyPatch) -> None:
    """Do not wait long for an answer of a printer that gives none."""
    patch.setattr("kiosk.escpos_questions.ANSWER_WAIT", HASTE)


class Motor:
    """The motor of fake printers that have a speed: it takes no time, notes how long it should have taken, and stands
    still on request.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.turned: list[float] = []
        self._turning, self._free = threading.Event(), threading.Event()
        self._free.set()
        patch.setattr("kiosk.fake_mechanism.time", self)

    def sleep(self, seconds: float) -> None:
        """What the mechanism does while paper comes out."""
        self.turned.append(seconds)
        if seconds:
            self._turning.set()
            assert self._free.wait(PATIENCE)

    def held(self, then: Callable[[], None]) -> None:
        """Stand still in the middle of the next ticket, and do this as soon as it does."""
        self._free.clear()
        self._turning.clear()

        def look() -> None:
            if self._turning.wait(PATIENCE):
                then()

        threading.Thread(target=look, daemon=True).start()

    def go_on(self) -> None:
        """Turn again."""
        self._free.set()
