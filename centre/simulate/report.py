"""What a run says: the last line, a violation with the line that replays it, a bar that moves."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from centre.simulate.presses import MET
from centre.simulate.week import Outcome
from centre.simulate.witness import every_step

BAR = 30


@dataclass
class Total:
    """Everything that the weeks brought so far."""

    sum: Outcome = field(default_factory=lambda: Outcome(week=0))

    def add(self, one: Outcome) -> None:
        """One more week."""
        total = self.sum
        for name in ("days", "presses", "events", "tickets", "offline", "dropped", "spoken", "looks"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        total.faults.update(one.faults)
        total.met.update(one.met)
        total.steps.update(one.steps)

    def lines(self) -> list[str]:
        """The figures, the faults, the rows of the ticket table that were taken and those that never were."""
        total, steps = self.sum, every_step()
        never = [step for step in steps if not total.steps[step]]
        days = "1 day" if total.days == 1 else f"{total.days} days"
        lines = [
            f"{days}, {total.presses:,} presses, {total.tickets:,} numbers, {total.events:,} events, "
            f"{total.spoken:,} calls spoken, {total.looks:,} looks at the walls; "
            f"{len(steps) - len(never)} of {len(steps)} rows of the ticket table",
            f"{total.offline:,} numbers by kiosks alone, {total.dropped:,} of them heard of when their day was over",
        ]
        if total.faults:
            kinds = ", ".join(f"{kind} {times}" for kind, times in sorted(total.faults.items()))
            lines.append(f"{total.faults.total():,} faults: {kinds}")
            lines.append(f"kiosks met: {', '.join(f'{name} {total.met[name]:,}' for name in MET)}")
        if never:
            lines.append(f"never taken: {', '.join(_row(step) for step in never)}")
        return lines


def _row(step: Iterable[str]) -> str:
    """`("undo", "waiting", "ticket-called")` as people read it."""
    first, *rest = step
    what = " + ".join(rest)
    return f"{first} {what}" if first in {"undo", "reopen"} else f"{first} + {what}"


class Bar:
    """Days done of all, on a terminal; silent anywhere else."""

    def __init__(self, days: int, out: TextIO = sys.stderr) -> None:
        self._days, self._out, self._shown = days, out, out.isatty()

    def show(self, done: int, seconds: float) -> None:
        """So many days are done after so many seconds."""
        if self._shown:
            full = BAR * done // self._days
            rate = f"{done / seconds:.1f} days/s" if seconds > 0 else ""
            self._out.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {done}/{self._days} days, {rate}  ")
            self._out.flush()

    def end(self) -> None:
        """Nothing more to show."""
        if self._shown:
            self._out.write("\n")
