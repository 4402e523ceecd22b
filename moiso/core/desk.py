"""Handlers: what a clerk presses at a counter. Pure; decide.py says what a handler is."""

from msgspec import UNSET

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Case, Events, Rejected, counter_numbered, counter_of, service_of, ticket_at, ticket_of
from moiso.core.centre import Centre, Counter, Ticket
from moiso.core.policy import choose
from moiso.core.tickets import State

#: Whoever misses a call so soon after lunch keeps the place, seconds.
AFTER_LUNCH = 1800.0


def call_next(case: Case, command: ask.CallNext) -> Events:
    """The one button: whoever stands here is done, the next one is called."""
    counter = _as_seen(case, command)
    choice = choose(case.centre, counter, case.now)
    events = [*_open_if_needed(counter), *_clear(case, counter)]
    if choice is not None:
        events.append(_call_event(case, choice.ticket, counter, choice.policy))
    return events


def call(case: Case, command: ask.CallTicket) -> Events:
    """One ticket by its number; out of turn only with a reason."""
    counter = _as_seen(case, command)
    ticket = ticket_of(case.centre, command.ticket)
    if ticket.counter == counter.number:
        raise Rejected("already-here", ticket=ticket.number)
    if ticket.state not in {State.WAITING, State.HELD, State.ABSENT}:
        raise Rejected("not-callable", ticket=ticket.number, state=ticket.state.value)
    _not_suspended(case.centre, ticket.service)
    policy, reason = _why(case, command, ticket, counter)
    called = _call_event(case, ticket, counter, policy, reason)
    return [*_open_if_needed(counter), *_clear(case, counter), called]


def _why(case: Case, command: ask.CallTicket, ticket: Ticket, counter: Counter) -> tuple[str, str | None]:
    """The rule by which this ticket may be called here, and the clerk's reason when it is none of the policy's."""
    if ticket.state is not State.WAITING:
        return "by-number", None
    choice = choose(case.centre, counter, case.now)
    if choice is not None and choice.ticket is ticket:
        return choice.policy, None
    if command.reason is None:
        raise Rejected("reason-needed", ticket=ticket.number, reasons=", ".join(ask.CALL_REASONS))
    if command.reason not in ask.CALL_REASONS:
        raise Rejected("unknown-reason", reason=command.reason, reasons=", ".join(ask.CALL_REASONS))
    return "out-of-order", command.reason


def recall(case: Case, command: ask.RecallTicket) -> Events:
    """Once more, for whoever did not hear it."""
    counter = _as_seen(case, command)
    ticket = ticket_at(case.centre, counter, State.CALLED)
    return [did.TicketRecalled(ticket=ticket.number, counter=counter.number, recall=ticket.recalls + 1)]


def start(case: Case, command: ask.StartService) -> Events:
    """The visitor is here."""
    counter = _as_seen(case, command)
    ticket = ticket_at(case.centre, counter, State.CALLED)
    return [did.ServiceStarted(ticket=ticket.number, counter=counter.number, dossiers=command.dossiers)]


def finish(case: Case, command: ask.FinishService) -> Events:
    """The visitor is done, or goes behind the others with the rest of the dossiers."""
    counter = _as_seen(case, command)
    ticket = ticket_at(case.centre, counter, State.CALLED, State.SERVING)
    cap = service_of(case.centre, ticket.service).cap
    if cap is not None and (command.dossiers or 0) > cap:
        raise Rejected("over-cap", cap=cap)
    if command.more or (ticket.left and command.outcome is None):
        return [_go_behind(case.centre, ticket, counter, command.dossiers)]
    return [
        did.ServiceFinished(
            ticket=ticket.number,
            counter=counter.number,
            outcome=command.outcome,
            slip_due=command.slip_due,
            dossiers=command.dossiers,
        )
    ]


def no_show(case: Case, command: ask.MarkAbsent) -> Events:
    """Whoever was called did not come."""
    counter = _as_seen(case, command)
    ticket = ticket_at(case.centre, counter, State.CALLED)
    return [_missed(case, ticket, counter)]


def hold(case: Case, command: ask.HoldTicket) -> Events:
    """The visitor steps aside; the place is kept."""
    counter = _as_seen(case, command)
    ticket = ticket_at(case.centre, counter, State.CALLED, State.SERVING)
    return [held(ticket, counter.number, command.reason)]


def held(ticket: Ticket, counter: int, reason: str | None) -> did.TicketHeld:
    """The event of somebody who steps aside from `counter`."""
    return did.TicketHeld(ticket=ticket.number, counter=counter, service=ticket.service, reason=reason)


def resume(case: Case, command: ask.ResumeTicket) -> Events:
    """A held visitor stands at this counter again."""
    counter = _as_seen(case, command)
    ticket = ticket_of(case.centre, command.ticket)
    if ticket.state is not State.HELD:
        raise Rejected("not-held", ticket=ticket.number, state=ticket.state.value)
    if ticket.service not in counter.services:
        raise Rejected("not-served-here", ticket=ticket.number, service=ticket.service)
    _not_suspended(case.centre, ticket.service)
    resumed = did.TicketResumed(ticket=ticket.number, counter=counter.number, service=ticket.service)
    return [*_open_if_needed(counter), *_clear(case, counter), resumed]


