"""What stands at a counter on the front panel. Pure."""

from msgspec import Struct

from moiso.wire.messages import CounterState, Status
from moiso.wire.parts import part_trouble
from web.panel_line import Sign, seat_text, sign_of
from web.panel_plain import Plain, key_text, plain_at
from web.panel_traces import Traces
from web.place import Place
from web.view import View
from web.words import Text


class Connected(Struct, frozen=True, kw_only=True):
    """What every device shows: `state` as in its status, or `unseen`; `link` is `up` or `down`."""

    state: str
    state_text: str
    link: str


class Unit(Struct, frozen=True, kw_only=True):
    """A call unit and what stands at its counter; `held`: who stepped aside and may come back to it.

    keys: what stands on them, by what they say. seat: where its keypad hangs, empty when its buttons are on pins.
    plug: `plug`, `unplug`, or empty where nothing hangs on a line; address: `alone` or `twin`. trouble: what the
    program says of its keypad and sign.
    """

    connected: Connected
    label: str
    keys: dict[str, str]
    seat: str
    plug: str
    address: str
    trouble: str
    lamp: str
    lamp_text: str
    ticket: str
    phase_text: str
    held: str
    sign: Sign | None
    plain: dict[str, Plain]


def connected(status: Status | None, text: Text) -> Connected:
    """What a device's status says of its link."""
    state = status.state if status else "unseen"
    return Connected(state=state, state_text=text(f"web.device_{state}"), link="down" if state == "lost" else "up")


def unit_of(device: str, place: Place, view: View, traces: Traces, text: Text) -> Unit:
    """The call unit `device` with everything at its counter."""
    desk, status = place.units[device], view.devices.get(device)
    state, lamp = view.counters.get(desk.number), traces.lamp("lamp")
    trouble = part_trouble(status.detail) if status else None
    return Unit(
        connected=connected(status, text),
        label=desk.label,
        keys={key: key_text(key, text) for key in desk.keys},
        seat=seat_text(desk.keypad, text),
        plug=traces.done.get("plug", "plug") if desk.lines else "",
        address=traces.done.get("address", "alone"),
        trouble=text(f"web.{trouble}") if trouble else "",
        lamp=lamp,
        lamp_text=text(f"web.lamp_unit_{lamp}"),
        ticket=(state.ticket or "") if state else "",
        phase_text=text(f"web.desk_{_phase(state)}"),
        held=text("web.desk_held", tickets=", ".join(state.held)) if state and state.held else "",
        sign=sign_of(desk.sign, traces.sign, text),
        plain=plain_at(desk.number, place, view, text),
    )


def _phase(state: CounterState | None) -> str:
    if state is None:
        return "unknown"
    return state.phase or ("idle" if state.idle else state.state)
