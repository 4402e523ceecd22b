"""One morning of three services as a table that people can check by hand, and as the events it means.

A line: the hub's clock, what happened, the number, `@counter`, flags and values. Lines before `clock-set` were
written by a clock that ran ten minutes behind: add ten minutes to read them in the time of the lines below it.
`undone 08:10:00 @1` takes back what happened at that counter at that second; without a counter, where there was none.
"""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Raw

from moiso.core import events as did
from moiso.core.day import Calendar
from moiso.wire.codec import encode
from moiso.wire.messages import Event
from moiso.wire.stamp import iso

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DATE = "2026-11-23"
CALENDAR = Calendar(zone=ZONE, opens=time(7, 30))
SERVICES = ("A", "B", "C")

MORNING = """
07:05:00 day-opened                 # 07:15 by the clock that was right
07:10:00 issued   A001              # 07:20, before the opening hour 07:30
07:12:00 issued   A002 priority     # 07:22, before the opening hour
07:14:00 issued   B001              # 07:24, before the opening hour
07:20:00 opened   @1                # 07:30
07:20:00 called   A002 @1           # 07:30
07:21:00 started  A002 @1
07:25:00 issued   A003              # 07:35
07:26:00 issued   C001              # 07:36
07:28:00 finished A002 @1
07:29:40 called   A001 @1           # 07:39:40
07:40:00 clock-set shift=600        # was 07:30:00
07:40:10 missed   A001 @1 inferred
07:40:10 called   A003 @1
07:41:00 started  A003 @1
07:42:00 opened   @2
07:42:00 called   B001 @2
07:43:00 issued   A004
07:43:00 started  B001 @2
07:44:00 voided   A004 reason=no-paper
07:45:00 issued   C002
07:46:00 issued   B002
07:48:00 issued   A005
07:50:00 finished A003 @1
07:50:00 called   A005 @1
07:52:00 finished B001 @2
07:52:00 called   C001 @2
07:53:00 missed   C001 @2
07:55:00 called   C001 @2           # called again after an absence
07:56:00 started  C001 @2
07:58:00 finished A005 @1 inferred
08:00:00 issued   A006
08:00:00 called   A006 @1
08:01:00 started  A006 @1           # still there
08:02:00 issued   A007              # still waiting
08:05:00 finished C001 @2
08:05:00 called   C002 @2
08:06:00 issued   A008              # its reply is lost: the kiosk prints A701 instead
08:06:30 recalled C002 @2 recall=1
08:08:00 missed   C002 @2
08:09:00 called   B002 @2
08:10:00 issued   C003              # still waiting
08:10:00 started  B002 @2
08:11:00 issued   A701 offline seconds_ago=300 replaces=A008
08:11:00 voided   A008 reason=replaced
08:12:00 issued   B003
08:15:00 finished B002 @2
08:16:00 called   B003 @2           # on the way
"""

EVENING = """
17:00:00 expired  A001 was=absent
17:00:00 expired  C002 was=absent
17:00:00 finished A006 @1 inferred
17:00:00 expired  A007 was=waiting
17:00:00 expired  A701 was=waiting
17:00:00 expired  C003 was=waiting
17:00:00 finished B003 @2 inferred
17:00:00 day-closed
"""

_VERBS: dict[str, Any] = {
    "clock-set": did.ClockSet, "opened": did.CounterOpened, "issued": did.TicketIssued, "called": did.TicketCalled,
    "recalled": did.TicketRecalled, "started": did.ServiceStarted, "finished": did.ServiceFinished,
    "missed": did.TicketMissed, "voided": did.TicketVoided, "expired": did.TicketExpired,
    "held": did.TicketHeld, "resumed": did.TicketResumed, "transferred": did.TicketTransferred,
    "returned": did.TicketReturned, "served-offline": did.TicketServedOffline, "granted": did.PriorityGranted,
    "printed": did.TicketPrinted, "undone": did.ActionUndone, "reopened": did.DayReopened,
    "suspended": did.ServiceSuspended, "restored": did.ServiceRestored,
}  # fmt: skip
_NUMBERS = {"shift": float, "seconds_ago": float, "recall": int, "dossiers": int, "left": int}


def at(clock: str) -> float:
    """`08:20` or `08:20:00` of the day: seconds since 1970."""
    moment = datetime.fromisoformat(f"{DATE}T{clock}")
    return moment.replace(tzinfo=ZONE).timestamp()


def stamp(wall: float) -> str:
    """The moment as it goes on the wire."""
    return iso(wall, ZONE)


def happened(table: str, first: int = 1, log: str = "k3f9") -> list[Event]:
    """The lines of a table as the hub's events, with seq from `first` on."""
    lines = [line.partition("#")[0].split() for line in table.strip().splitlines()]
    return [
        _wire(log, seq, at(clock), _event(verb, words, lines[: seq - first], first))
        for seq, (clock, verb, *words) in enumerate(lines, first)
    ]


def payloads(events: list[Event]) -> list[bytes]:
    """The events as they come on `event/#`."""
    return [encode(event) for event in events]


def _wire(log: str, seq: int, wall: float, event: did.Event) -> Event:
    return Event(
        log=log, seq=seq, at=stamp(wall), clock="synced", day=DATE, type=did.type_name(event), data=Raw(encode(event))
    )


def _event(verb: str, words: list[str], before: list[list[str]], first: int) -> did.Event:
    if verb == "day-opened":
        return did.DayOpened(reason="press", training="training" in words)
    if verb == "day-closed":
        return did.DayClosed(reason="rule", account=did.Account())
    if verb == "undone":
        return _undone(words, before, first)
    values: dict[str, Any] = dict(_value(word) for word in words)
    kind = _VERBS[verb]
    if "service" in kind.__struct_fields__ and "ticket" in values:
        values.setdefault("service", values["ticket"][0])
    if kind is did.TicketCalled:
        values["policy"] = "order"
    return kind(**values)


def _undone(words: list[str], before: list[list[str]], first: int) -> did.ActionUndone:
    clock, *desk = words
    counters = [[word for word in line if word.startswith("@")] for line in before]
    gone = (seq for seq, line in enumerate(before, first) if line[0] == clock and counters[seq - first] == desk)
    return did.ActionUndone(counter=int(desk[0][1:]) if desk else None, undone=tuple(gone), tickets=())


def _value(word: str) -> tuple[str, Any]:
    if word.startswith("@"):
        return "counter", int(word[1:])
    key, equals, value = word.partition("=")
    if not equals:
        return ("ticket", word) if word[0].isupper() else (word, True)
    return key, _NUMBERS.get(key, str)(value)
