"""Tickets that somebody at a page has issued and this kiosk prints: once, and at once or not at all. Pure.

The hub's event is the order. An event that is said again, or was already in the log when this program first heard the
hub's heart, is none: its ticket is printed, or its visitor gone.
"""

from datetime import datetime, timedelta

from kiosk.words import IssuedTicket
from moiso.core.events import TicketIssued, TicketReprinted
from moiso.texts import both
from moiso.wire.codec import BadMessage, event_data
from moiso.wire.messages import Beat, Event, Offer, Services
from moiso.wire.stamp import seconds

#: Seconds after which nobody waits for the paper any more.
LATEST = 30.0


#: The events that may be an order.
Ordered = TicketIssued | TicketReprinted


class Orders:
    """What `device` prints for others; `printing`: numbers that are on their way through the printer."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._log: str | None = None
        self._heard = 0
        self.printing: set[str] = set()

    def beat(self, beat: Beat) -> None:
        """The hub lives: what is in a log that was not known before is none of our business."""
        if beat.log != self._log:
            self._log, self._heard = beat.log, beat.seq

    def order(self, event: Event, hub_time: float | None) -> Ordered | None:
        """The ticket to print now, or None when the event is no order for us, or was one before.

        Raises BadMessage when it came too late.
        """
        issued = event_data(event)
        if not isinstance(issued, Ordered) or issued.print_at != self._device:
            return None
        if event.log != self._log or event.seq <= self._heard:
            return None
        self._heard = event.seq
        if hub_time is None or hub_time - seconds(event.at) > LATEST:
            raise BadMessage(f"{issued.ticket} was issued more than {LATEST:.0f} s ago: it is not printed any more")
        return issued


def on_paper(issued: Ordered, event: Event, services: Services) -> IssuedTicket:
    """What stands on the ticket besides the site's own words, from what the kiosk may offer now.

    Raises BadMessage when the service is not offered here.
    """
    offer = next((offer for offer in services.services if offer.code == issued.service), None)
    if offer is None:
        raise BadMessage(f"{issued.ticket}: service {issued.service} is not offered")
    counted = services.log == event.log and services.seq >= event.seq
    return IssuedTicket(
        ticket=issued.ticket,
        service=issued.service,
        at=_pressed(event.at, issued.seconds_ago) if isinstance(issued, TicketReprinted) else event.at,
        ahead=issued.ahead if isinstance(issued, TicketReprinted) else max(0, offer.waiting - counted),
        promise=None if offer.state == "suspended" else offer.promise,
        counters=offer.counters,
        trouble=_trouble(offer),
        training=services.training,
        again=isinstance(issued, TicketReprinted),
    )


def _pressed(at: str, ago: float) -> str:
    """The moment of a press so many seconds before `at`."""
    return (datetime.fromisoformat(at) - timedelta(seconds=ago)).isoformat()


def _trouble(offer: Offer) -> str | None:
    """What the visitor must know besides: a service that stands still, or that nobody gives for minutes already."""
    if offer.state == "suspended":
        return "suspended"
    # the state alone may tell of a counter that has just closed
    return "unstaffed" if offer.note == both("offer.unstaffed") else None
