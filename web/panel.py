"""The front panel of a fake centre at one moment, every cell a finished text in one language. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from web.frame import Frame, frame
from web.panel_kiosk import Kiosk, kiosk_of
from web.panel_line import SerialLine, lines_of
from web.panel_traces import Traces
from web.panel_units import Connected, Unit, connected, unit_of
from web.place import Place, Reader
from web.view import View
from web.words import Text, clock


class Wall(Struct, frozen=True, kw_only=True):
    """A wall display; `screen` is the address of its picture, `sound` how many bytes it has ever spoken."""

    connected: Connected
    screen: str
    shows: str
    spoken: str
    spoken_at: str
    sound: str


class PanelPage(Struct, frozen=True, kw_only=True):
    """Everything on the front panel, by device id; the serial lines by name."""

    frame: Frame
    kiosks: dict[str, Kiosk]
    units: dict[str, Unit]
    walls: dict[str, Wall]
    lines: dict[str, SerialLine]


def panel_page(view: View, place: Place, traces: Mapping[str, Traces], reader: Reader, now: float) -> PanelPage:
    """The panel at the monotonic `now`; `traces` by device, and by line_traces for lines."""
    seen = {device: traces.get(device, Traces()) for device in place.faked}
    return PanelPage(
        frame=frame(view, now, reader.text, [*place.kinds]),
        kiosks={device: kiosk_of(device, codes, view, seen[device], reader) for device, codes in place.kiosks.items()},
        units={device: unit_of(device, place, view, seen[device], reader.text) for device in place.units},
        walls={device: _wall(device, view, seen[device], reader.text) for device in place.walls},
        lines=lines_of(place, view, traces, reader.text),
    )


def _wall(device: str, view: View, traces: Traces, text: Text) -> Wall:
    call = view.board.calls[0] if view.board and view.board.calls else None
    return Wall(
        connected=connected(view.devices.get(device), text),
        screen=f"/panel/{device}/screen.webp?v={traces.screen}" if traces.screen else "",
        shows=text("web.wall_shows", ticket=call.ticket, counter=call.label) if call else text("web.wall_idle"),
        spoken=traces.spoken.text or text("web.nothing_spoken"),
        spoken_at=clock(traces.spoken.at),
        sound=str(traces.sound),
    )
