"""What people at the kiosk are told of a printer that does not print, or soon will not. Pure."""

from kiosk.paper import PaperStatus
from moiso.texts import both
from moiso.wire.messages import Words

_NONE = {PaperStatus.OUT: "kiosk.no_paper", PaperStatus.COVER: "kiosk.no_cover"}
_MODES = {PaperStatus.OUT: "kiosk.mode_paper_out", PaperStatus.COVER: "kiosk.mode_cover"}


def no_paper(reason: str | None) -> Words:
    """Why there is no ticket, where nothing but paper can be one; `reason`: the printer's word, or a failure's."""
    return both(next((key for status, key in _NONE.items() if status == reason), "kiosk.no_printer"))


def on_page(status: PaperStatus) -> Words:
    """The same on a page, where numbers go on."""
    return both(_MODES.get(status, "kiosk.mode_printer"))
