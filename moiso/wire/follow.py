"""Following the hub's log without a gap: repeats dropped, order kept, what is missing asked for. Pure."""

from dataclasses import dataclass, field

from moiso.wire.messages import Beat, Event

#: Seconds that the beat must stay ahead before a replay is asked for, and between two askings.
PATIENCE = 1.0


@dataclass(slots=True)
class Follower:
    """Where a reader stands in the log: `log` and the last `seq` it has dealt with."""

    log: str | None = None
    seq: int = 0
    _early: dict[int, Event] = field(default_factory=dict)
    _behind_since: float | None = None

    def take(self, event: Event) -> list[Event]:
        """The events that can be dealt with now, in order, once each; of another log: from its beginning."""
        if event.log != self.log:
            self._start(event.log)
        if event.seq > self.seq:
            self._early[event.seq] = event
        return self._in_order()

    def beat(self, beat: Beat, now: float) -> int | None:
        """The seq from which to ask for a replay, when the hub has been ahead for a second; else None."""
        if beat.log != self.log:
            self._start(beat.log)
        if beat.seq <= self.seq:
            self._behind_since = None
            return None
        if self._behind_since is None:
            self._behind_since = now
        if now - self._behind_since < PATIENCE:
            return None
        self._behind_since = now
        return self.seq + 1

    def _start(self, log: str) -> None:
        self.log, self.seq, self._behind_since = log, 0, None
        self._early.clear()

    def _in_order(self) -> list[Event]:
        ready = []
        while (event := self._early.pop(self.seq + 1, None)) is not None:
            self.seq = event.seq
            ready.append(event)
        return ready
