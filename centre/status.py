"""`moiso status`: in plain words, of the queue and of every device, what is wrong and what to do."""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from broker_config.conf import read_listener
from centre.bundle import state_of
from centre.hall import Hall, Line, Names, hall_lines
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.store import FILE, About
from moiso.runtime.address import Address
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Link
from moiso.runtime.program import Unusable, guarded, new_id
from moiso.runtime.site import Site, load
from moiso.texts import catalogue
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Beat, Board, CounterState, DayState, Status
from moiso.wire.parts import part_trouble
from moiso.wire.ports import Arrived, LinkUp

#: Seconds to listen: the hub's heart beats every two.
LISTEN, PATIENCE = 2.6, 3.0

EXAMPLES = """\
examples:
  moiso status
  moiso status --site examples/normal.toml --state state/an-binh --lang en"""


@dataclass
class Heard:
    """What came in while we listened; `connected`: the broker let us in."""

    connected: bool = False
    beat: Beat | None = None
    hall: Hall = field(default_factory=Hall)
    devices: dict[str, Status] = field(default_factory=dict)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for the hub, the queue and each device; 0 when nothing is wrong, 1 otherwise."""
    parser = argparse.ArgumentParser(
        prog="moiso status",
        description="What is wrong with the queue or a device, and what to do.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, default=Path("/etc/moiso/site.toml"), metavar="FILE", help="site.toml")
    parser.add_argument("--state", type=Path, metavar="DIR", help="the centre's data and passwords")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the answer")
    args = parser.parse_args(argv)
    return guarded(lambda: _status(args))


def _status(args: argparse.Namespace) -> int:
    site = load(args.site)
    state = args.state or state_of(args.site)
    heard = listen(site, _address(state))
    lines = [*report(site, heard, args.lang), *catalogue_lines(site, Catalogue.open(state / FILE).about(), args.lang)]
    for good, line in lines:
        print(("  " if good else "! ") + line)
    return 0 if all(good for good, _ in lines) else 1


def report(site: Site, heard: Heard, language: str) -> list[Line]:
    """A line for the broker or the hub, some for the queue, one for each device. Pure."""
    text = catalogue(language).text
    if not heard.connected:
        return [(False, text("status.no_broker"))]
    hub = "status.hub_ok" if heard.beat else "status.hub_silent"
    queue = hall_lines(heard.hall, _names(site, language), text)
    buttons = _stuck_buttons(heard, text)
    devices = (_device(device, kind, heard, text) for device, kind in site.devices().items() if kind != "hub")
    return [(heard.beat is not None, text(hub)), *queue, *buttons, *devices]


def catalogue_lines(site: Site, about: About | None, language: str) -> list[Line]:
    """How old the list of procedures on the kiosks is; `about`: the list, or None without one. Pure."""
    if not any(kiosk.screen for kiosk in site.kiosks):
        return []
    text = catalogue(language).text
    if about is None:
        return [(False, text("status.no_procedures"))]
    day = datetime.fromtimestamp(about.at, site.zone).strftime("%d/%m/%Y")
    return [(True, text("status.procedures", n=about.count, day=day, source=about.source))]


def _names(site: Site, language: str) -> Names:
    """A service without an English name keeps the Vietnamese one."""
    return Names(
        services={s.code: (s.name_en if language == "en" else "") or s.name for s in site.services},
        counters={counter.number: counter.shown for counter in site.counters},
    )


def _stuck_buttons(heard: Heard, text: Any) -> list[Line]:
    """A line when the hub hears plain buttons that go on saying the same."""
    status = heard.devices.get("hub")
    stuck = status.detail.get("stuck") if status else None
    if not isinstance(stuck, list) or not stuck:
        return []
    return [(False, text("status.stuck", buttons=", ".join(map(str, stuck))))]


def _device(device: str, kind: str, heard: Heard, text: Any) -> Line:
    status = heard.devices.get(device)
    if status is None:
        return False, text("status.never", device=device, kind=text(f"status.kind_{kind}"))
    trouble, tickets = _trouble(status), ", ".join(map(str, status.detail.get("dropped", [])))
    named = {"device": device, "kind": text(f"status.kind_{kind}"), "tickets": tickets}
    return trouble is None, text(f"status.{trouble or 'ready'}", **named)


def _trouble(status: Status) -> str | None:
    """The key of the sentence that says what to do, or None when all is well."""
    if status.state == "lost":
        return "lost"
    paper = status.detail.get("paper")
    if paper in {"out", "near", "cover", "cutter", "offline"}:
        return f"paper_{paper}"
    if status.detail.get("voice") == "no-clips":
        return "no_voice"
    if (own := _own_numbers_trouble(status)) is not None:
        return own
    if (part := part_trouble(status.detail)) is not None:
        return part
    return None if status.state == "ready" else "stopped"


def _own_numbers_trouble(status: Status) -> str | None:
    """What is wrong with the numbers that a kiosk gives while the hub is away."""
    if status.detail.get("journal") is not None:
        return "no_journal"
    if status.detail.get("dropped"):
        return "dropped"
    leases = status.detail.get("leases")
    return "no_leases" if isinstance(leases, dict) and not all(leases.values()) else None


def listen(site: Site, address: Address) -> Heard:
    """What the centre says of itself within a few seconds."""
    topics, inbox, heard = site.topics, Inbox(), Heard()
    subscribe = [topics.status("+"), topics.beat, topics.state("#")]
    link = Link(address, inbox, subscribe=subscribe, client_id=f"status-{new_id()}")
    link.start()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for item in inbox.drain(0.1):
            if isinstance(item, LinkUp):
                heard.connected, until = True, time.monotonic() + LISTEN
            elif isinstance(item, Arrived):
                _take(site, item, heard)
    link.stop()
    return heard


def _take(site: Site, item: Arrived, heard: Heard) -> None:
    try:
        match site.topics.below(item.topic):
            case ["status", device]:
                heard.devices[device] = decode(item.payload, Status)
            case ["beat"]:
                heard.beat = decode(item.payload, Beat)
            case ["state", *what]:
                _take_state(what, item.payload, heard.hall)
    except BadMessage as error:
        print(f"{item.topic}: {error}", file=sys.stderr)


def _take_state(what: list[str], payload: bytes, hall: Hall) -> None:
    match what:
        case ["day"]:
            hall.day = decode(payload, DayState)
        case ["board"]:
            hall.board = decode(payload, Board)
        case ["counter", _]:
            counter = decode(payload, CounterState)
            hall.counters[counter.counter] = counter


def _address(state: Path) -> Address:
    """The broker that runs in this state directory, with the pages' password."""
    try:
        port, _ = read_listener((state / "broker" / "mosquitto.conf").read_text(encoding="utf-8"))
        password = (state / "credentials" / "web").read_text(encoding="utf-8").strip()
    except PermissionError:
        raise Unusable(f"{state} belongs to the user who runs the centre: ask with sudo") from None
    except (OSError, ValueError):
        raise Unusable(f"no centre was ever started in {state}: name its directory with --state") from None
    return Address("127.0.0.1", port, "web", password)
