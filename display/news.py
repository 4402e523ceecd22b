"""Which calls are news: each is told once, in whatever way and order it comes. Pure."""

#: Calls of one log that are kept in mind; what is older than all of them is no news.
REMEMBERED = 500


class News:
    """What one wall has been told of the hub's log, by seq."""

    def __init__(self) -> None:
        self._log: str | None = None
        self._since = 0
        self._told: set[int] = set()

    def begin(self, log: str, seq: int) -> None:
        """We hear of this log: what it held up to `seq` was before our time. Only the first time counts."""
        if log != self._log:
            self._log, self._since, self._told = log, seq, set()

    def is_new(self, seq: int) -> bool:
        """Whether nobody told of the call `seq` before; from now on somebody has."""
        if seq <= self._since or seq in self._told:
            return False
        self._told.add(seq)
        if len(self._told) > REMEMBERED:
            self._since = min(self._told)
            self._told.remove(self._since)
        return True
