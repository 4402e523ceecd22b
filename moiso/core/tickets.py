"""A ticket's life: the table, and the rules above it.

Rule 1: whatever moves a ticket from one state to another stands in `TABLE`, and nowhere else.
Rule 2: this file knows nothing of counters, services, roles or time: only states and events.
Rule 3: an end is an end. `expired` has an empty row; `done` and `void` have one row each: whoever was closed by
        inference may return, and a number that was typed in and taken back may be given after all. Every other
        absence of a move is a decision.
Rule 4: an undo, and a day that is opened again, go back along the row that a ticket came by, and no other way.
Rule 5: a new kind of event gets its row here first; the diagram in docs/ and the tests follow from it.

`None` is the state of a number not yet given.
"""

from enum import StrEnum

from moiso.core.events import (
    Event,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketExpired,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketResumed,
    TicketReturned,
    TicketServedOffline,
    TicketTransferred,
    TicketVoided,
)


class State(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    ABSENT = "absent"
    DONE = "done"
    EXPIRED = "expired"
    VOID = "void"


TABLE: dict[State | None, dict[type[Event], State]] = {
    None: {TicketIssued: State.WAITING},
    State.WAITING: {
        TicketCalled: State.CALLED,
        TicketServedOffline: State.DONE,
        TicketExpired: State.EXPIRED,
        TicketVoided: State.VOID,
    },
    State.CALLED: {
        TicketRecalled: State.CALLED,
        ServiceStarted: State.SERVING,
        ServiceFinished: State.DONE,
        TicketMissed: State.ABSENT,
        TicketHeld: State.HELD,
        TicketTransferred: State.WAITING,
        TicketVoided: State.VOID,
    },
    State.SERVING: {
        ServiceFinished: State.DONE,
        TicketHeld: State.HELD,
        TicketTransferred: State.WAITING,
        TicketVoided: State.VOID,
    },
    State.HELD: {
        TicketResumed: State.SERVING,
        TicketCalled: State.CALLED,
        TicketReturned: State.WAITING,
        TicketServedOffline: State.DONE,
        TicketExpired: State.EXPIRED,
        TicketVoided: State.VOID,
    },
    State.ABSENT: {
        TicketCalled: State.CALLED,
        TicketReturned: State.WAITING,
        TicketServedOffline: State.DONE,
        TicketExpired: State.EXPIRED,
        TicketVoided: State.VOID,
    },
    State.DONE: {TicketReturned: State.WAITING},
    State.EXPIRED: {},
    State.VOID: {TicketReturned: State.WAITING},
}

FINAL = frozenset({State.DONE, State.EXPIRED, State.VOID})
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


def move_back(state: State, before: State) -> State:
    """The state before, when the table has a row from there to `state`.

    Raises ImpossibleMoveError when it has none.
    """
    if state is not before and state not in TABLE[before].values():
        raise ImpossibleMoveError(f"back from {state} to {before}")
    return before
