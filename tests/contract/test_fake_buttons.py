"""The fake plain button of the example: pressed on its `fake/` topic, it says what a Zigbee button would."""

import time

import pytest

from counter_terminal.fake_buttons import STUCK_FOR
from hub.machine import SETTLING
from tests.whole.talk import Device

TOPIC = "zigbee2mqtt/quay-1"


@pytest.fixture(autouse=True)
def _believed(centre):
    centre.all_ready()
    time.sleep(SETTLING)


@pytest.fixture
def finger(centre) -> Device:
    """Whoever holds the button's own password may press it."""
    return centre.device("web")


def test_a_press_calls_the_next(kiosk, finger, ear):
    number = kiosk.asks("issue", service="B").data["ticket"]
    finger.says("fake/button-1", {"press": "next"}, qos=0)
    call = ear.hears("event/ticket-called", ticket=number, counter=1)
    assert call.data["by"] == "button-1"
    finger.says("fake/button-1", {"press": "double"}, qos=0)
    ear.hears("event/ticket-recalled", ticket=number)


def test_noise_and_what_it_cannot_do_harm_nobody(kiosk, finger, ear):
    number = kiosk.asks("issue", service="B").data["ticket"]
    for nonsense in ({"press": "noise"}, {"press": "close-day"}, {"paper": "out"}, {"press": 5}, "nonsense"):
        finger.says("fake/button-1", nonsense, qos=0)
    # somebody who had been called by the noise would be called again by this
    finger.says("fake/button-1", {"press": "double"}, qos=0)
    finger.says("fake/button-1", {"press": "next"}, qos=0)
    ear.hears("event/ticket-called", ticket=number, counter=1)
    finger.says("fake/button-1", {"press": "hold"}, qos=0)
    ear.hears("event/ticket-missed", ticket=number)
    assert ear.on("event/ticket-recalled") == []


def test_a_stuck_button_calls_one(kiosk, counter, finger, ear):
    first, _ = (kiosk.asks("issue", service="B").data["ticket"] for _ in range(2))
    finger.says("fake/button-1", {"press": "stuck"}, qos=0)
    ear.hears("event/ticket-called", ticket=first, counter=1)
    with finger.listens("status/hub") as status:
        status.wait(lambda h: h.body["detail"]["stuck"] == ["button-1"], "nobody is told that it is stuck")
    time.sleep(STUCK_FOR + 0.5)
    assert counter.asks("recall").data["ticket"] == first
    assert [call.data["ticket"] for call in ear.on("event/ticket-called")] == [first]
