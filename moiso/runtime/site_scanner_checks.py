"""What contradicts itself in the scanners of a site.toml, and in the codes that they read. Pure.

site_checks says how a check gets its tables.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from moiso.runtime.site_tables import KioskConf, SiteConf


def ticket_url(site: SiteConf) -> list[str]:
    """A ticket's code leads to an address that phones understand."""
    address = site.ticket_url
    if not address or (address.isascii() and " " not in address and _leads_somewhere(address)):
        return []
    return [f'site.ticket_url: {address!r} is no address; phones need one such as "http://192.168.1.10:8080/t"']


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and not parts.fragment


def scanner_ports(kiosks: Sequence[KioskConf]) -> list[str]:
    """A kiosk's scanner and its printer have different ports; other devices may hang on other machines."""
    return [
        f"kiosk {kiosk.device}: its scanner and its printer are both at {kiosk.printer.path}"
        for kiosk in kiosks
        if kiosk.scanner is not None and kiosk.scanner.port == kiosk.printer.path
    ]


SCANNER_CHECKS = (ticket_url, scanner_ports)
