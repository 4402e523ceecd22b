"""Serial lines and LED signs on the front panel. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from moiso.wire.parts import part_trouble
from web.panel_traces import Traces, line_traces
from web.place import Place, Seat
from web.view import View
from web.words import Text


class Sign(Struct, frozen=True, kw_only=True):
    """An LED sign: the text that glows (nothing: it is dark), what that means, and where it hangs."""

    text: str
    means: str
    seat: str


class SerialLine(Struct, frozen=True, kw_only=True):
    """A serial line; `teller`: the call unit that is told what happens to it. adapter, noise: what was last done."""

    teller: str
    counters: str
    adapter: str
    noise: str
    state: str
    state_text: str


def seat_text(seat: Seat | None, text: Text) -> str:
    """Where something hangs; nothing for None."""
    return text("panel.seat", line=seat.line, address=seat.address) if seat else ""


def sign_of(seat: Seat | None, shown: str, text: Text) -> Sign | None:
    """The sign in this place that shows this; None: there is none."""
    if seat is None:
        return None
    means = {"": "dark", "-": "free", "----": "unknown"}.get(shown, "ticket")
    return Sign(text=shown, means=text(f"panel.sign_{means}"), seat=seat_text(seat, text))


def lines_of(place: Place, view: View, traces: Mapping[str, Traces], text: Text) -> dict[str, SerialLine]:
    """The serial lines of the site by name."""
    return {
        name: _line(units, place, view, traces.get(line_traces(name), Traces()).done, text)
        for name, units in place.lines.items()
    }


def _line(units: Sequence[str], place: Place, view: View, done: Mapping[str, str], text: Text) -> SerialLine:
    state = _line_state(units[0], view)
    return SerialLine(
        teller=units[0],
        counters=", ".join(place.units[device].label for device in units),
        adapter=done.get("adapter", "adapter-in"),
        noise=done.get("noise", "quiet"),
        state=state,
        state_text=text(f"panel.line_{state}"),
    )


def _line_state(teller: str, view: View) -> str:
    """What the program says of the line: `works`, `out`, or `unknown` without a living word of its unit."""
    status = view.devices.get(teller)
    if status is None or status.state == "lost":
        return "unknown"
    return "out" if part_trouble(status.detail) == "line_out" else "works"
