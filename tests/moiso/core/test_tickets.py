"""The ticket table, pair by pair. The expected moves are written from the design's section 3, not from the table."""

from typing import Any

import pytest

from moiso.core import events as did
from moiso.core.tickets import FINAL, TABLE, ImpossibleMoveError, State, move, move_back

LIFE = {
    ("-", "ticket-issued"): "waiting",
    ("waiting", "ticket-called"): "called",
    ("waiting", "ticket-served-offline"): "done",
    ("waiting", "ticket-expired"): "expired",
    ("waiting", "ticket-voided"): "void",
    ("called", "ticket-recalled"): "called",
    ("called", "service-started"): "serving",
    ("called", "service-finished"): "done",
    ("called", "ticket-missed"): "absent",
    ("called", "ticket-held"): "held",
    ("called", "ticket-transferred"): "waiting",
    ("called", "ticket-voided"): "void",
    ("serving", "service-finished"): "done",
    ("serving", "ticket-held"): "held",
    ("serving", "ticket-transferred"): "waiting",
    ("serving", "ticket-voided"): "void",
    ("held", "ticket-resumed"): "serving",
    ("held", "ticket-called"): "called",
    ("held", "ticket-returned"): "waiting",
    ("held", "ticket-served-offline"): "done",
    ("held", "ticket-expired"): "expired",
    ("held", "ticket-voided"): "void",
    ("absent", "ticket-called"): "called",
    ("absent", "ticket-returned"): "waiting",
    ("absent", "ticket-served-offline"): "done",
    ("absent", "ticket-expired"): "expired",
    ("absent", "ticket-voided"): "void",
    ("done", "ticket-returned"): "waiting",
    ("void", "ticket-returned"): "waiting",
}

ARGUMENTS: dict[str, Any] = {"ticket": "A001", "counter": 1, "service": "A", "policy": "oldest", "recall": 1}
ARGUMENTS |= {"reason": "test", "was": "waiting", "shift": 1.0, "account": did.Account(), "inferred": False}
ARGUMENTS |= {"block": did.Block("kiosk-1", "A", 700, 719), "waiting": (), "undone": (7,), "tickets": ()}
ARGUMENTS |= {"services": ("A",), "counters": (), "text": ""}


def an_event(kind: type[did.Event]) -> did.Event:
    return kind(**{name: ARGUMENTS[name] for name in kind.__struct_fields__ if name in ARGUMENTS})


PAIRS = [(state, name) for state in (None, *State) for name in did.EVENTS]


@pytest.mark.parametrize(("state", "name"), PAIRS, ids=lambda value: str(value or "-"))
def test_every_event_in_every_state(state: State | None, name: str) -> None:
    event = an_event(did.EVENTS[name])
    expected = LIFE.get((state or "-", name))
    if expected is None:
        with pytest.raises(ImpossibleMoveError, match=type(event).__name__):
            move(state, event)
    else:
        assert move(state, event) == expected


BACK = {(there, here) for (here, _), there in LIFE.items() if here != "-"}


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("state", list(State))
def test_an_undo_goes_back_along_a_row_and_no_other_way(state: State, before: State) -> None:
    if state is before or (state.value, before.value) in BACK:
        assert move_back(state, before) is before
    else:
        with pytest.raises(ImpossibleMoveError, match="back from"):
            move_back(state, before)


def test_the_ends_are_ends() -> None:
    assert {state.value for state in FINAL if state} == {"done", "expired", "void"}


def test_every_state_has_a_row() -> None:
    assert set(TABLE) == {None, *State}
