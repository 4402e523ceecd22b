"""Handlers: numbers given, printed, lent to kiosks; people who come back. Pure; decide.py says what a handler is."""

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import (
    Case,
    Events,
    Rejected,
    hashed,
    known_class,
    known_kiosk,
    may_grant,
    not_ended,
    on_own_paper,
    on_paper,
    service_of,
    ticket_of,
)
from moiso.core.centre import Centre, Ticket
from moiso.core.numbering import free_block, next_online, ticket_number
from moiso.core.roles import Role, Sender
from moiso.core.tickets import State


def issue(case: Case, command: ask.IssueTicket) -> Events:
    """A number for a visitor, within the hours and the quota; a press that has its number gets no second one."""
    centre, by, timetable = case.centre, case.by, case.centre.rules.timetable
    service = service_of(centre, command.service)
    if centre.presses.get(f"{by.device}/{by.press}"):
        return []
    known_class(command.priority_class)
    if command.priority:
        may_grant(centre, by)
    print_at = known_kiosk(centre, by, command.print_at)
    late = case.trusted and not timetable.gives(service.code, case.now)
    if centre.overtime or (late and by.role is Role.KIOSK):
        raise Rejected("issue-closed", service=service.name)
    if centre.left(service.code) == 0:
        raise Rejected("quota-full", service=service.name, quota=service.quota)
    return [
        did.TicketIssued(
            ticket=next_number(centre, service.code),
            service=service.code,
            priority=command.priority,
            source=by.role.value,
            token_sha256=hashed(command.token),
            device=by.device,
            after_hours=case.trusted and not timetable.serves(service.code, case.now),
            print_at=print_at,
        )
    ]


def next_number(centre: Centre, service: str) -> str:
    """The next number of a service to give out on line."""
    return ticket_number(service, next_online(centre.numbering, service, centre.band))


def printed(case: Case, command: ask.ConfirmPrint) -> Events:
    """The paper is out; once is enough."""
    ticket = on_own_paper(case.centre, command.ticket, case.by)
    return [] if ticket.printed == "printed" else [did.TicketPrinted(ticket=ticket.number)]


def print_failed(case: Case, command: ask.ReportPrintFailure) -> Events:
    """The paper is not out, or nobody knows."""
    ticket = on_own_paper(case.centre, command.ticket, case.by)
    return [did.TicketPrintFailed(ticket=ticket.number, reason=command.reason)]


def reprint(case: Case, command: ask.ReprintTicket) -> Events:
    """The number on paper once more, at the kiosk it came from or at another; whoever has an end needs none."""
    centre, by = case.centre, case.by
    ticket = not_ended(ticket_of(centre, command.ticket))
    kiosk = None if by.role is Role.KIOSK else _printing(centre, by, command.print_at, ticket)
    if kiosk is None:
        on_own_paper(centre, command.ticket, by)
    return [
        did.TicketReprinted(
            ticket=ticket.number,
            service=ticket.service,
            print_at=kiosk,
            seconds_ago=round(max(0.0, case.now - ticket.pressed), 3),
            ahead=centre.ahead(ticket),
        )
    ]


def _printing(centre: Centre, by: Sender, named: str | None, ticket: Ticket) -> str:
    """The kiosk that prints for somebody at a page. Raises Rejected."""
    kiosk = named or ticket.print_at or ticket.device
    return known_kiosk(centre, by, kiosk) or kiosk


def lease(case: Case, command: ask.LeaseBlock) -> Events:
    """A block of the reserved band, of this day or the next."""
    centre = case.centre
    service_of(centre, command.service)
    ahead = command.day == "next"
    if not ahead and centre.day is None:
        raise Rejected("day-closed")
    if command.of not in {None, centre.day}:
        raise Rejected("day-not-open", day=command.of)
    span = _free_span(centre, command.service, ahead=ahead)
    if span is None:
        raise Rejected("no-numbers-left", service=command.service)
    return [did.BlockLeased(block=did.Block(case.by.device, command.service, *span), ahead=ahead)]


