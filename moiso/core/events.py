"""What happened: past tense, frozen, one class an event; the log stores them, the wire sends them.

Every ticket event has `ticket`; every counter event has `counter`. Times are not in the events: the
log's row says when (`at`, seconds since 1970 in the hub's clock) and in which business day.
"""

from msgspec import Struct, field

from moiso.core.names import kebab


class Event(Struct, frozen=True, kw_only=True):
    """Base of all events; never stored itself."""


class Block(Struct, frozen=True):
    """Numbers `first`..`last` of one service, lent to a kiosk."""

    kiosk: str
    service: str
    first: int = field(name="from")
    last: int = field(name="to")


class Account(Struct, frozen=True, kw_only=True):
    """How the numbers of a day ended; `leased` lists blocks whose kiosks were not heard to the end."""

    issued: int = 0
    served: int = 0
    inferred: int = 0
    absent: int = 0
    void: int = 0
    expired: int = 0
    waiting: int = 0
    at_counters: int = 0
    leased: tuple[Block, ...] = ()


class DayOpened(Event, frozen=True, kw_only=True):
    """A business day begins; carries everything that outlives a day.

    `reason`: `people`, `rule` or `press`; `labels`: recent days, newest last; `blocks`: numbers of this
    day already lent to kiosks; `gaps`: per service the last measured seconds between two calls.
    """

    reason: str
    labels: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    gaps: dict[str, float] = {}


class DayClosed(Event, frozen=True, kw_only=True):
    """A business day ends, every number accounted for."""

    reason: str
    account: Account


class ClockSet(Event, frozen=True, kw_only=True):
    """The hub's clock was set: it jumped by `shift` seconds against the time that really passed."""

    shift: float


class TicketIssued(Event, frozen=True, kw_only=True):
    """A number was given; it waits from the press, `seconds_ago` seconds before this event."""

    ticket: str
    service: str
    priority: bool = False
    source: str = "kiosk"
    offline: bool = False
    token_sha256: str | None = None
    device: str = ""
    press: str | None = None
    seconds_ago: float = 0.0
    replaces: str | None = None


class TicketPrinted(Event, frozen=True, kw_only=True):
    """The ticket is in the visitor's hand."""

    ticket: str


class TicketPrintFailed(Event, frozen=True, kw_only=True):
    """The ticket is not, or perhaps not, in the visitor's hand."""

    ticket: str
    reason: str


class BlockLeased(Event, frozen=True, kw_only=True):
    """A kiosk may give out these numbers by itself, on this day or (`ahead`) on the next."""

    block: Block
    ahead: bool = False


class TicketCalled(Event, frozen=True, kw_only=True):
    """A number was called to a counter; `policy` names the rule that chose it."""

    ticket: str
    counter: int
    service: str
    policy: str
    recall: int = 0
    priority: bool = False


class TicketRecalled(Event, frozen=True, kw_only=True):
    """The number was called again, for the `recall`-th time after the first."""

    ticket: str
    counter: int
    recall: int


class ServiceStarted(Event, frozen=True, kw_only=True):
    """The visitor arrived at the counter."""

    ticket: str
    counter: int


class ServiceFinished(Event, frozen=True, kw_only=True):
    """The visitor left the counter; `inferred`: nobody said so, the next press did."""

    ticket: str
    counter: int
    inferred: bool = False


class TicketMissed(Event, frozen=True, kw_only=True):
    """Nobody came; `inferred`: nobody said so, the next press came too soon for a service."""

    ticket: str
    counter: int
    inferred: bool = False


class TicketVoided(Event, frozen=True, kw_only=True):
    """The number was taken out of the day."""

    ticket: str
    reason: str


class TicketExpired(Event, frozen=True, kw_only=True):
    """The day ended before the number's turn; `was` is its last state."""

    ticket: str
    was: str


class CounterOpened(Event, frozen=True, kw_only=True):
    """A clerk is at the counter."""

    counter: int


class CounterPaused(Event, frozen=True, kw_only=True):
    """The clerk is away for a while."""

    counter: int
    reason: str | None = None


class CounterClosed(Event, frozen=True, kw_only=True):
    """The clerk has left."""

    counter: int


_TYPES: tuple[type[Event], ...] = (
    DayOpened, DayClosed, ClockSet,
    TicketIssued, TicketPrinted, TicketPrintFailed, BlockLeased,
    TicketCalled, TicketRecalled, ServiceStarted, ServiceFinished, TicketMissed, TicketVoided, TicketExpired,
    CounterOpened, CounterPaused, CounterClosed,
)  # fmt: skip

#: Every event by its name on the wire.
EVENTS: dict[str, type[Event]] = {kebab(cls.__name__): cls for cls in _TYPES}


def type_name(event: Event) -> str:
    """The event's name on the wire: `TicketIssued` -> `ticket-issued`."""
    return kebab(type(event).__name__)
