"""Somebody who looks from the log to the wall and back: what stands there is not older than a second. Promise 6."""

from collections import deque
from collections.abc import Iterator

from centre.simulate.violation import Violation
from display.view import WallView
from moiso.core.centre import Centre

#: What a wall shows: who is called where, and how many wait for each service.
Shown = tuple[frozenset[tuple[str, str]], tuple[int, ...]]

#: Seconds by which the wall may lag, with the two turns that it takes.
LAG = 1.2


class Truth:
    """What the walls should show, and since when; older than half a minute is forgotten."""

    def __init__(self) -> None:
        self._was: deque[tuple[float, Shown]] = deque()

    def note(self, centre: Centre, now: float) -> None:
        """The log tells this from now on."""
        counters = centre.counters
        calls = frozenset((call.ticket, counters[call.counter].label) for call in centre.calls)
        waiting = tuple(centre.waiting(service.code) for service in centre.rules.services)
        self._was.append((now, (calls, waiting)))
        while len(self._was) > 1 and self._was[1][0] < now - 30.0:
            self._was.popleft()

    def check(self, view: WallView, now: float, lag: float) -> None:
        """Raises Violation unless the wall shows what was true at some moment of the last `lag` seconds.

        Calls and waiting people each for themselves: a call that is taken back goes at once, before the board comes.
        """
        recent = list(self._recent(now - lag))
        shown, asked = _shown(view)
        for calls_or_waiting in (lambda one: _others(one[0], asked), lambda one: one[1]):
            if recent and all(calls_or_waiting(shown) != calls_or_waiting(true) for true in recent):
                raise Violation(6, f"the wall shows {_words(shown)}, the log says {_words(recent[0])}")

    def _recent(self, since: float) -> Iterator[Shown]:
        """What was true at some moment since then, newest first."""
        for at, true in reversed(self._was):
            yield true
            if at <= since:
                return


def _shown(view: WallView) -> tuple[Shown, frozenset[str]]:
    """What stands on the wall, and whom it asks to wait: of these it shows no call."""
    calls = [call for call in (view.call, *view.recent) if call is not None]
    asked = frozenset(call.ticket for call in calls if call.withdrawn)
    called = frozenset((call.ticket, call.counter) for call in calls if not call.withdrawn)
    return (called, tuple(service.waiting for service in view.services)), asked


def _others(calls: frozenset[tuple[str, str]], asked: frozenset[str]) -> frozenset[tuple[str, str]]:
    return frozenset(call for call in calls if call[0] not in asked)


def _words(shown: Shown) -> str:
    calls = ", ".join(f"{ticket} -> {counter}" for ticket, counter in sorted(shown[0]))
    return f"[{calls}] with {list(shown[1])} waiting"
