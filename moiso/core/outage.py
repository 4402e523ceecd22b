"""Handlers: what happens when something failed. Off-line numbers, paper numbers, ranges, suspended services. Pure."""

from collections.abc import Iterable, Iterator

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import (
    FARTHEST,
    Case,
    Events,
    Rejected,
    hashed,
    may_grant,
    not_ended,
    number_range,
    own_ticket,
    service_of,
)
from moiso.core.centre import Centre, Ticket
from moiso.core.day import NIGHT, Calendar
from moiso.core.desk import held
from moiso.core.numbering import number_value, ticket_number
from moiso.core.roles import Role
from moiso.core.rules import Service
from moiso.core.tickets import FINAL, State

#: Whoever stands nowhere near a counter: a range may end or void these.
_AWAY = frozenset({State.WAITING, State.HELD, State.ABSENT})
#: How far before its successor a number typed in late is put, seconds.
JUST_BEFORE = 0.001


# -- numbers given without the hub ------------------------------------------------------------------------------


def issued_offline(case: Case, command: ask.RecordOffline) -> Events:
    """Numbers that a kiosk gave from its block, or people on paper."""
    centre = case.centre
    service = service_of(centre, command.service)
    if command.day not in {None, centre.day}:
        raise Rejected("other-day", ticket=command.ticket, day=command.day)
    if case.by.role is not Role.KIOSK:
        return _typed_in(case, command, service)
    known = centre.live(command.ticket)
    if known is not None:
        return _known_offline(case, command, known)
    _of_this_day(case, command)
    phantom = centre.live(centre.presses.get(f"{case.by.device}/{case.by.press}", ""))
    issued = did.TicketIssued(
        ticket=command.ticket,
        service=command.service,
        priority=command.priority,
        source=case.by.role.value,
        offline=True,
        token_sha256=hashed(command.token),
        device=case.by.device,
        seconds_ago=command.seconds_ago or 0.0,
        replaces=phantom.number if phantom else None,
    )
    return [issued, did.TicketPrinted(ticket=command.ticket), *_take_over(phantom, issued)]


def _of_this_day(case: Case, command: ask.RecordOffline) -> None:
    """Nothing, when this is a number of the kiosk's own that was given in the open day. Raises Rejected."""
    centre, kiosk = case.centre, case.by.device
    mine = _lent_to(centre.blocks, command, kiosk)
    if not mine and _lent_to(centre.blocks_ahead, command, kiosk):
        raise Rejected("day-ahead", ticket=command.ticket)
    if not mine:
        raise Rejected("not-your-number", ticket=command.ticket)
    if command.day is None and not _surely_today(case, command, older=mine[0].older):
        raise Rejected("earlier-day", ticket=command.ticket)


def _surely_today(case: Case, command: ask.RecordOffline, *, older: bool) -> bool:
    """Whether the press was in the open day, or in the morning before it was opened.

    Of a block that several days may have used nothing is sure without the moment of the press.
    """
    if command.seconds_ago is None or command.at_least:
        return not older
    pressed, opened = case.now - command.seconds_ago, case.centre.opened_at
    if pressed >= opened:
        return True
    if not case.trusted:
        return opened - pressed < NIGHT
    calendar = Calendar(zone=case.centre.rules.timetable.zone)
    return calendar.date_of(pressed) == calendar.date_of(opened)


def _known_offline(case: Case, command: ask.RecordOffline, known: Ticket) -> Events:
    """The same press again, or a number that people have typed in before its kiosk was heard."""
    given = case.centre.live(case.centre.presses.get(f"{case.by.device}/{case.by.press}", ""))
    if given is known:
        return []
    typed = known.device != case.by.device and _leased(case.centre, command.service, command.ticket, case.by.device)
    if not typed:
        raise Rejected("number-used", ticket=command.ticket)
    phantom = [] if given is None else list(_replaced(given))
    return [*phantom, *_given_after_all(known, Role.KIOSK.value), did.TicketPrinted(ticket=known.number)]


def _given_after_all(ticket: Ticket, source: str) -> Events:
    """A number that was typed in and taken back turns out to be in somebody's hand."""
    if not ticket.undone:
        return []
    return [did.TicketReturned(ticket=ticket.number, service=ticket.service, source=source)]


def _replaced(phantom: Ticket) -> Iterator[did.Event]:
    """The number that nobody holds is void, unless it has its end already."""
    if phantom.state not in FINAL:
        yield did.TicketVoided(ticket=phantom.number, reason="replaced")


def _take_over(phantom: Ticket | None, issued: did.TicketIssued) -> Iterator[did.Event]:
    """The printed number steps into the phantom's place, at the counter too; the phantom is voided."""
    if phantom is None or phantom.state in FINAL:
        return
    yield from _replaced(phantom)
    if phantom.counter is None:
        return
    yield did.TicketCalled(
        ticket=issued.ticket,
        counter=phantom.counter,
        service=issued.service,
        policy="replaces",
        priority=issued.priority,
    )
    if phantom.state is State.SERVING:
        yield did.ServiceStarted(ticket=issued.ticket, counter=phantom.counter)


def _leased(centre: Centre, service: str, number: str, kiosk: str | None) -> bool:
    """Whether the number lies in a block of today lent to this kiosk, or (None) to any."""
    value = number_value(service, number)
    blocks = [b for b in centre.blocks if b.service == service and kiosk in {None, b.kiosk}]
    return value is not None and any(block.first <= value <= block.last for block in blocks)


