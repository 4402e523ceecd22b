"""What the voice says about the midday break: seldom, and only where somebody must wait until after it. Pure."""

from display.announcement import Kind
from moiso.wire.messages import Board, ServiceLine
from moiso.wire.stamp import seconds

#: Seconds before the break from when on it is said once more.
AGAIN = 600.0
#: Seconds between the first time and the second, at least.
APART = 300.0
#: Services in one announcement: it has to be short.
AT_ONCE = 3


def last_expected(line: ServiceLine) -> str | None:
    """The last number before the break, empty for nobody any more; None when nobody has to wait until after it."""
    return None if line.state == "suspended" else line.last_before_lunch


class LunchNews:
    """What was said of which service; times are seconds since 1970 in the hub's clock."""

    def __init__(self) -> None:
        self._begins: str | None = None
        self._said: dict[str, float] = {}

    def begin(self, board: Board) -> None:
        """The wall's first board: what it names was said before our time, except for the second time."""
        if board.lunch is not None:
            self._begins = board.lunch.begins
            self._said = {line.code: float("-inf") for line in board.services if last_expected(line) is not None}

    def next(self, board: Board, now: float) -> tuple[Kind, tuple[str, ...]] | None:
        """What is to be said now, with the numbers or services it names; it counts as said."""
        if board.lunch is None:
            return None
        if board.lunch.begins != self._begins:
            self._begins, self._said = board.lunch.begins, {}
        begins = seconds(board.lunch.begins)
        due = [line for line in board.services if self._is_due(line, begins, now)]
        numbered = [line for line in due if last_expected(line)]
        return self._say(numbered or due, "before-lunch" if numbered else "after-lunch", now)

    def _is_due(self, line: ServiceLine, begins: float, now: float) -> bool:
        if last_expected(line) is None or now >= begins:
            return False
        said = self._said.get(line.code)
        again = begins - AGAIN
        return said is None or (said < again <= now and now - said >= APART)

    def _say(self, lines: list[ServiceLine], kind: Kind, now: float) -> tuple[Kind, tuple[str, ...]] | None:
        lines = lines[:AT_ONCE]
        self._said |= {line.code: now for line in lines}
        return (kind, tuple(last_expected(line) or line.code for line in lines)) if lines else None
