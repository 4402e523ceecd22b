"""Scanners in site.toml, and the address in the codes on tickets."""

import pytest

from tests.moiso.runtime.site_text import GOOD, errors, site

SCANNER = '\n[[kiosk]]\n[kiosk.scanner]\nport = "/dev/ttyACM0"\n'


def with_url(address: str) -> str:
    return GOOD.replace('id = "an-binh"', f'id = "an-binh"\nticket_url = "{address}"')


def test_a_scanner_has_a_port_and_a_usual_speed(tmp_path):
    scanner = site(tmp_path, GOOD + SCANNER).kiosks[0].scanner
    assert scanner is not None
    assert (scanner.port, scanner.baud) == ("/dev/ttyACM0", 9600)


def test_a_port_that_the_printer_has(tmp_path):
    other = '\n[kiosk.printer]\nkind = "serial"\npath = "/dev/ttyACM0"\n'
    assert errors(tmp_path, GOOD + SCANNER + other) == [
        "kiosk kiosk-1: its scanner and its printer are both at /dev/ttyACM0"
    ]


@pytest.mark.parametrize("address", ["http://192.168.1.10:8080/t", "https://an-binh.example/t/"])
def test_an_address_for_phones(tmp_path, address):
    assert site(tmp_path, with_url(address)).site.ticket_url == address


@pytest.mark.parametrize(
    "address",
    ["an-binh.example/t", "http://", "ftp://an-binh/t", "http://[an/t", "http://phường.example/t", "http://a/t?n="],
)
def test_what_is_no_address_for_phones(tmp_path, address):
    (error,) = errors(tmp_path, with_url(address))
    assert error.startswith(f"site.ticket_url: {address!r} is no address")
