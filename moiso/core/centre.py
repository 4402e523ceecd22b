"""The state of one centre: the fold of its log, nothing else.

Only `evolve` changes a Centre, and a ticket only through `Centre.change`. Everything in it is plain data, so that two
folds can be compared byte by byte. Times are seconds since 1970 in the hub's clock; `clock-set` moves the living ones.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from moiso.core.events import Account, Block, Carried, Doings
from moiso.core.numbering import TRAINING, Numbering, ticket_number
from moiso.core.rules import Desk, Rules
from moiso.core.tickets import FINAL, State

#: (moment of the press, seq of its event, 0): people wait in this order. Whoever was put behind somebody has that
#: place, and instead of the 0 the seq of the event that did it.
Order = tuple[float, int, int]


class Ticket(Struct, kw_only=True):
    """One number of the day and where it stands.

    prefix: the service it was given for, at the moment `pressed` (of a carried one: today's).
    inferred: nobody said how the last turn ended.
    keeps_place: a return gets the original place all day. for_counter: only that counter may call it.
    turns: turns it took with many dossiers;
    left: dossiers still to come, None = nobody counted. suspended: held because its service is. late: was called
    after hours. was: its state before it expired; carried: it goes first on the next day. undone: void because it was
    typed in and taken back, so somebody may hold it after all. print_at: the kiosk that prints it for `device`.
    token_sha256: of the code on its paper.
    """

    number: str
    service: str
    prefix: str
    state: State
    order: Order
    pressed: float = 0.0
    priority: bool = False
    device: str = ""
    press: str | None = None
    counter: int | None = None
    called_at: float | None = None
    last_call: float | None = None
    absent_at: float | None = None
    recalls: int = 0
    printed: str = "unknown"
    inferred: bool = False
    keeps_place: bool = False
    for_counter: int | None = None
    turns: int = 0
    left: int | None = None
    suspended: bool = False
    late: bool = False
    outcome: str | None = None
    was: State | None = None
    carried: bool = False
    undone: bool = False
    print_at: str | None = None
    token_sha256: str | None = None

    @property
    def waits_since(self) -> float:
        """The moment from which people would count its wait: the press, or its last turn's end."""
        return max(self.order[0], self.pressed)

    @property
    def favoured(self) -> bool:
        """Whether the priority rule may bring it forward: only until its first turn with many dossiers."""
        return self.priority and not self.turns


class Counter(Struct, kw_only=True):
    """One counter: `open`, `paused` or `closed`, and who stands there.

    active: when something last happened at it. wanted: since when it is open and empty while somebody waits for it.
    half and who: whose duty it is in which half-day, by the roster or because somebody was swapped.
    """

    number: int
    label: str
    services: tuple[str, ...]
    state: str = "closed"
    ticket: str | None = None
    since: float | None = None
    normal_calls: int = 0
    active: float = 0.0
    wanted: float | None = None
    idle: bool = False
    half: str | None = None
    who: str | None = None


#: Calls that the board keeps.
CALLS_KEPT = 12


class Call(Struct, kw_only=True):
    """One line of the wall's list of calls."""

    ticket: str
    counter: int
    at: float
    seq: int
    recall: int
    priority: bool


class Deed(Struct, kw_only=True):
    """What one command changed: everything as it stood before, so that it can be taken back.

    counter: whose it was, None for a range. seqs: its events, the first names the deed. issued: numbers that it gave.
    """

    counter: int | None
    press: str | None
    at: float
    seqs: list[int]
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[int, Counter] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)


