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
    """One service as the wall shows it.

    state: `open`, `unstaffed` (no counter), `suspended` ("hệ thống gián đoạn") or `closed` (no day). alarm: people wait
    and nobody has come for minutes. left: numbers left today, null without a quota. last_before_lunch: the last number
    expected before the pause, null while nobody must wait until after it.
    """

    code: str
    name: str
    waiting: int
    promise: Range | None
    counters_open: int
    state: str
    name_en: str = ""
    longest_since: Stamp | None = None
    alarm: bool = False
    left: int | None = None
    last_before_lunch: str | None = None


class Lunch(Message, frozen=True, kw_only=True):
    """Today's pause; on the board from half an hour before it until it ends."""

    begins: Stamp
    ends: Stamp


class Snapshot(Message, frozen=True, kw_only=True):
    """Base of the retained states: the snapshot that includes event `seq`."""

    log: str
    seq: int
    at: Stamp
    day: str | None


class Board(Snapshot, frozen=True, kw_only=True):
    """`state/board`: what the wall shows; `calls` newest first.

    training: a day for practice. overtime: no new numbers, those who wait are still served.
    """

    calls: list[Call]
    services: list[ServiceLine]
    notices: list[str] = []
    lunch: Lunch | None = None
    training: bool = False
    overtime: bool = False


class Waiting(Message, frozen=True, kw_only=True):
    """Somebody who waits for a counter, since when, and for which service."""

    ticket: str
    service: str
    since: Stamp
    priority: bool


class CounterState(Snapshot, frozen=True, kw_only=True):
    """`state/counter/<n>`: one counter; `since` is when its present phase began.

    service: what whoever stands there has come for. held: the held tickets of its services, longest first. idle: open
    and silent while people wait. undo_until: until when its last command can be taken back, null when it cannot.
    on_duty: who sits there, by the roster or swapped. line: the first 12 of those who wait for it, in the order of
    their presses; priority and the maximum wait may call another one first.
    """

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
    idle: bool = False
    undo_until: Stamp | None = None
    on_duty: str | None = None
    line: list[Waiting] = []
    service: str | None = None


class Offer(Message, frozen=True, kw_only=True):
    """One service as a kiosk may offer it.

    state: as in ServiceLine. gives: whether a press gives a number now. note: what its button says besides ("chưa có
    cán bộ", "còn 5 số", "tạm gián đoạn", "hết giờ lấy số"), null when there is nothing to say.
    """

    code: str
    name: str
    waiting: int
    promise: Range | None
    counters: list[int]
    state: str
    name_en: str = ""
    gives: bool = True
    left: int | None = None
    note: Words | None = None


class Services(Snapshot, frozen=True, kw_only=True):
    """`state/services`: what a kiosk may offer now."""

    open: bool
    services: list[Offer]
    training: bool = False


class Lease(Message, frozen=True, kw_only=True):
    """Numbers `from`..`to` of a service, lent to a kiosk."""

    kiosk: str
    service: str
    first: int = field(name="from")
    last: int = field(name="to")


class Doings(Message, frozen=True, kw_only=True):
    """What one account did that others may ask about."""

    out_of_order: int = 0
    priorities: int = 0
    voids: int = 0


class Account(Message, frozen=True, kw_only=True):
    """How the numbers of a day stand or ended.

    issued = served + absent + void + expired + waiting + held + at_counters. unheard: numbers below the last one of
    their service that nobody typed in. carried: those of the expired that go first on the next day. outcomes: turns by
    outcome, `unknown` where nobody said. by_account: per account its calls out of order, priorities and voids.
    """

    issued: int
    served: int
    inferred: int
    absent: int
    void: int
    expired: int
    waiting: int
    at_counters: int
    leased: list[Lease]
    held: int = 0
    after_hours: int = 0
    unheard: list[str] = []
    carried: list[str] = []
    outcomes: dict[str, int] = {}
    by_account: dict[str, Doings] = {}
    training: bool = False


class Alarm(Message, frozen=True, kw_only=True):
    """People wait for a service and no counter serves it; `counters` could take it in one press."""

    service: str
    waiting: int
    counters: list[int]


class DayState(Snapshot, frozen=True, kw_only=True):
    """`state/day`: the business day; `label` is the last one's when none is open; `ask`: people must say.

    leftover: whoever waits or is held (the first 200), for whom somebody has to decide before the day can be closed.
    """

    label: str | None
    open: bool
    account: Account
    ask: bool = False
    training: bool = False
    overtime: bool = False
    leftover: list[str] = []
    alarms: list[Alarm] = []


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
    """What a fake device takes on its `fake/` topic, once its status says `ready`; one key a message.

    press: a button. scan: the text of the code that is held before a kiosk's scanner. speed: paper takes the time that
    it takes, or none. printer: it lies (`says-ok` without paper, `says-out` with it), or drops its line once in the
    middle of the next ticket. line: what happens to a call unit on a serial line, or to the line: the unit's plugs are
    pulled, or it loses its power for a moment; a second keypad has its address; bytes are spoilt; somebody talks out of
    turn; the adapter is unplugged.
    """

    press: str | None = None
    scan: str | None = None
    paper: Literal["ok", "near", "out"] | None = None
    cover: Literal["open", "closed"] | None = None
    speed: Literal["usual", "fast"] | None = None
    printer: Literal["well", "cutter", "silent", "garbage", "says-ok", "says-out", "drop"] | None = None
    scanner: Literal["plug", "unplug"] | None = None
    link: Literal["up", "down"] | None = None
    line: (
        Literal["unplug", "plug", "power", "twin", "alone", "noise", "quiet", "babble", "adapter-out", "adapter-in"]
        | None
    ) = None
