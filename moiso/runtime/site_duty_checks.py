"""What contradicts itself in the duty roster of a site.toml. Pure.

site_checks says how a check gets its tables.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from moiso.runtime.site_hours import WEEKDAYS, Slot, roster, served_slots, slots, week_slots, weekly
from moiso.runtime.site_hours_checks import window_order
from moiso.runtime.site_tables import CounterConf, DutyConf, HoursConf, ServiceConf

Services = Sequence[ServiceConf]
Counters = tuple[CounterConf, ...]
Duties = tuple[DutyConf, ...]


def duty_counters(duties: Duties, counters: Counters) -> list[str]:
    """Duty is at a counter that there is."""
    known = [counter.number for counter in counters]
    return [
        f"duty[{n}].counter: {duty.counter} is no counter; known: {', '.join(map(str, known))}"
        for n, duty in enumerate(duties, 1)
        if duty.counter not in known
    ]


def duty_services(duties: Duties, services: Services) -> list[str]:
    """Duty is for services that there are, on some day."""
    known = [service.code for service in services]
    lines = list(enumerate(duties, 1))
    return [
        *(f"duty[{n}].services: names {code!r}, which is no service; known: {', '.join(known)}"
          for n, duty in lines for code in duty.services or () if code not in known),
        *(f"duty[{n}].services: names a service twice"
          for n, duty in lines if len(set(duty.services or ())) < len(duty.services or ())),
        *(f"duty[{n}].services: names nothing; leave it out for the counter's own"
          for n, duty in lines if duty.services == ()),
        *(f"duty[{n}].days: names nothing; leave it out for Monday to Friday"
          for n, duty in lines if duty.days == ()),
    ]  # fmt: skip


def duty_clashes(duties: Duties) -> list[str]:
    """In a half-day a counter has one person, and a person one counter."""
    return [
        f"duty[{m}]: {clash} {_when(shared)} (duty[{n}])"
        for (n, one), (m, other) in combinations(enumerate(duties, 1), 2)
        if (shared := [slot for slot in slots(one) if slot in slots(other)])
        for clash in _clash(one, other)
    ]


def duty_hours(duties: Duties, counters: Counters, services: Services, hours: tuple[HoursConf, ...]) -> list[str]:
    """Nobody is on duty when there is nothing to serve, or for a service that has no hours then."""
    served = _served(services, hours)
    own = {counter.number: counter.services for counter in counters}
    return [
        f"duty[{n}]: {error}"
        for n, duty in enumerate(duties, 1)
        for error in _out_of_hours(duty, own.get(duty.counter, ()), served)
    ]


def duty_gaps(duties: Duties, counters: Counters, services: Services, hours: tuple[HoursConf, ...]) -> list[str]:
    """In every half-day with a service some counter has it: by the roster, or as its own where the roster is silent."""
    if duty_counters(duties, counters) or not duties:
        return []
    served = _served(services, hours)
    lines = {(duty.counter, duty.weekday, duty.half): duty.services for duty in roster(duties, counters)}
    had = {slot: {c for own in counters for c in lines.get((own.number, *slot), own.services)} for slot in week_slots()}
    return [
        f"service {code}: by the roster no counter has it {_when(gaps)}"
        for code in served
        if any(code in own.services for own in counters)
        and (gaps := [slot for slot in week_slots() if slot in served[code] and code not in had[slot]])
    ]


DUTY_CHECKS = (duty_counters, duty_services, duty_clashes, duty_hours, duty_gaps)


def _clash(one: DutyConf, other: DutyConf) -> Iterator[str]:
    if one.counter == other.counter and one.who == other.who:
        yield f"says again that {one.who} is at counter {one.counter}"
    elif one.counter == other.counter:
        yield f"counter {one.counter} already has {one.who}"
    elif one.who == other.who:
        yield f"{one.who} is already at counter {one.counter}"


def _out_of_hours(duty: DutyConf, own: Sequence[str], served: dict[str, set[Slot]]) -> Iterator[str]:
    named = own if duty.services is None else duty.services
    if not named or not set(named) <= served.keys():
        return
    idle = [slot for slot in slots(duty) if not any(slot in served[code] for code in named)]
    if idle:
        yield f"{', '.join(named)} cannot be served {_when(idle)}; leave that out or give hours then"
    elif duty.services:
        unserved = (code for code in named if served[code].isdisjoint(slots(duty)))
        yield from (f"{code} is never served {_when(slots(duty))}; take it out of services" for code in unserved)


def _served(services: Services, hours: tuple[HoursConf, ...]) -> dict[str, set[Slot]]:
    """The half-days of each service; windows that are wrong themselves say nothing."""
    codes = [service.code for service in services]
    if window_order(hours):
        return {}
    week = weekly(hours, codes)
    return {code: served_slots(week.get(code)) for code in codes}


def _when(found: Sequence[Slot]) -> str:
    (weekday, half), *others = found
    more = f" and {len(others)} more half-day{'s' * (len(others) > 1)}" if others else ""
    return f"on {WEEKDAYS[weekday]} {half}{more}"
