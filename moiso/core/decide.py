"""`decide`: a command and the state give the events, or a rejection and no change.

`DECIDE` at the foot lists every handler. A handler reads the state and never writes it.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from msgspec import UNSET

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.centre import Centre, Counter, Ticket, unfinished
from moiso.core.numbering import next_block, next_online, number_value, ticket_number
from moiso.core.policy import choose
from moiso.core.roles import Role, Sender
from moiso.core.tickets import AT_COUNTER, FINAL, State


class Rejected(Exception):  # noqa: N818  it is an answer, not a fault
    """The command is not allowed now; `reason` is its code, `params` fill the sentence people read."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


Events = list[did.Event]


def decide(centre: Centre, command: ask.Command, by: Sender, now: float) -> Events:
    """The events that this command brings about at `now` (seconds since 1970).

    Raises Rejected; then nothing may change.
    """
    if centre.day is None and not isinstance(command, ask.LeaseBlock | ask.OpenDay):
        raise Rejected("day-closed")
    return _DECIDE[type(command)](centre, command, by, now)


# -- kiosk and greeter ----------------------------------------------------------------------------------------


def _issue(centre: Centre, command: ask.IssueTicket, by: Sender, _now: float) -> Events:
    _known_service(centre, command.service)
    if _ticket_of_press(centre, by):
        return []
    value = next_online(centre.numbering, command.service, centre.rules.band)
    event = did.TicketIssued(
        ticket=ticket_number(command.service, value),
        service=command.service,
        priority=command.priority,
        source=by.role.value,
        token_sha256=_hashed(command.token),
        device=by.device,
        press=by.press,
    )
    return [event]


def _printed(centre: Centre, command: ask.ConfirmPrint, by: Sender, _now: float) -> Events:
    ticket = _own_ticket(centre, command.ticket, by)
    return [] if ticket.printed == "printed" else [did.TicketPrinted(ticket=ticket.number)]


def _print_failed(centre: Centre, command: ask.ReportPrintFailure, by: Sender, _now: float) -> Events:
    ticket = _own_ticket(centre, command.ticket, by)
    return [did.TicketPrintFailed(ticket=ticket.number, reason=command.reason)]


def _lease(centre: Centre, command: ask.LeaseBlock, by: Sender, _now: float) -> Events:
    _known_service(centre, command.service)
    ahead = command.day == "next"
    if not ahead and centre.day is None:
        raise Rejected("day-closed")
    span = _free_span(centre, command.service, ahead=ahead)
    if span is None:
        raise Rejected("no-numbers-left", service=command.service)
    block = did.Block(by.device, command.service, *span)
    return [did.BlockLeased(block=block, ahead=ahead)]


def _free_span(centre: Centre, service: str, *, ahead: bool) -> tuple[int, int] | None:
    rules = centre.rules
    if not ahead:
        return next_block(centre.numbering, service, rules.band, rules.block)
    lent = [block.last for block in centre.blocks_ahead if block.service == service]
    first = max(lent, default=rules.band[0] - 1) + 1
    last = min(first + rules.block - 1, rules.band[1])
    return (first, last) if first <= last else None


def _issued_offline(centre: Centre, command: ask.RecordOffline, by: Sender, _now: float) -> Events:
    _known_service(centre, command.service)
    if command.day not in {None, centre.day}:
        raise Rejected("other-day", ticket=command.ticket, day=command.day)
    known = centre.live(command.ticket)
    if known is not None:
        if known.press == by.press and known.device == by.device:
            return []
        raise Rejected("number-used", ticket=command.ticket)
    if not _leased_to(centre, command, by.device):
        raise Rejected("not-your-number", ticket=command.ticket)
    phantom = _phantom(centre, by)
    issued = did.TicketIssued(
        ticket=command.ticket,
        service=command.service,
        priority=command.priority,
        source=by.role.value,
        offline=True,
        token_sha256=_hashed(command.token),
        device=by.device,
        press=by.press,
        seconds_ago=command.seconds_ago,
        replaces=phantom.number if phantom else None,
    )
    return [issued, did.TicketPrinted(ticket=command.ticket), *_take_over(phantom, issued)]


def _take_over(phantom: Ticket | None, issued: did.TicketIssued) -> Iterator[did.Event]:
    """The printed number steps into the phantom's place, at the counter too; the phantom is voided."""
    if phantom is None or phantom.state in FINAL:
        return
    yield did.TicketVoided(ticket=phantom.number, reason="replaced")
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


