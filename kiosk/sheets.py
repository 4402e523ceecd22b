"""What the kiosk prints besides tickets. Pure."""

from dataclasses import dataclass

from kiosk.checklist import ChecklistText


@dataclass(frozen=True, slots=True)
class Sheet:
    """A checklist to print. press: of whom asked for it; code: what its QR code says, empty for none."""

    press: str
    text: ChecklistText
    code: str


@dataclass(frozen=True, slots=True)
class SheetPrinted:
    """What became of a sheet: `reason` is None when the printer said it is out, otherwise as of a ticket."""

    press: str
    reason: str | None
