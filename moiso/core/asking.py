"""What several handlers ask before they decide: known services, own tickets, the sender's counter. Pure."""

from hashlib import sha256
from typing import NamedTuple

from moiso.core.centre import Centre, Counter, Ticket
from moiso.core.events import Event
from moiso.core.numbering import number_value, ticket_number
from moiso.core.roles import Role, Sender
from moiso.core.rules import PRIORITY_CLASSES, Service
from moiso.core.tickets import AT_COUNTER, FINAL, State

Events = list[Event]
#: The longest range of numbers that one command may name.
LONGEST_RANGE = 500
#: How far a number typed in may lie above the last one: more is a slip of the finger.
FARTHEST = 100


class Case(NamedTuple):
    """One command before the core: the state it finds, who asks, when (seconds since 1970).

    trusted: the clock was set from outside; without that no timetable closes anything.
    """

    centre: Centre
    by: Sender
    now: float
    trusted: bool


class Rejected(Exception):  # noqa: N818  it is an answer, not a fault
    """The command is not allowed now.

    reason: its code; params fill the sentence people read; data goes with the reply.
    """

    def __init__(self, reason: str, data: dict[str, object] | None = None, /, **params: object) -> None:
        super().__init__(reason)
        self.reason, self.params, self.data = reason, params, data or {}


def service_of(centre: Centre, code: str) -> Service:
    """The service with this code. Raises Rejected."""
    found = centre.rules.service(code)
    if found is None:
        raise Rejected("unknown-service", service=code, known=", ".join(s.code for s in centre.rules.services))
    return found


def ticket_of(centre: Centre, number: str) -> Ticket:
    """Today's ticket with this number. Raises Rejected."""
    ticket = centre.live(number)
    if ticket is None:
        raise Rejected("unknown-ticket", ticket=number)
    return ticket


def on_paper(centre: Centre, number: str | None, token: str | None) -> Ticket:
    """Today's ticket with this number, or with this token in the code on its paper. Raises Rejected."""
    if number is not None:
        return ticket_of(centre, number)
    known = [ticket for ticket in centre.tickets.values() if ticket.token_sha256 == hashed(token)]
    if not known:
        raise Rejected("unknown-token")
    # One press may have had two numbers, the phantom of a lost reply and the printed one: that one lives.
    return next((ticket for ticket in known if ticket.state is not State.VOID), known[0])


def own_ticket(centre: Centre, number: str, by: Sender) -> Ticket:
    """A ticket that this sender may void: a kiosk only those it gave out. Raises Rejected."""
    ticket = ticket_of(centre, number)
    if by.role is Role.KIOSK and ticket.device != by.device:
        raise Rejected("not-your-number", ticket=number)
    return ticket


def on_own_paper(centre: Centre, number: str, by: Sender) -> Ticket:
    """A ticket that this kiosk gave out or prints for somebody: what became of the paper. Raises Rejected."""
    ticket = ticket_of(centre, number)
    if by.device not in {ticket.device, ticket.print_at}:
        raise Rejected("not-your-number", ticket=number)
    return ticket


def not_ended(ticket: Ticket) -> Ticket:
    """The same ticket, when it has no end yet. Raises Rejected."""
    if ticket.state in FINAL:
        raise Rejected("ticket-ended", ticket=ticket.number, state=ticket.state.value)
    return ticket


def counter_of(centre: Centre, by: Sender) -> Counter:
    """The sender's own counter. Raises Rejected."""
    if by.counter is None:
        raise Rejected("no-counter")
    return counter_numbered(centre, by.counter)


def counter_numbered(centre: Centre, number: int) -> Counter:
    """The counter with this number. Raises Rejected."""
    counter = centre.counters.get(number)
    if counter is None:
        raise Rejected("unknown-counter", counter=number)
    return counter


def ticket_at(centre: Centre, counter: Counter, *states: State) -> Ticket:
    """The ticket at this counter, when it is in one of these states. Raises Rejected."""
    if counter.ticket is None:
        raise Rejected("nobody-here", counter=counter.label)
    ticket = centre.tickets[counter.ticket]
    assert ticket.state in AT_COUNTER
    if ticket.state not in states:
        raise Rejected("already-serving", ticket=ticket.number)
    return ticket


def known_kiosk(centre: Centre, by: Sender, name: str | None) -> str | None:
    """The kiosk that is to print for this sender, None when nobody else is. Raises Rejected."""
    if name is None or by.role is Role.KIOSK:
        return None
    if name not in centre.rules.kiosks:
        raise Rejected("unknown-kiosk", kiosk=name, known=", ".join(centre.rules.kiosks))
    return name


def may_grant(centre: Centre, by: Sender) -> None:
    """Nothing, when this role may give priority here. Raises Rejected."""
    if by.role.value not in centre.rules.priority_by:
        raise Rejected("priority-not-here", role=by.role.value)


def known_class(name: str | None) -> None:
    """Nothing, when this is a class of priority, or none is named. Raises Rejected."""
    if name not in {None, *PRIORITY_CLASSES}:
        raise Rejected("unknown-class", classes=", ".join(PRIORITY_CLASSES))


def number_range(centre: Centre, first: str, last: str | None) -> tuple[Service, list[str]]:
    """The service of `first` by its prefix, and every number from `first` to `last`. Raises Rejected."""
    for service in centre.rules.services:
        low, high = number_value(service.code, first), number_value(service.code, last or first)
        if low is None:
            continue
        if high is None or not low <= high < low + LONGEST_RANGE:
            break
        return service, [ticket_number(service.code, value) for value in range(low, high + 1)]
    raise Rejected("bad-range" if last else "unknown-ticket", ticket=first, to=last)


def hashed(token: str | None) -> str | None:
    """What the log keeps of a ticket's token."""
    return None if token is None else sha256(token.encode()).hexdigest()
