"""Rules 7.3 and 7.4: numbers that a kiosk gives by itself, each on its own day, and the paper once more."""

from tests.contract.rules.conftest import order_at
from tests.whole.hall import accepted, refused

HOURS = 3600


def lent(hall, service="B", **more):
    """The first number of a block that the kiosk leases now."""
    lease = accepted(hall.kiosk.asks("lease", service=service, **more))
    return f"{service}{lease['from']}"


def test_a_number_given_off_line_stands_where_its_press_was(hall, ear):
    number = lent(hall)
    printed = hall.number("B")
    accepted(hall.kiosk.asks("issued-offline", ticket=number, service="B", seconds_ago=300))
    event = ear.hears("event/ticket-issued", ticket=number)
    assert (event.data["offline"], event.data["source"]) == (True, "kiosk")
    ear.hears("event/ticket-printed", ticket=number)
    assert order_at(hall, 1) == [number, printed]


def test_the_printed_number_takes_the_place_of_the_one_whose_reply_was_lost(hall, ear):
    number = lent(hall)
    phantom = accepted(hall.kiosk.asks("issue", press="lost", service="B"))["ticket"]
    after = hall.number("B")
    accepted(hall.unit(1).asks("next"))
    accepted(hall.kiosk.asks("issued-offline", press="lost", ticket=number, service="B", seconds_ago=0))
    assert ear.hears("event/ticket-voided", ticket=phantom).data["reason"] == "replaced"
    assert hall.states()["state/counter/1"]["ticket"] == number, "also when it was called already"
    accepted(hall.unit(1).asks("start"))
    assert order_at(hall, 1) == [after]


def test_a_press_of_another_day_is_filed_under_none(hall):
    number, before = lent(hall), hall.states()
    report = {"ticket": number, "service": "B"}
    refused(hall.kiosk.asks("issued-offline", **report, seconds_ago=60, day="2001-01-01"), "other-day")
    sentence = refused(hall.kiosk.asks("issued-offline", **report, seconds_ago=26 * HOURS), "earlier-day")
    assert number in sentence
    ahead = lent(hall, day="next")
    refused(hall.kiosk.asks("issued-offline", ticket=ahead, service="B", seconds_ago=60), "day-ahead")
    assert hall.states()["state/board"] == before["state/board"]


def test_a_kiosk_that_thinks_of_another_day_gets_no_block(hall):
    day = hall.states()["state/day"]["day"]
    refused(hall.kiosk.asks("lease", service="B", of="2001-01-01"), "day-not-open")
    block = accepted(hall.kiosk.asks("lease", service="B", day="next", of=day))
    assert (block["day"], block["after"]) == ("next", day)


def test_a_paper_is_printed_again_for_the_staff(hall, ear):
    number = hall.number("B")
    kiosk = hall.site.kiosks[0].device
    accepted(hall.clerk(1).asks("reprint", ticket=number))
    assert ear.hears("event/ticket-reprinted", ticket=number).data["print_at"] == kiosk
    accepted(hall.kiosk.asks("reprint", ticket=number))
    ear.hears("event/ticket-reprinted", ticket=number, print_at=None)
    assert order_at(hall, 1) == [number], "nobody moves"


def test_whoever_was_served_gets_no_paper(hall):
    number = hall.number("B")
    accepted(hall.greeter.asks("void", ticket=number, reason="test"))
    refused(hall.greeter.asks("reprint", ticket=number), "ticket-ended")
    refused(hall.greeter.asks("reprint", ticket=hall.number("B"), print_at="kiosk-9"), "unknown-kiosk")