class Centre(Struct, kw_only=True):
    """Everything that the queue knows.

    deeds: per counter its last deed; under 0 the last range that a person typed in. suspended: services that cannot be
    given. staffed_until: per service when its last counter left. alarms: services nobody serves, as last told.
    unclaimed: blocks of today whose kiosks do not know yet that this day is open.
    carried: the numbers of the last day that go first on this one; fetched: `<day>/<number>` of those already here.
    """

    rules: Rules
    seq: int = 0
    at: float = 0.0
    day: str | None = None
    last_day: str | None = None
    training: bool = False
    overtime: bool = False
    opened_at: float = 0.0
    labels: tuple[str, ...] = ()
    tickets: dict[str, Ticket] = field(default_factory=dict)
    lines: dict[str, list[tuple[Order, str]]] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    counters: dict[int, Counter] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    blocks: list[Block] = field(default_factory=list)
    blocks_ahead: list[Block] = field(default_factory=list)
    unclaimed: list[Block] = field(default_factory=list)
    presses: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    deeds: dict[int, Deed] = field(default_factory=dict)
    suspended: list[str] = field(default_factory=list)
    staffed_until: dict[str, float] = field(default_factory=dict)
    alarms: dict[str, tuple[int, ...]] = field(default_factory=dict)
    carried: tuple[Carried, ...] = ()
    fetched: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    doings: dict[str, dict[str, int]] = field(default_factory=dict)
    tally: dict[str, int] = field(default_factory=dict)
    account: Account | None = None

    # -- asking -----------------------------------------------------------------------------------------------

    def live(self, number: str) -> Ticket | None:
        """The ticket of today with this number, or None."""
        return self.tickets.get(number)

    def counter(self, number: int) -> Counter:
        """The counter; one that the log knows and the site no longer has serves nothing."""
        if number not in self.counters:
            self.counters[number] = Counter(number=number, label=str(number), services=())
        return self.counters[number]

    @property
    def band(self) -> tuple[int, int]:
        """The numbers that kiosks lease today, first and last."""
        first, last = self.rules.band
        return first + self.numbering.base, last + self.numbering.base

    def ahead(self, ticket: Ticket) -> int:
        """How many people of the same service wait before this one (0 when it does not wait)."""
        if ticket.state is not State.WAITING:
            return 0
        return bisect_left(self.lines[ticket.service], (ticket.order, ticket.number))

    def waiting(self, service: str) -> int:
        """How many people wait for this service."""
        return len(self.lines.get(service, ()))

    def waiting_for(self, counter: Counter) -> int:
        """How many people this counter could call."""
        lines = self._lines_of(counter)
        if not self.tally.get("bound", 0):
            return sum(map(len, lines))
        return sum(self.may_call(counter, self.tickets[number]) for line in lines for _, number in line)

    def anybody_for(self, counter: Counter) -> bool:
        """Whether this counter could call anybody."""
        lines = self._lines_of(counter)
        return any(self.may_call(counter, self.tickets[number]) for line in lines for _, number in line)

    def _lines_of(self, counter: Counter) -> list[list[tuple[Order, str]]]:
        """The lines of the services that this counter gives now."""
        return [self.lines.get(code, []) for code in counter.services if code not in self.suspended]

    def line_of(self, counter: Counter, most: int) -> list[Ticket]:
        """Whom this counter could call, by the order of their presses: the first `most` of them."""
        enough = most + self.tally.get("bound", 0)
        waiting = (self.tickets[number] for line in self._lines_of(counter) for _, number in line[:enough])
        return sorted((t for t in waiting if self.may_call(counter, t)), key=lambda t: t.order)[:most]

    def may_call(self, counter: Counter, ticket: Ticket) -> bool:
        """Whether somebody who waits may be called here, or was sent to another counter that still takes him."""
        if ticket.for_counter in {None, counter.number}:
            return True
        other = self.counters.get(ticket.for_counter or 0)
        return other is None or other.state == "closed" or ticket.service not in other.services

    def held_for(self, counter: Counter) -> list[str]:
        """The held tickets of this counter's services, the longest waiting first."""
        held = [self.tickets[number] for number in self.held]
        return [t.number for t in sorted(held, key=lambda t: t.order) if t.service in counter.services]

    def open_counters(self, service: str) -> list[int]:
        """The open counters that serve this service and are not idle, in order; none while no day is open."""
        return [c.number for c in self.serving(service) if not c.idle]

    def serving(self, service: str) -> list[Counter]:
        """The open counters that serve this service, silent ones too; none while no day is open."""
        if self.day is None:
            return []
        return [c for c in self.counters.values() if c.state == "open" and service in c.services]

    def left(self, service: str) -> int | None:
        """How many numbers of the day's quota are left, None without a quota."""
        known = self.rules.service(service)
        if known is None or known.quota is None:
            return None
        return max(0, known.quota - self.tally.get(f"given:{service}", 0))

    def unheard(self) -> tuple[str, ...]:
        """The numbers below the last of their service that nobody gave or typed in."""
        missing = self.numbering.missing.items()
        return tuple(ticket_number(code, value) for code, values in missing for value in values)

    def so_far(self) -> Account:
        """The day's account up to now; before the first day all zero."""
        if self.day is None and self.account is not None:
            return self.account
        count = self.tally.get
        absent_at_end = count("was:absent", 0)
        return Account(
            issued=len(self.tickets),
            served=count(State.DONE, 0),
            inferred=count("inferred", 0),
            absent=count(State.ABSENT, 0) + absent_at_end,
            void=count(State.VOID, 0),
            expired=count(State.EXPIRED, 0) - absent_at_end,
            waiting=count(State.WAITING, 0),
            held=count(State.HELD, 0),
            at_counters=count(State.CALLED, 0) + count(State.SERVING, 0),
            after_hours=count("late", 0),
            leased=tuple(self.blocks),
            unheard=self.unheard(),
            carried=tuple(t.number for t in self.tickets.values() if t.carried) if count("carried", 0) else (),
            outcomes={key.removeprefix("outcome:"): n for key, n in self.tally.items() if n and "outcome:" in key},
            by_account={name: Doings(**done) for name, done in self.doings.items()},
            training=self.training,
        )

    # -- changing: only evolve does ----------------------------------------------------------------------------

    def change(self, ticket: Ticket, **fields: Any) -> None:
        """The one way to change a ticket: lines, the held and the tallies follow."""
        self._forget(ticket)
        for name, value in fields.items():
            setattr(ticket, name, value)
        self.note(ticket)

    def note(self, ticket: Ticket) -> None:
        """A ticket stands somewhere: put it into its line or among the held, and count it."""
        if ticket.state is State.WAITING:
            insort(self.lines.setdefault(ticket.service, []), (ticket.order, ticket.number))
        elif ticket.state is State.HELD:
            self.held.append(ticket.number)
        for mark in _marks(ticket):
            self.tally[mark] = self.tally.get(mark, 0) + 1

    def _forget(self, ticket: Ticket) -> None:
        if ticket.state is State.WAITING:
            line = self.lines[ticket.service]
            del line[bisect_left(line, (ticket.order, ticket.number))]
        elif ticket.state is State.HELD:
            self.held.remove(ticket.number)
        for mark in _marks(ticket):
            self.tally[mark] -= 1