def _void(centre: Centre, command: ask.VoidTicket, by: Sender, _now: float) -> Events:
    ticket = _own_ticket(centre, command.ticket, by)
    if ticket.state in FINAL:
        raise Rejected("ticket-ended", ticket=ticket.number, state=ticket.state.value)
    return [did.TicketVoided(ticket=ticket.number, reason=command.reason)]


# -- counter --------------------------------------------------------------------------------------------------


def _next(centre: Centre, command: ask.CallNext, by: Sender, now: float) -> Events:
    counter = _counter(centre, by)
    _not_stale(counter, command)
    choice = choose(centre, counter, now)
    events = [*_open_if_needed(counter), *_clear(centre, counter, now)]
    if choice is not None:
        events.append(_call_event(choice.ticket, counter, choice.policy))
    return events


def _call(centre: Centre, command: ask.CallTicket, by: Sender, now: float) -> Events:
    counter = _counter(centre, by)
    ticket = _ticket(centre, command.ticket)
    if ticket.counter == counter.number:
        raise Rejected("already-here", ticket=ticket.number)
    if ticket.state not in {State.WAITING, State.ABSENT}:
        raise Rejected("not-callable", ticket=ticket.number, state=ticket.state.value)
    return [*_open_if_needed(counter), *_clear(centre, counter, now), _call_event(ticket, counter, "by-number")]


def _recall(centre: Centre, _command: ask.RecallTicket, by: Sender, _now: float) -> Events:
    ticket = _at_counter(centre, by, State.CALLED)
    return [did.TicketRecalled(ticket=ticket.number, counter=_counter(centre, by).number, recall=ticket.recalls + 1)]


def _start(centre: Centre, _command: ask.StartService, by: Sender, _now: float) -> Events:
    ticket = _at_counter(centre, by, State.CALLED)
    return [did.ServiceStarted(ticket=ticket.number, counter=_counter(centre, by).number)]


def _finish(centre: Centre, _command: ask.FinishService, by: Sender, _now: float) -> Events:
    ticket = _at_counter(centre, by, State.CALLED, State.SERVING)
    return [did.ServiceFinished(ticket=ticket.number, counter=_counter(centre, by).number)]


def _no_show(centre: Centre, command: ask.MarkAbsent, by: Sender, _now: float) -> Events:
    ticket = _at_counter(centre, by, State.CALLED)
    _not_stale(_counter(centre, by), command)
    return [did.TicketMissed(ticket=ticket.number, counter=_counter(centre, by).number)]


def _open(centre: Centre, _command: ask.OpenCounter, by: Sender, _now: float) -> Events:
    return _open_if_needed(_counter(centre, by))


def _pause(centre: Centre, command: ask.PauseCounter, by: Sender, now: float) -> Events:
    counter = _counter(centre, by)
    if counter.state == "closed":
        raise Rejected("counter-closed", counter=counter.label)
    if counter.state == "paused":
        return []
    return [*_clear(centre, counter, now), did.CounterPaused(counter=counter.number, reason=command.reason)]


def _close(centre: Centre, _command: ask.CloseCounter, by: Sender, now: float) -> Events:
    counter = _counter(centre, by)
    if counter.state == "closed":
        return []
    return [*_clear(centre, counter, now), did.CounterClosed(counter=counter.number)]


def _open_if_needed(counter: Counter) -> Events:
    return [] if counter.state == "open" else [did.CounterOpened(counter=counter.number)]


def _clear(centre: Centre, counter: Counter, now: float) -> Events:
    """Whoever stands at the counter leaves it: served, or absent when never started and gone too soon."""
    if counter.ticket is None:
        return []
    ticket = centre.tickets[counter.ticket]
    if ticket.state is State.SERVING:
        return [did.ServiceFinished(ticket=ticket.number, counter=counter.number)]
    stayed = now - (ticket.called_at or now)
    ended = did.TicketMissed if stayed < centre.rules.inferred_service else did.ServiceFinished
    return [ended(ticket=ticket.number, counter=counter.number, inferred=True)]


def _call_event(ticket: Ticket, counter: Counter, policy: str) -> did.TicketCalled:
    return did.TicketCalled(
        ticket=ticket.number,
        counter=counter.number,
        service=ticket.service,
        policy=policy,
        priority=ticket.priority,
    )


# -- manager --------------------------------------------------------------------------------------------------


def _open_day(centre: Centre, _command: ask.OpenDay, _by: Sender, _now: float) -> Events:
    if centre.day is not None:
        raise Rejected("day-open", day=centre.day)
    return [opening(centre, "people", {})]


def _close_day(centre: Centre, _command: ask.CloseDay, _by: Sender, _now: float) -> Events:
    return closing(centre, "people")


