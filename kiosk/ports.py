"""What the kiosk's machine takes in from its devices and gives out to them. Pure."""

from dataclasses import dataclass

from kiosk.journal import Record
from kiosk.lamps import LampState
from kiosk.paper import PaperStatus
from kiosk.words import Receipt
from moiso.core.day import Moment
from moiso.wire.messages import Words


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button of `service` was pressed."""

    service: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of the print of `ticket`: `reason` is None when the printer said it is out.

    refused: the printer got none of it, so surely nothing came out.
    """

    ticket: str
    reason: str | None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """The printer's word about itself."""

    status: PaperStatus


@dataclass(frozen=True, slots=True)
class Print:
    """Print this receipt, then say Printed."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Light:
    """Show a service's lamp."""

    service: str
    state: LampState


@dataclass(frozen=True, slots=True)
class Say:
    """Say this aloud: there is no page on which it could stand."""

    words: Words


@dataclass(frozen=True, slots=True)
class Note:
    """Write this line to the log: somebody will want to know when it began or ended."""

    text: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks of the machine say."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Write:
    """Put these records into the journal; `anew`: they are all that it has to say from now on.

    ack: what to say as Written or NotWritten once they are on the disk, or cannot be.
    """

    records: tuple[Record, ...]
    ack: str | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The records with this `ack` outlive a power cut."""

    ack: str


@dataclass(frozen=True, slots=True)
class NotWritten:
    """The records with this `ack` could not be kept, and why; None: whatever had no ack."""

    ack: str | None
    why: str


@dataclass(frozen=True, slots=True)
class PrintList:
    """Print the papers to bring for a procedure, then say SheetPrinted under the same press."""

    press: str
    procedure: str
    language: str
