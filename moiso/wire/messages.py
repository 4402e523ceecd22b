"""Every message of the contract as a type. docs/mqtt.md is generated from this file.

A key that a reader does not know is ignored; a new optional key is a minor change; anything else is a new root topic.
Moments are ISO 8601 strings with an offset.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Raw, Struct, field

Device = Annotated[str, Meta(pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", max_length=40)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]
Stamp = Annotated[str, Meta(max_length=40)]


class Message(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all messages."""


class Envelope(Message, frozen=True, kw_only=True):
    """What every command carries beside its arguments; `role`, `clerk`, `counter` come from `web` only."""

    id: Id
    at: Stamp | None = None
    role: Annotated[str, Meta(max_length=20)] | None = None
    clerk: Annotated[str, Meta(max_length=40)] | None = None
    counter: int | None = None


class Replay(Message, frozen=True, kw_only=True):
    """Arguments of `replay`: at most `limit` events from `from_seq` on come back in the reply."""

    from_seq: Annotated[int, Meta(ge=1)]
    limit: Annotated[int, Meta(ge=1, le=200)] = 200


class Words(Message, frozen=True, kw_only=True):
    """A sentence in Vietnamese and in English."""

    vi: str
    en: str


class Reply(Message, frozen=True, kw_only=True):
    """The hub's answer to the command `re`."""

    re: str | None
    to: str
    status: Literal["ok", "rejected", "error"]
    reason: str | None = None
    message: Words | None = None
    data: dict[str, Any] = {}


class Event(Message, frozen=True, kw_only=True):
    """One row of the hub's log; `data` has the fields of the event type."""

    log: str
    seq: int
    at: Stamp
    clock: Literal["synced", "free"]
    day: str | None
    type: str
    v: int = 1
    data: Raw = Raw(b"{}")


class Range(Message, frozen=True, kw_only=True):
    """A promised wait, minutes."""

    low: int
    high: int


class Call(Message, frozen=True, kw_only=True):
    """One call on the wall; `recall` counts the repetitions."""

    ticket: str
    counter: int
    label: str
    at: Stamp
    seq: int
    recall: int
    priority: bool


class ServiceLine(Message, frozen=True, kw_only=True):
    """One service as the wall shows it; `state` is `open`, `unstaffed` (no counter) or `closed` (no day)."""

    code: str
    name: str
    waiting: int
    promise: Range | None
    counters_open: int
    state: str
    name_en: str = ""
    longest_since: Stamp | None = None


class Snapshot(Message, frozen=True, kw_only=True):
    """Base of the retained states: the snapshot that includes event `seq`."""

    log: str
    seq: int
    at: Stamp
    day: str | None


class Board(Snapshot, frozen=True, kw_only=True):
    """`state/board`: what the wall shows; `calls` newest first."""

    calls: list[Call]
    services: list[ServiceLine]
    notices: list[str] = []


class CounterState(Snapshot, frozen=True, kw_only=True):
    """`state/counter/<n>`: one counter; `since` is when its present phase began."""

    counter: int
    label: str
    state: Literal["open", "paused", "closed"]
    ticket: str | None
    phase: Literal["called", "serving"] | None
    since: Stamp | None
    waiting: int
    held: list[str]
    services: list[str]
    priority: bool = False


class Offer(Message, frozen=True, kw_only=True):
    """One service as a kiosk may offer it."""

    code: str
    name: str
    waiting: int
    promise: Range | None
    counters: list[int]
    state: str
    name_en: str = ""


class Services(Snapshot, frozen=True, kw_only=True):
    """`state/services`: what a kiosk may offer now."""

    open: bool
    services: list[Offer]


class Lease(Message, frozen=True, kw_only=True):
    """Numbers `from`..`to` of a service, lent to a kiosk."""

    kiosk: str
    service: str
    first: int = field(name="from")
    last: int = field(name="to")


class Account(Message, frozen=True, kw_only=True):
    """How the numbers of a day stand or ended."""

    issued: int
    served: int
    inferred: int
    absent: int
    void: int
    expired: int
    waiting: int
    at_counters: int
    leased: list[Lease]


class DayState(Snapshot, frozen=True, kw_only=True):
    """`state/day`: the business day; `label` is the last one's when none is open; `ask`: people must say."""

    label: str | None
    open: bool
    account: Account
    ask: bool = False


class Beat(Message, frozen=True, kw_only=True):
    """The hub's heart, every 2 s and when a device comes; `seq` is the last event, `clock` whether the clock is set."""

    log: str
    seq: int
    at: Stamp
    clock: Literal["synced", "free"]


class Status(Message, frozen=True, kw_only=True):
    """Birth, farewell and will of a device."""

    state: Literal["ready", "stopped", "lost"]
    session: str
    role: str
    software: str
    detail: dict[str, Any] = {}


class FakePress(Message, frozen=True, kw_only=True):
    """What a fake device takes on its `fake/` topic; one key a message."""

    press: str | None = None
    scan: str | None = None
    paper: Literal["ok", "near", "out"] | None = None
    link: Literal["up", "down"] | None = None
