"""What time alone brings: absent after the last call, services without anybody, silent counters, the roster. Pure."""

from collections.abc import Iterator

from moiso.core import events as did
from moiso.core.centre import Centre
from moiso.core.desk import half_day
from moiso.core.rules import Desk, Duty
from moiso.core.tickets import State


def due(centre: Centre, now: float, *, trusted: bool) -> list[did.Event]:
    """The events that are due at `now` (seconds since 1970) while a day is open; `trusted`: the clock is set."""
    if centre.day is None:
        return []
    events = [*_no_shows(centre, now), *_unstaffed(centre, now, trusted=trusted), *_idle(centre, now)]
    return [*events, *_roster(centre, now)] if trusted else events


def _no_shows(centre: Centre, now: float) -> Iterator[did.Event]:
    """Whoever was called often enough, far enough apart, and never started."""
    calls, gap = centre.rules.calls, centre.rules.call_gap
    for counter in centre.counters.values():
        ticket = centre.live(counter.ticket) if counter.ticket else None
        if ticket is None or ticket.state is not State.CALLED or ticket.recalls < calls - 1:
            continue
        if now >= max((ticket.last_call or now) + gap, (ticket.called_at or now) + calls * gap):
            yield did.TicketMissed(ticket=ticket.number, counter=counter.number, inferred=True, keeps_place=True)


def _unstaffed(centre: Centre, now: float, *, trusted: bool) -> Iterator[did.Event]:
    """Services for which people have waited minutes and no counter is open, told once."""
    served = {code for counter in centre.counters.values() if counter.state == "open" for code in counter.services}
    for code in (service.code for service in centre.rules.services if service.code not in served):
        waiting = centre.waiting(code)
        if not waiting or code in centre.suspended or code in centre.alarms:
            continue
        window = centre.rules.timetable.serving_since(code, now) if trusted else 0.0
        first = centre.lines[code][0][0][0]
        since = max(first, centre.opened_at, centre.staffed_until.get(code, 0.0), window or 0.0)
        if window is not None and now - since >= centre.rules.unstaffed_after:
            yield did.ServiceUnstaffed(service=code, waiting=waiting, counters=_could_take(centre, code))


def _could_take(centre: Centre, code: str) -> tuple[int, ...]:
    """The counters that could take a service in one press: its own when they open, else any that is open."""
    own = [d.number for d in centre.rules.desks if code in d.services and centre.counter(d.number).state != "open"]
    return tuple(own or [c.number for c in centre.counters.values() if c.state == "open"])


def _idle(centre: Centre, now: float) -> Iterator[did.Event]:
    """Open counters with nobody there, silent while somebody waits for them."""
    for counter in centre.counters.values():
        if counter.wanted is None or counter.idle:
            continue
        if now - max(counter.active, counter.wanted) >= centre.rules.idle_after:
            yield did.CounterIdle(counter=counter.number)


def _roster(centre: Centre, now: float) -> Iterator[did.Event]:
    """At the first look in a half-day the counters take the services of their duty; who was swapped is so no more."""
    rostered = {duty.counter for duty in centre.rules.roster}
    swapped = {c.number for c in centre.counters.values() if c.who is not None and c.half is not None} - rostered
    if not rostered and not swapped:
        return
    name = half_day(centre, now)
    for number in sorted(rostered | swapped):
        counter = centre.counter(number)
        desk = None if counter.half == name else centre.rules.desk(number)
        if desk is None:
            continue
        services, who = (counter.services, None) if number in swapped else _on_duty(centre, desk, now)
        yield did.ServicesAssigned(counter=number, services=services, half=name, who=who)


def _on_duty(centre: Centre, desk: Desk, now: float) -> tuple[tuple[str, ...], str | None]:
    """What the roster says of a counter: its services and the person, None when nobody is named."""
    _, weekday, half = centre.rules.timetable.half(now)
    duty = _duty(centre.rules.roster, desk.number, weekday, half)
    return (duty.services, duty.who) if duty else (desk.services, None)


def _duty(roster: tuple[Duty, ...], number: int, weekday: int, half: str) -> Duty | None:
    return next((d for d in roster if (d.counter, d.weekday, d.half) == (number, weekday, half)), None)
