"""The pages of docs/ that are made from the code: `python -m centre.docs` writes them, `--check` compares."""

import sys
from collections.abc import Iterable
from inspect import cleandoc
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Meta, Struct, UnsetType
from msgspec.structs import FieldInfo, fields

from moiso.core.commands import AT_COUNTER, CALL_REASONS, COMMANDS, OUTCOMES
from moiso.core.events import EVENTS, Block, Carried, Event, Standing
from moiso.core.names import kebab
from moiso.core.roles import GREETERS_WORK, MAY, Role
from moiso.core.rules import PRIORITY_CLASSES
from moiso.core.tickets import FINAL, TABLE
from moiso.texts import catalogue
from moiso.wire import figures
from moiso.wire import messages as wire

DOCS = Path(__file__).parent.parent / "docs"

_HEAD = """# The wire

*Made from `moiso/core/commands.py`, `moiso/core/events.py` and `moiso/wire/` by `make docs`; do not edit.*

MQTT, JSON, UTF-8, below `moiso/1/<site>/`. Unknown keys are ignored; a new optional key is a minor change; anything
else is a new root. Moments are ISO 8601 with an offset. A key marked `?` may be left out. What the commands bring
about, and why, stands in [rules.md](rules.md).

A device's user name at the broker is its id, and the access list goes by it. Programs take it as client id too, the hub
with its session behind it: two hubs must be able to hear each other, so that one of them can go.

| topic | from -> to | retained | QoS | message |
|---|---|---|---|---|
| `cmd/<device>/<command>` | device -> hub | never | 1 | [commands](#commands) |
| `reply/<device>` | hub -> device | never | 1 | [Reply](#reply) |
| `event/<type>` | hub -> all | never | 1 | [events](#events) |
| `state/board` | hub -> all | yes | 1 | [Board](#board) |
| `state/services` | hub -> all | yes | 1 | [Services](#services) |
| `state/counter/<n>` | hub -> all | yes | 1 | [CounterState](#counterstate) |
| `state/day` | hub -> all | yes | 1 | [DayState](#daystate) |
| `beat` | hub -> all, every 2 s and when a device comes | never | 0 | [Beat](#beat) |
| `status/<device>` | device (birth and will) | yes | 1 | [Status](#status) |
| `figures/day` | stats -> all | yes | 1 | [DayFigures](#dayfigures) |
| `button/<device>/<command>` | a plain button -> hub: `next`, `recall`, `no-show`, any payload | never | any | none |
| any other, named in site.toml | a plain button of any make -> hub | never | any | [buttons.md](buttons.md) |
| `fake/<device>` | whoever may -> a fake device, only under `--fake` | never | 0 | [FakePress](#fakepress) |
"""

_AT_COUNTER = ", ".join(f"`{name}`" for name in COMMANDS if name in AT_COUNTER)
_REPLIES = f"""
What the `data` of an accepted command hold:

| to | data |
|---|---|
| {_AT_COUNTER} | the fields of [CounterState](#counterstate) |
| `undo` | besides these `tickets`: who stands where again |
| `issue`, `return`, `issued-offline` of one number | `ticket`, `service`, `day`, `at`, `ahead`, `promise`, `counters` |
| `issue` | besides `warning`: [Words](#words) to print below the promise, or null |
| `issue` | besides `training`: whether the number is only for practice, which the paper must say |
| `void`, `served-offline`, `issued-offline` of a range | `ticket` (its first), `tickets` (those it took), `skipped` |
| with `preview` | the same, and `preview`: true; nothing has changed |
| `printed`, `print-failed`, `reprint`, `grant-priority` | `ticket` |
| `lease` | `service`, `day` (`next` for the business day to come), `from`, `to` |
| `suspend-service`, `restore-service` | `service`, `tickets` |
| `open-day`, `close-day`, `reopen-day` | the fields of [DayState](#daystate) |
| `replay` | `events` |

`close-day` is rejected as `still-waiting` with `waiting` (who waits or is held, in order) and `choices` (what
`leftover` may say) as long as nobody has said what becomes of them.

`undo` takes back the last deed of a counter, or, from somebody without a counter or `of` its press, the last range that
a person typed in. A range stays undoable until one of its numbers is used; a counter's deed until something else
touches one of its tickets or the counter, and for as long as `undo_until` of [CounterState](#counterstate) says."""

_DEEDS = """The topic is `event/<type>`; the message is an [Event](#event). The `data` of each has, beside what stands
below:

| key | what |
|---|---|
| `by` | the account whose command it was: a device, or the pseudonym of whoever sat at a page; empty: a rule did it |
| `press` | that command's id, null where it had none |
| `deed` | the seq of the command's first event, 0 for a rule: the events of one deed follow each other |

| type | data | what |
|---|---|---|"""

_MESSAGES: tuple[type[Struct], ...] = (
    wire.Reply, wire.Words, wire.Event, wire.Board, wire.Call, wire.ServiceLine, wire.Range, wire.Lunch, wire.Services,
    wire.Offer, wire.CounterState, wire.Waiting, wire.DayState, wire.Alarm, wire.Account, wire.Doings, wire.Lease,
    wire.Beat, wire.Status, wire.FakePress, Block, Carried, Standing,
    figures.DayFigures, figures.Line, figures.Waits, figures.Share, figures.Durations,
)  # fmt: skip


def mqtt_page() -> str:
    """docs/mqtt.md."""
    return "\n".join([_HEAD, *_commands(), *_choices(), *_reasons(), *_events(), *_messages()]) + "\n"


