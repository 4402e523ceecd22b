"""`evolve`: what each event does to the state. It judges nothing: the log already happened."""

from collections.abc import Callable
from typing import Any

from moiso.core import events as did
from moiso.core.centre import CALLS_KEPT, Call, Centre, Counter, Order, Ticket, reset_day
from moiso.core.numbering import number_value
from moiso.core.tickets import State, move, move_back
from moiso.core.undo import remember, take_back

#: More than a year of them: the names that a clock a year ahead has used come round again.
LABELS_KEPT = 400
#: Whoever was carried over from the last day stands this long before everybody of this one.
BEFORE_EVERYBODY = 6 * 3600.0


def evolve(centre: Centre, event: did.Event, *, seq: int, at: float, day: str | None) -> None:
    """Apply one event of the log to the state, in place.

    Raises ImpossibleMoveError when the log contradicts the ticket table.
    """
    centre.seq, centre.at = seq, at
    if isinstance(event, did.DayOpened):
        _day_opened(centre, event, day)
        return
    remember(centre, event)
    _EVOLVE[type(event)](centre, event)
    number = getattr(event, "counter", None)
    if number is not None and not isinstance(event, did.CounterIdle):
        counter = centre.counter(number)
        counter.active, counter.idle = at, False
    _note_wanted(centre)
    if centre.alarms:
        centre.alarms = {code: could for code, could in centre.alarms.items() if _alarming(centre, code)}


def _note_wanted(centre: Centre) -> None:
    """Since when people wait for an open counter with nobody there."""
    for counter in centre.counters.values():
        if counter.state != "open" or counter.ticket is not None or not centre.anybody_for(counter):
            counter.wanted = None
        elif counter.wanted is None:
            counter.wanted = centre.at


def _alarming(centre: Centre, code: str) -> bool:
    """Whether people still wait for a service that nobody serves."""
    return centre.waiting(code) > 0 and code not in centre.suspended and not centre.serving(code)


# -- the day and the clock --------------------------------------------------------------------------------------


def _day_opened(centre: Centre, event: did.DayOpened, day: str | None) -> None:
    reset_day(centre, training=event.training)
    centre.day = centre.last_day = day
    centre.opened_at = centre.at
    centre.labels = event.labels if event.training else (*event.labels, day or "")[-LABELS_KEPT:]
    centre.carried = event.carried
    if event.training:
        centre.blocks_ahead = list(event.blocks)
    else:
        centre.blocks, centre.unclaimed, centre.blocks_ahead = list(event.blocks), list(event.blocks), []


def _day_closed(centre: Centre, event: did.DayClosed) -> None:
    centre.day = None
    centre.account = event.account
    centre.deeds.clear()


def _day_reopened(centre: Centre, _event: did.DayReopened) -> None:
    """Whoever expired with the day stands where he stood; who was at a counter may return."""
    centre.day, centre.account, centre.overtime = centre.last_day, None, False
    centre.deeds.clear()
    for ticket in list(centre.tickets.values()):
        if ticket.state is State.EXPIRED and ticket.was is not None:
            centre.change(ticket, state=move_back(ticket.state, ticket.was), was=None, carried=False)


def _day_extended(centre: Centre, _event: did.DayExtended) -> None:
    centre.overtime = True


def _clock_set(centre: Centre, event: did.ClockSet) -> None:
    """Shift every living moment with the clock, so that ages stay what they were."""
    shift = event.shift
    centre.deeds.clear()
    centre.opened_at += shift
    for ticket in centre.tickets.values():
        ticket.order, ticket.pressed = _later(ticket.order, shift), ticket.pressed + shift
        for name in ("called_at", "last_call", "absent_at"):
            setattr(ticket, name, _shifted(getattr(ticket, name), shift))
    for code, line in centre.lines.items():
        centre.lines[code] = sorted((_later(order, shift), number) for order, number in line)
    for counter in centre.counters.values():
        counter.since, counter.wanted = _shifted(counter.since, shift), _shifted(counter.wanted, shift)
        counter.active += shift
    for call in centre.calls:
        call.at += shift
    centre.staffed_until = {code: at + shift for code, at in centre.staffed_until.items()}


def _later(order: Order, shift: float) -> Order:
    return (order[0] + shift, order[1], order[2])


def _shifted(moment: float | None, shift: float) -> float | None:
    return None if moment is None else moment + shift


# -- numbers ----------------------------------------------------------------------------------------------------


def _issued(centre: Centre, event: did.TicketIssued) -> None:
    order = _place(centre, event)
    ticket = Ticket(
        number=event.ticket,
        service=event.service,
        prefix=event.service,
        state=move(None, event),
        order=order,
        pressed=order[0] if event.carried is None else centre.at,
        priority=event.priority,
        device=event.device,
        press=event.press,
        print_at=event.print_at,
        token_sha256=event.token_sha256,
    )
    centre.tickets[event.ticket] = ticket
    centre.note(ticket)
    value = number_value(event.service, event.ticket)
    if value is not None and not centre.band[0] <= value <= centre.band[1]:
        centre.numbering.gave(event.service, value, centre.band)
    if event.press is not None:
        centre.presses[f"{event.device}/{event.press}"] = event.ticket
    if event.carried is not None:
        centre.fetched[event.carried] = event.ticket
    if event.priority and event.carried is None and event.replaces is None:
        _did(centre, event, "priorities")


