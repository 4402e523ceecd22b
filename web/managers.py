"""The managers' page at one moment, every cell a finished text in one language. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from moiso.wire.messages import CounterState, ServiceLine
from web.devices import DeviceRow, device_rows
from web.frame import Frame, frame
from web.place import Reader
from web.view import View
from web.words import Text, age, clock, lasting, promised

#: Seconds of waiting that are marked: the national aims of 15 and 30 minutes.
LONG, TOO_LONG = 15 * 60.0, 30 * 60.0


class Totals(Struct, frozen=True, kw_only=True):
    """The whole centre in five numbers."""

    waiting: str
    longest: str
    longest_mark: str
    longest_where: str
    counters: str
    counters_mark: str
    counters_where: str
    issued: str
    served: str
    devices: str
    devices_mark: str
    devices_where: str


class ServiceRow(Struct, frozen=True, kw_only=True):
    """One service; `mark` is `calm`, `long`, `too-long` or `unstaffed`."""

    name: str
    waiting: str
    longest: str
    promise: str
    counters: str
    mark: str
    remark: str


class CounterCard(Struct, frozen=True, kw_only=True):
    """One counter; `state` is `open`, `paused` or `closed`, `phase` `called`, `serving` or `free`."""

    label: str
    state: str
    state_text: str
    ticket: str
    phase: str
    phase_text: str
    serves: str
    priority: str


class ManagersPage(Struct, frozen=True, kw_only=True):
    """Everything on the managers' page."""

    frame: Frame
    totals: Totals
    services: dict[str, ServiceRow]
    counters: dict[str, CounterCard]
    devices: dict[str, DeviceRow]


def managers_page(view: View, kinds: Mapping[str, str], reader: Reader, now: float) -> ManagersPage:
    """The page at the monotonic `now`; `kinds`: every device of the site, id -> kind."""
    at, text = view.as_of(now), reader.text
    lines = view.board.services if view.board else []
    services = {line.code: _service(line, reader.names.get(line.code, line.name), at, text) for line in lines}
    counters = {str(state.counter): _counter(state, at, text) for _, state in sorted(view.counters.items())}
    devices = device_rows(kinds, view.devices, text)
    return ManagersPage(
        frame=frame(view, now, text, [*services, *counters, *devices]),
        totals=Totals(**_people(lines, services, at, text), **_counts(view, text), **_troubles(devices, text)),
        services=services,
        counters=counters,
        devices=devices,
    )


def _people(lines: list[ServiceLine], services: Mapping[str, ServiceRow], at: str | None, text: Text) -> dict[str, str]:
    worst = max(lines, key=lambda line: age(line.longest_since, at) or 0.0, default=None)
    longest = age(worst.longest_since, at) if worst else None
    return {
        "waiting": str(sum(line.waiting for line in lines)) if lines else "–",
        "longest": lasting(longest, text) or "–",
        "longest_mark": _mark(longest),
        "longest_where": services[worst.code].name if worst and longest is not None else "",
    }


def _counts(view: View, text: Text) -> dict[str, str]:
    account, states = view.day.account if view.day else None, view.counters.values()
    opened = sum(state.state == "open" for state in states)
    return {
        "counters": f"{opened}/{len(states)}" if states else "–",
        "counters_mark": "long" if states and not opened else "calm",
        "counters_where": text("web.counters_none") if states and not opened else "",
        "issued": str(account.issued) if account else "–",
        "served": text("web.served_so_far", n=account.served) if account else "",
    }


def _troubles(devices: Mapping[str, DeviceRow], text: Text) -> dict[str, str]:
    troubled = [row.name for row in devices.values() if row.state != "ready"]
    return {
        "devices": f"{len(devices) - len(troubled)}/{len(devices)}",
        "devices_mark": "long" if troubled else "calm",
        "devices_where": text("web.devices_trouble", n=len(troubled)) if troubled else text("web.devices_well"),
    }


def _mark(wait: float | None) -> str:
    if wait is None or wait < LONG:
        return "calm"
    return "long" if wait < TOO_LONG else "too-long"


def _service(line: ServiceLine, name: str, at: str | None, text: Text) -> ServiceRow:
    wait = age(line.longest_since, at)
    unstaffed = line.waiting > 0 and not line.counters_open
    mark = "unstaffed" if unstaffed else _mark(wait)
    return ServiceRow(
        name=name,
        waiting=str(line.waiting),
        longest=lasting(wait, text) or "–",
        promise=promised(line.promise, line.counters_open, text),
        counters=str(line.counters_open),
        mark=mark,
        remark="" if mark == "calm" else text(f"web.mark_{mark.replace('-', '_')}"),
    )


def _counter(state: CounterState, at: str | None, text: Text) -> CounterCard:
    phase = state.phase or "free"
    spell = lasting(age(state.since, at), text)
    key = f"web.phase_{phase}" if state.state == "open" or state.ticket else "web.phase_none"
    return CounterCard(
        label=state.label,
        state=state.state,
        state_text=text(f"web.counter_{state.state}"),
        ticket=state.ticket or "",
        phase=phase,
        phase_text=text(key, time=clock(state.since), spell=spell) if spell else text("web.phase_unknown"),
        serves=text("web.can_call", n=state.waiting, services=", ".join(state.services)),
        priority=text("web.priority") if state.priority else "",
    )
