"""What people and devices ask of the queue: imperative, frozen, one class a command.

The field names are the argument names on the wire (docs/mqtt.md).
"""

from typing import Annotated, Literal, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, field

Code = Annotated[str, Meta(min_length=1, max_length=8)]
TicketNumber = Annotated[str, Meta(min_length=1, max_length=12)]
ShortText = Annotated[str, Meta(max_length=200)]
Token = Annotated[str, Meta(min_length=1, max_length=128)]
Seconds = Annotated[float, Meta(ge=0, le=7 * 86400)]
Dossiers = Annotated[int, Meta(ge=1, le=1000)]
Pseudonym = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Services = Annotated[tuple[Code, ...], Meta(max_length=40)]
IsoDate = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Outcome = Literal["done", "accepted", "missing-papers", "elsewhere", "gave-up"]

#: Why somebody may be called out of turn; anything else is no reason.
CALL_REASONS = ("companion", "urgent", "overlooked", "ordered")
#: Every outcome a clerk may give; a turn that ended without one counts as `unknown`.
OUTCOMES: tuple[str, ...] = get_args(Outcome)


class Command(Struct, frozen=True, kw_only=True):
    """Base of all commands; never sent itself."""


class IssueTicket(Command, frozen=True, kw_only=True):
    """A visitor asks for a number; `class` says why it has priority, and is forgotten with the day.

    `print_at`: the kiosk that prints it, when somebody at a page asks; a kiosk prints its own.
    """

    service: Code
    priority: bool = False
    priority_class: ShortText | None = field(name="class", default=None)
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


class ReprintTicket(Command, frozen=True, kw_only=True):
    """The paper is lost, or never came out: print it again, marked as such.

    `print_at`: the kiosk that prints it, None = the one it came from; a kiosk prints its own by itself.
    """

    ticket: TicketNumber
    print_at: ShortText | None = None


class LeaseBlock(Command, frozen=True, kw_only=True):
    """A kiosk asks for a block of numbers to give out while the hub is not reached.

    `of`: the business day that the kiosk knows to be open; it gets none when another one is.
    """

    service: Code
    day: Literal["today", "next"] = "today"
    of: ShortText | None = None


class RecordOffline(Command, frozen=True, kw_only=True):
    """A kiosk reports a number it gave out from its block, or a person types in numbers given on paper.

    `day`: the business day on the paper; None = the one that is open. `seconds_ago`: how long ago the number was
    given; a person who does not know leaves it out. `at_least`: the kiosk has lost count, and it may be more. `to`: the
    last of a range, from a person only.
    """

    ticket: TicketNumber
    service: Code
    seconds_ago: Seconds | None = None
    to: TicketNumber | None = None
    day: ShortText | None = None
    token: Token | None = None
    priority: bool = False
    at_least: bool = False


class VoidTicket(Command, frozen=True, kw_only=True):
    """A number is taken out of the day, with a reason; with `to` every number up to that one.

    `preview`: only say which numbers it would be.
    """

    ticket: TicketNumber
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    to: TicketNumber | None = None
    preview: bool = False


class ServedOffline(Command, frozen=True, kw_only=True):
    """These numbers were served while nothing worked: none of them is called again; `preview` only lists them."""

    ticket: TicketNumber
    to: TicketNumber | None = None
    preview: bool = False


class ReturnTicket(Command, frozen=True, kw_only=True):
    """An absent person is back, by number or by the token of its code; with `day` by the number of that earlier day."""

    ticket: TicketNumber | None = None
    day: IsoDate | None = None
    token: Token | None = None

    def __post_init__(self) -> None:
        if (self.ticket is None) == (self.token is None):
            raise ValueError("give `ticket` or `token`, one of the two")


class GrantPriority(Command, frozen=True, kw_only=True):
    """A visitor goes by the priority rule from now on; the class `none` takes it back."""

    ticket: TicketNumber
    priority_class: ShortText = field(name="class")


class MeantFor(Command, frozen=True, kw_only=True):
    """Sends away, or tells of, whoever stands at the counter.

    `after` is the ticket the sender sees there: None = sees it empty, UNSET = does not know.
    """

    after: TicketNumber | UnsetType | None = UNSET


class CallNext(MeantFor, frozen=True, kw_only=True):
    """The one button: finish what is at the counter, call the next; `after`: whom its sender sees there."""


class CallTicket(MeantFor, frozen=True, kw_only=True):
    """Call one ticket by its number."""

    ticket: TicketNumber
    reason: ShortText | None = None


