"""Virtual time: a queue of moments, processes that sleep in it, and the hub's own clock, which may lie."""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from moiso.core.day import Moment

#: What somebody does over time: a generator that yields the seconds until it goes on.
Process = Iterator[float]


class Time:
    """Moments in order; `now` is monotonic seconds since the world began, the same for every machine but the hub."""

    def __init__(self) -> None:
        self.now = 0.0
        self._queue: list[tuple[float, int, Callable[[], object]]] = []
        self._number = 0

    def at(self, moment: float, act: Callable[[], object]) -> None:
        """Do this at that moment, or at once when it has passed."""
        self._number += 1
        heappush(self._queue, (moment if moment > self.now else self.now, self._number, act))

    def after(self, pause: float, act: Callable[[], object]) -> None:
        """Do this so many seconds from now."""
        self.at(self.now + pause, act)

    def start(self, process: Process, at: float | None = None) -> None:
        """Let a process run, from now or from that moment on, until it ends."""

        def step() -> None:
            pause = next(process, None)
            if pause is not None:
                self.at(self.now + pause, step)

        self.at(self.now if at is None else at, step)

    def run(self, until: float) -> None:
        """Do everything that is due by then, in order."""
        queue = self._queue
        while queue and queue[0][0] <= until:
            self.now, _, act = heappop(queue)
            act()
        self.now = until

    def forget(self) -> None:
        """Drop whatever is still to come."""
        self._queue.clear()


class HubClock:
    """What the hub's machine reads: a wall clock that is right until somebody sets it, and one life after another.

    `begin` is the true time (seconds since 1970) at the world's moment 0.
    """

    def __init__(self, time: Time, begin: float) -> None:
        self._time, self._begin = time, begin
        self.error = 0.0
        self.synced = True
        self._boots, self._boot, self._booted = 1, "boot-1", -100.0

    @property
    def true(self) -> float:
        """The time it really is, seconds since 1970."""
        return self._begin + self._time.now

    @property
    def mono(self) -> float:
        """Monotonic seconds of this boot."""
        return self._time.now - self._booted

    def moment(self) -> Moment:
        """What the clocks say now."""
        return Moment(wall=round(self.true + self.error, 3), mono=self.mono, boot=self._boot, synced=self.synced)

    def reboot(self, error: float, *, synced: bool) -> None:
        """The power was cut: the monotonic clock begins anew, the wall clock is wrong by `error` seconds."""
        self._boots += 1
        self._boot = f"boot-{self._boots}"
        self._booted = self._time.now - 12.0
        self.error, self.synced = error, synced
