"""What a clerk should see to beside her counter, each with at most one press that helps. Pure."""

from collections.abc import Iterator

from msgspec import Struct

from moiso.wire.messages import Alarm, CounterState
from web.devices import device_name, paper_of
from web.place import Place, Reader
from web.view import View


class Hint(Struct, frozen=True, kw_only=True):
    """One sentence; `press`: what its key says, empty without one; `fields`: what the key sends."""

    text: str
    press: str = ""
    fields: dict[str, str] = {}


def hints_of(view: View, place: Place, state: CounterState | None, reader: Reader) -> list[Hint]:
    """The worst first."""
    needed = [*_unstaffed(view, state, reader), *_suspended(view, reader)]
    return [*needed, *_idle(state, reader), *_paper(view, place, reader)]


def _unstaffed(view: View, state: CounterState | None, reader: Reader) -> Iterator[Hint]:
    """Services without a counter that this one could take."""
    for alarm in view.day.alarms if view.day else []:
        if state and state.counter in alarm.counters:
            yield _alarm(alarm, state, reader)


def _alarm(alarm: Alarm, state: CounterState, reader: Reader) -> Hint:
    name = reader.names.get(alarm.service, alarm.service)
    said = reader.text("clerk.hint_unstaffed", service=name, n=alarm.waiting)
    if alarm.service in state.services:
        return Hint(text=said, press=reader.text("clerk.hint_open"), fields={"command": "open"})
    take = reader.text("clerk.hint_take", service=name)
    return Hint(text=said, press=take, fields={"command": "assign", "take": alarm.service})


def _suspended(view: View, reader: Reader) -> Iterator[Hint]:
    for line in view.board.services if view.board else []:
        if line.state == "suspended":
            yield Hint(
                text=reader.text("clerk.hint_suspended", service=reader.names.get(line.code, line.name)),
                press=reader.text("clerk.hint_restore"),
                fields={"command": "restore-service", "service": line.code},
            )


def _idle(state: CounterState | None, reader: Reader) -> Iterator[Hint]:
    if state and state.idle and state.state == "open":
        yield Hint(text=reader.text("clerk.hint_idle"))


def _paper(view: View, place: Place, reader: Reader) -> Iterator[Hint]:
    """Kiosks that soon cannot print any more, or cannot now."""
    for kiosk in place.kiosks:
        paper = paper_of(view.devices.get(kiosk))
        if paper not in {"", "ok"}:
            device = device_name(kiosk, "kiosk", reader.text)
            yield Hint(text=reader.text("clerk.hint_paper", device=device, paper=reader.text(f"web.paper_{paper}")))
