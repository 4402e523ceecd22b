"""What the hub answers: sentences for people, data for programs. Pure."""

from typing import Any

import msgspec

from hub.ledger import Ledger
from hub.views import Views, counters_for
from moiso.core import commands as ask
from moiso.core.centre import Centre
from moiso.core.decide import Rejected
from moiso.core.roles import Sender
from moiso.texts import both
from moiso.wire.codec import encode
from moiso.wire.messages import Reply


def accepted(command_id: str | None, name: str, data: dict[str, Any]) -> bytes:
    """The answer to a command that was carried out."""
    return encode(Reply(re=command_id, to=name, status="ok", data=data))


def rejected(command_id: str | None, name: str, why: Rejected, data: dict[str, Any]) -> bytes:
    """The answer to a command that is not allowed now."""
    message = both(f"reason.{why.reason.replace('-', '_')}", **{k: _named(k, v) for k, v in why.params.items()})
    return encode(Reply(re=command_id, to=name, status="rejected", reason=why.reason, message=message, data=data))


def _named(place: str, value: object) -> object:
    """What fills a place of a sentence: states and roles have names in each language, the rest stands as it is."""
    return both(f"{place}.{value}") if place in {"state", "role"} else value


def failed(command_id: str | None, name: str, reason: str, **params: Any) -> bytes:
    """The answer to something that is no command, or that the hub could not store."""
    message = both(f"reason.{reason.replace('-', '_')}", **params)
    return encode(Reply(re=command_id, to=name, status="error", reason=reason, message=message))


def outcome(ledger: Ledger, views: Views, command: ask.Command, by: Sender) -> dict[str, Any]:
    """The data of an accepted command's reply, from the state after it."""
    centre = ledger.centre
    if isinstance(command, ask.IssueTicket | ask.RecordOffline):
        return _ticket(centre, views, centre.presses[f"{by.device}/{by.press}"])
    if isinstance(command, ask.LeaseBlock):
        return _lease(centre, command)
    if isinstance(command, ask.OpenDay | ask.CloseDay):
        return plain(views.day(ask=False))
    if isinstance(command, ask.ConfirmPrint | ask.ReportPrintFailure | ask.VoidTicket):
        return {"ticket": command.ticket}
    return counter_state(views, by)


def counter_state(views: Views, by: Sender) -> dict[str, Any]:
    """The state of the sender's counter; empty when it has none."""
    return plain(views.counter(by.counter)) if views.has_counter(by.counter) else {}


def plain(message: msgspec.Struct) -> dict[str, Any]:
    """A message as JSON-like data."""
    return msgspec.to_builtins(message)  # type: ignore[no-any-return]


def _ticket(centre: Centre, views: Views, number: str) -> dict[str, Any]:
    ticket = centre.tickets[number]
    ahead = centre.ahead(ticket)
    promise = views.promise(ticket.service, ahead)
    return {
        "ticket": number,
        "service": ticket.service,
        "day": centre.day,
        "at": views.stamp(ticket.order[0]),
        "ahead": ahead,
        "promise": plain(promise) if promise else None,
        "counters": counters_for(centre, ticket.service),
    }


def _lease(centre: Centre, command: ask.LeaseBlock) -> dict[str, Any]:
    """The block just lent: the last one of its list."""
    ahead = command.day == "next"
    block = (centre.blocks_ahead if ahead else centre.blocks)[-1]
    return {"service": command.service, "day": "next" if ahead else centre.day, "from": block.first, "to": block.last}