def _free_span(centre: Centre, service: str, *, ahead: bool) -> tuple[int, int] | None:
    """Numbers that no kiosk has for this day or the next: the two lists may become one (see open_day)."""
    lent = [(b.first, b.last) for b in [*centre.blocks, *centre.blocks_ahead] if b.service == service]
    return free_block(lent, centre.rules.band if ahead else centre.band, centre.rules.block)


def grant_priority(case: Case, command: ask.GrantPriority) -> Events:
    """Priority for somebody who has not been served yet, or its end."""
    granted = command.priority_class != "none"
    may_grant(case.centre, case.by)
    known_class(command.priority_class if granted else None)
    ticket = not_ended(ticket_of(case.centre, command.ticket))
    return [] if ticket.priority == granted else [did.PriorityGranted(ticket=ticket.number, priority=granted)]


def come_back(case: Case, command: ask.ReturnTicket) -> Events:
    """An absent visitor waits again; one carried over from an earlier day gets a number of today."""
    centre = case.centre
    if command.day not in {None, centre.day}:
        return _carried(centre, command, case.by)
    if (old := _by_code(centre, command.token)) is not None:
        return [_exchanged(centre, old, case.by)]
    ticket = on_paper(centre, command.ticket, command.token)
    if ticket.state is State.ABSENT or _ended_without_him(ticket):
        behind = _behind(centre, ticket, case.now)
        return [did.TicketReturned(ticket=ticket.number, service=ticket.service, after=behind)]
    number, state = not_ended(ticket).number, ticket.state.value
    raise Rejected("not-absent", {"ticket": number, "state": state}, ticket=number, state=state)


def _ended_without_him(ticket: Ticket) -> bool:
    """Whether the number has an end that nobody saw: inferred, typed in as served, or typed in and taken back."""
    return ticket.undone or (ticket.state is State.DONE and (ticket.inferred or ticket.keeps_place))


def _behind(centre: Centre, ticket: Ticket, now: float) -> str | None:
    """Behind whom an absent visitor waits again; None: at the original place."""
    rules = centre.rules
    if ticket.state is not State.ABSENT or ticket.keeps_place:
        return None
    if now - (ticket.absent_at or now) > rules.grace:
        raise Rejected("grace-over", ticket=ticket.number, minutes=round(rules.grace / 60))
    line = centre.lines[ticket.service][: rules.return_behind]
    return line[-1][1] if line else None


def _carried(centre: Centre, command: ask.ReturnTicket, by: Sender) -> Events:
    """A number of today for one of an earlier day, which a code tells by itself."""
    if command.ticket is None:
        raise Rejected("unknown-token")
    old = f"{command.day}/{command.ticket}"
    if old in centre.fetched:
        return []
    for carried in () if centre.training else centre.carried:
        if old == f"{carried.day}/{carried.ticket}" and centre.rules.service(carried.service):
            return [_exchanged(centre, carried, by)]
    raise Rejected("not-carried", ticket=command.ticket, day=command.day)


def _by_code(centre: Centre, token: str | None) -> did.Carried | None:
    """The number of an earlier day on the paper with this code, while there is none of today for it."""
    if token is None or centre.training:
        return None
    code = hashed(token)
    known = (c for c in centre.carried if c.token_sha256 == code and centre.rules.service(c.service))
    return next((c for c in known if f"{c.day}/{c.ticket}" not in centre.fetched), None)


def _exchanged(centre: Centre, old: did.Carried, by: Sender) -> did.TicketIssued:
    """The number of today; the old paper's code is its own from now on."""
    return did.TicketIssued(
        ticket=next_number(centre, old.service),
        service=old.service,
        priority=old.priority,
        source=by.role.value,
        token_sha256=old.token_sha256,
        device=by.device,
        carried=f"{old.day}/{old.ticket}",
    )