def _place(centre: Centre, event: did.TicketIssued) -> Order:
    if event.carried is not None:
        rank = [f"{c.day}/{c.ticket}" for c in centre.carried].index(event.carried)
        return (centre.opened_at - BEFORE_EVERYBODY + rank, centre.seq, 0)
    pressed = (centre.at - event.seconds_ago, centre.seq, 0)
    phantom = centre.tickets.get(event.replaces or "")
    # a press that was long on its way to the hub is older than the number that the hub gave it
    return min(pressed, phantom.order) if phantom else pressed


def _block_leased(centre: Centre, event: did.BlockLeased) -> None:
    block = event.block
    (centre.blocks_ahead if event.ahead else centre.blocks).append(block)
    centre.unclaimed = [b for b in centre.unclaimed if (b.kiosk, b.service) != (block.kiosk, block.service)]


def _printed(centre: Centre, event: did.TicketPrinted) -> None:
    ticket = centre.tickets[event.ticket]
    ticket.printed = "printed"
    if event.by != ticket.print_at and any(block.kiosk == event.by for block in centre.blocks):
        ticket.device = event.by  # people typed it in before its kiosk was heard
    if event.press is not None:
        centre.presses[f"{event.by}/{event.press}"] = event.ticket


def _reprinted(centre: Centre, event: did.TicketReprinted) -> None:
    """Whoever prints it speaks of its paper from now on."""
    if event.print_at is not None:
        centre.change(centre.tickets[event.ticket], print_at=event.print_at)


def _print_failed(centre: Centre, event: did.TicketPrintFailed) -> None:
    centre.tickets[event.ticket].printed = "failed"


def _voided(centre: Centre, event: did.TicketVoided) -> None:
    ticket = _move(centre, event, undone=event.reason == "undone" and not event.source)
    _leave_counter(centre, ticket)
    centre.calls = [call for call in centre.calls if call.ticket != ticket.number]
    if event.source:
        _did(centre, event, "voids")


def _expired(centre: Centre, event: did.TicketExpired) -> None:
    _move(centre, event, was=State(event.was), carried=event.carried)


def _priority_granted(centre: Centre, event: did.PriorityGranted) -> None:
    centre.change(centre.tickets[event.ticket], priority=event.priority)
    if event.priority:
        _did(centre, event, "priorities")


def _did(centre: Centre, event: did.Event, what: str) -> None:
    """Count what people may ask about, for the account that did it."""
    done = centre.doings.setdefault(event.by, {})
    done[what] = done.get(what, 0) + 1


# -- at the counter ---------------------------------------------------------------------------------------------


def _called(centre: Centre, event: did.TicketCalled) -> None:
    ticket = _move(
        centre, event,
        counter=event.counter, called_at=centre.at, last_call=centre.at, absent_at=None,
        recalls=0, suspended=False, inferred=False, keeps_place=False,
    )  # fmt: skip
    if event.after_hours:
        centre.change(ticket, late=True)
    counter = _come_to(centre, ticket, event.counter)
    counter.normal_calls = 0 if ticket.favoured else counter.normal_calls + 1
    if event.policy == "out-of-order":
        _did(centre, event, "out_of_order")
    _show(centre, ticket, recall=0)


def _recalled(centre: Centre, event: did.TicketRecalled) -> None:
    _show(centre, _move(centre, event, recalls=event.recall, last_call=centre.at), recall=event.recall)


def _started(centre: Centre, event: did.ServiceStarted) -> None:
    ticket = _move(centre, event)
    centre.counter(event.counter).since = centre.at
    cap = _cap(centre, ticket.service)
    if event.dossiers is not None and cap is not None:
        ticket.left = max(0, event.dossiers - cap)


def _finished(centre: Centre, event: did.ServiceFinished) -> None:
    _leave_counter(centre, _move(centre, event, inferred=event.inferred, outcome=event.outcome))


def _missed(centre: Centre, event: did.TicketMissed) -> None:
    keeps = event.keeps_place or event.inferred
    _leave_counter(centre, _move(centre, event, keeps_place=keeps, absent_at=centre.at))


def _held(centre: Centre, event: did.TicketHeld) -> None:
    _leave_counter(centre, _move(centre, event, suspended=event.reason == "suspended"))


def _resumed(centre: Centre, event: did.TicketResumed) -> None:
    _come_to(centre, _move(centre, event, counter=event.counter, suspended=False), event.counter)


def _transferred(centre: Centre, event: did.TicketTransferred) -> None:
    ticket = _move(centre, event, service=event.service, for_counter=event.to_counter, left=event.left)
    _leave_counter(centre, ticket)
    if event.reason == "more-dossiers":
        centre.change(ticket, order=(centre.at, centre.seq, 0), turns=ticket.turns + 1)


