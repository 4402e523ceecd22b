"""The wires of printers that answer: python-escpos drivers with every wait bounded."""

import errno
import termios
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk import usb_printers
from kiosk.escpos_library import Error, Escpos, Network, Serial, Usb
from kiosk.printer import PrinterSettings

LOST = (OSError, termios.error)
"""What an open line raises when it breaks."""

MISSING = (*LOST, Error, AssertionError, RuntimeError, ValueError)
"""What opening raises when the printer, its port or the library for it is not there."""

_CONNECT_WAIT = 1.0  # seconds


class Line(ABC):
    """A two-way connection to a printer."""

    stays_open = False

    def __init__(self, driver: Escpos) -> None:
        self._driver: Any = driver

    def open(self) -> None:
        """Connect. Raises one of MISSING."""
        self._driver.open()

    def send(self, data: bytes, seconds: float) -> None:
        """Hand over all of `data` within `seconds`. Raises one of LOST."""
        self._limit(seconds)
        self._driver._raw(data)

    def read(self, seconds: float) -> bytes:
        """What came within `seconds`, as soon as anything came; empty when nothing did. Raises one of LOST."""
        self._limit(seconds)
        try:
            return self._receive()
        except OSError as error:
            if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
                return b""
            raise

    def close(self) -> None:
        """Disconnect, whatever state the line is in."""
        with suppress(*LOST):
            self._driver.close()

    def _receive(self) -> bytes:
        return bytes(self._driver._read())

    @abstractmethod
    def _limit(self, seconds: float) -> None: ...


class NetworkLine(Line):
    """Raw TCP, usually port 9100."""

    def __init__(self, settings: PrinterSettings) -> None:
        super().__init__(Network(settings.address, settings.port, timeout=_CONNECT_WAIT))

    def _receive(self) -> bytes:
        data = super()._receive()
        if not data:
            raise ConnectionResetError("the printer closed the connection")
        return data

    def _limit(self, seconds: float) -> None:
        self._driver.device.settimeout(seconds)


class SerialLine(Line):
    """An RS-232 or USB-serial port. It stays open, because opening one resets some printers."""

    stays_open = True

    def __init__(self, settings: PrinterSettings) -> None:
        super().__init__(Serial(settings.device, settings.baud))
        self._seconds_per_byte = 10 / settings.baud

    def send(self, data: bytes, seconds: float) -> None:
        """Hand over `data` within `seconds` beyond the time its bytes take at this speed."""
        super().send(data, seconds + len(data) * self._seconds_per_byte)

    def close(self) -> None:
        """Disconnect without waiting, as python-escpos would, for bytes that nobody takes."""
        port, self._driver.device = self._driver.device, False
        with suppress(*LOST):
            port.reset_output_buffer()
        with suppress(*LOST):
            port.close()

    def _receive(self) -> bytes:
        port = self._driver.device
        return bytes(port.read(max(1, port.in_waiting)))

    def _limit(self, seconds: float) -> None:
        self._driver.device.timeout = self._driver.device.write_timeout = seconds


class UsbLine(Line):
    """A USB printer, through pyusb. It stays open, because opening one resets it.

    Without a vendor in the settings it is the first printer on the bus.
    """

    stays_open = True

    def __init__(self, settings: PrinterSettings) -> None:
        any_one = {} if settings.vendor else {"custom_match": usb_printers.is_printer}
        super().__init__(Usb(settings.vendor, settings.product, any_one))
        self._answers = True

    def open(self) -> None:
        """Connect, and find where this model's bytes go in and out. Raises one of MISSING."""
        super().open()
        if (found := usb_printers.endpoints(self._driver.device)) is not None:
            self._driver.out_ep, back = found
            self._answers = back is not None
            self._driver.in_ep = back

    def _receive(self) -> bytes:
        if not self._answers:
            raise TimeoutError("this model has no way back")
        return super()._receive()

    def _limit(self, seconds: float) -> None:
        self._driver.timeout = self._driver.device.default_timeout = int(seconds * 1000)


def line_to(settings: PrinterSettings) -> Line:
    """The line to this network, serial or USB printer, not yet open. Raises one of MISSING."""
    makers: dict[str, Callable[[PrinterSettings], Line]] = {
        "network": NetworkLine,
        "serial": SerialLine,
        "usb": UsbLine,
    }
    return makers[settings.kind](settings)
