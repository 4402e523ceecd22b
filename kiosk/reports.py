"""What the hub is told of numbers that the kiosk gave by itself: again and again until it answers. Pure.

Each time with its age anew: a report that is answered an hour later must not put its visitor an hour back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.book import Book
from kiosk.journal import Given
from moiso.core.day import Moment, idle_seconds
from moiso.wire.codec import encode
from moiso.wire.messages import Reply
from moiso.wire.ports import Publish
from moiso.wire.requests import FIRST_REPEAT, LONGEST_REPEAT
from moiso.wire.topics import Topics

#: So many are on their way at once.
AT_ONCE = 20
#: Nothing is said that the broker would keep longer than this, seconds: its age would be wrong.
EXPIRY = 5
#: Two presses are at least so far apart, seconds.
APART = 0.001
#: With these the hub says that the day of a number is over, or closed.
DAY_IS_OVER = frozenset({"day-closed", "other-day", "earlier-day"})
#: With these it says that it may take the number later; it is then left in peace about it for so many seconds.
LATER = frozenset({"disk-full", "internal", "day-ahead"})
REST = 60.0
#: The greatest age that can be said, seconds.
OLDEST = 7 * 86400.0


@dataclass(slots=True)
class _Saying:
    """command: `issued-offline` until that is answered, then `void` for a number that nobody holds.

    rests: the hub cannot take it now.
    """

    command: str
    due: float = 0.0
    pause: float = FIRST_REPEAT
    rests: bool = False


class Reports:
    """Says what is untold in the book."""

    def __init__(self, topics: Topics, device: str, book: Book) -> None:
        self._topics, self._device, self._book = topics, device, book
        self._saying: dict[str, _Saying] = {}
        self._began: float | None = None

    def begin(self, now: Moment) -> None:
        """The program runs since this moment: what was given in another boot is at least as old."""
        self._began = now.mono if self._began is None else self._began

    def due(self, now: Moment, stamp: str | None) -> Iterator[Publish]:
        """What has to be said now; `stamp`: the hub's own time, as it goes on the wire."""
        for given in self._first(now.mono):
            saying = self._saying.setdefault(given.press, _Saying("issued-offline"))
            if saying.due > now.mono:
                continue
            saying.rests = False
            saying.due, saying.pause = now.mono + saying.pause, min(2 * saying.pause, LONGEST_REPEAT)
            said = _void(given) if saying.command == "void" else self._report(given, now)
            payload = encode({"id": given.press, "at": stamp, **said})
            topic = self._topics.cmd(self._device, saying.command)
            yield Publish(topic, payload, expiry=EXPIRY, device=self._device)

    def hurry(self) -> None:
        """The link is back, or the hub talks of another day: everything is due."""
        for saying in self._saying.values():
            saying.due, saying.pause, saying.rests = 0.0, FIRST_REPEAT, False

    def deadline(self) -> float | None:
        """When something is due next: whatever rests, and the first AT_ONCE of the others."""
        sayings = [saying for given in self._told() if (saying := self._saying.get(given.press)) is not None]
        resting = (saying.due for saying in sayings if saying.rests)
        at_work = [saying.due for saying in sayings if not saying.rests][:AT_ONCE]
        return min((*resting, *at_work), default=None)

    def answered(self, reply: Reply, now: float) -> Given | None:
        """The number about which nothing more need be said after this reply; None when it answers none, or not all."""
        given, saying = self._book.untold.get(reply.re or ""), self._saying.get(reply.re or "")
        if given is None or saying is None or reply.to != saying.command:
            return None
        if _may_come(given, reply):
            saying.due, saying.rests = now + REST, True
            return None
        if reply.status == "ok" and reply.to == "issued-offline" and given.press in self._book.spoilt:
            self._saying[given.press] = _Saying("void")
            return None
        del self._saying[given.press]
        return given

    def _told(self) -> list[Given]:
        """What the hub may hear of: it is in the journal for sure."""
        return [given for given in self._book.untold.values() if given.press not in self._book.unsure]

    def _first(self, now: float) -> list[Given]:
        """The oldest of them that do not rest: those that the hub cannot take now keep nobody else waiting."""
        sayings = ((given, self._saying.get(given.press)) for given in self._told())
        return [given for given, saying in sayings if saying is None or not saying.rests or saying.due <= now][:AT_ONCE]

    def _report(self, given: Given, now: Moment) -> dict[str, object]:
        age, sure = self._ages(now)[given.press]
        return {
            "ticket": given.ticket,
            "service": given.service,
            "token": given.token,
            "day": given.day,
            "seconds_ago": round(min(age, OLDEST), 3),
            **({} if sure else {"at_least": True}),
        }

    def _ages(self, now: Moment) -> dict[str, tuple[float, bool]]:
        """Per press how old it is, and whether that is known or only the least it can be.

        Whoever pressed before somebody else is older, whatever became of the clocks between.
        """
        began = now.mono if self._began is None else self._began
        ages: dict[str, tuple[float, bool]] = {}
        least = 0.0
        for given in reversed(self._book.untold.values()):
            known = idle_seconds(given.moment, now)
            age = max(least, now.mono - began if known is None else known)
            ages[given.press] = (age, known is not None)
            least = age + APART
        return ages


def _may_come(given: Given, reply: Reply) -> bool:
    """Whether the hub may take the number later: when it is well again, or when the next day is open."""
    return reply.reason in LATER or (reply.reason == "day-closed" and given.day is None)


def _void(given: Given) -> dict[str, object]:
    return {"ticket": given.ticket, "reason": "unclaimed"}
