"""Tell presses from the chatter of a contact."""

QUIET = 0.05
"""Seconds a button must have been up before going down counts as a press: contacts chatter for at most 20 ms."""


class Debouncer:
    """One button's contact. A press counts at its first touch, so the person never waits for the chatter to end.

    A contact that merely chatters, however long it is held, has not been up for `quiet` seconds and counts nothing.
    """

    def __init__(self, quiet: float = QUIET) -> None:
        self._quiet = quiet
        self._down = False
        self._up_since: float | None = None

    def edge(self, down: bool, at: float) -> bool:
        """Take a change of level at monotonic time `at` (seconds); True when it is a press."""
        if down == self._down:
            return False
        self._down = down
        if not down:
            self._up_since = at
            return False
        return self._up_since is None or at - self._up_since >= self._quiet
