"""What happened: past tense, frozen, one class an event; the log stores them, the wire sends them.

Every ticket event has `ticket`; every counter event has `counter`. Times are not in the events: the
log's row says when (`at`, seconds since 1970 in the hub's clock) and in which business day.
"""

from msgspec import Struct, field

from moiso.core.names import kebab


class Event(Struct, frozen=True, kw_only=True):
    """Base of all events; never stored itself.

    by: the account whose command brought it about (a device or a person's pseudonym), empty when a rule did.
    press: that command's id, where it had one. deed: the seq of the first event of the same command, 0 for a rule.
    """

    by: str = ""
    press: str | None = None
    deed: int = 0


class Block(Struct, frozen=True, omit_defaults=True):
    """Numbers `first`..`last` of one service, lent to a kiosk.

    older: for an earlier day, of which the kiosk has not heard: whatever it gives next is of this day or a later one.
    """

    kiosk: str
    service: str
    first: int = field(name="from")
    last: int = field(name="to")
    older: bool = False


class Doings(Struct, frozen=True, kw_only=True):
    """What one account did that others may ask about."""

    out_of_order: int = 0
    priorities: int = 0
    voids: int = 0


class Account(Struct, frozen=True, kw_only=True):
    """How the numbers of a day ended.

    issued = served + absent + void + expired + waiting + held + at_counters. leased: blocks whose kiosks were not
    heard to the end. unheard: numbers below the last one of their service that nobody typed in. carried: those of
    the expired that keep their place on the next day. outcomes: turns by outcome, `unknown` for those without one.
    """

    issued: int = 0
    served: int = 0
    inferred: int = 0
    absent: int = 0
    void: int = 0
    expired: int = 0
    waiting: int = 0
    held: int = 0
    at_counters: int = 0
    after_hours: int = 0
    leased: tuple[Block, ...] = ()
    unheard: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    outcomes: dict[str, int] = {}
    by_account: dict[str, Doings] = {}
    training: bool = False


class Carried(Struct, frozen=True, kw_only=True):
    """A number of an earlier `day` whose visitor goes first on this one, with a new number.

    token_sha256: of the code on its paper, which brings the visitor to the new number.
    """

    day: str
    ticket: str
    service: str
    priority: bool = False
    token_sha256: str | None = None


class Standing(Struct, frozen=True, kw_only=True):
    """Where a ticket stands again after an undo; `was`: the state that was taken back."""

    ticket: str
    was: str
    state: str
    service: str
    counter: int | None = None


class DayOpened(Event, frozen=True, kw_only=True):
    """A business day begins; carries everything that outlives a day.

    `reason`: `people`, `rule` or `press`; `labels`: recent days, newest last; `blocks`: numbers of this
    day already lent to kiosks; `gaps`: per service the last measured seconds between two calls.
    """

    reason: str
    labels: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    gaps: dict[str, float] = {}
    training: bool = False
    carried: tuple[Carried, ...] = ()


class DayReopened(Event, frozen=True, kw_only=True):
    """The day was closed by mistake: every number that expired with it stands where it stood."""


class DayExtended(Event, frozen=True, kw_only=True):
    """Overtime: no new numbers, and these people are still served."""

    waiting: tuple[str, ...]


class DayClosed(Event, frozen=True, kw_only=True):
    """A business day ends, every number accounted for."""

    reason: str
    account: Account


class ClockSet(Event, frozen=True, kw_only=True):
    """The hub's clock was set: it jumped by `shift` seconds against the time that really passed."""

    shift: float


class TicketIssued(Event, frozen=True, kw_only=True):
    """A number was given; it waits from the press, `seconds_ago` seconds before this event.

    replaces: the number given for the same press that nobody holds. carried: `<day>/<number>` of an earlier day.
    after_hours: outside the service's hours. print_at: the kiosk that is to print it, now or not at all.
    """

    ticket: str
    service: str
    priority: bool = False
    source: str = "kiosk"
    offline: bool = False
    token_sha256: str | None = None
    device: str = ""
    seconds_ago: float = 0.0
    replaces: str | None = None
    carried: str | None = None
    after_hours: bool = False
    print_at: str | None = None


class TicketPrinted(Event, frozen=True, kw_only=True):
    """The ticket is in the visitor's hand."""

    ticket: str


class TicketPrintFailed(Event, frozen=True, kw_only=True):
    """The ticket is not, or perhaps not, in the visitor's hand."""

    ticket: str
    reason: str


class TicketReprinted(Event, frozen=True, kw_only=True):
    """The number goes on paper once more, `seconds_ago` seconds after its press, with so many people `ahead`.

    print_at: the kiosk that is to print it, now or not at all; None: a kiosk has printed its own.
    """

    ticket: str
    service: str
    print_at: str | None = None
    seconds_ago: float = 0.0
    ahead: int = 0


class BlockLeased(Event, frozen=True, kw_only=True):
    """A kiosk may give out these numbers by itself, on this day or (`ahead`) on the next."""

    block: Block
    ahead: bool = False


class TicketCalled(Event, frozen=True, kw_only=True):
    """A number was called to a counter; `policy` names the rule that chose it, `why` says it in words.

    reason: the clerk's, when the rule would have chosen somebody else.
    """

    ticket: str
    counter: int
    service: str
    policy: str
    recall: int = 0
    priority: bool = False
    reason: str | None = None
    after_hours: bool = False
    why: dict[str, str] = {}


