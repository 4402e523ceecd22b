"""Which USB devices are printers, and where their bytes go in and out. Pure; the devices are those of pyusb."""

from collections.abc import Iterator
from typing import Any

_PRINTERS = 7  # bInterfaceClass
_IN, _BULK = 0x80, 0x02


def is_printer(device: Any) -> bool:
    """Whether it has an interface of the printer class."""
    return any(True for _ in _interfaces(device))


def endpoints(device: Any) -> tuple[int, int | None] | None:
    """Where bytes go to it, and where they come from it (None: it never answers); None when it is no printer."""
    for interface in _interfaces(device):
        bulk = [end.bEndpointAddress for end in interface if end.bmAttributes & 0x03 == _BULK]
        out = next((address for address in bulk if not address & _IN), None)
        if out is not None:
            return out, next((address for address in bulk if address & _IN), None)
    return None


def _interfaces(device: Any) -> Iterator[Any]:
    return (interface for setting in device for interface in setting if interface.bInterfaceClass == _PRINTERS)
