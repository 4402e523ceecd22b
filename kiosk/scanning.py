"""What comes of codes before the scanner: a visitor is back, a procedure is shown, a card is not wanted. Pure."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.scans import Scanned
from kiosk.screen import Scan
from moiso.texts import both
from moiso.wire.messages import Reply, Words
from moiso.wire.ports import Arrived, Publish
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics

#: Seconds for which the hub is asked, and for which the page shows what came of a scan.
PATIENCE, SHOWN = 3.0, 12.0


class Scanning:
    """The scans of one kiosk; `shown`: what the page shows of the last one, None when it is over."""

    def __init__(self, topics: Topics, device: str, new_id: Callable[[], str]) -> None:
        self._requests, self._new_id = Requests(topics, device, new_id), new_id
        self.shown: Scan | None = None
        self._until = 0.0
        self._news: Scan | None = None

    def take(self, scan: Scanned, now: float, *, reached: bool) -> list[Publish]:
        """A code was there; `reached`: the hub can be asked."""
        match scan.kind:
            case "ticket" if reached:
                asked, message = self._requests.send("return", now, lifetime=PATIENCE, token=scan.value)
                self._show(Scan(asked, "return", both("kiosk.scan_asking")), now)
                return [message]
            case "ticket":
                self._turn_away(Scan(self._new_id(), "return"), both("kiosk.scan_unreached"), now)
            case "procedure":
                self._show(Scan(self._new_id(), "procedure", procedure=scan.value), now)
            case "other":
                self._turn_away(Scan(self._new_id(), "other"), both("kiosk.scan_other"), now)
        return []

    def replied(self, reply: Reply, item: Arrived, now: float) -> None:
        """The hub has answered a `return`; to an answer that nobody waits for any more nothing is shown."""
        scan = self.shown
        if self._requests.answered(item.payload) is None or scan is None or scan.id != reply.re:
            return
        if reply.status == "ok":
            self._settle(replace(scan, words=_welcome(reply), ticket=str(reply.data.get("ticket"))), now)
        elif reply.data.get("state") == "waiting":
            ticket = str(reply.data.get("ticket"))
            self._settle(replace(scan, words=both("kiosk.scan_waiting", ticket=ticket), ticket=ticket), now)
        else:
            self._turn_away(scan, reply.message or both("kiosk.scan_unreached"), now)

    def dismissed(self, scan: str) -> None:
        """The visitor has read what came of it."""
        if self.shown is not None and self.shown.id == scan:
            self.shown = None

    def due(self, now: float) -> list[Publish]:
        """What has to be said again by now; what took too long is over."""
        for _, asked in self._requests.given_up(now):
            if self.shown is not None and self.shown.id == asked:
                self._turn_away(self.shown, both("kiosk.scan_unreached"), now)
        if self.shown is not None and now >= self._until:
            self.shown = None
        return self._requests.due(now)

    def news(self) -> Scan | None:
        """What came of a scan since this was last asked; not that a procedure is on the page now."""
        news, self._news = self._news, None
        return news

    def deadline(self) -> float | None:
        """When `due` has something, or None."""
        moments = (self._requests.deadline(), self._until if self.shown else None)
        return min((moment for moment in moments if moment is not None), default=None)

    def _show(self, scan: Scan, now: float) -> None:
        self.shown, self._until = scan, now + SHOWN

    def _settle(self, scan: Scan, now: float) -> None:
        self._news = scan
        self._show(scan, now)

    def _turn_away(self, scan: Scan, words: Words, now: float) -> None:
        self._settle(replace(scan, words=words, well=False), now)


def _welcome(reply: Reply) -> Words:
    """What whoever is back is told: how many come first, or the new number for that of an earlier day."""
    ticket, ahead = str(reply.data.get("ticket")), reply.data.get("ahead")
    if (old := reply.data.get("replaces")) is not None:
        return both("kiosk.scan_new", ticket=ticket, old=str(old))
    return both("kiosk.scan_back", ticket=ticket, n=ahead) if ahead else both("kiosk.scan_next", ticket=ticket)