class TicketRecalled(Event, frozen=True, kw_only=True):
    """The number was called again, for the `recall`-th time after the first."""

    ticket: str
    counter: int
    recall: int


class ServiceStarted(Event, frozen=True, kw_only=True):
    """The visitor arrived at the counter, with so many dossiers if anybody counted."""

    ticket: str
    counter: int
    dossiers: int | None = None


class ServiceFinished(Event, frozen=True, kw_only=True):
    """The visitor left the counter; `inferred`: nobody said so, the next press did.

    outcome: how it ended, None = nobody said. slip_due: the day on the appointment slip.
    """

    ticket: str
    counter: int
    inferred: bool = False
    outcome: str | None = None
    slip_due: str | None = None
    dossiers: int | None = None


class TicketMissed(Event, frozen=True, kw_only=True):
    """Nobody came; `inferred`: nobody said so, the next press came too soon, or the number was called often enough.

    keeps_place: a return gets the original place all day, as after lunch or when nobody said so.
    """

    ticket: str
    counter: int
    inferred: bool = False
    keeps_place: bool = False


class TicketHeld(Event, frozen=True, kw_only=True):
    """The visitor stepped aside and keeps the place; `reason` is `suspended` when the service was."""

    ticket: str
    counter: int
    service: str
    reason: str | None = None


class TicketResumed(Event, frozen=True, kw_only=True):
    """A held visitor stands at a counter again."""

    ticket: str
    counter: int
    service: str


class TicketTransferred(Event, frozen=True, kw_only=True):
    """The visitor left `counter` and waits for `service`, at the original place.

    reason: `people`; or `more-dossiers`: behind those who waited then, with `left` dossiers if anybody counted.
    to_counter: only that counter may call, as long as it serves.
    """

    ticket: str
    counter: int
    service: str
    reason: str = "people"
    to_counter: int | None = None
    dossiers: int | None = None
    left: int | None = None


class TicketReturned(Event, frozen=True, kw_only=True):
    """An absent or held visitor waits again: behind the ticket `after`, or at the original place (None).

    source: `paper` or `kiosk` when a number that was typed in and taken back turned out to be given after all.
    """

    ticket: str
    service: str
    after: str | None = None
    source: str = ""


class TicketServedOffline(Event, frozen=True, kw_only=True):
    """The number was served while nothing worked; nobody knows when."""

    ticket: str
    service: str


class PriorityGranted(Event, frozen=True, kw_only=True):
    """The number goes by the priority rule from now on, or no longer."""

    ticket: str
    priority: bool = True


class TicketVoided(Event, frozen=True, kw_only=True):
    """The number was taken out of the day; `source`: the role of whoever did it, empty when a rule did."""

    ticket: str
    reason: str
    source: str = ""


class TicketExpired(Event, frozen=True, kw_only=True):
    """The day ended before the number's turn; `was` is its last state, `carried`: it goes first on the next day."""

    ticket: str
    was: str
    carried: bool = False


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


class CounterIdle(Event, frozen=True, kw_only=True):
    """An open counter is silent while people wait for it: no promise counts on it until it presses again."""

    counter: int


class ServicesAssigned(Event, frozen=True, kw_only=True):
    """The counter serves these from now on; in this `half` of a day `who` sits there, by the roster or swapped.

    Without both whoever sits there stays.
    """

    counter: int
    services: tuple[str, ...]
    half: str | None = None
    who: str | None = None


class ServiceSuspended(Event, frozen=True, kw_only=True):
    """The service cannot be given now."""

    service: str
    reason: str | None = None


class ServiceRestored(Event, frozen=True, kw_only=True):
    """The service can be given again."""

    service: str


class ServiceUnstaffed(Event, frozen=True, kw_only=True):
    """People wait and no counter serves them; `counters` could take it in one press."""

    service: str
    waiting: int
    counters: tuple[int, ...]


class NoticePosted(Event, frozen=True, kw_only=True):
    """The wall shows this; an empty text takes the last one away."""

    text: str


class ActionUndone(Event, frozen=True, kw_only=True):
    """The events `undone` (their seqs) are taken back; `tickets` stand where they stood before.

    counter: whose command it was; None when a range typed in was taken back.
    """

    counter: int | None
    undone: tuple[int, ...]
    tickets: tuple[Standing, ...]


_TYPES: tuple[type[Event], ...] = (
    DayOpened, DayReopened, DayExtended, DayClosed, ClockSet,
    TicketIssued, TicketPrinted, TicketPrintFailed, TicketReprinted, BlockLeased,
    TicketCalled, TicketRecalled, ServiceStarted, ServiceFinished, TicketMissed,
    TicketHeld, TicketResumed, TicketTransferred, TicketReturned, TicketServedOffline, PriorityGranted,
    TicketVoided, TicketExpired, ActionUndone,
    CounterOpened, CounterPaused, CounterClosed, CounterIdle,
    ServicesAssigned, ServiceSuspended, ServiceRestored, ServiceUnstaffed, NoticePosted,
)  # fmt: skip

#: Every event by its name on the wire.
EVENTS: dict[str, type[Event]] = {kebab(cls.__name__): cls for cls in _TYPES}
_NAMES = {cls: name for name, cls in EVENTS.items()}


def type_name(event: Event) -> str:
    """The event's name on the wire: `TicketIssued` -> `ticket-issued`."""
    return _NAMES[type(event)]
