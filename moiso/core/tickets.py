"""A ticket's life: the table, and the rules above it.

Rule 1: whatever moves a ticket from one state to another stands in `TABLE`, and nowhere else.
Rule 2: this file knows nothing of counters, services, roles or time: only states and events.
Rule 3: an end is an end: `done`, `expired` and `void` have empty rows. Their absence of moves is a decision.
Rule 4: a new kind of event gets its row here first; the diagram in docs/ and the tests follow from it.

`None` is the state of a number not yet given.
"""

from enum import StrEnum

from moiso.core.events import (
    Event,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketExpired,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketVoided,
)


class State(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ABSENT = "absent"
    DONE = "done"
    EXPIRED = "expired"
    VOID = "void"


TABLE: dict[State | None, dict[type[Event], State]] = {
    None: {TicketIssued: State.WAITING},
    State.WAITING: {
        TicketCalled: State.CALLED,
        TicketExpired: State.EXPIRED,
        TicketVoided: State.VOID,
    },
    State.CALLED: {
        TicketRecalled: State.CALLED,
        ServiceStarted: State.SERVING,
        ServiceFinished: State.DONE,
        TicketMissed: State.ABSENT,
        TicketVoided: State.VOID,
    },
    State.SERVING: {
        ServiceFinished: State.DONE,
        TicketVoided: State.VOID,
    },
    State.ABSENT: {
        TicketCalled: State.CALLED,
        TicketExpired: State.EXPIRED,
        TicketVoided: State.VOID,
    },
    State.DONE: {},
    State.EXPIRED: {},
    State.VOID: {},
}

FINAL = frozenset(state for state, moves in TABLE.items() if not moves)
AT_COUNTER = frozenset({State.CALLED, State.SERVING})


class ImpossibleMoveError(ValueError):
    """The table has no row for this event in this state: the caller is wrong, or the log is damaged."""


def move(state: State | None, event: Event) -> State:
    """The state after `event`.

    Raises ImpossibleMoveError when the table has no such row.
    """
    try:
        return TABLE[state][type(event)]
    except KeyError:
        raise ImpossibleMoveError(f"{type(event).__name__} in state {state}") from None
