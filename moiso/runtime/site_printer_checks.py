"""What contradicts itself in the printers of a site.toml. Pure.

site_checks says how a check gets its tables.
"""

from collections.abc import Iterator, Sequence

from moiso.runtime.site_tables import KioskConf, PrinterConf


def printer_ways(kiosks: Sequence[KioskConf]) -> list[str]:
    """A printer has what its kind of wire needs."""
    return [f"kiosk {kiosk.device}: {error}" for kiosk in kiosks for error in _lacking(kiosk.printer)]


def _lacking(printer: PrinterConf) -> Iterator[str]:
    if printer.kind == "network" and not printer.host:
        yield 'its printer has kind = "network": host is missing, such as host = "192.168.1.51"'
    if printer.kind in {"serial", "file"} and not printer.path:
        example = "/dev/ttyUSB0" if printer.kind == "serial" else "/dev/usb/lp0"
        yield f'its printer has kind = "{printer.kind}": path is missing, such as path = "{example}"'
    if bool(printer.vendor) != bool(printer.product):
        yield "its printer has vendor or product alone: give both, as `moiso kiosk --probe` shows them, or neither"


PRINTER_CHECKS = (printer_ways,)
