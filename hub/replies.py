"""What the hub answers: sentences for people, data for programs. Pure."""

from typing import Any

import msgspec

from hub.ledger import Ledger
from hub.views import Views, counters_for
from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected, on_paper
from moiso.core.centre import Centre
from moiso.core.numbering import number_value, ticket_number
from moiso.core.roles import Sender
from moiso.texts import both
from moiso.wire.codec import encode
from moiso.wire.messages import Reply, Words


def accepted(command_id: str | None, name: str, data: dict[str, Any]) -> bytes:
    """The answer to a command that was carried out."""
    return encode(Reply(re=command_id, to=name, status="ok", data=data))


def rejected(command_id: str | None, name: str, why: Rejected, data: dict[str, Any]) -> bytes:
    """The answer to a command that is not allowed now."""
    message = both(f"reason.{why.reason.replace('-', '_')}", **{k: _named(k, v) for k, v in why.params.items()})
    return encode(Reply(re=command_id, to=name, status="rejected", reason=why.reason, message=message, data=data))


def _named(place: str, value: object) -> object:
    """What fills a place of a sentence: states and roles have names in each language, the rest stands as it is.

    Codes that one may choose from stand beside their names: they are what must be sent.
    """
    if place in {"state", "role"}:
        return both(f"{place}.{value}")
    return _choices(_CHOICES[place], str(value).split(", ")) if place in _CHOICES else value


_CHOICES = {"reasons": "call_reason", "classes": "priority_class"}


def _choices(table: str, codes: list[str]) -> Words:
    names = [both(f"{table}.{code.replace('-', '_')}") for code in codes]
    vi = ", ".join(f"{name.vi} ({code})" for code, name in zip(codes, names, strict=True))
    en = ", ".join(f"{name.en} ({code})" for code, name in zip(codes, names, strict=True))
    return Words(vi=vi, en=en)


def failed(command_id: str | None, name: str, reason: str, **params: Any) -> bytes:
    """The answer to something that is no command, or that the hub could not store."""
    message = both(f"reason.{reason.replace('-', '_')}", **params)
    return encode(Reply(re=command_id, to=name, status="error", reason=reason, message=message))


#: A range of numbers: what became of which is told.
_Range = ask.VoidTicket | ask.ServedOffline | ask.RecordOffline


def outcome(ledger: Ledger, views: Views, command: ask.Command, by: Sender, events: list[did.Event]) -> dict[str, Any]:
    """The data of an accepted command's reply, from the state after it and the events that led there."""
    centre = ledger.centre
    match command:
        case ask.IssueTicket():
            data = _ticket(centre, views, centre.presses[f"{by.device}/{by.press}"])
        case ask.ReturnTicket():
            fetched = centre.fetched.get(f"{command.day}/{command.ticket}")
            number = fetched or on_paper(centre, command.ticket, command.token).number
            data = {**_ticket(centre, views, number), **_exchanged(events)}
        case ask.RecordOffline(to=None):
            data = _ticket(centre, views, command.ticket)
        case ask.VoidTicket() | ask.ServedOffline() | ask.RecordOffline():
            data = named(command, events)
        case ask.LeaseBlock():
            data = _lease(centre, command)
        case ask.OpenDay() | ask.CloseDay() | ask.ReopenDay():
            data = plain(views.day(ask=False))
        case ask.ConfirmPrint() | ask.ReportPrintFailure() | ask.ReprintTicket() | ask.GrantPriority():
            data = {"ticket": command.ticket}
        case ask.SuspendService() | ask.RestoreService():
            data = {"service": command.service, "tickets": _tickets(events)}
        case ask.PostNotice():
            data = {"text": command.text}
        case _:
            data = {**counter_state(views, by), **_taken_back(events)}
    return data


def named(command: ask.Command, events: list[did.Event]) -> dict[str, Any]:
    """Of a range: the numbers that the events concern, and those that were left alone."""
    assert isinstance(command, _Range)
    tickets = _tickets(events)
    return {"ticket": command.ticket, "tickets": tickets, "skipped": _rest(command.ticket, command.to, tickets)}


def _tickets(events: list[did.Event]) -> list[str]:
    numbers = (getattr(event, "ticket", None) for event in events)
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _rest(first: str, last: str | None, done: list[str]) -> list[str]:
    """The numbers of a range that are not among `done`."""
    prefix = first[:1]
    low, high = number_value(prefix, first), number_value(prefix, last or first)
    if low is None or high is None:
        return []
    return [n for value in range(low, high + 1) if (n := ticket_number(prefix, value)) not in done]


def _taken_back(events: list[did.Event]) -> dict[str, Any]:
    """Who stands where he stood, after an undo."""
    undone = [event for event in events if isinstance(event, did.ActionUndone)]
    return {"tickets": [plain(standing) for event in undone for standing in event.tickets]} if undone else {}


def counter_state(views: Views, by: Sender) -> dict[str, Any]:
    """The state of the sender's counter; empty when it has none."""
    return plain(views.counter(by.counter)) if views.has_counter(by.counter) else {}


def plain(message: msgspec.Struct) -> dict[str, Any]:
    """A message as JSON-like data."""
    return msgspec.to_builtins(message)  # type: ignore[no-any-return]


def _exchanged(events: list[did.Event]) -> dict[str, Any]:
    """The number of an earlier day that has just become one of today."""
    old = [event.carried for event in events if isinstance(event, did.TicketIssued) and event.carried is not None]
    return {"replaces": old[0].partition("/")[2]} if old else {}


def _ticket(centre: Centre, views: Views, number: str) -> dict[str, Any]:
    ticket = centre.tickets[number]
    ahead = centre.ahead(ticket)
    promise = views.promise(ticket.service, ahead)
    warning = views.warning(ticket.service)
    return {
        "ticket": number,
        "service": ticket.service,
        "day": centre.day,
        "at": views.stamp(ticket.pressed),
        "ahead": ahead,
        "promise": plain(promise) if promise and ticket.service not in centre.suspended else None,
        "counters": counters_for(centre, ticket.service),
        "warning": plain(warning) if warning else None,
        "training": centre.training,
    }


def _lease(centre: Centre, command: ask.LeaseBlock) -> dict[str, Any]:
    """The block just lent: the last one of its list; one of the next day is for the day after `after`."""
    ahead = command.day == "next"
    block = (centre.blocks_ahead if ahead else centre.blocks)[-1]
    day = {"day": "next", "after": centre.last_day} if ahead else {"day": centre.day}
    return {"service": command.service, "from": block.first, "to": block.last, **day}
