"""What a receipt says to its reader: what was done, in numbers; what was not, and why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from moiso.wire.messages import Range, Reply
from web.place import Reader
from web.words import listed, promised

#: What can be taken back on the page that shows it, by its press.
_UNDOABLE = frozenset({"void", "served-offline", "issued-offline"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """A press, what it asked for, and the hub's reply; None: nobody knows whether it was done."""

    command: str
    press: str
    arguments: Mapping[str, Any]
    reply: Reply | None

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.reply is not None and self.reply.status == "ok"


class Told(Struct, frozen=True, kw_only=True):
    """A sentence about a press; `good`: whether it was done; `ticket`: a number to be read out, large.

    more: what else is to be known. undo, again: whether it can be taken back, or asked again under the same press.
    """

    good: bool
    sentence: str
    ticket: str = ""
    more: tuple[str, ...] = ()
    undo: bool = False
    again: bool = False


def told(receipt: Receipt, reader: Reader) -> Told:
    """The sentence in the reader's language."""
    reply = receipt.reply
    if reply is None:
        return Told(good=False, sentence=reader.text("login.no_answer"), again=True)
    if reply.status != "ok":
        return Told(good=False, sentence=reader.said(reply.message), more=_waiting(reply, reader))
    if receipt.command in {"issue", "return"} and "ticket" in reply.data:
        return _number(receipt, reply, reader)
    return Told(good=True, sentence=_done(receipt, reply, reader), undo=receipt.command in _UNDOABLE)


def _number(receipt: Receipt, reply: Reply, reader: Reader) -> Told:
    """A number that somebody has to be told."""
    data, text = reply.data, reader.text
    where = receipt.arguments.get("print_at")
    said = text("told.print_at", kiosk=where) if where else text("told.read_out")
    ahead = text("told.ahead", n=data.get("ahead", 0), promise=_promise(data, reader))
    warning = data.get("warning") or {}
    more = (ahead, said if receipt.command == "issue" else "", warning.get(reader.language, ""))
    key = "told.issue" if receipt.command == "issue" else "told.return"
    return Told(
        good=True,
        sentence=text(key, ticket=data["ticket"], service=reader.names.get(data.get("service", ""), "")),
        ticket=str(data["ticket"]),
        more=tuple(part for part in more if part),
    )


def _promise(data: Mapping[str, Any], reader: Reader) -> str:
    promise = data.get("promise")
    known = Range(low=promise["low"], high=promise["high"]) if promise else None
    return promised(known, len(data.get("counters", ())), reader.text)


def _done(receipt: Receipt, reply: Reply, reader: Reader) -> str:
    said, data = receipt.arguments, reply.data
    tickets = list(data.get("tickets", ())) or [said.get("ticket", "")]
    service, key = str(said.get("service", "")), f"told.{receipt.command.replace('-', '_')}"
    if receipt.command == "grant-priority" and said.get("class") == "none":
        key = "told.no_priority"
    if receipt.command == "notice" and not said.get("text"):
        key = "told.no_notice"
    if receipt.command == "assign" and "who" in said:
        key = "told.swap"
    if receipt.command == "close-day" and data.get("overtime"):
        key = "told.close_day_overtime"
    return reader.text(
        key,
        tickets=listed([each for each in tickets if isinstance(each, str)]),
        n=len(tickets),
        service=reader.names.get(service, service),
        counter=data.get("label", ""),
        services=", ".join(data.get("services", ())),
        who=said.get("who", ""),
        text=said.get("text", ""),
    )


def _waiting(reply: Reply, reader: Reader) -> tuple[str, ...]:
    """Whom a closing day would leave behind."""
    waiting = reply.data.get("waiting", ())
    return (reader.text("told.still_waiting", n=len(waiting), tickets=listed(list(waiting))),) if waiting else ()
