"""Printers among USB devices, which look here as pyusb shows them: settings of interfaces of endpoints."""

from types import SimpleNamespace

import pytest

from kiosk.usb_printers import endpoints, is_printer

PRINTER, STORAGE, VENDORS_OWN = 7, 8, 255
BULK, INTERRUPT = 2, 3


class Interface(list):
    def __init__(self, kind: int, *ends: tuple[int, int]) -> None:
        super().__init__(SimpleNamespace(bEndpointAddress=address, bmAttributes=way) for address, way in ends)
        self.bInterfaceClass = kind


TWO_WAY = [[Interface(PRINTER, (0x03, BULK), (0x81, BULK))]]
BEHIND_A_DISK = [[Interface(STORAGE, (0x01, BULK), (0x82, BULK)), Interface(PRINTER, (0x84, BULK), (0x05, BULK))]]
ONE_WAY = [[Interface(PRINTER, (0x01, BULK), (0x83, INTERRUPT))]]
KEYBOARD = [[Interface(VENDORS_OWN, (0x81, INTERRUPT))]]


@pytest.mark.parametrize(
    ("device", "found"),
    [(TWO_WAY, (0x03, 0x81)), (BEHIND_A_DISK, (0x05, 0x84)), (ONE_WAY, (0x01, None)), (KEYBOARD, None), ([], None)],
)
def test_where_bytes_go_in_and_out(device, found):
    assert endpoints(device) == found
    assert is_printer(device) == (found is not None)
