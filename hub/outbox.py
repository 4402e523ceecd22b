"""The log as outbox: which events the broker has taken, and which go out again. Pure."""


class Outbox:
    """`taken`: every event up to this seq was acknowledged by the broker."""

    def __init__(self, taken: int) -> None:
        self.taken = taken
        self._on_the_way: dict[int, int] = {}
        self._early: set[int] = set()

    def sent(self, mid: int, seq: int) -> None:
        """The event `seq` went out as publish `mid`."""
        self._on_the_way[mid] = seq

    def acked(self, mid: int) -> None:
        """The broker took publish `mid`: `taken` moves when nothing before it is missing."""
        seq = self._on_the_way.pop(mid, None)
        if seq is None or seq <= self.taken:
            return
        self._early.add(seq)
        while self.taken + 1 in self._early:
            self.taken += 1
            self._early.discard(self.taken)

    def restart(self) -> int:
        """A new connection: nothing is on the way any more; the first seq to send again."""
        self._on_the_way.clear()
        self._early.clear()
        return self.taken + 1