class RecallTicket(MeantFor, frozen=True, kw_only=True):
    """Call once more whoever is called at the counter."""


class StartService(MeantFor, frozen=True, kw_only=True):
    """The visitor stands at the counter, with so many dossiers."""

    dossiers: Dossiers | None = None


class FinishService(MeantFor, frozen=True, kw_only=True):
    """The visitor is done; nobody is called.

    `dossiers`: how many were handled in this turn. `more`: the visitor has more of them and goes behind those who
    now wait, with the same number. `slip_due`: the day on the appointment slip.
    """

    outcome: Outcome | None = None
    slip_due: IsoDate | None = None
    dossiers: Dossiers | None = None
    more: bool = False


class HoldTicket(MeantFor, frozen=True, kw_only=True):
    """The visitor steps aside for a signature or a paper; the place is kept."""

    reason: ShortText | None = None


class ResumeTicket(MeantFor, frozen=True, kw_only=True):
    """A held visitor stands at the counter again."""

    ticket: TicketNumber


class TransferTicket(MeantFor, frozen=True, kw_only=True):
    """The visitor waits for another service, at the place of the first number; `counter`: only there.

    A page says `to_counter`: its `counter` is the one it speaks for.
    """

    service: Code
    counter: int | None = None
    to_counter: int | None = None


class UndoLast(Command, frozen=True, kw_only=True):
    """Take back the last command: of the own counter, or `of` that press, as when a range was typed wrongly."""

    of: ShortText | None = None


class AssignServices(Command, frozen=True, kw_only=True):
    """Other services for the counter until the day ends, or another clerk until the half-day ends, or both.

    `services`: in order of preference where the site wants that; left out = what it serves now. `take`, `drop`: some
    more and some less than those, whoever changed them meanwhile. `who`: a pseudonym.
    """

    services: Services | None = None
    take: Services = ()
    drop: Services = ()
    who: Pseudonym | None = None


class MarkAbsent(MeantFor, frozen=True, kw_only=True):
    """Whoever was called did not come."""


class OpenCounter(Command, frozen=True, kw_only=True):
    """The clerk is there."""


class PauseCounter(MeantFor, frozen=True, kw_only=True):
    """The clerk is away for a while."""

    reason: ShortText | None = None


class CloseCounter(MeantFor, frozen=True, kw_only=True):
    """The clerk has left."""


class SuspendService(Command, frozen=True, kw_only=True):
    """The service cannot be given now, most often because the national software is down."""

    service: Code
    reason: ShortText | None = None


class RestoreService(Command, frozen=True, kw_only=True):
    """The service can be given again."""

    service: Code


class PostNotice(Command, frozen=True, kw_only=True):
    """Show this on the wall; an empty text takes the notice away."""

    text: ShortText


class OpenDay(Command, frozen=True, kw_only=True):
    """Begin the business day now; `training`: a day for practice, outside every statistic."""

    training: bool = False


class CloseDay(Command, frozen=True, kw_only=True):
    """End the business day now; while somebody waits or is held, `leftover` must say what becomes of them."""

    leftover: Literal["expire", "carry-over", "overtime"] | None = None


class ReopenDay(Command, frozen=True, kw_only=True):
    """The day was closed by mistake: everybody stands where they stood."""


#: Every command by its name on the wire, in the order of the design.
COMMANDS: dict[str, type[Command]] = {
    "issue": IssueTicket,
    "printed": ConfirmPrint,
    "print-failed": ReportPrintFailure,
    "reprint": ReprintTicket,
    "lease": LeaseBlock,
    "issued-offline": RecordOffline,
    "void": VoidTicket,
    "served-offline": ServedOffline,
    "return": ReturnTicket,
    "grant-priority": GrantPriority,
    "next": CallNext,
    "call": CallTicket,
    "recall": RecallTicket,
    "start": StartService,
    "finish": FinishService,
    "no-show": MarkAbsent,
    "hold": HoldTicket,
    "resume": ResumeTicket,
    "transfer": TransferTicket,
    "undo": UndoLast,
    "assign": AssignServices,
    "open": OpenCounter,
    "pause": PauseCounter,
    "close": CloseCounter,
    "suspend-service": SuspendService,
    "restore-service": RestoreService,
    "notice": PostNotice,
    "open-day": OpenDay,
    "close-day": CloseDay,
    "reopen-day": ReopenDay,
}

#: Commands that act on the sender's own counter.
AT_COUNTER = frozenset({
    "next", "call", "recall", "start", "finish", "no-show", "hold", "resume", "transfer", "undo", "assign",
    "open", "pause", "close",
})  # fmt: skip
