"""Another clerk at a counter until the half-day ends: by `assign` with `who`."""

from typing import Any

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.decide import decide
from moiso.core.hours import Timetable
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Duty, Rules
from tests.moiso.core.hall import A, B, Hall

HOUR = 3600
#: Friday 2027-01-15, eight o'clock in Vietnam.
MORNING = 1_799_974_800.0
DESKS = (Desk(number=1, label="Quầy 1", services=("A", "B")), Desk(number=2, label="Quầy 2", services=("A",)))
ROSTER = (
    Duty(counter=2, who="hoa", services=("B",), weekday=4, half="morning"),
    Duty(counter=2, who="lan", services=("A",), weekday=4, half="afternoon"),
)


@pytest.fixture
def hall() -> Hall:
    """Counter 2 follows a roster, counter 1 does not."""
    hall = Hall(Rules(services=(A, B), desks=DESKS, roster=ROSTER, timetable=Timetable()))
    hall.now = MORNING
    hall.wait(0)
    return hall


def on_duty(hall: Hall) -> dict[int, str | None]:
    return {number: counter.who for number, counter in hall.centre.counters.items()}


def swap(hall: Hall, counter: int, who: str, **more: Any) -> list[did.Event]:
    return hall.clerk(counter, ask.AssignServices(who=who, **more))


def test_somebody_else_sits_there_and_serves_what_is_served_there(hall: Hall) -> None:
    [event] = swap(hall, 2, "mai")
    assert isinstance(event, did.ServicesAssigned)
    assert (event.services, event.who, event.half) == (("B",), "mai", "2027-01-15/morning")
    assert on_duty(hall) == {1: None, 2: "mai"}


def test_with_other_services_in_one_command(hall: Hall) -> None:
    swap(hall, 2, "mai", services=("A", "B"))
    counter = hall.centre.counters[2]
    assert (counter.who, counter.services) == ("mai", ("A", "B"))


def test_a_manager_does_it_for_any_counter(hall: Hall) -> None:
    hall.do(ask.AssignServices(who="mai"), Sender(device="web", role=Role.MANAGER, counter=1, person="ql-01"))
    assert on_duty(hall)[1] == "mai"


def test_the_same_person_is_no_change(hall: Hall) -> None:
    assert swap(hall, 2, "hoa") == []


def test_other_services_leave_the_person(hall: Hall) -> None:
    swap(hall, 1, "mai")
    hall.clerk(1, ask.AssignServices(services=("A",)))
    assert on_duty(hall)[1] == "mai"


def test_in_the_afternoon_the_roster_holds_again(hall: Hall) -> None:
    swap(hall, 2, "mai")
    hall.wait(2 * HOUR)
    assert on_duty(hall)[2] == "mai"
    hall.wait(2 * HOUR)
    assert (on_duty(hall)[2], hall.centre.counters[2].services) == ("lan", ("A",))


def test_at_a_counter_without_roster_the_swap_is_over_and_its_services_stay(hall: Hall) -> None:
    swap(hall, 1, "mai", services=("B",))
    [event] = [e for e in hall.wait(4 * HOUR) if isinstance(e, did.ServicesAssigned) and e.counter == 1]
    assert (event.services, event.who, event.half) == (("B",), None, "2027-01-15/afternoon")
    assert (on_duty(hall)[1], hall.centre.counters[1].services) == (None, ("B",))
    assert hall.wait(1) == [], "once"


def test_a_clock_that_nobody_set_ends_no_swap(hall: Hall) -> None:
    by = Sender(device="web", role=Role.MANAGER, counter=1, person="ql-01")
    for event in decide(hall.centre, ask.AssignServices(who="mai"), by, hall.now, trusted=False):
        hall.append(event)
    hall.wait(9 * HOUR, trusted=False)
    hall.wait(1)
    assert on_duty(hall)[1] == "mai", "until the day ends"


def test_it_can_be_taken_back(hall: Hall) -> None:
    swap(hall, 2, "mai", services=("A",))
    hall.clerk(2, ask.UndoLast())
    assert (on_duty(hall)[2], hall.centre.counters[2].services) == ("hoa", ("B",))


def test_nothing_at_all_is_refused(hall: Hall) -> None:
    assert hall.refused(1, ask.AssignServices()) == "no-services"
    assert hall.refused(1, ask.AssignServices(services=(), who="mai")) == "no-services"
    assert on_duty(hall)[1] is None
