"""What the clerk's panel says after a press, and what a press asks of the queue. Pure."""

from collections.abc import Mapping
from typing import Any

from moiso.wire.messages import Reply
from web.question import Seat

#: What each key may send, and the fields that go with it.
COMMANDS: dict[str, tuple[str, ...]] = {
    "next": ("after",),
    "call": ("after", "ticket", "reason"),
    "recall": ("after",),
    "start": ("after", "dossiers"),
    "no-show": ("after",),
    "hold": ("after",),
    "resume": ("after", "ticket"),
    "finish": ("after", "outcome", "slip_due", "dossiers", "more"),
    "transfer": ("after", "service", "to_counter"),
    "undo": (),
    "open": (),
    "pause": ("after",),
    "close": ("after",),
    "assign": ("take", "drop"),
    "suspend-service": ("service",),
    "restore-service": ("service",),
    "return": ("ticket",),
    "grant-priority": ("ticket", "class"),
}
_LISTS = ("take", "drop")
_COUNTS = ("dossiers", "to_counter")


def arguments(command: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of a command in a form; an empty field says nothing, save that `after` then sees nobody.

    Raises KeyError for a command that has no key here, ValueError for a count that is none.
    """
    given = {n: form[n] for n in COMMANDS[command] if n in form and (form[n] or n == "after")}
    return {name: _value(name, text) for name, text in given.items()}


def _value(name: str, text: str) -> Any:
    if name in _COUNTS:
        return int(text)
    if name in _LISTS:
        return [text]
    if name == "more":
        return True
    return text or None


def said(command: str, form: Mapping[str, str], reply: Reply, seat: Seat) -> str:
    """What became of a press, in one short sentence."""
    if reply.status != "ok":
        return seat.reader.said(reply.message)
    data = reply.data
    if command == "next" and not data.get("ticket"):
        return seat.says("did_next_nobody")
    names = {
        "ticket": data.get("ticket") or form.get("ticket") or form.get("after") or "",
        "ahead": data.get("ahead", ""),
        "service": seat.name(form.get("service", "")),
        "services": ", ".join(seat.name(code) for code in data.get("services", [])),
    }
    return seat.says(_done(command, form), **names)


def _done(command: str, form: Mapping[str, str]) -> str:
    if command == "finish" and form.get("more"):
        return "did_finish_more"
    if command == "grant-priority" and form.get("class") == "none":
        return "did_no_priority"
    return f"did_{command.replace('-', '_')}"
