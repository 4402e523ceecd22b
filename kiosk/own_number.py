"""What stands on the ticket of a number that the kiosk gave by itself. Pure."""

from kiosk.book import Book
from kiosk.heard import Heard
from kiosk.journal import Given
from kiosk.words import IssuedTicket


def own_ticket(given: Given, book: Book, heard: Heard, at: str | None, now: float) -> IssuedTicket:
    """The ticket; `at`: the hub's time as far as it is known.

    The people ahead are those of the last word of the hub, and whoever got a number here since. Of another day nothing
    is known.
    """
    offer = heard.offer(given.service) if given.day is not None else None
    others = (g for g in book.untold.values() if g.press not in {given.press, *book.spoilt})
    here = sum((g.service, g.day) == (given.service, given.day) for g in others)
    return IssuedTicket(
        ticket=given.ticket,
        service=given.service,
        at=at or "",
        ahead=None if offer is None else offer.waiting + here,
        promise=None,
        counters=offer.counters if offer else [],
        training=bool(book.seen and book.seen.training and given.day is not None),
        offline=True,
        ahead_age=heard.pulse.age(now),
    )