def transfer(case: Case, command: ask.TransferTicket) -> Events:
    """The visitor waits for another service or counter, at the place of the first number."""
    counter = _as_seen(case, command)
    ticket = ticket_at(case.centre, counter, State.CALLED, State.SERVING)
    service = service_of(case.centre, command.service)
    target = command.to_counter if command.to_counter is not None else command.counter
    if target is None and service.code == ticket.service:
        raise Rejected("same-service", service=service.name)
    if target is not None and service.code not in counter_numbered(case.centre, target).services:
        raise Rejected("not-served-there", counter=target, service=service.code)
    moved = did.TicketTransferred(ticket=ticket.number, counter=counter.number, service=service.code, to_counter=target)
    return [moved]


def open_counter(case: Case, _command: ask.OpenCounter) -> Events:
    """The clerk is there."""
    return _open_if_needed(counter_of(case.centre, case.by))


def pause(case: Case, command: ask.PauseCounter) -> Events:
    """The clerk is away for a while."""
    counter = _as_seen(case, command)
    if counter.state == "closed":
        raise Rejected("counter-closed", counter=counter.label)
    if counter.state == "paused":
        return []
    return [*_clear(case, counter), did.CounterPaused(counter=counter.number, reason=command.reason)]


def close(case: Case, command: ask.CloseCounter) -> Events:
    """The clerk has left."""
    counter = _as_seen(case, command)
    if counter.state == "closed":
        return []
    return [*_clear(case, counter), did.CounterClosed(counter=counter.number)]


def assign(case: Case, command: ask.AssignServices) -> Events:
    """The counter serves these until the day ends; another clerk sits there until the half-day ends."""
    counter = counter_of(case.centre, case.by)
    services = _asked_of(case.centre, counter, command)
    if not services:
        raise Rejected("no-services")
    who = None if command.who == counter.who else command.who
    if services == counter.services and who is None:
        return []
    half = half_day(case.centre, case.now) if case.trusted and who is not None else None
    return [did.ServicesAssigned(counter=counter.number, services=services, half=half, who=who)]


def _asked_of(centre: Centre, counter: Counter, command: ask.AssignServices) -> tuple[str, ...]:
    """What the counter shall serve, each once; nothing when the command names nothing."""
    changes = command.take or command.drop or command.who is not None
    before = command.services if command.services is not None else counter.services if changes else ()
    dropped = {service_of(centre, code).code for code in command.drop}
    asked = [service_of(centre, code).code for code in (*before, *command.take)]
    return tuple(dict.fromkeys(code for code in asked if code not in dropped))


def half_day(centre: Centre, now: float) -> str:
    """The name of the half-day at `now`, as a counter has it that follows a roster."""
    date, _, half = centre.rules.timetable.half(now)
    return f"{date}/{half}"


def _open_if_needed(counter: Counter) -> Events:
    return [] if counter.state == "open" else [did.CounterOpened(counter=counter.number)]


def _clear(case: Case, counter: Counter) -> Events:
    """Whoever stands here leaves: absent when gone too soon, behind the others with more dossiers, or served."""
    if counter.ticket is None:
        return []
    ticket = case.centre.tickets[counter.ticket]
    unstarted = ticket.state is State.CALLED
    if unstarted and case.now - (ticket.called_at or case.now) < case.centre.rules.inferred_service:
        return [_missed(case, ticket, counter, inferred=True)]
    if ticket.left:
        return [_go_behind(case.centre, ticket, counter, None)]
    return [did.ServiceFinished(ticket=ticket.number, counter=counter.number, inferred=unstarted)]


def _missed(case: Case, ticket: Ticket, counter: Counter, *, inferred: bool = False) -> did.TicketMissed:
    keeps = inferred or (case.trusted and _just_after_lunch(case, ticket))
    return did.TicketMissed(ticket=ticket.number, counter=counter.number, inferred=inferred, keeps_place=keeps)


def _just_after_lunch(case: Case, ticket: Ticket) -> bool:
    """Whether somebody who waited before lunch missed a call soon after it."""
    lunch = case.centre.rules.timetable.lunch(case.now)
    return lunch is not None and ticket.order[0] < lunch.begins and 0 <= case.now - lunch.ends < AFTER_LUNCH


def _go_behind(centre: Centre, ticket: Ticket, counter: Counter, dossiers: int | None) -> did.TicketTransferred:
    """The same number behind those who wait now, here or where many dossiers go on."""
    here = service_of(centre, ticket.service)
    target = service_of(centre, here.bulk) if here.bulk else here
    left = None if ticket.left is None else max(0, ticket.left - (target.cap or ticket.left))
    return did.TicketTransferred(
        ticket=ticket.number,
        counter=counter.number,
        service=target.code,
        reason="more-dossiers",
        dossiers=here.cap if dossiers is None and ticket.left is not None else dossiers,
        left=left,
    )


def _call_event(
    case: Case, ticket: Ticket, counter: Counter, policy: str, reason: str | None = None
) -> did.TicketCalled:
    return did.TicketCalled(
        ticket=ticket.number,
        counter=counter.number,
        service=ticket.service,
        policy=policy,
        priority=ticket.priority,
        reason=reason,
        after_hours=case.trusted and not case.centre.rules.timetable.serves(ticket.service, case.now),
    )


def _not_suspended(centre: Centre, code: str) -> None:
    if code in centre.suspended:
        raise Rejected("service-suspended", service=service_of(centre, code).name)


def _as_seen(case: Case, command: ask.MeantFor) -> Counter:
    """The sender's counter: nobody there is meant by a press that was for somebody else."""
    counter = counter_of(case.centre, case.by)
    if command.after is not UNSET and command.after != counter.ticket:
        raise Rejected("stale", ticket=counter.ticket or "-")
    return counter
