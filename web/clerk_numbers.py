"""What the clerk's panel asks back about one number: which is meant, what shall happen with it, and why. Pure."""

from collections.abc import Iterator, Mapping

from moiso.core.commands import CALL_REASONS
from moiso.core.rules import PRIORITY_CLASSES
from web.question import Choice, Question, Seat, numbered
from web.typed import tickets_typed

#: So much of what somebody typed is looked at.
LONGEST = 20


def number(seat: Seat, form: Mapping[str, str]) -> Question:
    """Which number is meant by `typed`, and what to do with it."""
    typed = form.get("typed", "").strip()[:LONGEST]
    if not typed:
        return _type_it(seat, seat.says("ask_number"))
    found = sorted(tickets_typed(typed, [*seat.reader.names]), key=lambda ticket: _likely(ticket, seat))
    if not found:
        return _type_it(seat, seat.says("no_such_number", typed=typed), typed)
    return _which(seat, found) if len(found) > 1 else _what(seat, found[0])


def resume(seat: Seat, _form: Mapping[str, str]) -> Question:
    """Which of those who stepped aside is back."""
    held = seat.state.held if seat.state else []
    return Question(title=seat.says("ask_resume"), choices=numbered(_resumed(ticket, seat) for ticket in held))


def priority(seat: Seat, form: Mapping[str, str]) -> Question:
    """Why `ticket` has priority, or that it has none any more."""
    ticket = form.get("ticket", "")
    grant = {"command": "grant-priority", "ticket": ticket}
    classes = numbered((_class(name, seat), grant | {"class": name}) for name in PRIORITY_CLASSES)
    none = Choice(key="0", text=seat.says("choose_no_priority"), fields=grant | {"class": "none"})
    return Question(title=seat.says("ask_priority", ticket=ticket), choices=[*classes, none])


def reason(seat: Seat, ticket: str) -> Question:
    """Why somebody is called before the others."""
    call = {"command": "call", "ticket": ticket}
    reasons = numbered((seat.reader.text(f"call_reason.{why}"), call | {"reason": why}) for why in CALL_REASONS)
    return Question(title=seat.says("ask_reason", ticket=ticket), choices=reasons)


def _type_it(seat: Seat, title: str, typed: str = "") -> Question:
    return Question(title=title, entry=seat.says("ask_number_hint"), typed=typed)


def _likely(ticket: str, seat: Seat) -> tuple[bool, bool]:
    """Whom this counter knows comes first, then its services, then the rest."""
    return ticket not in seat.known, ticket[0] not in seat.services


def _which(seat: Seat, tickets: list[str]) -> Question:
    answers = ((f"{ticket} · {seat.name(ticket[0])}", {"ask": "number", "typed": ticket}) for ticket in tickets)
    return Question(title=seat.says("ask_which"), choices=numbered(answers))


def _what(seat: Seat, ticket: str) -> Question:
    return Question(title=seat.says("ask_what", ticket=ticket), choices=numbered(_deeds(seat, ticket)))


def _deeds(seat: Seat, ticket: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What can be done with a number, as far as this counter knows it."""
    if seat.state and ticket in seat.state.held:
        yield _resumed(ticket, seat)
    yield seat.says("choose_call", ticket=ticket), {"command": "call", "ticket": ticket}
    if ticket not in seat.known:
        yield seat.says("choose_return", ticket=ticket), {"command": "return", "ticket": ticket}
    yield seat.says("choose_priority", ticket=ticket), {"ask": "priority", "ticket": ticket}


def _resumed(ticket: str, seat: Seat) -> tuple[str, dict[str, str]]:
    return seat.says("resume", ticket=ticket), {"command": "resume", "ticket": ticket}


def _class(name: str, seat: Seat) -> str:
    said = seat.reader.priority_class(name)
    return said[:1].upper() + said[1:]