def _lent_to(blocks: list[did.Block], command: ask.RecordOffline, kiosk: str) -> list[did.Block]:
    """The block of this kiosk in which the number lies, if there is one."""
    value = number_value(command.service, command.ticket) or 0
    return [b for b in blocks if (b.kiosk, b.service) == (kiosk, command.service) and b.first <= value <= b.last]


# -- numbers on paper -------------------------------------------------------------------------------------------


def _typed_in(case: Case, command: ask.RecordOffline, service: Service) -> Events:
    """Numbers given on paper take their place, each with its paper in the visitor's hand."""
    prefix, numbers = number_range(case.centre, command.ticket, command.to)
    if prefix.code != service.code:
        raise Rejected("bad-range", ticket=command.ticket, to=command.to or command.ticket)
    for number in numbers:
        known = case.centre.live(number)
        if known is not None and not known.undone:
            raise Rejected("number-used", ticket=number)
    if command.priority:
        may_grant(case.centre, case.by)
    return list(_on_paper(case, service, numbers, seconds_ago=command.seconds_ago, priority=command.priority))


def _on_paper(
    case: Case, service: Service, numbers: list[str], *, seconds_ago: float | None = None, priority: bool = False
) -> Iterator[did.Event]:
    for number in numbers:
        known = case.centre.live(number)
        if known is not None:
            yield from _given_after_all(known, "paper")
            continue
        _may_be_paper(case.centre, service, number)
        yield did.TicketIssued(
            ticket=number,
            service=service.code,
            priority=priority,
            source="paper",
            offline=True,
            device=case.by.device,
            seconds_ago=_age(case, service, number) if seconds_ago is None else seconds_ago,
        )
        yield did.TicketPrinted(ticket=number)


def _may_be_paper(centre: Centre, service: Service, number: str) -> None:
    """A number typed in is one that could have been given: none of the machines' own, none far ahead."""
    value = number_value(service.code, number) or 0
    if centre.band[0] <= value <= centre.band[1]:
        if not _leased(centre, service.code, number, None):
            raise Rejected("reserved-number", ticket=number)
    elif value > centre.numbering.last(service.code) + FARTHEST or value <= centre.numbering.base:
        raise Rejected("number-too-high", ticket=number, last=centre.numbering.last(service.code))


def _age(case: Case, service: Service, number: str) -> float:
    """Seconds ago that put a paper number just before the first later one; 0 when there is none."""
    centre = case.centre
    value = number_value(service.code, number) or 0
    later = [n for t in centre.tickets.values() if (n := number_value(service.code, t.number)) and n > value]
    first = min((n for n in later if not centre.band[0] <= n <= centre.band[1]), default=None)
    if first is None:
        return 0.0
    return max(0.0, case.now - centre.tickets[ticket_number(service.code, first)].pressed + JUST_BEFORE)


# -- ranges -----------------------------------------------------------------------------------------------------


def served_offline(case: Case, command: ask.ServedOffline) -> Events:
    """These were served while nothing worked; whoever stands at a counter or has an end is left alone."""
    service, numbers = number_range(case.centre, command.ticket, command.to)
    events: Events = []
    for number in numbers:
        ticket = case.centre.live(number)
        if ticket is None or ticket.undone:
            events += _on_paper(case, service, [number])
        if ticket is None or ticket.undone or ticket.state in _AWAY:
            code = service.code if ticket is None else ticket.service
            events.append(did.TicketServedOffline(ticket=number, service=code))
    return _something(events, command.ticket, command.to)


def void(case: Case, command: ask.VoidTicket) -> Events:
    """A number out of the day; of a range everybody who is not at a counter."""
    if command.to is None:
        return [_voided(case, not_ended(own_ticket(case.centre, command.ticket, case.by)), command.reason)]
    if case.by.role is Role.KIOSK:
        raise Rejected("not-your-number", ticket=command.ticket)
    _, numbers = number_range(case.centre, command.ticket, command.to)
    known = (case.centre.live(number) for number in numbers)
    voided = [_voided(case, t, command.reason) for t in known if t is not None and t.state in _AWAY]
    return _something(voided, command.ticket, command.to)


def _voided(case: Case, ticket: Ticket, reason: str) -> did.TicketVoided:
    return did.TicketVoided(ticket=ticket.number, reason=reason, source=case.by.role.value)


def _something(events: Iterable[did.Event], first: str, last: str | None) -> Events:
    found = list(events)
    if not found:
        raise Rejected("nothing-in-range", ticket=first, to=last or first)
    return found


# -- suspended services -----------------------------------------------------------------------------------------


def suspend(case: Case, command: ask.SuspendService) -> Events:
    """The service cannot be given now: whoever is served for it is held with the place."""
    service = service_of(case.centre, command.service).code
    if service in case.centre.suspended:
        return []
    events: Events = [did.ServiceSuspended(service=service, reason=command.reason)]
    for counter in case.centre.counters.values():
        ticket = case.centre.live(counter.ticket or "")
        if ticket is not None and ticket.service == service:
            events.append(held(ticket, counter.number, "suspended"))
    return events


def restore(case: Case, command: ask.RestoreService) -> Events:
    """The service can be given again: whoever it was taken from waits at the original place."""
    service = service_of(case.centre, command.service).code
    if service not in case.centre.suspended:
        return []
    held_then = [t for n in case.centre.held if (t := case.centre.tickets[n]).suspended and t.service == service]
    back = [did.TicketReturned(ticket=t.number, service=service) for t in held_then]
    return [did.ServiceRestored(service=service), *back]
