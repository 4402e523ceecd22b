"""`evolve`: what each event does to the state. It judges nothing: the log already happened."""

from collections.abc import Callable
from typing import Any

from moiso.core.centre import Call, Centre, Ticket, reset_day
from moiso.core.events import (
    BlockLeased,
    ClockSet,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    DayClosed,
    DayOpened,
    Event,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketExpired,
    TicketIssued,
    TicketMissed,
    TicketPrinted,
    TicketPrintFailed,
    TicketRecalled,
    TicketVoided,
)
from moiso.core.numbering import number_value
from moiso.core.tickets import State, move

CALLS_KEPT = 12
#: More than a year of them: the names that a clock a year ahead has used come round again.
LABELS_KEPT = 400


def evolve(centre: Centre, event: Event, *, seq: int, at: float, day: str | None) -> None:
    """Apply one event of the log to the state, in place.

    Raises ImpossibleMoveError when the log contradicts the ticket table.
    """
    centre.seq, centre.at = seq, at
    if isinstance(event, DayOpened):
        _day_opened(centre, event, day)
    else:
        _EVOLVE[type(event)](centre, event)


def _day_opened(centre: Centre, event: DayOpened, day: str | None) -> None:
    reset_day(centre)
    centre.day = centre.last_day = day
    centre.labels = (*event.labels, day or "")[-LABELS_KEPT:]
    centre.blocks, centre.blocks_ahead = list(event.blocks), []
    for block in event.blocks:
        _remember_lease(centre, block.service, block.last)


def _day_closed(centre: Centre, event: DayClosed) -> None:
    centre.day = None
    centre.account = event.account


def _clock_set(centre: Centre, event: ClockSet) -> None:
    """Shift every living moment with the clock, so that ages stay what they were."""
    for ticket in centre.tickets.values():
        ticket.order = (ticket.order[0] + event.shift, ticket.order[1])
        ticket.called_at = _shifted(ticket.called_at, event.shift)
        ticket.started_at = _shifted(ticket.started_at, event.shift)
    for code, line in centre.lines.items():
        centre.lines[code] = sorted(((pressed + event.shift, seq), number) for (pressed, seq), number in line)
    for counter in centre.counters.values():
        counter.since = _shifted(counter.since, event.shift)
    for call in centre.calls:
        call.at += event.shift


def _shifted(moment: float | None, shift: float) -> float | None:
    return None if moment is None else moment + shift


def _issued(centre: Centre, event: TicketIssued) -> None:
    ticket = Ticket(
        number=event.ticket,
        service=event.service,
        state=move(None, event),
        order=_place(centre, event),
        priority=event.priority,
        device=event.device,
        press=event.press,
    )
    centre.tickets[event.ticket] = ticket
    centre.enter_line(ticket)
    centre.count(ticket.state, 1)
    _remember_number(centre, event)
    if event.press is not None:
        centre.presses[f"{event.device}/{event.press}"] = event.ticket


def _place(centre: Centre, event: TicketIssued) -> tuple[float, int]:
    phantom = centre.tickets.get(event.replaces or "")
    return phantom.order if phantom else (centre.at - event.seconds_ago, centre.seq)


def _remember_number(centre: Centre, event: TicketIssued) -> None:
    value = number_value(event.service, event.ticket)
    if value is not None and not event.offline:
        centre.numbering.online[event.service] = value


def _block_leased(centre: Centre, event: BlockLeased) -> None:
    if event.ahead:
        centre.blocks_ahead.append(event.block)
    else:
        centre.blocks.append(event.block)
        _remember_lease(centre, event.block.service, event.block.last)


def _remember_lease(centre: Centre, service: str, last: int) -> None:
    centre.numbering.leased[service] = max(last, centre.numbering.leased.get(service, 0))


def _printed(centre: Centre, event: TicketPrinted) -> None:
    centre.tickets[event.ticket].printed = "printed"


def _print_failed(centre: Centre, event: TicketPrintFailed) -> None:
    centre.tickets[event.ticket].printed = "failed"


def _called(centre: Centre, event: TicketCalled) -> None:
    ticket = _move(centre, event)
    ticket.counter, ticket.called_at, ticket.started_at, ticket.recalls = event.counter, centre.at, None, 0
    counter = centre.counter(event.counter)
    counter.ticket, counter.since = ticket.number, centre.at
    counter.normal_calls = 0 if ticket.priority else counter.normal_calls + 1
    _show(centre, ticket, recall=0)


def _recalled(centre: Centre, event: TicketRecalled) -> None:
    ticket = _move(centre, event)
    ticket.recalls = event.recall
    _show(centre, ticket, recall=event.recall)


def _started(centre: Centre, event: ServiceStarted) -> None:
    ticket = _move(centre, event)
    ticket.started_at = centre.at
    centre.counter(event.counter).since = centre.at


def _finished(centre: Centre, event: ServiceFinished) -> None:
    _leave_counter(centre, _move(centre, event))
    centre.inferred += event.inferred


def _missed(centre: Centre, event: TicketMissed) -> None:
    _leave_counter(centre, _move(centre, event))


def _voided(centre: Centre, event: TicketVoided) -> None:
    ticket = _move(centre, event)
    if ticket.counter is not None:
        _leave_counter(centre, ticket)
    centre.calls = [call for call in centre.calls if call.ticket != ticket.number]


def _expired(centre: Centre, event: TicketExpired) -> None:
    _move(centre, event)
    if event.was == State.ABSENT:
        centre.count("expired-absent", 1)


def _opened(centre: Centre, event: CounterOpened) -> None:
    centre.counter(event.counter).state = "open"


def _paused(centre: Centre, event: CounterPaused) -> None:
    centre.counter(event.counter).state = "paused"


def _closed(centre: Centre, event: CounterClosed) -> None:
    centre.counter(event.counter).state = "closed"


def _move(centre: Centre, event: Any) -> Ticket:
    """Take the ticket along the table; lines and tallies follow."""
    ticket = centre.tickets[event.ticket]
    before, ticket.state = ticket.state, move(ticket.state, event)
    if before is State.WAITING and ticket.state is not State.WAITING:
        centre.leave_line(ticket)
    centre.count(before, -1)
    centre.count(ticket.state, 1)
    return ticket


def _leave_counter(centre: Centre, ticket: Ticket) -> None:
    assert ticket.counter is not None
    counter = centre.counter(ticket.counter)
    counter.ticket, counter.since = None, None
    ticket.counter = None


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


_EVOLVE: dict[type[Event], Callable[[Centre, Any], None]] = {
    DayClosed: _day_closed,
    ClockSet: _clock_set,
    TicketIssued: _issued,
    TicketPrinted: _printed,
    TicketPrintFailed: _print_failed,
    BlockLeased: _block_leased,
    TicketCalled: _called,
    TicketRecalled: _recalled,
    ServiceStarted: _started,
    ServiceFinished: _finished,
    TicketMissed: _missed,
    TicketVoided: _voided,
    TicketExpired: _expired,
    CounterOpened: _opened,
    CounterPaused: _paused,
    CounterClosed: _closed,
}
