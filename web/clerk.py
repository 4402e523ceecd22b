"""The clerk's panel of one counter at one moment, every cell a finished text in one language. Pure."""

from msgspec import Struct

from moiso.wire.messages import CounterState, Waiting
from moiso.wire.stamp import seconds
from web.clerk_hints import Hint, hints_of
from web.frame import Frame, frame
from web.place import Place, Reader
from web.view import View
from web.words import Text, age, lasting


class Waiter(Struct, frozen=True, kw_only=True):
    """Somebody who waits; `wait` and `priority` as people read them; `fields`: what a press on the row sends."""

    ticket: str
    service: str
    wait: str
    priority: str
    fields: dict[str, str]


class Held(Struct, frozen=True, kw_only=True):
    """Somebody who stepped aside; `text`: what the key does, `fields`: what it sends."""

    ticket: str
    text: str
    fields: dict[str, str]


class Here(Struct, frozen=True, kw_only=True):
    """Who is at the counter; `phase` is `called`, `serving`, `free`, `paused`, `closed` or `unknown`.

    since: when the phase began, milliseconds since 1970 in the hub's time; 0 = nobody knows.
    """

    ticket: str
    phase: str
    text: str
    since: int
    service: str
    priority: str


class Next(Struct, frozen=True, kw_only=True):
    """The large key: what it does, and what becomes of whoever is here."""

    text: str
    note: str


class ClerkPage(Struct, frozen=True, kw_only=True):
    """Everything on the panel; `title`: for the tab.

    undo_until: milliseconds since 1970 in the hub's time until which the last press can be taken back; 0 = it cannot.
    off: per key why it does nothing now, empty for one that does something. more: how many wait beyond `line`.
    """

    frame: Frame
    title: str
    label: str
    state: str
    state_text: str
    here: Here
    next: Next
    waiting: str
    longest: str
    undo_until: int
    off: dict[str, str]
    held: list[Held]
    line: list[Waiter]
    more: str
    hints: list[Hint]


def clerk_page(view: View, place: Place, number: int, reader: Reader, now: float) -> ClerkPage:
    """The panel of counter `number` at the monotonic `now`."""
    state, at, text = view.counters.get(number), view.as_of(now), reader.text
    label = state.label if state else place.counters.get(number, str(number))
    waiting = state.waiting if state else 0
    line = [_waiter(waiter, reader, at) for waiter in state.line] if state else []
    beyond = max(0, waiting - len(line))
    return ClerkPage(
        frame=frame(view, now, text, ["clerk"]),
        title=_title(state, text),
        label=label,
        state=_state(state),
        state_text=text(f"clerk.state_{_state(state)}"),
        here=_here(state, reader),
        next=_next(state, _soon(state, place, at), text),
        waiting=text("clerk.people", n=waiting) if waiting else text("clerk.nobody_waits"),
        longest=text("clerk.longest", spell=line[0].wait) if line else "",
        undo_until=_milliseconds(state.undo_until) if state else 0,
        off=_off(state, text),
        held=[_held(ticket, text) for ticket in state.held] if state else [],
        line=line,
        more=text("clerk.more_waiting", n=beyond) if line and beyond else "",
        hints=hints_of(view, place, state, reader),
    )


def _title(state: CounterState | None, text: Text) -> str:
    if state is None:
        return text("clerk.title_clerk")
    return f"{state.ticket or text('clerk.title_free')} · {text('clerk.waiting_short', n=state.waiting)}"


def _state(state: CounterState | None) -> str:
    if state is None:
        return "unknown"
    return "idle" if state.idle and state.state == "open" else state.state


def _phase(state: CounterState | None) -> str:
    if state is None:
        return "unknown"
    return state.phase or ("free" if state.state == "open" else state.state)


def _here(state: CounterState | None, reader: Reader) -> Here:
    phase = _phase(state)
    return Here(
        ticket=(state.ticket or "") if state else "",
        phase=phase,
        text=reader.text(f"clerk.{phase}"),
        since=_milliseconds(state.since) if state and state.ticket else 0,
        service=reader.names.get(state.service, state.service) if state and state.service else "",
        priority=reader.text("clerk.priority") if state and state.priority else "",
    )


def _held(ticket: str, text: Text) -> Held:
    fields = {"command": "resume", "ticket": ticket}
    return Held(ticket=ticket, text=text("clerk.resume", ticket=ticket), fields=fields)


def _waiter(waiter: Waiting, reader: Reader, at: str | None) -> Waiter:
    return Waiter(
        ticket=waiter.ticket,
        service=reader.names.get(waiter.service, waiter.service),
        wait=lasting(age(waiter.since, at), reader.text),
        priority=reader.text("clerk.priority") if waiter.priority else "",
        fields={"ask": "number", "typed": waiter.ticket},
    )


def _milliseconds(stamp: str | None) -> int:
    try:
        return round(seconds(stamp) * 1000) if stamp else 0
    except ValueError:
        return 0


# -- the large key --------------------------------------------------------------------------------------------


def _soon(state: CounterState | None, place: Place, at: str | None) -> bool:
    """Whether somebody was called so recently that whoever goes on now makes him absent."""
    called = age(state.since, at) if state and state.phase == "called" else None
    return called is not None and called < place.inferred_service


def _next(state: CounterState | None, soon: bool, text: Text) -> Next:
    waiting, ticket = (state.waiting, state.ticket) if state else (0, None)
    people = text("clerk.people", n=waiting) if waiting else text("clerk.nobody_waits")
    end = "gone" if soon else "done"
    if state and state.state != "open":
        return Next(text=text("clerk.next_open" if waiting else "clerk.next_open_only"), note=people)
    if not ticket:
        return Next(text=text("clerk.next"), note=people)
    if not waiting:
        return Next(text=text(f"clerk.next_{end}", ticket=ticket), note=people)
    return Next(text=text("clerk.next"), note=f"{text(f'clerk.then_{end}', ticket=ticket)} · {people}")


# -- what does nothing now ------------------------------------------------------------------------------------

_WITH_SOMEBODY = ("recall", "start", "no-show", "hold", "finish", "transfer")
_BEFORE_THE_START = ("recall", "start", "no-show")


def _off(state: CounterState | None, text: Text) -> dict[str, str]:
    shut = state.state if state else "closed"
    why = dict.fromkeys((*_WITH_SOMEBODY, "resume", "open", "pause", "close"), "")
    if state is None or not state.ticket:
        why |= dict.fromkeys(_WITH_SOMEBODY, text("clerk.not_nobody"))
    elif state.phase == "serving":
        why |= dict.fromkeys(_BEFORE_THE_START, text("clerk.not_serving", ticket=state.ticket))
    if state is None or not state.held:
        why["resume"] = text("clerk.nobody_held")
    return why | _shut(shut, text)


def _shut(state: str, text: Text) -> dict[str, str]:
    closed, paused = text("clerk.not_closed"), text("clerk.not_paused")
    return {
        "open": {"open": text("clerk.not_open")},
        "paused": {"pause": paused},
        "closed": {"pause": closed, "close": closed},
    }[state]
