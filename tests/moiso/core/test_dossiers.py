"""Visitors with many dossiers: nobody waits longer than for one turn's worth."""

import pytest

from moiso.core import commands as ask
from moiso.core.rules import Desk, Rules, Service
from tests.moiso.core.hall import Hall

A = Service(code="A", name="Chứng thực", cap=5)
BULK = Service(code="H", name="Hồ sơ nhiều", cap=20)
DESKS = (Desk(number=1, label="Quầy 1", services=("A",)), Desk(number=2, label="Quầy 2", services=("H",)))


def hall_with(service: Service) -> Hall:
    hall = Hall(Rules(services=(service, BULK), desks=DESKS))
    for _ in range(3):
        hall.issue("A")
    hall.called(1)
    hall.clerk(1, ask.StartService(dossiers=12))
    hall.now += 900
    return hall


def test_twelve_dossiers_take_three_turns_behind_the_others() -> None:
    hall = hall_with(A)
    assert hall.called(1) == ("A002", "oldest")
    assert hall.line() == ["A003", "A001"]
    assert (hall.ticket("A001").turns, hall.ticket("A001").left) == (1, 2)
    hall.now += 60
    assert hall.called(1) == ("A003", "oldest")
    hall.now += 60
    assert hall.called(1) == ("A001", "oldest")
    hall.clerk(1, ask.FinishService(dossiers=5))
    assert hall.states()["A001"] == "waiting", "two are left"
    assert hall.called(1) == ("A001", "oldest")
    hall.clerk(1, ask.FinishService(dossiers=2))
    assert hall.states()["A001"] == "done"


def test_priority_does_not_bring_the_second_turn_forward() -> None:
    hall = hall_with(A)
    hall.person(ask.GrantPriority(ticket="A001", priority_class="elderly"))
    hall.clerk(1, ask.FinishService())
    assert hall.called(1) == ("A002", "oldest")


def test_the_rest_goes_where_many_dossiers_go() -> None:
    hall = hall_with(Service(code="A", name="Chứng thực", cap=5, bulk="H"))
    hall.clerk(1, ask.FinishService(dossiers=5))
    assert hall.line("H") == ["A001"]
    assert hall.called(2) == ("A001", "oldest")
    hall.clerk(2, ask.FinishService(dossiers=7))
    assert hall.states()["A001"] == "done"


def test_one_turn_counts_no_more_than_the_cap() -> None:
    hall = hall_with(A)
    assert hall.refused(1, ask.FinishService(dossiers=6)) == "over-cap"


def test_who_says_how_it_ended_says_that_it_ended() -> None:
    hall = hall_with(A)
    hall.clerk(1, ask.FinishService(outcome="gave-up"))
    assert hall.states()["A001"] == "done"


def test_more_can_be_said_without_counting() -> None:
    hall = Hall(Rules(services=(A, BULK), desks=DESKS))
    hall.issue("A")
    hall.issue("A")
    hall.called(1)
    hall.clerk(1, ask.FinishService(more=True))
    assert hall.line() == ["A002", "A001"]


@pytest.mark.parametrize("command", [ask.PauseCounter(), ask.CloseCounter()])
def test_a_counter_that_leaves_sends_nobody_home(command: ask.Command) -> None:
    hall = hall_with(A)
    hall.clerk(1, command)
    assert hall.line() == ["A002", "A003", "A001"]


def test_who_does_not_come_to_the_next_turn_is_absent() -> None:
    hall = hall_with(A)
    hall.called(1)
    hall.clerk(1, ask.CallTicket(ticket="A001", reason="companion"))
    hall.now += 10
    hall.called(1)
    assert hall.states()["A001"] == "absent"
