"""Rules 1.4 and 1.5: an absent visitor comes back; numbers are taken out of the day."""

import pytest

from tests.contract.rules.conftest import order_at
from tests.whole.hall import accepted, refused


def absent(hall, counter=1, service="A"):
    """A visitor who was called and, as the clerk says, did not come."""
    number = hall.number(service)
    assert accepted(hall.unit(counter).asks("next"))["ticket"] == number
    accepted(hall.unit(counter).asks("no-show"))
    return number


@pytest.mark.parametrize(("waiting", "behind"), [(0, 0), (1, 1), (2, 2), (4, 2)])
def test_who_is_back_goes_behind_the_next_two(hall, ear, waiting, behind):
    """A012 is back while A020, A021 and A022 wait: it stands behind A021."""
    gone = absent(hall)
    others = hall.numbers("A", waiting)
    accepted(hall.kiosk.asks("return", ticket=gone))
    event = ear.hears("event/ticket-returned", ticket=gone, service="A")
    assert event.data["after"] == (others[behind - 1] if behind else None)
    assert order_at(hall, 1) == [*others[:behind], gone, *others[behind:]]


def test_behind_two_of_a_range_that_was_typed_in(hall):
    """Everybody of the range came at the same moment, as far as anybody knows."""
    gone = hall.earlier("A", seconds_ago=600)
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("no-show"))
    others = hall.unused("A", 4)
    accepted(hall.greeter.asks("issued-offline", ticket=others[0], to=others[-1], service="A", seconds_ago=60))
    accepted(hall.kiosk.asks("return", ticket=gone))
    assert order_at(hall, 1) == [*others[:2], gone, *others[2:]]


def test_a_return_makes_nobodys_place_better(hall):
    """Called out of turn and missed: the way back is to the own place, not before it."""
    others = hall.numbers("A", 4)
    early = hall.number("A")
    accepted(hall.unit(1).asks("call", ticket=early, reason="urgent"))
    accepted(hall.unit(1).asks("no-show"))
    accepted(hall.kiosk.asks("return", ticket=early))
    assert order_at(hall, 1) == [*others, early]


def test_greeter_and_clerk_take_people_back_too(hall):
    first, second = absent(hall), absent(hall)
    accepted(hall.greeter.asks("return", ticket=first))
    accepted(hall.clerk(1).asks("return", ticket=second))
    assert order_at(hall, 1) == [first, second]


def test_any_kiosk_takes_anybody_back(hall):
    gone = absent(hall)
    assert accepted(hall.device("kiosk-2").asks("return", ticket=gone))
    assert order_at(hall, 1) == [gone]


def test_the_code_on_the_paper_does_for_the_number(hall):
    given = accepted(hall.kiosk.asks("issue", service="A", token="of-its-paper"))
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("no-show"))
    assert accepted(hall.kiosk.asks("return", token="of-its-paper"))["ticket"] == given["ticket"]
    assert order_at(hall, 1) == [given["ticket"]]
    refused(hall.kiosk.asks("return", token="of-no-paper"), "unknown-token")


def test_whom_the_machine_called_absent_gets_the_old_place(hall, ear):
    """Nobody pressed *no-show*: counter 1 went on within 45 s, so the machine guessed, and may be wrong."""
    first, *others = hall.numbers("A", 3)
    assert accepted(hall.unit(1).asks("next"))["ticket"] == first
    accepted(hall.unit(1).asks("next"))
    missed = ear.hears("event/ticket-missed", ticket=first)
    assert (missed.data["inferred"], missed.data["keeps_place"]) == (True, True)
    accepted(hall.kiosk.asks("return", ticket=first))
    assert ear.hears("event/ticket-returned", ticket=first).data["after"] is None
    assert order_at(hall, 2) == [first, others[1]]


def test_the_clerks_word_is_not_a_guess(hall, ear):
    gone = absent(hall)
    missed = ear.hears("event/ticket-missed", ticket=gone)
    assert (missed.data["inferred"], missed.data["keeps_place"]) == (False, False)


def test_an_absent_visitor_may_be_called_without_a_reason(hall, ear):
    gone = absent(hall)
    hall.number("A")
    assert accepted(hall.unit(2).asks("call", ticket=gone))["ticket"] == gone
    assert ear.hears("event/ticket-called", ticket=gone, counter=2).data["policy"] == "by-number"


def test_who_is_not_absent_does_not_return(hall):
    waiting = hall.number("C")
    served = hall.serving(1, "A")
    accepted(hall.unit(1).asks("finish"))
    called = hall.number("A")
    accepted(hall.unit(1).asks("next"))
    for number in (waiting, called):
        assert number in refused(hall.kiosk.asks("return", ticket=number), "not-absent")
    refused(hall.kiosk.asks("return", ticket=served), "ticket-ended")
    refused(hall.kiosk.asks("return", ticket="A499"), "unknown-ticket")


def test_one_number_is_void_with_a_reason(hall, ear):
    number = hall.number("A")
    accepted(hall.greeter.asks("void", ticket=number, reason="in thử"))
    event = ear.hears("event/ticket-voided", ticket=number)
    assert (event.data["reason"], event.data["by"]) == ("in thử", "hd-01")
    refused(hall.greeter.asks("void", ticket=number, reason="in thử"), "ticket-ended")
    assert hall.number("A") > number, "a void number is not given again"


def test_a_kiosk_voids_only_its_own(hall):
    number = hall.number("A")
    other = hall.device("kiosk-2")
    assert number in refused(other.asks("void", ticket=number, reason="x"), "not-your-number")
    refused(hall.kiosk.asks("void", ticket=number, to=number, reason="x"), "not-your-number")


def test_a_range_spares_whoever_is_at_a_counter_or_done(hall, ear):
    """Ten numbers were printed as a test; one is served, one stands at counter 2."""
    done, at_counter = hall.serving(1, "A"), hall.serving(2, "A")
    accepted(hall.unit(1).asks("finish"))
    gone = absent(hall)
    waiting = hall.numbers("A", 3)
    span = {"ticket": done, "to": waiting[-1], "reason": "in thử"}

    seen = accepted(hall.manager.asks("void", **span, preview=True))
    assert (seen["tickets"], seen["skipped"], seen["preview"]) == ([gone, *waiting], [done, at_counter], True)
    done_now = accepted(hall.manager.asks("void", **span))
    assert (done_now["tickets"], done_now["skipped"]) == (seen["tickets"], seen["skipped"])
    for number in (gone, *waiting):
        assert ear.hears("event/ticket-voided", ticket=number).data["reason"] == "in thử"
    assert len(ear.on("event/ticket-voided")) == 4, "the preview changed nothing"
    refused(hall.manager.asks("void", **span), "nothing-in-range")


@pytest.mark.parametrize(("first", "last"), [("A005", "A001"), ("A001", "B005"), ("A001", "A900"), ("A001", "Axyz")])
def test_what_is_no_range(hall, first, last):
    for command, more in (("void", {"reason": "x"}), ("served-offline", {}), ("issued-offline", {"service": "A"})):
        refused(hall.greeter.asks(command, ticket=first, to=last, **more), "bad-range")
