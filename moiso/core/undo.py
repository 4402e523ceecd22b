"""Taking back: what a command changed is remembered as it stood before, until something else touches it.

Per counter only its last command is remembered; under 0 the last range that a person typed in or voided.
"""

from msgspec.structs import replace

from moiso.core import events as did
from moiso.core.centre import CALLS_KEPT, Centre, Deed, Ticket
from moiso.core.tickets import State, move_back

#: Under what the last range is remembered.
RANGE = 0
#: What these say of a ticket takes nobody's place.
_HARMLESS = (did.TicketPrinted, did.TicketPrintFailed, did.TicketReprinted, did.ActionUndone)
#: What became of the paper stays so, whatever is taken back.
_PAPER = frozenset({"printed", "print_at"})
#: Ranges that a person typed: they can be taken back by their press.
_RANGES = (did.TicketIssued, did.TicketReturned, did.TicketServedOffline, did.TicketVoided)


def remember(centre: Centre, event: did.Event) -> None:
    """Before `event` changes anything: note what its own command may want back, forget what it spoils for others."""
    if isinstance(event, _HARMLESS):
        _make_final(centre, event)
        return
    ticket = centre.tickets.get(getattr(event, "ticket", ""))
    counter = getattr(event, "counter", None)
    named = {getattr(event, "ticket", None), getattr(event, "replaces", None)}
    places = {place for place in (counter, ticket.counter if ticket else None) if place is not None}
    for key, deed in list(centre.deeds.items()):
        alone = named.isdisjoint(deed.tickets) and named.isdisjoint(deed.issued) and places.isdisjoint(deed.desks)
        if not alone and deed.seqs[0] != event.deed:
            del centre.deeds[key]
    if isinstance(event, did.ServiceSuspended):
        _forget_service(centre, event.service)
    deed_now = _deed_of(centre, event, counter)
    if deed_now is not None:
        _note(centre, deed_now, event, ticket, places)


def _make_final(centre: Centre, event: did.Event) -> None:
    """A kiosk reports a number that people had typed in: neither that nor what its press was given is taken back."""
    if not isinstance(event, did.TicketPrinted) or _is_its_kiosk(centre.tickets[event.ticket], event.by):
        return
    given = centre.presses.get(f"{event.by}/{event.press}")
    for key, deed in list(centre.deeds.items()):
        about = {event.ticket, given} & {*deed.tickets, *deed.issued}
        if about and deed.seqs[0] != event.deed:
            del centre.deeds[key]


def _is_its_kiosk(ticket: Ticket, device: str) -> bool:
    return device in {ticket.device, ticket.print_at}


def _forget_service(centre: Centre, service: str) -> None:
    """Nobody comes back to a counter that cannot serve him any more."""
    for key, deed in list(centre.deeds.items()):
        if any(ticket.service == service and ticket.counter is not None for ticket in deed.tickets.values()):
            del centre.deeds[key]


def _deed_of(centre: Centre, event: did.Event, counter: int | None) -> Deed | None:
    """The deed that this event belongs to; a command's first event begins one when it can be taken back at all."""
    if not event.deed:
        return None
    if event.deed != centre.seq:
        return next((deed for deed in centre.deeds.values() if deed.seqs[0] == event.deed), None)
    if counter is not None and not isinstance(event, did.CounterIdle):
        centre.deeds[counter] = Deed(counter=counter, press=event.press, at=centre.at, seqs=[])
        return centre.deeds[counter]
    if isinstance(event, _RANGES) and _by_a_person(event):
        centre.deeds[RANGE] = Deed(counter=None, press=event.press, at=centre.at, seqs=[])
        return centre.deeds[RANGE]
    return None


def _by_a_person(event: did.Event) -> bool:
    if isinstance(event, did.TicketIssued | did.TicketReturned):
        return event.source == "paper"
    return not (isinstance(event, did.TicketVoided) and event.source in {"", "kiosk"})


def _note(centre: Centre, deed: Deed, event: did.Event, ticket: Ticket | None, places: set[int]) -> None:
    deed.seqs.append(centre.seq)
    for number in places - deed.desks.keys():
        deed.desks[number] = replace(centre.counter(number))
    if isinstance(event, did.TicketIssued | did.TicketReturned) and (ticket is None or ticket.undone):
        deed.issued.append(event.ticket)
    elif ticket is not None and ticket.number not in deed.tickets:
        deed.tickets[ticket.number] = replace(ticket)
        deed.calls += [call for call in centre.calls if call.ticket == ticket.number]


def undoing(centre: Centre, key: int) -> list[did.Event]:
    """The events that take a remembered deed back; numbers that it gave are void afterwards."""
    deed = centre.deeds[key]
    standing = tuple(_standing(centre, before) for before in deed.tickets.values())
    undone = did.ActionUndone(counter=deed.counter, undone=tuple(deed.seqs), tickets=standing)
    return [undone, *(did.TicketVoided(ticket=number, reason="undone") for number in deed.issued)]


def _standing(centre: Centre, before: Ticket) -> did.Standing:
    return did.Standing(
        ticket=before.number,
        was=centre.tickets[before.number].state,
        state=before.state,
        service=before.service,
        counter=before.counter,
    )


def take_back(centre: Centre, event: did.ActionUndone) -> None:
    """Everybody and every counter stand where they stood before the deed."""
    deed = centre.deeds.pop(RANGE if event.counter is None else event.counter)
    for number, before in deed.tickets.items():
        _put_back(centre, centre.tickets[number], before)
    for place, desk in deed.desks.items():
        centre.counters[place] = replace(desk, active=centre.at, idle=False)
    centre.calls = [call for call in centre.calls if call.ticket not in deed.tickets]
    centre.calls = sorted([*centre.calls, *deed.calls], key=lambda call: -call.seq)[:CALLS_KEPT]


def _put_back(centre: Centre, ticket: Ticket, before: Ticket) -> None:
    fields = {name: getattr(before, name) for name in before.__struct_fields__ if name not in _PAPER}
    centre.change(ticket, **{**fields, "state": move_back(ticket.state, State(before.state))})
