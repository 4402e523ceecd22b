"""What `moiso status` says of the queue: what the day needs, who waits for nobody, which counter is silent. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from moiso.wire.messages import Board, CounterState, DayState

#: Is it well, and a sentence that says so or what to do.
Line = tuple[bool, str]
Text = Callable[..., str]
#: So many numbers are named in a sentence.
NAMED = 10


@dataclass
class Hall:
    """The last word of the hub, as far as anything was heard; `counters` by number."""

    day: DayState | None = None
    board: Board | None = None
    counters: dict[int, CounterState] = field(default_factory=dict)


@dataclass(frozen=True)
class Names:
    """What people read: services by code, counters by number."""

    services: Mapping[str, str]
    counters: Mapping[int, str]


def hall_lines(hall: Hall, names: Names, text: Text) -> Iterator[Line]:
    """The day first, then what somebody should see to, then who is held or must not be forgotten."""
    if hall.day is not None:
        yield _day(hall.day, text)
        yield from _alarms(hall.day, names, text)
    if hall.board is not None:
        yield from _suspended(hall.board, names, text)
    yield from _idle(hall.counters.values(), text)
    yield from _held(hall.counters.values(), text)
    if hall.day is not None:
        yield from _leftover(hall.day, text)


def _day(day: DayState, text: Text) -> Line:
    return not day.ask, text(f"status.{_day_key(day)}", day=day.label or "", n=day.account.waiting)


def _day_key(day: DayState) -> str:
    if day.ask:
        return "day_ask"
    if not day.open:
        return "day_closed"
    return "day_training" if day.training else "day_overtime" if day.overtime else "day_open"


def _alarms(day: DayState, names: Names, text: Text) -> Iterator[Line]:
    for alarm in day.alarms:
        counters = ", ".join(names.counters.get(number, str(number)) for number in alarm.counters)
        key = "status.unstaffed" if counters else "status.unstaffed_nobody"
        service = names.services.get(alarm.service, alarm.service)
        yield False, text(key, service=service, n=alarm.waiting, counters=counters)


def _suspended(board: Board, names: Names, text: Text) -> Iterator[Line]:
    for line in board.services:
        if line.state == "suspended":
            service = names.services.get(line.code, line.name)
            yield False, text("status.suspended", service=service, n=line.waiting)


def _idle(counters: Iterable[CounterState], text: Text) -> Iterator[Line]:
    for counter in counters:
        if counter.idle:
            yield False, text("status.idle", counter=counter.label, n=counter.waiting)


def _held(counters: Iterable[CounterState], text: Text) -> Iterator[Line]:
    """One line for all of them: a held ticket stands on the list of every counter that serves it."""
    held = sorted({ticket for counter in counters for ticket in counter.held})
    if held:
        yield True, text("status.held", n=len(held), tickets=_listed(held))


def _leftover(day: DayState, text: Text) -> Iterator[Line]:
    """Nobody asks what becomes of the numbers of a day for practice."""
    if day.leftover and not day.training:
        yield True, text("status.leftover", n=len(day.leftover), tickets=_listed(day.leftover))


def _listed(tickets: list[str]) -> str:
    return ", ".join(tickets[:NAMED]) + (", …" if len(tickets) > NAMED else "")
