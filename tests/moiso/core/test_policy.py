"""Who is next, and which rule the event names."""

from msgspec.structs import replace

from moiso.core import commands as ask
from moiso.core.rules import Desk, Rules, Service
from tests.moiso.core.hall import RULES, A, B, Hall


def test_people_are_called_in_the_order_of_their_presses_across_services() -> None:
    hall = Hall()
    first, second, third = hall.issue("B"), hall.issue("A"), hall.issue("B")
    assert [hall.called() for _ in range(4)] == [(first, "oldest"), (second, "oldest"), (third, "oldest"), None]


def test_a_counter_calls_only_its_own_services() -> None:
    hall = Hall()
    hall.issue("B")
    assert hall.called(2) is None


def test_the_first_priority_visitor_goes_before_and_then_one_in_three() -> None:
    hall = Hall()
    ordinary = [hall.issue() for _ in range(5)]
    urgent = [hall.issue(priority=True) for _ in range(3)]
    assert [hall.called() for _ in range(8)] == [
        (urgent[0], "priority"),
        (ordinary[0], "oldest"),
        (ordinary[1], "oldest"),
        (urgent[1], "priority"),
        (ordinary[2], "oldest"),
        (ordinary[3], "oldest"),
        (urgent[2], "priority"),
        (ordinary[4], "oldest"),
    ]


def test_thirty_priority_visitors_do_not_starve_the_others() -> None:
    hall = Hall()
    ordinary = [hall.issue() for _ in range(10)]
    for _ in range(30):
        hall.issue(priority=True)
    called = [hall.called() for _ in range(15)]
    assert [number for number, _ in filter(None, called) if number in ordinary] == ordinary


def test_priority_never_makes_anybody_wait_longer() -> None:
    hall = Hall()
    urgent = [hall.issue(priority=True), hall.issue(priority=True)]
    ordinary = hall.issue()
    assert [hall.called() for _ in range(3)] == [(urgent[0], "oldest"), (urgent[1], "oldest"), (ordinary, "oldest")]


def test_ratio_nought_puts_priority_first_always() -> None:
    hall = Hall(replace(RULES, priority_ratio=0))
    hall.issue()
    urgent = [hall.issue(priority=True), hall.issue(priority=True)]
    assert [hall.called(), hall.called()] == [(urgent[0], "priority"), (urgent[1], "priority")]


def test_whoever_waited_past_the_maximum_goes_before_priority() -> None:
    hall = Hall()
    old = [hall.issue(), hall.issue()]
    hall.now += RULES.max_wait
    urgent = hall.issue(priority=True)
    assert [hall.called(), hall.called(), hall.called()] == [
        (old[0], "max-wait"),
        (old[1], "max-wait"),
        (urgent, "oldest"),
    ]


def test_exactly_the_maximum_is_not_past_it() -> None:
    hall = Hall()
    first = hall.issue()
    hall.now += RULES.max_wait - 1.0  # the press itself was a second ago
    urgent = hall.issue(priority=True)
    hall.now -= 1.0
    assert hall.called() == (urgent, "priority")
    hall.now += 0.001
    assert hall.called(2) == (first, "max-wait")


PREFERS_B = Rules(services=(A, B), desks=(Desk(number=1, label="Quầy 1", services=("B", "A"), order="preference"),))


def test_a_counter_may_prefer_its_first_service() -> None:
    hall = Hall(PREFERS_B)
    of_a, of_b = hall.issue("A"), [hall.issue("B"), hall.issue("B")]
    assert [hall.called() for _ in range(3)] == [(of_b[0], "preference"), (of_b[1], "preference"), (of_a, "oldest")]


def test_preference_makes_nobody_wait_past_the_maximum() -> None:
    hall = Hall(PREFERS_B)
    of_a = hall.issue("A")
    hall.now += RULES.max_wait
    hall.issue("B")
    assert hall.called() == (of_a, "max-wait")


def test_preference_does_not_hide_priority() -> None:
    hall = Hall(PREFERS_B)
    urgent = hall.issue("A", priority=True)
    hall.issue("B")
    assert hall.called() == (urgent, "priority")


def test_services_moved_to_a_counter_are_called_there() -> None:
    hall = Hall()
    of_b = hall.issue("B")
    hall.clerk(2, ask.AssignServices(services=("A", "B", "A")))
    assert hall.centre.counters[2].services == ("A", "B")
    assert hall.called(2) == (of_b, "oldest")


def test_one_more_service_or_one_less_leaves_the_others_and_their_order() -> None:
    hall = Hall(Rules(services=(A, B, Service(code="C", name="Đất đai")), desks=PREFERS_B.desks))
    assert hall.centre.counters[1].services == ("B", "A")
    hall.clerk(1, ask.AssignServices(take=("C",)))
    assert hall.clerk(1, ask.AssignServices(take=("C", "A"))) == [], "it has them"
    assert hall.centre.counters[1].services == ("B", "A", "C")
    hall.clerk(1, ask.AssignServices(take=("C",), drop=("A",), who="mai"))
    assert hall.centre.counters[1].services == ("B", "C")
    assert hall.clerk(1, ask.AssignServices(drop=("A",))) == [], "it has none"
    assert hall.refused(1, ask.AssignServices(drop=("B", "C"))) == "no-services"
    assert hall.refused(1, ask.AssignServices(drop=("X",))) == "unknown-service"
    assert hall.centre.counters[1].services == ("B", "C")
