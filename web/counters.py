"""A counter as the managers' page shows it. Pure."""

from msgspec import Struct

from moiso.wire.messages import CounterState
from web.words import Text, age, clock, lasting, listed


class CounterCard(Struct, frozen=True, kw_only=True):
    """One counter; `state` is `open`, `idle`, `paused` or `closed`, `phase` `called`, `serving` or `free`."""

    label: str
    on_duty: str
    state: str
    state_text: str
    ticket: str
    phase: str
    phase_text: str
    serves: str
    held: str
    priority: str


def counter_card(state: CounterState, at: str | None, text: Text) -> CounterCard:
    """The card at the moment `at`."""
    phase = state.phase or "free"
    spell = lasting(age(state.since, at), text)
    key = f"web.phase_{phase}" if state.state == "open" or state.ticket else "web.phase_none"
    shown = "idle" if state.idle and state.state == "open" else state.state
    return CounterCard(
        label=state.label,
        on_duty=text("web.on_duty", name=state.on_duty) if state.on_duty else "",
        state=shown,
        state_text=text(f"web.counter_{shown}"),
        ticket=state.ticket or "",
        phase=phase,
        phase_text=text(key, time=clock(state.since), spell=spell) if spell else text("web.phase_unknown"),
        serves=text("web.can_call", n=state.waiting, services=", ".join(state.services)),
        held=text("web.desk_held", tickets=listed(state.held)) if state.held else "",
        priority=text("web.priority") if state.priority else "",
    )
