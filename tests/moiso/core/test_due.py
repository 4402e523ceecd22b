"""What time alone brings."""

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.hours import Hours, Span, Timetable
from moiso.core.rules import Desk, Duty, Rules
from tests.moiso.core.hall import RULES, A, B, Hall

#: 2027-01-15, a Friday, 15:00 in Vietnam.
FRIDAY_AFTERNOON = 1_800_000_000.0


def types(events: list[did.Event]) -> list[str]:
    return [did.type_name(event) for event in events]


def test_three_calls_and_nobody_came() -> None:
    hall = Hall()
    hall.issue()
    hall.called(1)
    for _ in range(2):
        assert hall.wait(25) == []
        hall.clerk(1, ask.RecallTicket())
    assert hall.wait(24.9) == []
    [missed] = hall.wait(0.1)
    assert isinstance(missed, did.TicketMissed)
    assert (missed.inferred, missed.keeps_place, missed.by) == (True, True, "")
    hall.now += 4 * 3600
    hall.person(ask.ReturnTicket(ticket="A001"))
    assert hall.line() == ["A001"]


def test_quick_recalls_give_nobody_less_time() -> None:
    hall = Hall()
    hall.issue()
    hall.called(1)
    hall.clerk(1, ask.RecallTicket())
    hall.clerk(1, ask.RecallTicket())
    assert hall.wait(74) == []
    assert types(hall.wait(1)) == ["ticket-missed"]


def test_whoever_came_is_not_absent() -> None:
    hall = Hall()
    hall.issue()
    hall.called(1)
    hall.clerk(1, ask.RecallTicket())
    hall.clerk(1, ask.RecallTicket())
    hall.clerk(1, ask.StartService())
    assert hall.wait(3600) == []


def test_people_without_a_counter_alarm_after_five_minutes() -> None:
    hall = Hall()
    hall.issue("B")
    assert hall.wait(298) == []
    [alarm] = hall.wait(2)
    assert isinstance(alarm, did.ServiceUnstaffed)
    assert (alarm.service, alarm.waiting, alarm.counters) == ("B", 1, (1,))
    assert hall.wait(600) == [], "told once"
    hall.clerk(1, ask.OpenCounter())
    assert hall.centre.alarms == {}


def test_an_alarm_names_open_counters_when_no_other_can_come() -> None:
    hall = Hall()
    hall.clerk(1, ask.OpenCounter())
    hall.clerk(2, ask.OpenCounter())
    hall.clerk(1, ask.AssignServices(services=("A",)))
    hall.issue("B")
    [alarm] = hall.wait(300)
    assert isinstance(alarm, did.ServiceUnstaffed)
    assert alarm.counters == (1, 2)


def test_a_counter_that_left_begins_the_five_minutes() -> None:
    hall = Hall()
    hall.clerk(1, ask.OpenCounter())
    hall.issue("B")
    hall.now += 3600
    hall.clerk(1, ask.CloseCounter())
    assert hall.wait(299) == []
    assert types(hall.wait(1)) == ["service-unstaffed"]


def test_a_suspended_service_alarms_nobody() -> None:
    hall = Hall()
    hall.issue("B")
    hall.person(ask.SuspendService(service="B"))
    assert hall.wait(3600) == []


def test_a_silent_counter_is_idle_until_it_presses() -> None:
    hall = Hall()
    hall.clerk(1, ask.OpenCounter())
    hall.wait(1800)
    hall.issue()
    assert hall.wait(598) == [], "ten minutes from when somebody waits"
    assert types(hall.wait(2)) == ["counter-idle"]
    assert hall.centre.open_counters("A") == []
    assert hall.wait(60) == []
    hall.called(1)
    assert hall.centre.open_counters("A") == [1]


def hours(*spans: tuple[int, int]) -> tuple[Hours, ...]:
    made = tuple(Span(begin * 3600, end * 3600) for begin, end in spans)
    return (Hours(issue=made, serve=made),) * 7


def test_outside_its_hours_a_service_alarms_nobody_while_the_clock_is_right() -> None:
    timetable = Timetable(weekly={"B": hours((7, 11), (16, 18))})
    hall = Hall(Rules(services=RULES.services, desks=RULES.desks, timetable=timetable))
    hall.now = FRIDAY_AFTERNOON
    hall.person(ask.IssueTicket(service="B"))
    assert hall.wait(1800) == []
    assert hall.wait(1800) == [], "16:00: the window begins"
    assert types(hall.wait(300)) == ["service-unstaffed"]


def test_a_free_clock_closes_no_window() -> None:
    timetable = Timetable(weekly={"B": hours((7, 11))})
    hall = Hall(Rules(services=RULES.services, desks=RULES.desks, timetable=timetable))
    hall.now = FRIDAY_AFTERNOON
    hall.person(ask.IssueTicket(service="B"))
    assert types(hall.wait(300, trusted=False)) == ["service-unstaffed"]


@pytest.fixture
def rostered() -> Hall:
    roster = (
        Duty(counter=2, who="hoa", services=("B",), weekday=4, half="morning"),
        Duty(counter=2, who="lan", services=("B", "A"), weekday=4, half="afternoon"),
    )
    desks = (Desk(number=1, label="Quầy 1", services=("A", "B")), Desk(number=2, label="Quầy 2", services=("A",)))
    hall = Hall(Rules(services=(A, B), desks=desks, roster=roster))
    hall.now = FRIDAY_AFTERNOON - 7 * 3600
    return hall


def test_the_roster_gives_a_counter_its_services_at_each_half_day(rostered: Hall) -> None:
    [morning] = rostered.wait(0)
    assert isinstance(morning, did.ServicesAssigned)
    assert (morning.services, morning.who, morning.half) == (("B",), "hoa", "2027-01-15/morning")
    assert rostered.wait(2 * 3600) == []
    rostered.clerk(2, ask.AssignServices(services=("A", "B")))
    assert rostered.wait(60) == [], "what people decide holds for the half-day"
    [afternoon] = rostered.wait(2 * 3600)
    assert isinstance(afternoon, did.ServicesAssigned)
    assert (afternoon.services, afternoon.who) == (("B", "A"), "lan")
    [saturday] = rostered.wait(20 * 3600)
    assert isinstance(saturday, did.ServicesAssigned)
    assert (saturday.services, saturday.who) == (("A",), None), "nobody's duty: the counter's own"


def test_without_a_clock_there_is_no_roster(rostered: Hall) -> None:
    assert rostered.wait(0, trusted=False) == []
