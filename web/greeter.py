"""The greeter's page at one moment, every cell a finished text in one language. Pure."""

from msgspec import Struct

from moiso.wire.messages import Offer, ServiceLine, Status
from web.devices import paper_of
from web.frame import Frame, frame
from web.place import Place, Reader
from web.view import View
from web.words import Text, promised


class ServiceButton(Struct, frozen=True, kw_only=True):
    """A service as the greeter offers it; `state`: as on the board; `note`: what the hub says of it besides."""

    name: str
    waiting: str
    promise: str
    state: str
    note: str


class KioskLine(Struct, frozen=True, kw_only=True):
    """A kiosk that could print; `state` is `ready` or `trouble`, `text` says what is wrong."""

    state: str
    text: str


class GreeterPage(Struct, frozen=True, kw_only=True):
    """Everything that moves on the greeter's page; `papers`: what became of the paper of the last tickets."""

    frame: Frame
    services: dict[str, ServiceButton]
    kiosks: dict[str, KioskLine]
    papers: dict[str, str]


def greeter_page(view: View, place: Place, reader: Reader, now: float) -> GreeterPage:
    """The page at the monotonic `now`."""
    lines = {line.code: line for line in view.board.services} if view.board else {}
    offers = {offer.code: offer for offer in view.services.services} if view.services else {}
    services = {code: _service(code, lines.get(code), offers.get(code), reader) for code in reader.names}
    kiosks = {device: _kiosk(view.devices.get(device), reader.text) for device in place.kiosks}
    down = [f"{code}-down" for code, service in services.items() if service.state == "suspended"]
    top = frame(view, now, reader.text, [*services, *kiosks, *down])
    papers = {ticket: _paper(ticket, fate, reader.text) for ticket, fate in view.papers.fates.items()}
    return GreeterPage(frame=top, services=services, kiosks=kiosks, papers=papers)


def _paper(ticket: str, fate: str, text: Text) -> str:
    if fate == "printed":
        return text("greeter.paper_out", ticket=ticket)
    return text("greeter.paper_unsure" if fate == "unknown" else "greeter.paper_failed", ticket=ticket)


def _service(code: str, line: ServiceLine | None, offer: Offer | None, reader: Reader) -> ServiceButton:
    text = reader.text
    return ServiceButton(
        name=reader.names[code],
        waiting=text("greeter.waiting", n=line.waiting) if line else "",
        promise=promised(line.promise, line.counters_open, text) if line else "",
        state=line.state if line else "closed",
        note=reader.said(offer.note) if offer else "",
    )


def _kiosk(status: Status | None, text: Text) -> KioskLine:
    paper, ready = paper_of(status), status is not None and status.state == "ready"
    if ready and paper in {"", "ok"}:
        return KioskLine(state="ready", text="")
    return KioskLine(state="trouble", text=text(f"web.paper_{paper}") if ready else text("greeter.kiosk_away"))


def kiosk_first(page: GreeterPage, wished: str) -> str:
    """Where a ticket is printed unless somebody says otherwise: where the last one was, else the first that can."""
    ready = [device for device, kiosk in page.kiosks.items() if kiosk.state == "ready"]
    return wished if wished in {*page.kiosks, "none"} else next(iter(ready), "none")
