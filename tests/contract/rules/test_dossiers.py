"""Rule 5.1: visitors with many files. Service E takes 5 in a turn; H too, and sends the rest to M."""

import pytest

from tests.contract.rules.conftest import order_at
from tests.whole.hall import accepted, refused


def at_counter_with(hall, service, dossiers):
    """Somebody who has just said how many files there are."""
    number = hall.number(service)
    assert accepted(hall.unit(4).asks("next"))["ticket"] == number
    accepted(hall.unit(4).asks("start", dossiers=dossiers))
    return number


def test_nobody_waits_longer_than_one_turn_of_a_proxy(hall, ear):
    """C008 brings 30 files while C009 to C012 wait: after five it stands behind C012, before C013."""
    proxy = at_counter_with(hall, "E", 30)
    assert ear.hears("event/service-started", ticket=proxy).data["dossiers"] == 30
    others = hall.numbers("E", 4)
    assert accepted(hall.unit(4).asks("next"))["ticket"] == others[0]
    event = ear.hears("event/ticket-transferred", ticket=proxy)
    assert (event.data["reason"], event.data["service"]) == ("more-dossiers", "E")
    assert not ear.on("event/service-finished"), "the visit goes on"
    latest = hall.number("E")
    accepted(hall.unit(4).asks("start"))
    assert order_at(hall, 4)[:5] == [*others[1:], proxy, latest]


def test_six_turns_for_thirty_files(hall, ear):
    proxy = at_counter_with(hall, "E", 30)
    for _ in range(5):
        accepted(hall.unit(4).asks("finish"))
        assert accepted(hall.unit(4).asks("next"))["ticket"] == proxy
        accepted(hall.unit(4).asks("start"))
    accepted(hall.unit(4).asks("finish"))
    ear.hears("event/service-finished", ticket=proxy)
    left = [event.data["left"] for event in ear.on("event/ticket-transferred")]
    assert len(left) == 5
    assert left[-1] == 0, "nothing is left after the sixth turn"


@pytest.mark.parametrize("dossiers", [1, 5])
def test_within_the_cap_one_turn_is_enough(hall, ear, dossiers):
    number = at_counter_with(hall, "E", dossiers)
    accepted(hall.unit(4).asks("finish", outcome="done", dossiers=dossiers))
    event = ear.hears("event/service-finished", ticket=number)
    assert (event.data["outcome"], event.data["dossiers"]) == ("done", dossiers)


def test_more_of_them_without_having_counted(hall, ear):
    number = hall.serving(4, "E")
    other = hall.number("E")
    accepted(hall.unit(4).asks("finish", more=True, dossiers=5))
    event = ear.hears("event/ticket-transferred", ticket=number, reason="more-dossiers")
    assert (event.data["dossiers"], event.data["left"]) == (5, None)
    assert order_at(hall, 4) == [other, number]


def test_the_rest_goes_to_the_service_for_bulk(hall, ear):
    number = at_counter_with(hall, "H", 12)
    other = hall.number("M")
    accepted(hall.unit(4).asks("finish"))
    assert ear.hears("event/ticket-transferred", ticket=number).data["service"] == "M"
    assert order_at(hall, 4) == [other, number]
    accepted(hall.unit(4).asks("close"))
    ear.hears("event/service-finished", ticket=number)


def test_priority_is_for_the_first_turn_only(hall):
    number = hall.number("E", priority=True)
    accepted(hall.unit(4).asks("next"))
    accepted(hall.unit(4).asks("start", dossiers=10))
    others = hall.numbers("E", 3)
    accepted(hall.unit(4).asks("finish"))
    assert order_at(hall, 4)[:4] == [*others, number]


def test_sent_behind_by_mistake_the_first_place_is_not_lost(hall):
    number = hall.serving(4, "E")
    others = hall.numbers("M", 2)
    accepted(hall.unit(4).asks("finish", more=True))
    accepted(hall.unit(4).asks("undo"))
    accepted(hall.unit(4).asks("transfer", service="M"))
    assert order_at(hall, 4) == [number, *others]


def test_a_finish_with_an_outcome_ends_the_visit(hall, ear):
    number = at_counter_with(hall, "E", 30)
    accepted(hall.unit(4).asks("finish", outcome="gave-up"))
    assert ear.hears("event/service-finished", ticket=number).data["outcome"] == "gave-up"


def test_more_than_the_cap_in_one_turn(hall):
    at_counter_with(hall, "E", 30)
    before = hall.states()
    assert "5" in refused(hall.unit(4).asks("finish", dossiers=6), "over-cap")
    assert hall.states() == before


def test_where_no_cap_is_set_any_number_is_one_turn(hall, ear):
    number = hall.number("A")
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("start", dossiers=30))
    accepted(hall.unit(1).asks("finish", dossiers=30))
    assert ear.hears("event/service-finished", ticket=number).data["dossiers"] == 30


def test_pausing_does_not_end_the_visit_either(hall, ear):
    number = at_counter_with(hall, "E", 9)
    accepted(hall.unit(4).asks("pause"))
    ear.hears("event/ticket-transferred", ticket=number, reason="more-dossiers")
    assert hall.states()["state/board"]["services"][3]["waiting"] == 1
