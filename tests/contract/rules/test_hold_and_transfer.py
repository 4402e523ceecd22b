"""Rules 1.1 and 1.2: a visitor steps aside, or goes on elsewhere, and keeps number and place."""

from tests.contract.rules.conftest import order_at
from tests.whole.hall import accepted, refused


def test_who_is_held_keeps_the_place_and_any_counter_of_the_service_resumes(hall, ear):
    number = hall.serving(1, "B")
    state = accepted(hall.unit(1).asks("hold", reason="thiếu bản sao"))
    assert (state["state"], state["ticket"], state["held"]) == ("open", None, [number])
    event = ear.hears("event/ticket-held", ticket=number, counter=1, service="B")
    assert event.data["reason"] == "thiếu bản sao"
    assert ear.shows("counter/2", event).body["held"] == [number]
    assert hall.states()["state/counter/3"]["held"] == [], "counter 3 does not serve B"
    account = ear.shows("day", event).body["account"]
    assert (account["held"], account["waiting"], account["at_counters"]) == (1, 0, 0)

    accepted(hall.unit(1).asks("close"))
    state = accepted(hall.unit(2).asks("resume", ticket=number))
    assert (state["ticket"], state["phase"], state["state"], state["held"]) == (number, "serving", "open", [])
    assert ear.hears("event/ticket-resumed", ticket=number).data["counter"] == 2


def test_held_people_stand_by_their_place_and_are_not_called_by_next(hall):
    first, second, third = hall.numbers("A", 3)
    for number in (first, second):
        assert accepted(hall.unit(1).asks("next"))["ticket"] == number
        accepted(hall.unit(1).asks("hold"))
    later = hall.number("A")
    assert accepted(hall.unit(1).asks("next"))["held"] == [first, second]
    assert accepted(hall.unit(2).asks("next"))["ticket"] == later
    assert accepted(hall.unit(1).asks("finish"))["ticket"] is None
    assert third  # was called by counter 1 above


def test_who_was_only_called_may_be_held_too(hall):
    number = hall.number("A")
    accepted(hall.unit(1).asks("next"))
    assert accepted(hall.unit(1).asks("hold"))["held"] == [number]


def test_resuming_sees_off_whoever_is_at_the_counter(hall, ear):
    held = hall.serving(1, "A")
    accepted(hall.unit(1).asks("hold"))
    served = hall.serving(1, "A")
    accepted(hall.unit(1).asks("resume", ticket=held))
    assert ear.hears("event/service-finished", ticket=served).data["inferred"] is False


def test_a_held_visitor_may_be_called_without_a_reason(hall, ear):
    held = hall.serving(1, "A")
    accepted(hall.unit(1).asks("hold"))
    assert accepted(hall.unit(2).asks("call", ticket=held))["phase"] == "called"
    assert ear.hears("event/ticket-called", ticket=held, counter=2).data["policy"] == "by-number"


def test_a_counter_resumes_only_what_it_serves_and_only_who_is_held(hall):
    held, waiting = hall.serving(1, "B"), hall.number("A")
    accepted(hall.unit(1).asks("hold"))
    assert held in refused(hall.unit(3).asks("resume", ticket=held), "not-served-here")
    assert waiting in refused(hall.unit(1).asks("resume", ticket=waiting), "not-held")
    refused(hall.unit(1).asks("resume", ticket="A499"), "unknown-ticket")
    refused(hall.unit(4).asks("hold"), "nobody-here")


def test_a_transfer_keeps_the_time_of_the_first_number(hall, ear):
    """A010 came at 8:00 and stands between B004 of 7:55 and B005 of 8:10."""
    earlier = hall.earlier("B", seconds_ago=300)
    moved = hall.serving(3, "C")
    later = hall.number("B")
    state = accepted(hall.unit(3).asks("transfer", service="B"))
    assert (state["ticket"], state["state"]) == (None, "open")
    event = ear.hears("event/ticket-transferred", ticket=moved, service="B", counter=3)
    assert event.data["reason"] == "people"
    assert order_at(hall, 1) == [earlier, moved, later]


def test_sent_to_one_counter_only_that_one_calls(hall, ear):
    moved, other = hall.serving(3, "C"), hall.number("B")
    accepted(hall.unit(2).asks("open"))
    accepted(hall.clerk(3).asks("transfer", service="B", to_counter=2))
    assert ear.hears("event/ticket-transferred", ticket=moved).data["to_counter"] == 2
    assert accepted(hall.unit(1).asks("next"))["ticket"] == other
    assert accepted(hall.unit(2).asks("next"))["ticket"] == moved


def test_when_that_counter_closes_every_other_may_call(hall):
    moved = hall.serving(3, "C")
    accepted(hall.unit(2).asks("open"))
    accepted(hall.unit(3).asks("transfer", service="B", counter=2))
    assert accepted(hall.unit(1).asks("next"))["ticket"] is None
    accepted(hall.unit(2).asks("close"))
    assert accepted(hall.unit(1).asks("next"))["ticket"] == moved


def test_the_same_service_at_another_counter(hall):
    moved = hall.serving(1, "A")
    accepted(hall.unit(2).asks("open"))
    refused(hall.unit(1).asks("transfer", service="A"), "same-service")
    accepted(hall.unit(1).asks("transfer", service="A", counter=2))
    assert accepted(hall.unit(2).asks("next"))["ticket"] == moved


def test_where_nobody_can_be_sent(hall):
    number = hall.serving(1, "A")
    refused(hall.unit(1).asks("transfer", service="Z"), "unknown-service")
    refused(hall.unit(1).asks("transfer", service="C", counter=2), "not-served-there")
    refused(hall.unit(1).asks("transfer", service="C", counter=99), "unknown-counter")
    assert accepted(hall.unit(1).asks("open"))["ticket"] == number
    refused(hall.unit(2).asks("transfer", service="C"), "nobody-here")