def _marks(ticket: Ticket) -> Iterator[str]:
    """Under what a ticket is counted."""
    yield ticket.state
    if ticket.state is not State.VOID:
        yield f"given:{ticket.prefix}"
    if ticket.state is State.DONE:
        yield f"outcome:{ticket.outcome or 'unknown'}"
        if ticket.inferred:
            yield "inferred"
    elif ticket.state is State.WAITING:
        if ticket.for_counter is not None:
            yield "bound"
        if ticket.favoured:
            yield "favoured"
    elif ticket.state is State.EXPIRED:
        yield f"was:{ticket.was}"
        if ticket.carried:
            yield "carried"
    if ticket.late:
        yield "late"


def new_centre(rules: Rules) -> Centre:
    """A centre before its first day, every counter closed."""
    centre = Centre(rules=rules)
    reset_day(centre)
    return centre


def reset_day(centre: Centre, *, training: bool = False) -> None:
    """Forget the people of the last day; keep what outlives it."""
    rules = centre.rules
    centre.tickets, centre.presses, centre.calls, centre.tally, centre.doings = {}, {}, [], {}, {}
    centre.held, centre.deeds, centre.suspended, centre.alarms, centre.notices = [], {}, [], {}, []
    centre.staffed_until, centre.fetched, centre.carried = {}, {}, ()
    centre.account, centre.overtime, centre.training = None, False, training
    centre.blocks, centre.unclaimed = [], []
    centre.lines = {service.code: [] for service in rules.services}
    centre.counters = {d.number: _counter(d, rules) for d in rules.desks}
    centre.numbering = Numbering(base=TRAINING if training else 0)


def _counter(desk: Desk, rules: Rules) -> Counter:
    """A closed counter; its first priority visitor need not wait for the ratio."""
    return Counter(number=desk.number, label=desk.label, services=desk.services, normal_calls=rules.priority_ratio)


def unfinished(centre: Centre) -> list[Ticket]:
    """Every ticket without an end yet, in the order of the numbers' presses."""
    return sorted((t for t in centre.tickets.values() if t.state not in FINAL), key=lambda t: t.order)


def leftover(centre: Centre, most: int | None = None) -> list[str]:
    """Whoever still waits or is held, in the order of the numbers' presses; at most `most` of them."""
    waiting = [entry for line in centre.lines.values() for entry in line[:most]]
    held = [(centre.tickets[number].order, number) for number in centre.held]
    return [number for _, number in sorted(waiting + held)[:most]]
