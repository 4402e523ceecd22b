"""Undo: everybody stands exactly where they stood, or nothing happens."""

from collections.abc import Callable

import msgspec
import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.centre import CALLS_KEPT
from moiso.core.roles import Role
from tests.moiso.core.hall import Hall

#: `staffed_until` only says something of a service that nobody serves.
VOLATILE = ("seq", "at", "deeds", "doings", "staffed_until")


def picture(hall: Hall) -> bytes:
    """All that people could notice: who stands where, in which order, what the wall lists."""
    fields = {name: getattr(hall.centre, name) for name in hall.centre.__struct_fields__ if name not in VOLATILE}
    fields["tally"] = {key: n for key, n in hall.centre.tally.items() if n}
    fields["counters"] = [msgspec.structs.replace(c, active=0.0, wanted=None) for c in hall.centre.counters.values()]
    return msgspec.json.encode(fields, enc_hook=str)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    for _ in range(4):
        hall.issue()
    hall.called(1)
    hall.now += 60
    return hall


def held(hall: Hall) -> None:
    hall.clerk(1, ask.HoldTicket())


def started(hall: Hall) -> None:
    hall.clerk(1, ask.StartService())


def missed(hall: Hall) -> None:
    hall.clerk(1, ask.MarkAbsent())


DEEDS: dict[str, tuple[Callable[[Hall], None] | None, ask.Command]] = {
    "next": (None, ask.CallNext()),
    "next after a start": (started, ask.CallNext()),
    "call": (None, ask.CallTicket(ticket="A003", reason="urgent")),
    "call of an absent one": (missed, ask.CallTicket(ticket="A001")),
    "recall": (None, ask.RecallTicket()),
    "start": (None, ask.StartService()),
    "finish": (started, ask.FinishService(outcome="done")),
    "more dossiers": (started, ask.FinishService(more=True)),
    "no-show": (None, ask.MarkAbsent()),
    "hold": (None, ask.HoldTicket()),
    "resume": (held, ask.ResumeTicket(ticket="A001")),
    "transfer": (started, ask.TransferTicket(service="B")),
    "pause": (None, ask.PauseCounter()),
    "close": (None, ask.CloseCounter()),
    "assign": (None, ask.AssignServices(services=("B",))),
}


@pytest.mark.parametrize("name", DEEDS)
def test_everybody_stands_where_they_stood(hall: Hall, name: str) -> None:
    before_it, command = DEEDS[name]
    if before_it:
        before_it(hall)
        hall.now += 5
    before = picture(hall)
    events = hall.clerk(1, command)
    assert picture(hall) != before
    hall.now += 10
    [undone] = hall.clerk(1, ask.UndoLast())
    assert picture(hall) == before
    assert isinstance(undone, did.ActionUndone)
    assert undone.counter == 1
    assert len(undone.undone) == len(events)
    assert hall.refused(1, ask.UndoLast()) == "nothing-to-undo", "once is enough"


def test_after_ten_seconds_it_is_too_late(hall: Hall) -> None:
    hall.clerk(1, ask.CallNext())
    hall.now += 10.1
    assert hall.refused(1, ask.UndoLast()) == "undo-too-late"


def test_of_names_the_press(hall: Hall) -> None:
    hall.person(ask.SuspendService(service="B"))
    assert hall.refused(1, ask.UndoLast(of="another")) == "nothing-to-undo"


def test_what_a_colleague_touched_stays(hall: Hall) -> None:
    hall.clerk(1, ask.HoldTicket())
    hall.clerk(2, ask.ResumeTicket(ticket="A001"))
    assert hall.refused(1, ask.UndoLast()) == "nothing-to-undo"
    hall.clerk(2, ask.UndoLast())
    assert hall.states()["A001"] == "held"


def test_paper_that_comes_out_touches_nobody(hall: Hall) -> None:
    hall.clerk(1, ask.CallNext())
    hall.kiosk(ask.ConfirmPrint(ticket="A002"))
    hall.clerk(1, ask.UndoLast())
    assert (hall.states()["A001"], hall.states()["A002"]) == ("called", "waiting")
    assert hall.ticket("A002").printed == "printed"


def test_a_void_of_whoever_stands_there_ends_the_undo(hall: Hall) -> None:
    hall.clerk(1, ask.AssignServices(services=("B",)))
    hall.person(ask.VoidTicket(ticket="A001", reason="left"))
    assert hall.refused(1, ask.UndoLast()) == "nothing-to-undo"
    hall.person(ask.UndoLast())
    assert (hall.states()["A001"], hall.centre.counters[1].ticket) == ("called", "A001")


def test_a_range_can_be_taken_back_by_its_press_at_any_time(hall: Hall) -> None:
    hall.person(ask.ServedOffline(ticket="A002", to="A006"), press="range")
    assert [hall.states()[f"A00{n}"] for n in range(2, 7)] == ["done"] * 5
    hall.now += 3600
    hall.person(ask.UndoLast(of="range"), role=Role.MANAGER)
    assert [hall.states()[f"A00{n}"] for n in range(2, 7)] == ["waiting"] * 3 + ["void"] * 2
    with pytest.raises(Rejected, match="nothing-to-undo"):
        hall.person(ask.UndoLast(of="range"))


def test_a_voided_range_can_be_taken_back(hall: Hall) -> None:
    hall.person(ask.VoidTicket(ticket="A002", to="A004", reason="typed twice"), press="range")
    assert hall.line() == []
    hall.person(ask.UndoLast(of="range"))
    assert hall.line() == ["A002", "A003", "A004"]


def test_a_call_that_comes_back_makes_the_walls_list_no_longer() -> None:
    hall = Hall()
    for _ in range(CALLS_KEPT + 1):
        hall.issue()
    hall.called(1)
    hall.clerk(1, ask.MarkAbsent())
    hall.person(ask.VoidTicket(ticket="A001", to="A001", reason="test"), press="range")
    for _ in range(CALLS_KEPT):
        hall.clerk(1, ask.CallNext())
        hall.now += 60
    newest = [call.ticket for call in hall.centre.calls]
    assert len(newest) == CALLS_KEPT
    hall.person(ask.UndoLast(of="range"))
    assert [call.ticket for call in hall.centre.calls] == newest


def test_a_clock_that_is_set_ends_every_undo(hall: Hall) -> None:
    hall.clerk(1, ask.CallNext())
    hall.append(did.ClockSet(shift=7200.0))
    hall.now += 7200.0
    assert hall.refused(1, ask.UndoLast()) == "nothing-to-undo"


def test_nobody_is_brought_back_to_a_suspended_service(hall: Hall) -> None:
    hall.clerk(1, ask.FinishService())
    hall.person(ask.SuspendService(service="A"))
    assert hall.refused(1, ask.UndoLast()) == "nothing-to-undo"
