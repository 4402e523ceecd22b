"""What the kiosk asks of a printer, whatever wire it hangs on, and the settings that choose one."""

from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.paper import PaperStatus

Kind = Literal["network", "usb", "serial", "file", "fake"]


@dataclass(frozen=True)
class Dialect:
    """How a printer takes pictures: whole (`raster`, GS v 0) or in strips of columns (`columns`, ESC *).

    `qr`: it draws QR codes itself (`printer`, GS ( k), or gets them as pictures (`drawn`).
    """

    graphics: Literal["raster", "columns"] = "raster"
    qr: Literal["printer", "drawn"] = "printer"


@dataclass(frozen=True)
class PrinterSettings:
    """How to reach the printer. Only the fields of its kind are read.

    `network`: address, port. `usb`: vendor, product (as `lsusb` shows them). `serial`: device, baud.
    `file`: device, such as /dev/usb/lp0. `fake`: nothing; the shell starts a `FakePrinter` and takes its settings.
    `width` is the printable width in dots: 384 on 58 mm paper, 512 or 576 on 80 mm. `answers`: False for a printer
    whose word is wrong, which is then never asked.
    """

    kind: Kind
    address: str = ""
    port: int = 9100
    device: str = ""
    baud: int = 115_200
    vendor: int = 0
    product: int = 0
    width: int = 576
    answers: bool = True


@dataclass(frozen=True)
class Printed:
    """The printer said, after the cut, that it is able to print: the visitor holds the ticket."""

    paper: PaperStatus = PaperStatus.OK


@dataclass(frozen=True)
class Failed:
    """The ticket did not come out.

    `reason`: `out`, `cover`, `cutter` or `offline` (the printer said so), `not-found` (nothing there, or no library for
    it), `line-lost` (the line broke, or stopped taking bytes, before the whole ticket was sent).
    `begun`: a part of it may be on paper; otherwise the printer was given nothing.
    """

    reason: str
    begun: bool = False


@dataclass(frozen=True)
class Unknown:
    """Everything was sent and nothing was heard: the ticket may be out or not."""


Outcome = Printed | Failed | Unknown


class Printer(Protocol):
    """A ticket printer. No call raises because of the printer, and each ends within seconds.

    The calls block, so the shell makes them from a worker, one at a time.
    """

    def print(self, job: bytes) -> Outcome:
        """Print the bytes of one ticket and say what became of it."""
        ...

    def status(self) -> PaperStatus:
        """Ask the printer how it is; `offline` when it cannot be reached, `unknown` when it does not answer."""
        ...

    def close(self) -> None:
        """Let the line to the printer go, without waiting; the next call opens it again."""
        ...


def connect(settings: PrinterSettings) -> Printer:
    """The printer these settings name; nothing is opened yet. Raises ValueError for `fake`, which needs a server."""
    from kiosk.escpos_printer import EscposPrinter
    from kiosk.file_printer import FilePrinter

    if settings.kind == "fake":
        raise ValueError("a fake printer has to be started first: use FakePrinter(...).settings")
    return FilePrinter(settings.device) if settings.kind == "file" else EscposPrinter(settings)
