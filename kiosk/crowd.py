"""Who has just taken a number, and whether so many do that nobody is asked about a second one. Pure."""

from collections import deque

#: Seconds within which a second touch of the same service may be a slip.
SLIP = 20.0


class Crowd:
    """`tickets` numbers within `within` seconds begin a crowd; that long without any ends it."""

    def __init__(self, tickets: int, within: float) -> None:
        self._tickets, self._within = tickets, within
        self._given: deque[float] = deque(maxlen=tickets)
        self._last: dict[str, tuple[str, float]] = {}
        self.on = False

    def given(self, service: str, ticket: str, now: float) -> None:
        """Somebody has a number."""
        self._given.append(now)
        self._last[service] = (ticket, now)

    def turned(self, now: float) -> bool:
        """Whether a crowd has just begun or ended."""
        before = self.on
        full = len(self._given) == self._tickets and self._given[-1] - self._given[0] <= self._within
        self.on = (self.on or full) and now - self._given[-1] < self._within
        return self.on != before

    def slip(self, service: str, now: float) -> str | None:
        """The number that the same person may just have taken, when that is worth a question."""
        ticket, at = self._last.get(service, ("", -SLIP))
        return ticket if ticket and now - at < SLIP and not self.on else None

    def deadline(self) -> float | None:
        """When the crowd ends if nobody comes any more; None while there is none."""
        return self._given[-1] + self._within if self.on else None
