"""The hub's pulse as one reader feels it: is it there, what time is it there. Pure."""

from datetime import UTC, datetime

from moiso.wire.messages import Beat, Event
from moiso.wire.stamp import iso, seconds

#: Seconds without a beat after which the hub is gone.
SILENCE = 5.0


class Pulse:
    """Fed with beats and the reader's own monotonic time; the clocks of two machines are never compared."""

    def __init__(self) -> None:
        self._last: tuple[float, Beat] | None = None
        self._ahead = 0.0

    @property
    def beat(self) -> Beat | None:
        """The last beat, or None before the first."""
        return self._last[1] if self._last else None

    def felt(self, beat: Beat, now: float) -> None:
        """A beat came at the reader's `now`.

        Raises ValueError when its `at` is no moment; it then counts for nothing.
        """
        self._ahead = seconds(beat.at) - now
        self._last = (now, beat)

    def clock_set(self, event: Event, now: float) -> None:
        """A live `clock-set` came: that is the hub's time from now on, unless a beat has told it already.

        Raises ValueError when its `at` is no moment.
        """
        known = self.beat
        if known is None or event.log != known.log or event.seq > known.seq:
            self.felt(Beat(log=event.log, seq=event.seq, at=event.at, clock=event.clock), now)

    def silent(self, now: float) -> bool:
        """Whether the hub is gone: no beat for five seconds, or never one."""
        return self._last is None or now - self._last[0] > SILENCE

    def age(self, now: float) -> float | None:
        """Seconds since the last beat, or None before the first."""
        return None if self._last is None else now - self._last[0]

    def hub_time(self, now: float) -> float | None:
        """Seconds since 1970 in the hub's clock at the reader's `now`, or None before the first beat."""
        return None if self._last is None else now + self._ahead

    def stamp(self, now: float) -> str | None:
        """The hub's time at the reader's `now` as it goes on the wire, or None before the first beat."""
        wall = self.hub_time(now)
        if wall is None or self._last is None:
            return None
        return iso(wall, datetime.fromisoformat(self._last[1].at).tzinfo or UTC)
