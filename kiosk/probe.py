"""`moiso kiosk --probe`: which printer hangs where, what it answers, and what to write into site.toml.

With `--strip` it prints the strip of kiosk/strip.py; with `--cover` it sees whether the printer tells the truth.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk import escpos_questions, usb_printers
from kiosk.escpos_line import LOST, MISSING, Line, line_to
from kiosk.paper import STOPPED, PaperStatus
from kiosk.printer import PrinterSettings, connect
from kiosk.strip import strip
from moiso.runtime.program import guarded
from moiso.texts import catalogue

BAUDS = (115_200, 38_400, 19_200, 9_600)
_STRIP_WIDTH = 576  # dots of its widest part

_EXAMPLES = """\
examples:
  sudo moiso kiosk --probe                              what is plugged in
  sudo moiso kiosk --probe --strip                      print the strip on the printer that was found
  moiso kiosk --probe --host 192.168.1.51 --strip       a printer on the network
  sudo moiso kiosk --probe --cover                      does it say so when its cover is open?"""


@dataclass(frozen=True)
class Found:
    """A printer, or a wire that may have one: what it said. model: what it calls itself, empty when it does not say."""

    settings: PrinterSettings
    status: PaperStatus
    model: str = ""


def main(argv: Sequence[str]) -> int:
    """Print what was found; 0 when a printer was, 1 otherwise."""
    parser = argparse.ArgumentParser(
        prog="moiso kiosk --probe",
        description="Look for a ticket printer. Stop the kiosk's program first: it holds its printer.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--probe", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--host", help="the address of a printer on the network")
    parser.add_argument("--port", type=int, default=9100, help="its port")
    parser.add_argument("--strip", action="store_true", help="print a strip that shows width, pictures and codes")
    parser.add_argument("--cover", action="store_true", help="have the cover opened, and see whether it says so")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the answer")
    args = parser.parse_args(argv)
    return guarded(lambda: _probe(args))


def _probe(args: argparse.Namespace) -> int:
    text = catalogue(args.lang).text
    found = [heard for way in ways(args.host, args.port) if (heard := ask(way)) is not None]
    for heard in found:
        print(text("probe.found", way=way_in_words(heard.settings), model=heard.model or "?"))
        print("  " + text(f"probe.status_{heard.status.value}"))
    best = next((heard for heard in found if heard.status is not PaperStatus.UNKNOWN), found[0] if found else None)
    if best is None:
        print(text("probe.nobody", host=args.host, port=args.port) if args.host else text("probe.nothing"))
        return 1
    print("\n" + text("probe.write") + "\n\n" + table(best.settings))
    if args.strip:
        print("\n" + _printed(best.settings, text("probe.strip"), text("probe.strip_failed")))
    if args.cover:
        input(text("probe.open_cover"))
        print(text("probe.honest" if _stopped(best.settings) else "probe.lies"))
    return 0


def ways(host: str | None, port: int) -> Iterator[PrinterSettings]:
    """Where printers may be: the given address, else USB, device files, and serial ports at each speed."""
    if host:
        yield PrinterSettings("network", address=host, port=port)
        return
    usb = list(_usb())
    yield from usb
    if not usb:
        yield from (PrinterSettings("file", device=str(path)) for path in sorted(Path("/dev/usb").glob("lp*")))
    yield from (PrinterSettings("serial", device=port, baud=baud) for port in _ports() for baud in BAUDS)


def ask(way: PrinterSettings) -> Found | None:
    """What is heard there; None when nobody is there, or a serial line is silent."""
    if way.kind == "file":
        status = connect(way).status()
        return None if status is PaperStatus.OFFLINE else Found(way, status)
    try:
        line = line_to(way)
        line.open()
    except MISSING:
        return None
    try:
        heard = _asked(line, way)
    finally:
        line.close()
    return None if way.kind == "serial" and heard.status is PaperStatus.UNKNOWN else heard


def _asked(line: Line, way: PrinterSettings) -> Found:
    try:
        status = escpos_questions.status(line)
        return Found(way, status, escpos_questions.model(line) if status is not PaperStatus.UNKNOWN else "")
    except LOST:
        return Found(way, PaperStatus.UNKNOWN)


def _usb() -> Iterator[PrinterSettings]:
    import usb.core

    with suppress(usb.core.NoBackendError, usb.core.USBError):
        for device in usb.core.find(find_all=True, custom_match=usb_printers.is_printer):
            yield PrinterSettings("usb", vendor=device.idVendor, product=device.idProduct)


def _ports() -> list[str]:
    from serial.tools.list_ports import comports

    return sorted(port.device for port in comports())


def way_in_words(way: PrinterSettings) -> str:
    """The wire, as a person names it."""
    match way.kind:
        case "network":
            return f"{way.address}:{way.port}"
        case "usb":
            return f"USB {way.vendor:04x}:{way.product:04x}"
        case "serial":
            return f"{way.device} ({way.baud} baud)"
        case _:
            return way.device


def table(way: PrinterSettings) -> str:
    """The table of site.toml that reaches this printer."""
    keys = {
        "network": [f'host = "{way.address}"', f"port = {way.port}"],
        "usb": [f"vendor = 0x{way.vendor:04x}", f"product = 0x{way.product:04x}"],
        "serial": [f'path = "{way.device}"', f"baud = {way.baud}"],
        "file": [f'path = "{way.device}"'],
    }[way.kind]
    return "\n".join(["[kiosk.printer]", f'kind = "{way.kind}"', *keys, f"width = {way.width}"])


def _printed(way: PrinterSettings, well: str, failed: str) -> str:
    outcome = connect(replace(way, answers=False, width=_STRIP_WIDTH)).print(strip())
    reason = getattr(outcome, "reason", None)
    return f"{failed} ({reason})" if reason else well


def _stopped(way: PrinterSettings) -> bool:
    heard = ask(way)
    return heard is not None and heard.status in STOPPED
