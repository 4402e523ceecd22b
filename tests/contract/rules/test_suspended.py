"""Rule 6.1: the national system is down; one press, and one to undo it."""

import pytest

from tests.contract.rules.conftest import order_at
from tests.whole.hall import accepted, refused


def line_of(hall, code, state="board"):
    """One service as the wall or a kiosk has it now."""
    return next(line for line in hall.states()[f"state/{state}"]["services"] if line["code"] == code)


def test_everybody_keeps_the_place(hall, ear):
    """B010 is at counter 2, B011 and B012 wait; suspended, B013 comes, restored: B010 to B013 in this order."""
    served, *waiting = [hall.serving(2, "B"), hall.number("B"), hall.number("B")]
    other = hall.number("A")
    said = accepted(hall.clerk(1).asks("suspend-service", service="B", reason="phần mềm hộ tịch"))
    assert said["tickets"] == [served]
    event = ear.hears("event/service-suspended", service="B")
    assert (event.data["by"], event.data["reason"]) == ("cb-01", "phần mềm hộ tịch")
    held = ear.hears("event/ticket-held", ticket=served, counter=2)
    assert (held.data["reason"], held.data["deed"]) == ("suspended", event.body["seq"])
    assert ear.shows("counter/2", held).body["held"] == [served]

    assert line_of(hall, "B")["state"] == line_of(hall, "B", "services")["state"] == "suspended"
    assert accepted(hall.unit(2).asks("next"))["ticket"] == other, "counter 2 still calls A"
    accepted(hall.unit(2).asks("start"))
    assert accepted(hall.unit(1).asks("next"))["ticket"] is None

    late = accepted(hall.kiosk.asks("issue", service="B"))
    assert (late["promise"], late["ahead"]) == (None, 2)
    assert late["warning"]["vi"].startswith("Hệ thống đang gián đoạn")

    accepted(hall.greeter.asks("restore-service", service="B"))
    assert ear.hears("event/service-restored", service="B").data["by"] == "hd-01"
    assert ear.hears("event/ticket-returned", ticket=served).data["after"] is None
    assert order_at(hall, 1) == [served, *waiting, late["ticket"]]
    assert hall.states()["state/counter/2"]["ticket"] == other


def test_nobody_of_it_is_called_however_one_tries(hall):
    held = hall.serving(2, "A")
    accepted(hall.unit(2).asks("hold"))
    waiting = hall.number("B")
    accepted(hall.manager.asks("suspend-service", service="B"))
    accepted(hall.manager.asks("suspend-service", service="A"))
    refused(hall.unit(1).asks("call", ticket=waiting, reason="urgent"), "service-suspended")
    refused(hall.unit(1).asks("call", ticket=held), "service-suspended")
    refused(hall.unit(1).asks("resume", ticket=held), "service-suspended")
    assert accepted(hall.unit(1).asks("next"))["ticket"] is None


def test_who_was_held_before_stays_held(hall):
    """Only those whom the suspension took from a counter wait again; a missing paper is still missing."""
    missing_paper = hall.serving(1, "B")
    accepted(hall.unit(1).asks("hold"))
    served = hall.serving(1, "B")
    accepted(hall.manager.asks("suspend-service", service="B"))
    assert sorted(hall.states()["state/counter/1"]["held"]) == sorted([missing_paper, served])
    accepted(hall.manager.asks("restore-service", service="B"))
    assert hall.states()["state/counter/1"]["held"] == [missing_paper]


def test_the_promise_stands_still(hall):
    for _ in range(3):
        hall.serving(1, "B")
    hall.number("B")
    accepted(hall.manager.asks("suspend-service", service="B"))
    before = line_of(hall, "B")["promise"]
    hall.serving(1, "A")
    assert line_of(hall, "B")["promise"] == before


@pytest.mark.parametrize("who", ["greeter", "clerk", "manager"])
def test_one_press_by_any_of_them(hall, ear, who):
    person = hall.clerk(3) if who == "clerk" else getattr(hall, who)
    for _ in range(2):
        accepted(person.asks("suspend-service", service="C"))
    for _ in range(2):
        accepted(person.asks("restore-service", service="C"))
    accepted(hall.unit(3).asks("open"))
    ear.hears("event/counter-opened")
    told = [h.topic for h in ear.on("event/")]
    assert told == ["event/service-suspended", "event/service-restored", "event/counter-opened"], "so already: no event"
    refused(person.asks("suspend-service", service="Z"), "unknown-service")
    refused(person.asks("restore-service", service="Z"), "unknown-service")
