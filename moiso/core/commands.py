"""What people and devices ask of the queue: imperative, frozen, one class a command.

The field names are the argument names on the wire (docs/mqtt.md).
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Code = Annotated[str, Meta(min_length=1, max_length=8)]
TicketNumber = Annotated[str, Meta(min_length=1, max_length=12)]
ShortText = Annotated[str, Meta(max_length=200)]
Token = Annotated[str, Meta(min_length=1, max_length=128)]
Seconds = Annotated[float, Meta(ge=0, le=7 * 86400)]


class Command(Struct, frozen=True, kw_only=True):
    """Base of all commands; never sent itself."""


class IssueTicket(Command, frozen=True, kw_only=True):
    """A visitor asks for a number."""

    service: Code
    priority: bool = False
    procedure: ShortText | None = None
    language: ShortText | None = None
    token: Token | None = None
    print_at: ShortText | None = None


class ConfirmPrint(Command, frozen=True, kw_only=True):
    """The printer said that the ticket is out."""

    ticket: TicketNumber


class ReportPrintFailure(Command, frozen=True, kw_only=True):
    """The printer did not print, or nobody knows whether it did."""

    ticket: TicketNumber
    reason: ShortText


class LeaseBlock(Command, frozen=True, kw_only=True):
    """A kiosk asks for a block of numbers to give out while the hub is not reached."""

    service: Code
    day: Literal["today", "next"] = "today"


class RecordOffline(Command, frozen=True, kw_only=True):
    """A kiosk reports a number it gave out from its block, `seconds_ago` seconds before.

    `day`: the business day on the paper; None = the one that is open.
    """

    ticket: TicketNumber
    service: Code
    seconds_ago: Seconds
    day: ShortText | None = None
    token: Token | None = None
    priority: bool = False


class VoidTicket(Command, frozen=True, kw_only=True):
    """A number is taken out of the day, with a reason."""

    ticket: TicketNumber
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class CallNext(Command, frozen=True, kw_only=True):
    """The one button: finish what is at the counter, call the next.

    `after` is the ticket the sender sees at its counter: None = sees it empty, UNSET = does not know.
    """

    after: TicketNumber | UnsetType | None = UNSET


class CallTicket(Command, frozen=True, kw_only=True):
    """Call one ticket by its number."""

    ticket: TicketNumber
    reason: ShortText | None = None


class RecallTicket(Command, frozen=True, kw_only=True):
    """Call once more whoever is called at the counter."""


class StartService(Command, frozen=True, kw_only=True):
    """The visitor stands at the counter."""


class FinishService(Command, frozen=True, kw_only=True):
    """The visitor is done; nobody is called."""


class MarkAbsent(Command, frozen=True, kw_only=True):
    """Whoever was called did not come; `after` is that ticket as its sender sees it, as in CallNext."""

    after: TicketNumber | UnsetType | None = UNSET


class OpenCounter(Command, frozen=True, kw_only=True):
    """The clerk is there."""


class PauseCounter(Command, frozen=True, kw_only=True):
    """The clerk is away for a while."""

    reason: ShortText | None = None


class CloseCounter(Command, frozen=True, kw_only=True):
    """The clerk has left."""


class OpenDay(Command, frozen=True, kw_only=True):
    """Begin the business day now."""


class CloseDay(Command, frozen=True, kw_only=True):
    """End the business day now: whoever still waits expires."""


#: Every command by its name on the wire, in the order of the design.
COMMANDS: dict[str, type[Command]] = {
    "issue": IssueTicket,
    "printed": ConfirmPrint,
    "print-failed": ReportPrintFailure,
    "lease": LeaseBlock,
    "issued-offline": RecordOffline,
    "void": VoidTicket,
    "next": CallNext,
    "call": CallTicket,
    "recall": RecallTicket,
    "start": StartService,
    "finish": FinishService,
    "no-show": MarkAbsent,
    "open": OpenCounter,
    "pause": PauseCounter,
    "close": CloseCounter,
    "open-day": OpenDay,
    "close-day": CloseDay,
}

#: Commands that act on the sender's own counter.
AT_COUNTER = frozenset({"next", "call", "recall", "start", "finish", "no-show", "open", "pause", "close"})
