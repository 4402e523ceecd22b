"""A greeter's number at the fake kiosk: printed on hearing of it, once, and never late."""

import json
from pathlib import Path

import pytest

from tests.whole.centre import Centre, until
from tests.whole.talk import PATIENCE, Device, Heard


@pytest.fixture(autouse=True)
def _everybody_there(centre):
    centre.all_ready()


def ordered(web: Device) -> str:
    reply = web.asks("issue", role="greeter", clerk="hd-01", service="B", print_at="kiosk-1")
    return str(reply.data["ticket"])


def prints(centre: Centre, number: str) -> Path:
    return centre.fake("kiosk-1") / "tickets" / f"{number}.escpos"


def paper(kiosk: Device, web: Device, what: str) -> None:
    with web.listens("status/kiosk-1") as status:
        kiosk.says("fake/kiosk-1", {"paper": what})
        status.wait(lambda h: f'"paper":"{what}"' in h.payload, f"the paper is not {what}")


def test_it_comes_out_within_seconds_and_is_reported(centre, web, ear):
    number = ordered(web)
    report = ear.hears("event/ticket-printed", ticket=number)
    assert report.data["by"] == "kiosk-1"
    assert prints(centre, number).stat().st_size > 1000


def test_the_event_said_again_prints_nothing_more(centre, web, ear):
    number = ordered(web)
    ear.hears("event/ticket-printed", ticket=number)
    first = prints(centre, number).stat().st_mtime_ns
    event = ear.hears("event/ticket-issued", ticket=number)
    for _ in range(3):
        centre.device("hub").says("event/ticket-issued", event.payload)
    later = ordered(web)
    ear.hears("event/ticket-printed", ticket=later)
    assert prints(centre, number).stat().st_mtime_ns == first
    assert len([r for r in ear.on("event/ticket-printed") if r.data["ticket"] == number]) == 1


def test_without_paper_the_greeter_is_told_and_it_never_comes_out(centre, kiosk, web, ear):
    paper(kiosk, web, "out")
    number = ordered(web)
    assert ear.hears("event/ticket-print-failed", ticket=number).data["reason"] == "out"
    paper(kiosk, web, "ok")
    later = ordered(web)
    ear.hears("event/ticket-printed", ticket=later)
    assert not prints(centre, number).exists()


def test_a_kiosk_that_was_off_prints_nothing_of_before(centre, web, ear):
    with centre.without("kiosk-1"):
        number = ordered(web)
    centre.all_ready()
    event = ear.hears("event/ticket-issued", ticket=number)
    centre.device("hub").says("event/ticket-issued", event.payload)
    later = ordered(web)
    ear.hears("event/ticket-printed", ticket=later)
    assert not prints(centre, number).exists()


def test_a_button_pressed_meanwhile_gets_its_ticket_too(centre, kiosk, web, ear):
    lamps = centre.fake("kiosk-1") / "lamps.json"
    until(lambda: json.loads(lamps.read_text()).get("B") == "on", PATIENCE, "the button does not light up")
    number = ordered(web)
    kiosk.says("fake/kiosk-1", {"press": "B"}, qos=0)
    ear.hears("event/ticket-printed", ticket=number)

    def is_the_press_s(heard: Heard) -> bool:
        return heard.topic == "event/ticket-printed" and heard.data["ticket"] != number

    own = ear.wait(is_the_press_s, "no ticket for the press").data["ticket"]
    ear.hears("event/ticket-issued", ticket=own, device="kiosk-1")
