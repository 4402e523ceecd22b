"""A reply of the hub and the site's own words become what stands on the ticket. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import msgspec

from kiosk.layout import TicketText
from moiso.wire.codec import BadMessage
from moiso.wire.messages import Range, Words

Text = Callable[..., str]
#: Above this many minutes a range is no information any more.
LONG_WAIT = 60


class IssuedTicket(msgspec.Struct, frozen=True):
    """The data of the reply to `issue`.

    ahead: None where nobody knows. warning: what the visitor must know besides; trouble: the same where nobody has put
    it in words, `suspended` or `unstaffed`. training: only for practice. offline: the kiosk gave it by itself; `at` may
    be empty then, and `ahead` is `ahead_age` seconds old. again: it was on paper before.
    """

    ticket: str
    service: str
    at: str
    ahead: int | None
    promise: Range | None
    counters: list[int]
    warning: Words | None = None
    training: bool = False
    trouble: str | None = None
    offline: bool = False
    ahead_age: float | None = None
    again: bool = False

    @property
    def minutes_old(self) -> int | None:
        """How old the word about the people ahead is, where it is not of this moment."""
        if not self.offline or self.ahead is None or self.ahead_age is None:
            return None
        return ceil(self.ahead_age / 60) or 1


def read_issued(data: dict[str, Any]) -> IssuedTicket:
    """The number in the data of an `issue` reply.

    Raises BadMessage when there is none.
    """
    try:
        return msgspec.convert(data, IssuedTicket)
    except msgspec.ValidationError as error:
        raise BadMessage(str(error)) from None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A ticket to print: its number, its words, and what its QR code says if it has one.

    phones: they can open it; else only the kiosk's scanner reads it.
    """

    ticket: str
    text: TicketText
    url: str | None
    phones: bool = True


@dataclass(frozen=True)
class Letterhead:
    """What a site prints on every ticket; `services` maps a code to its name, `labels` a counter to its label.

    ticket_url: what codes begin with, None for tickets without; phones: they find a page there.
    """

    centre: str
    address: str
    hours: str
    hotline: str
    services: Mapping[str, str]
    labels: Mapping[int, str]
    ticket_url: str | None
    text: Text
    phones: bool = True

    def ticket(self, issued: IssuedTicket, token: str | None = None) -> Receipt:
        """The ticket for a number; without a token phones cannot follow it.

        Raises BadMessage when its `at` is no moment.
        """
        try:
            moment = datetime.fromisoformat(issued.at) if issued.at or not issued.offline else None
        except ValueError as error:
            raise BadMessage(str(error)) from None
        url = f"{self.ticket_url.rstrip('/')}/{token}" if self.ticket_url and token else None
        return Receipt(issued.ticket, self._words(issued, moment, with_qr=url is not None), url, self.phones)

    def _words(self, issued: IssuedTicket, moment: datetime | None, *, with_qr: bool) -> TicketText:
        text = self.text
        return TicketText(
            centre=self.centre,
            address=self.address,
            title=text("ticket.title"),
            number=issued.ticket,
            service=self.services.get(issued.service, issued.service),
            ahead=self._ahead(issued.ahead),
            promise=self._promise(issued.promise),
            counters=", ".join(self.labels.get(n, str(n)) for n in issued.counters),
            issued=text("ticket.issued", at=moment.strftime("%H:%M, %d/%m/%Y")) if moment else "",
            wall_note=text("ticket.wall_note"),
            hours=self.hours,
            hotline=text("ticket.hotline", number=self.hotline.replace(" ", "\u00a0")) if self.hotline else "",
            not_receipt=text("ticket.not_receipt"),
            qr_caption=text("ticket.qr_caption" if self.phones else "ticket.qr_back") if with_qr else "",
            warning=self._warning(issued),
            training=text("ticket.training") if issued.training else "",
            offline=text("ticket.offline") if issued.offline else "",
            ahead_at=text("ticket.ahead_age", n=issued.minutes_old) if issued.minutes_old else "",
            reprint=text("ticket.reprint") if issued.again else "",
        )

    def _ahead(self, people: int | None) -> str:
        if people is None:
            return ""
        return self.text("ticket.ahead", n=people) if people else self.text("ticket.nobody_ahead")

    def _warning(self, issued: IssuedTicket) -> str:
        if issued.warning is not None:
            return issued.warning.vi
        return self.text(f"warning.{issued.trouble}") if issued.trouble else ""

    def _promise(self, promise: Range | None) -> str:
        if promise is None:
            return ""
        if promise.high > LONG_WAIT:
            return self.text("ticket.promise_long", n=LONG_WAIT)
        if promise.low == 0:
            return self.text("ticket.promise_short", n=promise.high)
        return self.text("ticket.promise", low=promise.low, high=promise.high)
