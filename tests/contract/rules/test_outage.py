"""Rules 7.1 and 7.2: numbers given on paper, and people served, while the kiosk or the hub was dead."""

import pytest

from tests.contract.rules.conftest import order_at
from tests.whole.hall import accepted, refused


def test_a_range_on_paper_takes_its_place(hall, ear):
    """The kiosk dies after A030; A031 to A036 are given by hand and typed in; the kiosk goes on with A037."""
    printed = hall.number("A")
    paper = hall.unused("A", 6)
    said = accepted(hall.greeter.asks("issued-offline", ticket=paper[0], to=paper[-1], service="A"))
    assert said["tickets"] == paper
    event = ear.hears("event/ticket-issued", ticket=paper[5])
    assert (event.data["source"], event.data["offline"], event.data["by"]) == ("paper", True, "hd-01")
    ear.hears("event/ticket-printed", ticket=paper[5])
    after = hall.number("A")
    assert int(after[1:]) == int(paper[-1][1:]) + 1
    assert order_at(hall, 1) == [printed, *paper, after]


def test_typed_in_late_it_still_stands_by_its_number(hall):
    """The kiosk was back before anybody typed: A008 came after A006 and A007 on paper."""
    first = hall.number("A")
    paper = hall.unused("A", 2)
    [gap] = hall.unused("A")
    accepted(hall.greeter.asks("issued-offline", ticket=gap, service="A"))
    later = hall.number("A")
    accepted(hall.clerk(1).asks("issued-offline", ticket=paper[0], to=paper[1], service="A"))
    assert order_at(hall, 1) == [first, *paper, gap, later]


def test_who_knows_when_says_when(hall):
    printed = hall.number("A")
    paper = hall.earlier("A", seconds_ago=600)
    assert order_at(hall, 1) == [paper, printed]


def test_greeter_clerk_and_manager_may(hall):
    for person in (hall.greeter, hall.clerk(2), hall.manager):
        [number] = hall.unused("C")
        assert accepted(person.asks("issued-offline", ticket=number, service="C"))["ticket"] == number


def test_a_number_that_somebody_has_is_named(hall):
    given = hall.number("A")
    first, last = hall.unused("A", 2)
    before = hall.states()
    sentence = refused(hall.greeter.asks("issued-offline", ticket=given, to=last, service="A"), "number-used")
    assert given in sentence
    assert hall.states() == before, "none of the range was taken"
    accepted(hall.greeter.asks("issued-offline", ticket=first, to=last, service="A"))


def test_what_nobody_can_have_on_paper(hall):
    ask = hall.greeter.asks
    assert "A750" in refused(ask("issued-offline", ticket="A750", service="A"), "reserved-number")
    refused(ask("served-offline", ticket="A750"), "reserved-number")
    assert "A690" in refused(ask("issued-offline", ticket="A690", service="A"), "number-too-high")
    refused(ask("served-offline", ticket="A690"), "number-too-high")
    refused(ask("issued-offline", ticket="A001", service="Z"), "unknown-service")
    refused(ask("issued-offline", ticket="A001", service="A", day="2001-01-01"), "other-day")


def test_a_range_typed_wrongly_is_taken_back(hall, ear):
    before = hall.states()["state/board"]["services"]
    first, *_, last = hall.unused("C", 4)
    accepted(hall.greeter.asks("issued-offline", press="wrong-range", ticket=first, to=last, service="C"))
    accepted(hall.greeter.asks("undo", of="wrong-range"))
    ear.hears("event/action-undone", counter=None)
    assert ear.hears("event/ticket-voided", ticket=last).data["reason"] == "undone"
    assert hall.states()["state/board"]["services"] == before


def test_served_while_nothing_worked(hall, ear):
    """A041 and A042 wait, A043 to A047 are on paper: all seven were served, none of them is called."""
    known = hall.numbers("A", 2)
    paper = hall.unused("A", 5)
    before = hall.states()["state/day"]["account"]
    span = {"ticket": known[0], "to": paper[-1]}

    seen = accepted(hall.clerk(1).asks("served-offline", **span, preview=True))
    assert (seen["tickets"], seen["skipped"], seen["preview"]) == ([*known, *paper], [], True)
    assert hall.states()["state/day"]["account"] == before, "a preview changes nothing"

    accepted(hall.clerk(1).asks("served-offline", **span))
    ear.hears("event/ticket-served-offline", ticket=paper[-1])
    assert ear.hears("event/ticket-issued", ticket=paper[0]).data["source"] == "paper"
    after = hall.states()["state/day"]["account"]
    assert (after["served"], after["inferred"]) == (before["served"] + 7, before["inferred"])
    assert after["outcomes"]["unknown"] == before["outcomes"].get("unknown", 0) + 7
    later = hall.number("A")
    assert int(later[1:]) == int(paper[-1][1:]) + 1
    assert order_at(hall, 1) == [later]


def test_whoever_is_at_a_counter_or_done_is_left_alone(hall):
    at_counter, done = hall.serving(1, "A"), hall.serving(2, "A")
    accepted(hall.unit(2).asks("finish", outcome="done"))
    waiting = hall.number("A")
    said = accepted(hall.greeter.asks("served-offline", ticket=at_counter, to=waiting))
    assert (said["tickets"], said["skipped"]) == ([waiting], [at_counter, done])
    refused(hall.greeter.asks("served-offline", ticket=at_counter, to=waiting), "nothing-in-range")
    assert accepted(hall.unit(1).asks("finish"))["ticket"] is None


def test_that_is_taken_back_too(hall, ear):
    known = hall.numbers("A", 2)
    paper = hall.unused("A", 2)
    accepted(hall.manager.asks("served-offline", ticket=known[0], to=paper[-1]))
    accepted(hall.manager.asks("undo"))
    for number in paper:
        assert ear.hears("event/ticket-voided", ticket=number).data["reason"] == "undone"
    assert order_at(hall, 1) == known


def test_who_was_put_down_as_served_by_mistake_waits_again(hall):
    first, second = hall.numbers("A", 2)
    accepted(hall.clerk(1).asks("served-offline", ticket=first))
    accepted(hall.kiosk.asks("return", ticket=first))
    assert order_at(hall, 1) == [first, second]


def test_the_kiosks_own_report_comes_after_people_typed_it(hall):
    """Its journal comes late: the number is known already, the kiosk gets its receipt, nobody waits twice."""
    lease = accepted(hall.kiosk.asks("lease", service="B"))
    number = f"B{lease['from']}"
    accepted(hall.greeter.asks("issued-offline", ticket=number, service="B", seconds_ago=60))
    accepted(hall.kiosk.asks("issued-offline", ticket=number, service="B", seconds_ago=90))
    assert order_at(hall, 1) == [number]
    issued = [event["data"]["ticket"] for event in hall.log() if event["type"] == "ticket-issued"]
    assert issued.count(number) == 1


@pytest.mark.parametrize("command", ["served-offline", "void"])
def test_a_preview_is_no_deed(hall, command):
    numbers = hall.numbers("A", 2)
    accepted(hall.manager.asks("void", ticket=numbers[0], reason="first"))
    more = {"reason": "x"} if command == "void" else {}
    accepted(hall.manager.asks(command, ticket=numbers[1], to=numbers[1], preview=True, **more))
    accepted(hall.manager.asks("undo"))
    assert order_at(hall, 1) == numbers