def opening(centre: Centre, reason: str, gaps: dict[str, float]) -> did.DayOpened:
    """The event that begins a day: what outlives the last one goes with it."""
    return did.DayOpened(reason=reason, labels=centre.labels, blocks=tuple(centre.blocks_ahead), gaps=gaps)


def closing(centre: Centre, reason: str) -> Events:
    """The events that end the open day: everybody gets an end, then the account stands."""
    events: Events = []
    for ticket in unfinished(centre):
        if ticket.counter is not None:
            events.append(did.ServiceFinished(ticket=ticket.number, counter=ticket.counter, inferred=True))
        else:
            events.append(did.TicketExpired(ticket=ticket.number, was=ticket.state.value))
    return [*events, did.DayClosed(reason=reason, account=_final_account(centre, events))]


def _final_account(centre: Centre, endings: Events) -> did.Account:
    now = centre.so_far()
    finished = sum(isinstance(event, did.ServiceFinished) for event in endings)
    waiting = sum(isinstance(event, did.TicketExpired) and event.was == State.WAITING for event in endings)
    return did.Account(
        issued=now.issued,
        served=now.served + finished,
        inferred=now.inferred + finished,
        absent=now.absent,
        void=now.void,
        expired=now.expired + waiting,
        leased=now.leased,
    )


# -- what several handlers ask --------------------------------------------------------------------------------


def _known_service(centre: Centre, code: str) -> None:
    known = [service.code for service in centre.rules.services]
    if code not in known:
        raise Rejected("unknown-service", service=code, known=", ".join(known))


def _ticket(centre: Centre, number: str) -> Ticket:
    ticket = centre.live(number)
    if ticket is None:
        raise Rejected("unknown-ticket", ticket=number)
    return ticket


def _own_ticket(centre: Centre, number: str, by: Sender) -> Ticket:
    """A ticket that this sender may report on or void: a kiosk only those it gave out."""
    ticket = _ticket(centre, number)
    if by.role is Role.KIOSK and ticket.device != by.device:
        raise Rejected("not-your-number", ticket=number)
    return ticket


def _ticket_of_press(centre: Centre, by: Sender) -> str | None:
    return centre.presses.get(f"{by.device}/{by.press}")


def _phantom(centre: Centre, by: Sender) -> Ticket | None:
    """The ticket that the hub gave for the same press, whose reply the kiosk never saw."""
    return centre.live(_ticket_of_press(centre, by) or "")


def _leased_to(centre: Centre, command: ask.RecordOffline, kiosk: str) -> bool:
    value = number_value(command.service, command.ticket)
    blocks = [b for b in centre.blocks if b.kiosk == kiosk and b.service == command.service]
    return value is not None and any(block.first <= value <= block.last for block in blocks)


def _counter(centre: Centre, by: Sender) -> Counter:
    if by.counter is None:
        raise Rejected("no-counter")
    counter = centre.counters.get(by.counter)
    if counter is None:
        raise Rejected("unknown-counter", counter=by.counter)
    return counter


def _not_stale(counter: Counter, command: ask.CallNext | ask.MarkAbsent) -> None:
    """Nobody is sent away by a press that was meant for somebody else."""
    if command.after is not UNSET and command.after != counter.ticket:
        raise Rejected("stale", ticket=counter.ticket or "-")


def _at_counter(centre: Centre, by: Sender, *states: State) -> Ticket:
    """The ticket at the sender's counter, if it is in one of these states."""
    counter = _counter(centre, by)
    if counter.ticket is None:
        raise Rejected("nobody-here", counter=counter.label)
    ticket = centre.tickets[counter.ticket]
    assert ticket.state in AT_COUNTER
    if ticket.state not in states:
        raise Rejected("already-serving", ticket=ticket.number)
    return ticket


def _hashed(token: str | None) -> str | None:
    return None if token is None else sha256(token.encode()).hexdigest()


_DECIDE: dict[type[ask.Command], Callable[[Centre, Any, Sender, float], Events]] = {
    ask.IssueTicket: _issue,
    ask.ConfirmPrint: _printed,
    ask.ReportPrintFailure: _print_failed,
    ask.LeaseBlock: _lease,
    ask.RecordOffline: _issued_offline,
    ask.VoidTicket: _void,
    ask.CallNext: _next,
    ask.CallTicket: _call,
    ask.RecallTicket: _recall,
    ask.StartService: _start,
    ask.FinishService: _finish,
    ask.MarkAbsent: _no_show,
    ask.OpenCounter: _open,
    ask.PauseCounter: _pause,
    ask.CloseCounter: _close,
    ask.OpenDay: _open_day,
    ask.CloseDay: _close_day,
}
