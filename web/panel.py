"""The front panel of a fake centre at one moment, every cell a finished text in one language. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from moiso.wire.messages import CounterState, Status
from web.devices import paper_of
from web.frame import Frame, frame
from web.place import Desk, Place, Reader
from web.view import View
from web.words import Text, clock

#: The devices' own words for their lamps, and ours.
_LAMPS = {
    "on": "steady", "steady": "steady", "blink": "blinking", "blinking": "blinking", "flicker": "fast", "fast": "fast",
    "undone": "undone",
}  # fmt: skip


class Spoken(Struct, frozen=True, kw_only=True):
    """One announcement, as the fake loudspeaker noted it."""

    ticket: str
    text: str
    at: str


NOTHING_SPOKEN = Spoken(ticket="", text="", at="")


class Traces(Struct, frozen=True, kw_only=True):
    """What a fake device left: lamps by name, its last ticket, versions of its pictures (0 = none), bytes of sound."""

    lamps: dict[str, str] = {}
    ticket: str = ""
    printed: int = 0
    screen: int = 0
    spoken: Spoken = NOTHING_SPOKEN
    sound: int = 0


class Button(Struct, frozen=True, kw_only=True):
    """A button with a lamp in it; `lamp` is `off`, `steady`, `blinking` or `fast`; `note`: the hub's word about it."""

    name: str
    lamp: str
    lamp_text: str
    note: str


class Connected(Struct, frozen=True, kw_only=True):
    """What every device shows: `state` as in its status, or `unseen`; `link` is `up` or `down`."""

    state: str
    state_text: str
    link: str


class Kiosk(Struct, frozen=True, kw_only=True):
    """A kiosk; `picture` is the address of its last ticket's picture, empty before the first."""

    connected: Connected
    buttons: dict[str, Button]
    paper: str
    ticket: str
    picture: str


class Unit(Struct, frozen=True, kw_only=True):
    """A call unit and what stands at its counter; `held`: who stepped aside and may come back to it."""

    connected: Connected
    label: str
    lamp: str
    lamp_text: str
    ticket: str
    phase_text: str
    held: str


class Wall(Struct, frozen=True, kw_only=True):
    """A wall display; `screen` is the address of its picture, `sound` how many bytes it has ever spoken."""

    connected: Connected
    screen: str
    shows: str
    spoken: str
    spoken_at: str
    sound: str


class PanelPage(Struct, frozen=True, kw_only=True):
    """Everything on the front panel, by device id."""

    frame: Frame
    kiosks: dict[str, Kiosk]
    units: dict[str, Unit]
    walls: dict[str, Wall]


def panel_page(view: View, place: Place, traces: Mapping[str, Traces], reader: Reader, now: float) -> PanelPage:
    """The panel at the monotonic `now`; `traces` by device."""
    seen = {device: traces.get(device, Traces()) for device in place.faked}
    return PanelPage(
        frame=frame(view, now, reader.text, [*place.kinds]),
        kiosks={device: _kiosk(device, codes, view, seen[device], reader) for device, codes in place.kiosks.items()},
        units={device: _unit(device, desk, view, seen[device], reader.text) for device, desk in place.units.items()},
        walls={device: _wall(device, view, seen[device], reader.text) for device in place.walls},
    )


def _connected(status: Status | None, text: Text) -> Connected:
    state = status.state if status else "unseen"
    return Connected(state=state, state_text=text(f"web.device_{state}"), link="down" if state == "lost" else "up")


def _kiosk(device: str, codes: Sequence[str], view: View, traces: Traces, reader: Reader) -> Kiosk:
    status = view.devices.get(device)
    return Kiosk(
        connected=_connected(status, reader.text),
        buttons={code: _button(code, _lamp(traces, code), view, reader) for code in codes},
        paper=paper_of(status) or "unknown",
        ticket=traces.ticket,
        picture=f"/panel/{device}/ticket/{traces.ticket}.png?v={traces.printed}" if traces.ticket else "",
    )


def _unit(device: str, desk: Desk, view: View, traces: Traces, text: Text) -> Unit:
    state, lamp = view.counters.get(desk.number), _lamp(traces, "lamp")
    return Unit(
        connected=_connected(view.devices.get(device), text),
        label=desk.label,
        lamp=lamp,
        lamp_text=text(f"web.lamp_unit_{lamp}"),
        ticket=(state.ticket or "") if state else "",
        phase_text=text(f"web.desk_{_phase(state)}"),
        held=text("web.desk_held", tickets=", ".join(state.held)) if state and state.held else "",
    )


def _phase(state: CounterState | None) -> str:
    if state is None:
        return "unknown"
    return state.phase or ("idle" if state.idle else state.state)


def _wall(device: str, view: View, traces: Traces, text: Text) -> Wall:
    call = view.board.calls[0] if view.board and view.board.calls else None
    return Wall(
        connected=_connected(view.devices.get(device), text),
        screen=f"/panel/{device}/screen.png?v={traces.screen}" if traces.screen else "",
        shows=text("web.wall_shows", ticket=call.ticket, counter=call.label) if call else text("web.wall_idle"),
        spoken=traces.spoken.text or text("web.nothing_spoken"),
        spoken_at=clock(traces.spoken.at),
        sound=str(traces.sound),
    )


def _lamp(traces: Traces, name: str) -> str:
    return _LAMPS.get(traces.lamps.get(name, ""), "off")


def _button(code: str, lamp: str, view: View, reader: Reader) -> Button:
    offers = view.services.services if view.services else []
    return Button(
        name=reader.names.get(code, code),
        lamp=lamp,
        lamp_text=reader.text(f"web.lamp_kiosk_{lamp}"),
        note=next((reader.said(offer.note) for offer in offers if offer.code == code), ""),
    )
