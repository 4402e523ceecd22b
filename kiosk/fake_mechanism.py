"""What a fake printer has between its memory and the visitor's hand: a head, paper and a blade, turned by a thread.

Commands come out on the paper one after the other, as fast as the motor turns. Out of paper, or with the cover up,
they wait in the memory; a jammed blade stops before the cut. What is uncut stays on the paper, whoever sent it.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kiosk.escpos_decode import Command, Kind, rows

State = Literal["ok", "near", "out", "cover", "cutter", "silent", "garbage", "says-ok", "says-out"]
"""`silent` answers nothing, as printers on one-way wires do; `garbage` answers nonsense; both print.

`says-ok` has no paper and says that all is well; `says-out` prints and says that it has no paper.
"""

_STOPPED = ("out", "cover")
_ROWS_PER_MM = 8


@dataclass(frozen=True)
class Order:
    """A command in the memory. job: whose it is; answer: to be called when its turn comes, for a question in order."""

    command: Command
    job: object
    name: str = ""
    answer: Callable[[], None] | None = None


class Mechanism:
    """Works from `start` on; each cut piece of paper goes to `keep`, the commands that made it in order."""

    def __init__(self, keep: Callable[[list[Order]], None]) -> None:
        self.speed: float | None = None  # mm/s; None: at once
        self._keep = keep
        self._state: State = "ok"
        self._memory: deque[Order] = deque()
        self._paper: list[Order] = []
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """How it is."""
        return self._state

    def start(self) -> None:
        """Begin to turn."""
        threading.Thread(target=self._turn, name="fake-mechanism", daemon=True).start()

    def set(self, state: State) -> None:
        """Be in this state from now on."""
        with self._changed:
            self._state = state
            self._changed.notify()

    def add(self, order: Order) -> None:
        """Carry this out after everything before."""
        with self._changed:
            self._memory.append(order)
            self._changed.notify()

    def forget(self) -> None:
        """Empty the memory; the paper keeps what is on it."""
        with self._changed:
            self._memory.clear()

    def _turn(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._able)
                order = self._memory.popleft()
            self._carry_out(order)

    def _able(self) -> bool:
        if not self._memory or self._state in _STOPPED:
            return False
        return self._state != "cutter" or self._memory[0].command.kind is not Kind.CUT

    def _carry_out(self, order: Order) -> None:
        if order.answer is not None:
            order.answer()
            return
        if self.speed is not None:
            time.sleep(rows(order.command) / _ROWS_PER_MM / self.speed)
        if self._state != "says-ok":
            self._paper.append(order)
        if order.command.kind is Kind.CUT:
            piece, self._paper = self._paper, []
            self._keep(piece)
