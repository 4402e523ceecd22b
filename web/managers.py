"""The managers' page at one moment, every cell a finished text in one language. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from moiso.wire.messages import Alarm, ServiceLine
from web.closing import Closing, closing_of
from web.counters import CounterCard, counter_card
from web.devices import DeviceRow, device_rows
from web.frame import Frame, frame
from web.place import Reader
from web.view import View
from web.words import Text, age, lasting, listed, promised

#: Seconds of waiting that are marked: the national aims of 15 and 30 minutes.
LONG, TOO_LONG = 15 * 60.0, 30 * 60.0


class Totals(Struct, frozen=True, kw_only=True):
    """The whole centre in six numbers."""

    waiting: str
    longest: str
    longest_mark: str
    longest_where: str
    held: str
    held_where: str
    counters: str
    counters_mark: str
    counters_where: str
    issued: str
    served: str
    devices: str
    devices_mark: str
    devices_where: str


class ServiceRow(Struct, frozen=True, kw_only=True):
    """One service; `mark` is `calm`, `long`, `too-long`, `unstaffed`, `alarm` (and for minutes) or `suspended`."""

    name: str
    waiting: str
    longest: str
    promise: str
    counters: str
    mark: str
    remark: str
    left: str


class ManagersPage(Struct, frozen=True, kw_only=True):
    """Everything on the managers' page; `alarm`: what somebody has to see to now; `closing`: once the day is over."""

    frame: Frame
    alarm: str
    totals: Totals
    closing: Closing | None
    services: dict[str, ServiceRow]
    counters: dict[str, CounterCard]
    devices: dict[str, DeviceRow]


def managers_page(view: View, kinds: Mapping[str, str], reader: Reader, now: float) -> ManagersPage:
    """The page at the monotonic `now`; `kinds`: every device of the site, id -> kind."""
    at, text = view.as_of(now), reader.text
    lines = view.board.services if view.board else []
    services = {line.code: _service(line, reader.names.get(line.code, line.name), at, text) for line in lines}
    counters = {str(state.counter): counter_card(state, at, text) for _, state in sorted(view.counters.items())}
    devices = device_rows(kinds, view.devices, text)
    closing = closing_of(view.day, text)
    opened = ["open"] if view.day and view.day.open else []
    rows = [*services, *counters, *devices, *(["closing"] if closing else []), *opened]
    return ManagersPage(
        frame=frame(view, now, text, rows),
        alarm=" · ".join(_alarm(alarm, view, reader) for alarm in view.day.alarms) if view.day else "",
        totals=Totals(**_people(lines, services, at, text), **_counts(view, text), **_troubles(devices, text)),
        closing=closing,
        services=services,
        counters=counters,
        devices=devices,
    )


def _alarm(alarm: Alarm, view: View, reader: Reader) -> str:
    could = [view.counters[number].label for number in alarm.counters if number in view.counters]
    key = "web.alarm" if could else "web.alarm_nobody"
    name = reader.names.get(alarm.service, alarm.service)
    return reader.text(key, service=name, n=alarm.waiting, counters=", ".join(could))


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
        "held": str(account.held) if account else "–",
        "held_where": listed(_held(view)),
        "counters": f"{opened}/{len(states)}" if states else "–",
        "counters_mark": "long" if states and not opened else "calm",
        "counters_where": text("web.counters_none") if states and not opened else "",
        "issued": str(account.issued) if account else "–",
        "served": text("web.served_so_far", n=account.served) if account else "",
    }


def _held(view: View) -> list[str]:
    """Every held number once: it stands on the list of each counter of its service."""
    return sorted({ticket for state in view.counters.values() for ticket in state.held})


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
    mark = _trouble(line) or _mark(wait)
    return ServiceRow(
        name=name,
        waiting=str(line.waiting),
        longest=lasting(wait, text) or "–",
        promise=promised(line.promise, line.counters_open, text),
        counters=str(line.counters_open),
        mark=mark,
        remark="" if mark == "calm" else text(f"web.mark_{mark.replace('-', '_')}"),
        left=_left(line, text),
    )


def _trouble(line: ServiceLine) -> str:
    """What is worse than a long wait; nothing when nothing is."""
    if line.state == "suspended":
        return "suspended"
    if line.alarm:
        return "alarm"
    return "unstaffed" if line.waiting > 0 and not line.counters_open else ""


def _left(line: ServiceLine, text: Text) -> str:
    if line.left is None:
        return ""
    return text("web.quota_left", n=line.left) if line.left else text("web.quota_full")
