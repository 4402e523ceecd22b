"""What comes out on paper besides the visitor's own press, and what the hub is told of every print. Pure."""

from kiosk.heard import Heard
from kiosk.orders import Orders, on_paper
from kiosk.paper import ABLE, STOPPED, PaperStatus
from kiosk.place import Place
from kiosk.ports import Print
from moiso.wire.messages import Beat, Event
from moiso.wire.requests import Requests

#: Seconds for which a report on a ticket is repeated: to the end of the longest day.
TO_THE_END = 86400.0


class Paperwork:
    """The printer's word, and the tickets that others have ordered (kiosk/orders.py).

    mute: it never said that it can print, so a print nobody knows about has most likely come out.
    """

    def __init__(self, place: Place, requests: Requests) -> None:
        self._place, self._requests = place, requests
        self._orders = Orders(place.device)
        self.status, self.mute = PaperStatus.UNKNOWN, True

    @property
    def stopped(self) -> bool:
        """Whether the printer says that it cannot print."""
        return self.status in STOPPED

    @property
    def near(self) -> bool:
        """Whether the paper is nearly out."""
        return self.status is PaperStatus.NEAR

    def said(self, status: PaperStatus) -> None:
        """The printer's word about itself."""
        self.status = status
        self.mute &= status not in ABLE

    def beat(self, beat: Beat) -> None:
        """The hub lives."""
        self._orders.beat(beat)

    def ordered(self, event: Event, heard: Heard, now: float) -> list[object]:
        """Print what somebody at a page has issued for this kiosk, or say at once that it cannot be.

        Raises BadMessage when the event is no order that can be carried out.
        """
        issued = self._orders.order(event, heard.pulse.hub_time(now))
        if issued is None:
            return []
        if self.stopped or not heard.reached(now) or heard.services is None:
            return [self.report(issued.ticket, self.status.value if self.stopped else "not-ready", now)]
        receipt = self._place.letterhead.ticket(on_paper(issued, event, heard.services))
        self._orders.printing.add(receipt.ticket)
        return [Print(receipt)]

    def printed(self, ticket: str, reason: str | None, now: float) -> list[object] | None:
        """What to say of the print of an ordered ticket; None when this one was not ordered."""
        if ticket not in self._orders.printing:
            return None
        self._orders.printing.discard(ticket)
        return [self.report(ticket, reason, now)]

    def report(self, ticket: str, reason: str | None, now: float) -> object:
        """Tell the hub what became of the paper: out when there is no reason why not."""
        if reason is None:
            return self.tell("printed", now, ticket=ticket)
        return self.tell("print-failed", now, ticket=ticket, reason=reason)

    def tell(self, command: str, now: float, **arguments: str) -> object:
        """Tell the hub about a ticket, until it answers."""
        return self._requests.send(command, now, lifetime=TO_THE_END, **arguments)[1]
