"""A kiosk on the front panel: its buttons, its paper, and what a hand can hold before its scanner. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from moiso.wire.messages import Status
from web.devices import matter_of
from web.panel_traces import Traces
from web.panel_units import Connected, connected
from web.place import Reader
from web.view import View

#: Codes that a hand can hold before the scanner, beside the last ticket's: as they are posted beside procedures, an
#: identity card that nobody has, and what a bad reading looks like.
CODES = {
    "procedure": "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=2.000815",
    "card": "001090123456|012345678|Nguyễn Văn Thử|01011990|Nam|Số 17, ngõ Hoa Gạo, phường Không Có, Hà Nội|15042021",
    "noise": "]Q3 \N{REPLACEMENT CHARACTER}" + "¿#%=8" * 30,
}


class Button(Struct, frozen=True, kw_only=True):
    """A button with a lamp in it; `lamp` is `off`, `steady`, `blinking` or `fast`; `note`: the hub's word about it."""

    name: str
    lamp: str
    lamp_text: str
    note: str


class Kiosk(Struct, frozen=True, kw_only=True):
    """A kiosk; `picture` is the address of its last ticket's picture, empty before the first.

    paper, cover, speed, printer, scanner: what a hand last did to each. matter: what the program finds wrong. code:
    what the last ticket's QR code says. page: the address of its touch page.
    """

    connected: Connected
    buttons: dict[str, Button]
    paper: str
    cover: str
    speed: str
    printer: str
    scanner: str
    matter: str
    ticket: str
    picture: str
    code: str
    page: str


def kiosk_of(device: str, codes: Sequence[str], view: View, traces: Traces, reader: Reader) -> Kiosk:
    """The kiosk `device` with buttons for the services of these codes."""
    status, matter = view.devices.get(device), matter_of(view.devices.get(device))
    return Kiosk(
        connected=connected(status, reader.text),
        buttons={code: _button(code, traces.lamp(code), view, reader) for code in codes},
        paper=traces.done.get("paper", "ok"),
        cover=traces.done.get("cover", "closed"),
        speed=traces.done.get("speed", "fast"),
        printer=traces.done.get("printer", "well"),
        scanner=traces.done.get("scanner", "plug"),
        matter=reader.text(f"web.{matter}") if matter not in {"", "paper_ok"} else "",
        ticket=traces.ticket,
        picture=f"/panel/{device}/ticket/{traces.ticket}.png?v={traces.printed}" if traces.ticket else "",
        code=traces.code,
        page=_page(status),
    )


def _button(code: str, lamp: str, view: View, reader: Reader) -> Button:
    offers = view.services.services if view.services else []
    return Button(
        name=reader.names.get(code, code),
        lamp=lamp,
        lamp_text=reader.text(f"web.lamp_kiosk_{lamp}"),
        note=next((reader.said(offer.note) for offer in offers if offer.code == code), ""),
    )


def _page(status: Status | None) -> str:
    """Where the kiosk says that its touch page is; nothing without one."""
    page = status.detail.get("page") if status else None
    return page if isinstance(page, str) and page.startswith("http://") else ""
