"""The fake plain button of the example: pressed on its `fake/` topic, it says what a Zigbee button would."""

import time
from contextlib import suppress

import pytest

from counter_terminal.fake_buttons import STUCK_FOR
from hub.machine import SETTLING
from tests.contract.bounce import are_presses
from tests.whole.centre import until
from tests.whole.talk import PATIENCE, Device, Ear


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
    waiting = [kiosk.asks("issue", service="B").data["ticket"] for _ in range(6)]
    with finger.listens("status/hub") as status:
        until(lambda: is_stuck(finger, status), PATIENCE, "nobody is told that it is stuck")
    time.sleep(STUCK_FOR + 0.5)
    here = counter.asks("recall").data["ticket"]
    ear.hears("event/ticket-recalled", ticket=here)
    calls = ear.on("event/ticket-called")
    assert are_presses(calls, waiting)
    assert here == calls[-1].data["ticket"]


def is_stuck(finger: Device, status: Ear) -> bool:
    """Whether the hub says so, once it has had the time; on a machine that stood still it may have missed it."""
    finger.says("fake/button-1", {"press": "stuck"}, qos=0)
    with suppress(AssertionError):
        status.wait(lambda h: h.body["detail"]["stuck"] == ["button-1"], "it is not said", within=2 * STUCK_FOR)
        return True
    return False
