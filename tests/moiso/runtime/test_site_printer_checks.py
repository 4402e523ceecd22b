"""Printers in site.toml: what they lack is said."""

import pytest

from tests.moiso.runtime.site_text import GOOD, errors, site


def kiosk(printer: str) -> str:
    return f"{GOOD}\n[[kiosk]]\n[kiosk.printer]\n{printer}\n"


@pytest.mark.parametrize(
    "printer",
    [
        'kind = "usb"',
        'kind = "usb"\nvendor = 0x04b8\nproduct = 0x0202',
        'kind = "network"\nhost = "192.168.1.51"',
        'kind = "file"\npath = "/dev/usb/lp0"\ngraphics = "columns"\nqr = "drawn"\nanswers = false',
    ],
)
def test_a_printer_that_can_be_reached(tmp_path, printer):
    assert site(tmp_path, kiosk(printer)).kiosks[0].printer.kind in printer


@pytest.mark.parametrize(
    ("printer", "missing"),
    [
        ('kind = "network"', "host is missing"),
        ('kind = "serial"', "/dev/ttyUSB0"),
        ('kind = "file"', "/dev/usb/lp0"),
        ('kind = "usb"\nvendor = 0x04b8', "give both"),
    ],
)
def test_a_printer_that_cannot_be_reached_says_what_is_missing(tmp_path, printer, missing):
    (error,) = errors(tmp_path, kiosk(printer))
    assert error.startswith("kiosk kiosk-1: its printer has")
    assert missing in error
