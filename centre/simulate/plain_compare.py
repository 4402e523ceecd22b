"""Where the plain queue and the real one disagree, in words; the only part of it that looks at the core's state."""

from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from centre.simulate.plain_looks import Looks
from centre.simulate.plain_memory import Line
from moiso.core.centre import Centre, Counter, Ticket
from moiso.core.tickets import State


def differences(plain: Looks, centre: Centre, *, full: bool, touched: Collection[str]) -> list[str]:
    """One sentence a difference; with `full` every person and the account, else only the numbers in `touched`."""
    numbers = _everybody(plain, centre) if full else touched
    services = centre.lines if full else {ticket.service for n in touched if (ticket := centre.tickets.get(n))}
    found = [*_days(plain, centre), *_lines(plain, centre, services), *_desks(plain, centre)]
    for number in numbers:
        found += _tickets(plain.who(number), centre.tickets.get(number), number)
    return found + (list(_account(plain, centre)) if full else [])


def _everybody(plain: Looks, centre: Centre) -> list[str]:
    return sorted({*centre.tickets, *(person["number"] for person in plain.people)})


def _pairs(where: str, pairs: dict[str, tuple[Any, Any]]) -> Iterator[str]:
    for name, (real, plainly) in pairs.items():
        if real != plainly:
            yield f"{where}: {name} is {real!r}, plainly {plainly!r}"


def _days(plain: Looks, centre: Centre) -> Iterator[str]:
    real_day = plain.is_open and not plain.training
    carried = [(old.day, old.ticket) for old in centre.carried] if real_day else []
    ahead = [[block.kiosk, block.service, block.first, block.last] for block in centre.blocks_ahead]
    yield from _pairs("the day", {
        "open": (centre.day is not None, plain.is_open),
        "training": (centre.training, plain.training),
        "overtime": (plain.is_open and centre.overtime, plain.overtime),
        "suspended": (sorted(centre.suspended), sorted(plain.suspended)),
        "alarms": (sorted(centre.alarms), sorted(plain.alarmed) if plain.is_open else []),
        "notices": (centre.notices, [plain.notice] if plain.notice else []),
        "carried": (carried, [(old["day"], old["ticket"]) for old in plain.carried] if real_day else []),
        "lent ahead": (ahead, [plain.lent(loan) for loan in plain.loans_ahead]),
        "held": (sorted(centre.held), sorted(p["number"] for p in plain.here() if p["state"] == "held")),
        "undo": (sorted(n for n in centre.deeds if n), sorted(plain.deeds)),
        "undo of a range": (0 in centre.deeds, plain.range_deed is not None),
    })  # fmt: skip


def _lines(plain: Looks, centre: Centre, services: Collection[str]) -> Iterator[str]:
    """A ticket that left a line for another one is missed in that line when it is next looked at."""
    for service in services:
        real = [number for _, number in centre.lines[service]]
        yield from _pairs(f"line {service}", {"order": (real, [p["number"] for p in plain.line((service,))])})


def _desks(plain: Looks, centre: Centre) -> Iterator[str]:
    here = {person["at"]: person["number"] for person in plain.here() if person["at"] is not None}
    for number, desk in plain.desks.items():
        yield from _one_desk(desk, here.get(number), centre.counters[number])


def _one_desk(desk: Line, here: str | None, counter: Counter) -> Iterator[str]:
    yield from _pairs(f"counter {counter.number}", {
        "state": (counter.state, desk["state"]),
        "ticket": (counter.ticket, here),
        "services": (counter.services, desk["serves"]),
        "idle": (counter.idle, desk["idle"]),
        "on duty": (counter.who, desk["who"]),
        "half-day": (counter.half, desk["half"]),
        "ordinary calls": (counter.normal_calls, desk["ordinary"]),
    })  # fmt: skip


def _tickets(person: Line | None, ticket: Ticket | None, number: str) -> Iterator[str]:
    if person is None or ticket is None:
        yield from _pairs(number, {"known": (ticket is not None, person is not None)})
        return
    yield from _pairs(number, {
        "state": (ticket.state.value, person["state"]),
        "service": (ticket.service, person["service"]),
        "counter": (ticket.counter, person["at"]),
        "priority": (ticket.priority, person["priority"]),
        "turns": (ticket.turns, person["turns"]),
        "dossiers left": (ticket.left, person["left"]),
        "only for counter": (ticket.for_counter, person["bound"]),
        "recalls": (ticket.recalls, person["recalls"]),
        "inferred": (ticket.inferred, person["inferred"]),
        "keeps place": (_at_an_end(ticket) and ticket.keeps_place, _at_an_end(ticket) and person["keeps"]),
        "late": (ticket.late, person["late"]),
        "outcome": (ticket.outcome, person["outcome"]),
    })  # fmt: skip


def _at_an_end(ticket: Ticket) -> bool:
    """Where it matters whether a place is kept."""
    return ticket.state in {State.ABSENT, State.DONE}


def _account(plain: Looks, centre: Centre) -> Iterator[str]:
    real = msgspec.to_builtins(centre.so_far())
    real |= {key: sorted(real[key]) for key in ("unheard", "carried")}
    real["leased"] = [[block["kiosk"], block["service"], block["from"], block["to"]] for block in real["leased"]]
    plainly = plain.account()
    yield from _pairs("account", {key: (real[key], plainly.get(key)) for key in real})
