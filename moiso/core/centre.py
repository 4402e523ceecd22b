"""The state of one centre: the fold of its log, nothing else.

Only `evolve` changes a Centre. Everything in it is plain data, so that two folds can be compared byte by byte.
Times are seconds since 1970 in the hub's clock; `clock-set` moves the living ones along.
"""

from bisect import bisect_left, insort

from msgspec import Struct, field

from moiso.core.events import Account, Block
from moiso.core.numbering import Numbering
from moiso.core.rules import Desk, Rules
from moiso.core.tickets import FINAL, State

#: (moment of the press, seq of its event): people wait in this order.
Order = tuple[float, int]


class Ticket(Struct, kw_only=True):
    """One number of the day and where it stands."""

    number: str
    service: str
    state: State
    order: Order
    priority: bool = False
    device: str = ""
    press: str | None = None
    called_at: float | None = None
    started_at: float | None = None
    counter: int | None = None
    recalls: int = 0
    printed: str = "unknown"


class Counter(Struct, kw_only=True):
    """One counter: `open`, `paused` or `closed`, and who stands there."""

    number: int
    label: str
    services: tuple[str, ...]
    state: str = "closed"
    ticket: str | None = None
    since: float | None = None
    normal_calls: int = 0


class Call(Struct, kw_only=True):
    """One line of the wall's list of calls."""

    ticket: str
    counter: int
    at: float
    seq: int
    recall: int
    priority: bool


class Centre(Struct, kw_only=True):
    """Everything that the queue knows."""

    rules: Rules
    seq: int = 0
    at: float = 0.0
    day: str | None = None
    last_day: str | None = None
    labels: tuple[str, ...] = ()
    tickets: dict[str, Ticket] = field(default_factory=dict)
    lines: dict[str, list[tuple[Order, str]]] = field(default_factory=dict)
    counters: dict[int, Counter] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    blocks: list[Block] = field(default_factory=list)
    blocks_ahead: list[Block] = field(default_factory=list)
    presses: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    tally: dict[str, int] = field(default_factory=dict)
    inferred: int = 0
    account: Account | None = None

    def live(self, number: str) -> Ticket | None:
        """The ticket of today with this number, or None."""
        return self.tickets.get(number)

    def counter(self, number: int) -> Counter:
        """The counter; one that the log knows and the site no longer has serves nothing."""
        return self.counters.setdefault(number, Counter(number=number, label=str(number), services=()))

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
        return sum(self.waiting(code) for code in counter.services)

    def open_counters(self, service: str) -> list[int]:
        """The open counters that serve this service, in order; none while no day is open."""
        if self.day is None:
            return []
        return [c.number for c in self.counters.values() if c.state == "open" and service in c.services]

    def so_far(self) -> Account:
        """The day's account up to now; before the first day all zero."""
        if self.day is None and self.account is not None:
            return self.account
        count = self.tally.get
        return Account(
            issued=len(self.tickets),
            served=count(State.DONE, 0),
            inferred=self.inferred,
            absent=count(State.ABSENT, 0) + count("expired-absent", 0),
            void=count(State.VOID, 0),
            expired=count(State.EXPIRED, 0) - count("expired-absent", 0),
            waiting=count(State.WAITING, 0),
            at_counters=count(State.CALLED, 0) + count(State.SERVING, 0),
            leased=tuple(self.blocks),
        )

    def enter_line(self, ticket: Ticket) -> None:
        """Put a waiting ticket where its press belongs."""
        insort(self.lines.setdefault(ticket.service, []), (ticket.order, ticket.number))

    def leave_line(self, ticket: Ticket) -> None:
        """Take a ticket out of its line."""
        line = self.lines[ticket.service]
        del line[bisect_left(line, (ticket.order, ticket.number))]

    def count(self, key: str, by: int) -> None:
        """Move one of the day's tallies."""
        self.tally[key] = self.tally.get(key, 0) + by


def new_centre(rules: Rules) -> Centre:
    """A centre before its first day, every counter closed."""
    centre = Centre(rules=rules)
    reset_day(centre)
    return centre


def reset_day(centre: Centre) -> None:
    """Forget the people of the last day; keep what outlives it."""
    rules = centre.rules
    centre.tickets, centre.presses, centre.calls, centre.tally = {}, {}, [], {}
    centre.inferred, centre.account, centre.blocks = 0, None, []
    centre.lines = {service.code: [] for service in rules.services}
    centre.counters = {d.number: _counter(d, rules) for d in rules.desks}
    centre.numbering = Numbering()


def _counter(desk: Desk, rules: Rules) -> Counter:
    """A closed counter; its first priority visitor need not wait for the ratio."""
    return Counter(number=desk.number, label=desk.label, services=desk.services, normal_calls=rules.priority_ratio)


def unfinished(centre: Centre) -> list[Ticket]:
    """Every ticket without an end yet, in the order of the numbers' presses."""
    return sorted((t for t in centre.tickets.values() if t.state not in FINAL), key=lambda t: t.order)