def _returned(centre: Centre, event: did.TicketReturned) -> None:
    ticket = _move(
        centre, event, inferred=False, keeps_place=False, absent_at=None, suspended=False, outcome=None, undone=False
    )
    if event.after is not None:
        moment, seq, _ = centre.tickets[event.after].order
        behind = (moment, seq, centre.seq)
        centre.change(ticket, order=max(ticket.order, behind))


def _served_offline(centre: Centre, event: did.TicketServedOffline) -> None:
    """Only people's word says so: whoever stands there all the same may return."""
    _move(centre, event, keeps_place=True)


def _opened(centre: Centre, event: did.CounterOpened) -> None:
    centre.counter(event.counter).state = "open"


def _paused(centre: Centre, event: did.CounterPaused) -> None:
    _withdraw(centre, event.counter, "paused")


def _closed(centre: Centre, event: did.CounterClosed) -> None:
    _withdraw(centre, event.counter, "closed")


def _withdraw(centre: Centre, number: int, state: str) -> None:
    counter = centre.counter(number)
    _unstaff(centre, counter, counter.services)
    counter.state = state


def _idle(centre: Centre, event: did.CounterIdle) -> None:
    centre.counter(event.counter).idle = True


def _assigned(centre: Centre, event: did.ServicesAssigned) -> None:
    counter = centre.counter(event.counter)
    _unstaff(centre, counter, tuple(code for code in counter.services if code not in event.services))
    counter.services = event.services
    if event.half is not None or event.who is not None:
        counter.half, counter.who = event.half or counter.half, event.who


def _unstaff(centre: Centre, counter: Counter, services: tuple[str, ...]) -> None:
    """The counter leaves these services: from now on they may be without anybody."""
    if counter.state == "open":
        centre.staffed_until.update(dict.fromkeys(services, centre.at))


# -- services and notices ---------------------------------------------------------------------------------------


def _suspended(centre: Centre, event: did.ServiceSuspended) -> None:
    centre.suspended.append(event.service)


def _restored(centre: Centre, event: did.ServiceRestored) -> None:
    centre.suspended.remove(event.service)


def _unstaffed(centre: Centre, event: did.ServiceUnstaffed) -> None:
    centre.alarms[event.service] = event.counters


def _notice(centre: Centre, event: did.NoticePosted) -> None:
    centre.notices = [event.text] if event.text else []


# -- moving people ----------------------------------------------------------------------------------------------


def _move(centre: Centre, event: Any, **fields: Any) -> Ticket:
    """Take the ticket along the table; lines and tallies follow."""
    ticket = centre.tickets[event.ticket]
    centre.change(ticket, state=move(ticket.state, event), **fields)
    return ticket


def _come_to(centre: Centre, ticket: Ticket, number: int) -> Counter:
    counter = centre.counter(number)
    counter.ticket, counter.since = ticket.number, centre.at
    return counter


def _leave_counter(centre: Centre, ticket: Ticket) -> None:
    if ticket.counter is not None:
        counter = centre.counter(ticket.counter)
        counter.ticket, counter.since = None, None
        ticket.counter = None


def _cap(centre: Centre, code: str) -> int | None:
    service = centre.rules.service(code)
    return None if service is None else service.cap


def _show(centre: Centre, ticket: Ticket, *, recall: int) -> None:
    """Put a call on top of the wall's list; one line a ticket."""
    assert ticket.counter is not None
    call = Call(
        ticket=ticket.number,
        counter=ticket.counter,
        at=centre.at,
        seq=centre.seq,
        recall=recall,
        priority=ticket.priority,
    )
    others = [c for c in centre.calls if c.ticket != ticket.number]
    centre.calls = [call, *others][:CALLS_KEPT]


_EVOLVE: dict[type[did.Event], Callable[[Centre, Any], None]] = {
    did.DayReopened: _day_reopened,
    did.DayExtended: _day_extended,
    did.DayClosed: _day_closed,
    did.ClockSet: _clock_set,
    did.TicketIssued: _issued,
    did.TicketPrinted: _printed,
    did.TicketPrintFailed: _print_failed,
    did.TicketReprinted: _reprinted,
    did.BlockLeased: _block_leased,
    did.TicketCalled: _called,
    did.TicketRecalled: _recalled,
    did.ServiceStarted: _started,
    did.ServiceFinished: _finished,
    did.TicketMissed: _missed,
    did.TicketHeld: _held,
    did.TicketResumed: _resumed,
    did.TicketTransferred: _transferred,
    did.TicketReturned: _returned,
    did.TicketServedOffline: _served_offline,
    did.PriorityGranted: _priority_granted,
    did.TicketVoided: _voided,
    did.TicketExpired: _expired,
    did.ActionUndone: take_back,
    did.CounterOpened: _opened,
    did.CounterPaused: _paused,
    did.CounterClosed: _closed,
    did.CounterIdle: _idle,
    did.ServicesAssigned: _assigned,
    did.ServiceSuspended: _suspended,
    did.ServiceRestored: _restored,
    did.ServiceUnstaffed: _unstaffed,
    did.NoticePosted: _notice,
}
