"""Rule 4.6: a greeter gives a number, and a kiosk prints it or says why not."""

from tests.whole.hall import accepted, refused


def ordered(hall, kiosk: str = "kiosk-1", **more) -> str:
    return accepted(hall.greeter.asks("issue", service="B", print_at=kiosk, **more))["ticket"]


def test_the_kiosk_is_told_with_the_number(hall, ear):
    number = ordered(hall)
    event = ear.hears("event/ticket-issued", ticket=number)
    assert (event.data["print_at"], event.data["source"], event.data["by"]) == ("kiosk-1", "greeter", "hd-01")
    accepted(hall.kiosk.asks("printed", ticket=number))
    assert ear.hears("event/ticket-printed", ticket=number).data["by"] == "kiosk-1"


def test_a_number_that_is_read_out_names_no_kiosk(hall, ear):
    number = accepted(hall.greeter.asks("issue", service="B"))["ticket"]
    assert ear.hears("event/ticket-issued", ticket=number).data["print_at"] is None


def test_only_that_kiosk_speaks_of_the_paper(hall, ear):
    number = ordered(hall, "kiosk-2")
    refused(hall.kiosk.asks("printed", ticket=number), "not-your-number")
    accepted(hall.device("kiosk-2").asks("print-failed", ticket=number, reason="out"))
    assert ear.hears("event/ticket-print-failed", ticket=number).data["reason"] == "out"
    assert accepted(hall.unit(1).asks("next"))["ticket"] == number, "the number is good without paper"


def test_a_kiosk_that_is_not_there(hall, ear):
    sentence = refused(hall.greeter.asks("issue", service="B", print_at="kiosk-9"), "unknown-kiosk")
    assert "kiosk-9" in sentence
    assert "kiosk-1, kiosk-2" in sentence
    refused(hall.greeter.asks("issue", service="B", print_at="counter-1"), "unknown-kiosk")
    number = hall.number("B")
    ear.hears("event/ticket-issued", ticket=number)
    assert len(ear.on("event/ticket-issued")) == 1, "no number was given"


def test_the_same_press_orders_one_ticket(hall, ear):
    first = hall.greeter.asks("issue", press="order-1", service="B", print_at="kiosk-1")
    again = hall.greeter.asks("issue", press="order-1", service="B", print_at="kiosk-1")
    assert first.payload == again.payload
    ear.hears("event/ticket-issued", ticket=hall.number("B"))
    assert [event.data["print_at"] for event in ear.on("event/ticket-issued")] == ["kiosk-1", None]


def test_a_kiosk_prints_its_own_numbers_itself(hall, ear):
    number = accepted(hall.kiosk.asks("issue", service="B", print_at="kiosk-2"))["ticket"]
    assert ear.hears("event/ticket-issued", ticket=number).data["print_at"] is None
