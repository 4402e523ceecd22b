"""What the kiosk's machine takes in from its devices and gives out to them. Pure."""

from dataclasses import dataclass

from kiosk.lamps import LampState
from kiosk.paper import PaperStatus
from kiosk.words import Receipt


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
class Note:
    """Write this line to the log: somebody will want to know when it began or ended."""

    text: str