def ticket_page() -> str:
    """docs/ticket.md: the ticket's life, drawn from the table in moiso/core/tickets.py."""
    arrows = [
        f"    {_node(state)} --> {to.value}: {_wire_name(event)}"
        for state, moves in TABLE.items()
        for event, to in moves.items()
    ]
    ends = [f"    {state.value} --> [*]" for state in TABLE if state in FINAL and state is not None]
    return "\n".join(
        [
            "# A ticket's life",
            "",
            "*Drawn from the table in `moiso/core/tickets.py` by `make docs`; do not edit.*",
            "",
            "An undo, and a day that is opened again, go back along the arrow that the ticket came by.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *arrows,
            *ends,
            "```",
            "",
        ]
    )


def _wire_name(event: type[Struct]) -> str:
    return kebab(event.__name__)


def _node(state: object) -> str:
    return "[*]" if state is None else str(getattr(state, "value", state))


def _commands() -> Iterable[str]:
    yield "\n## Commands\n"
    yield "Every command carries the envelope beside its arguments; `role`, `clerk`, `counter` come from `web` only.\n"
    yield from _field_table(wire.Envelope)
    yield "\n`after` is the ticket that the sender sees at the counter, null = nobody; left out = it does not"
    yield "know. Where the hub knows better nothing is done, and the reply is `stale`: no press sends away somebody"
    yield "whom it was not meant for."
    yield "\n| command | who | arguments | what |\n|---|---|---|---|"
    kinds: dict[str, type[Struct]] = {**COMMANDS, "replay": wire.Replay}
    for name, kind in kinds.items():
        arguments = ", ".join(_argument(info) for info in fields(kind)) or "-"
        yield f"| `{name}` | {_who(name)} | {arguments} | {_first_line(kind)} |"
    yield _REPLIES
    yield (
        "\nAt a site without greeters clerks may also: "
        + ", ".join(f"`{name}`" for name in sorted(GREETERS_WORK))
        + "."
    )


def _who(command: str) -> str:
    roles = MAY[command]
    return "all" if roles == frozenset(Role) else ", ".join(role.value for role in Role if role in roles)


def _reasons() -> Iterable[str]:
    texts = catalogue("en")
    yield "\n## Reasons\n"
    yield "A reply that is not `ok` has one of these, and the sentence in both languages.\n"
    yield "| reason | sentence |\n|---|---|"
    for key in sorted(texts.keys()):
        if key.startswith("reason."):
            yield f"| `{key.removeprefix('reason.').replace('_', '-')}` | {texts.raw(key)} |"


def _choices() -> Iterable[str]:
    """The codes that arguments take from a list, with the names that people read."""
    texts = catalogue("en")
    yield "\n## Choices\n"
    yield "| for | code | means |\n|---|---|---|"
    for what, table, codes in (
        ("`reason` of `call`", "call_reason", CALL_REASONS),
        ("`class`", "priority_class", PRIORITY_CLASSES),
        ("`outcome` of `finish`", "outcome", OUTCOMES),
    ):
        for code in codes:
            name = texts.raw(f"{table}.{code.replace('-', '_')}")
            yield f"| {what} | `{code}` | {name} |"


def _events() -> Iterable[str]:
    yield "\n## Events\n"
    yield _DEEDS
    common = {info.name for info in fields(Event)}
    for name, kind in EVENTS.items():
        data = ", ".join(_argument(info) for info in fields(kind) if info.name not in common) or "-"
        yield f"| `{name}` | {data} | {_first_line(kind)} |"


def _messages() -> Iterable[str]:
    yield "\n## Messages"
    for kind in _MESSAGES:
        yield f"\n### {kind.__name__}\n\n{cleandoc(kind.__doc__ or '')}\n"
        yield from _field_table(kind)


def _field_table(kind: type[Struct]) -> Iterable[str]:
    yield "| key | type |\n|---|---|"
    for info in fields(kind):
        yield f"| `{info.encode_name}`{'' if info.required else ' ?'} | {_type(info.type)} |"


def _argument(info: FieldInfo) -> str:
    return f"`{info.encode_name}`{'' if info.required else '?'} {_type(info.type)}"


def _type(kind: Any) -> str:
    """A type as a reader of JSON names it."""
    origin, inner = get_origin(kind), get_args(kind)
    if hasattr(kind, "__metadata__"):
        return _type(inner[0] if inner else kind.__origin__) + _bounds(kind.__metadata__)
    if origin in {Union, UnionType}:
        return " or ".join(_type(part) for part in inner if part is not UnsetType)
    if origin in {list, tuple}:
        return f"list of {_type(inner[0])}"
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    return _plain_type(kind)


def _plain_type(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Struct):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    names = {str: "string", int: "integer", float: "number", bool: "true or false", NoneType: "null"}
    return names.get(kind, "object")


def _bounds(metadata: tuple[Any, ...]) -> str:
    for meta in metadata:
        if isinstance(meta, Meta) and meta.max_length is not None:
            return f" (at most {meta.max_length})"
    return ""


def _first_line(kind: type[Struct]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def pages() -> dict[Path, str]:
    """Every generated page and what it must hold."""
    return {DOCS / "mqtt.md": mqtt_page(), DOCS / "ticket.md": ticket_page()}


def main(argv: list[str] | None = None) -> int:
    """Write the pages; with `--check` only say which are not current."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in (argv or sys.argv[1:]):
        for path in stale:
            print(f"{path} is not current: run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path], encoding="utf-8")
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
