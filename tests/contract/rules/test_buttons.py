"""Plain MQTT buttons of any make at a real broker: pressed with mosquitto_pub, heard by the hub and by nobody else."""

import time

import pytest

from hub.machine import SETTLING
from tests.contract.rules.conftest import empty
from tests.contract.rules.sites import site, zone_where_it_is
from tests.whole.hall import Hall, accepted

BUTTONS = """
[[button]]
device = "zigbee-1"
gateway = "zigbee2mqtt"
counter = 1
topic = "zigbee2mqtt/quay-1"
field = "action"
payloads = { single = "next", double = "recall", hold = "no-show" }

[[button]]
device = "zigbee-2"
gateway = "zigbee2mqtt"
counter = 2
topic = "zigbee2mqtt/quay-2"
field = "action"
payloads = { single = "next" }

[[button]]
device = "shelly-4"
counter = 4
topic = "shellies/quay-4/input_event/0"
field = "event"
payloads = { S = "next", L = "close" }
count_field = "event_cnt"

[[button]]
device = "nut-3"
counter = 3
"""
#: Seconds; the least that lets a test press a button twice, and what no busy machine's pause between two words reaches.
BOUNCE, LONG_BOUNCE = 1.0, 30.0


@pytest.fixture(scope="module")
def hall(make_hall) -> Hall:
    return settled(make_hall, BOUNCE)


@pytest.fixture(scope="module")
def patient(make_hall) -> Hall:
    """A hall whose hub takes every word of one button, however late it comes, for the same press."""
    return settled(make_hall, LONG_BOUNCE)


def settled(make_hall, bounce: float) -> Hall:
    made: Hall = make_hall(site(zone=zone_where_it_is(10), queue=f"bounce = {bounce}\n", more=BUTTONS))
    time.sleep(SETTLING)
    return made


@pytest.fixture
def ear(hall):
    """Hears the hall; whatever a test before has said is no longer being repeated."""
    time.sleep(BOUNCE)
    with hall.listens() as ear:
        yield ear


@pytest.fixture
def gateway(hall):
    """Zigbee2MQTT, which speaks for two buttons."""
    return hall.stranger("zigbee2mqtt")


def test_a_gateway_presses_for_its_buttons(hall, ear, gateway):
    first, second = hall.numbers("A", 2)
    gateway.says("zigbee2mqtt/quay-1", {"action": "single", "battery": 97})
    call = ear.hears("event/ticket-called", ticket=first, counter=1)
    assert call.data["by"] == "zigbee-1"
    gateway.says("zigbee2mqtt/quay-2", {"action": "single", "linkquality": 120})
    assert ear.hears("event/ticket-called", ticket=second, counter=2).data["by"] == "zigbee-2"
    gateway.says("zigbee2mqtt/quay-1", {"action": "double"})
    ear.hears("event/ticket-recalled", ticket=first)
    gateway.says("zigbee2mqtt/quay-1", {"action": "hold"})
    ear.hears("event/ticket-missed", ticket=first, inferred=False)


def test_a_button_has_a_password_of_its_own_too(hall, ear):
    number = hall.number("A")
    hall.stranger("zigbee-1").says("zigbee2mqtt/quay-1", {"action": "single"})
    ear.hears("event/ticket-called", ticket=number, counter=1)


def test_without_a_topic_of_its_own_it_says_the_command(hall, ear):
    number = hall.number("C")
    hall.device("nut-3").says("button/nut-3/next", "ON")
    assert ear.hears("event/ticket-called", ticket=number, counter=3).data["by"] == "nut-3"


def test_what_is_said_five_times_is_one_press(patient):
    first, second = patient.numbers("A", 2)
    gateway = patient.stranger("zigbee2mqtt")
    with patient.listens() as ear:
        gateway.says_all("zigbee2mqtt/quay-2", [{"action": "single"}] * 5)
        assert calls_until(patient, ear, second) == [(first, "zigbee-2"), (second, "counter-1")]
    empty(patient)


def test_a_flood_is_one_press_and_the_others_are_served_meanwhile(patient):
    waiting = patient.numbers("A", 12)
    with patient.listens() as ear:
        with patient.stranger("zigbee2mqtt").floods("zigbee2mqtt/quay-1", {"action": "single"}):
            ear.hears("event/ticket-called", by="zigbee-1")
            for _ in range(8):
                accepted(patient.unit(2).asks("next"))
                accepted(patient.unit(2).asks("start"))
        last = accepted(patient.unit(2).asks("next"))["ticket"]
        ear.hears("event/ticket-called", ticket=last)
    calls = [(call.data["ticket"], call.data["by"]) for call in ear.on("event/ticket-called")]
    assert [by for _, by in calls].count("zigbee-1") == 1
    assert [ticket for ticket, _ in calls] == waiting[: len(calls)], "in order, nobody skipped, nobody twice"
    empty(patient)


def test_nobody_is_called_by_what_means_nothing(hall, ear, gateway):
    number = hall.number("A")
    for nonsense in ({"action": ""}, {"action": None}, {"battery": 97}, {"action": "shake"}, [], 7, "x" * 100_000):
        gateway.says("zigbee2mqtt/quay-1", nonsense)
    gateway.says("zigbee2mqtt/quay-1", b"\xff\xfe")
    gateway.says("zigbee2mqtt/quay-1", None)
    assert calls_until(hall, ear, number) == [(number, "counter-1")]


def test_a_retained_press_is_a_press_once(hall, ear, gateway):
    first, second = hall.numbers("A", 2)
    gateway.says("zigbee2mqtt/quay-1", {"action": "single"}, "-r")
    ear.hears("event/ticket-called", ticket=first)
    hall.kill()
    hall.start()
    time.sleep(SETTLING)
    gateway.says("zigbee2mqtt/quay-1", None, "-r")
    assert calls_until(hall, ear, second) == [(first, "zigbee-1"), (second, "counter-1")]


def test_a_button_that_counts_may_say_the_last_press_again(hall, ear):
    first, second = hall.numbers("E", 2)
    shelly = hall.stranger("shelly-4")

    def says(event: str, count: int) -> None:
        shelly.says("shellies/quay-4/input_event/0", {"event": event, "event_cnt": count})

    says("S", 41)
    says("S", 42)
    ear.hears("event/ticket-called", ticket=first, counter=4)
    for _ in range(3):
        time.sleep(BOUNCE)
        says("S", 42)
    says("S", 43)
    ear.hears("event/ticket-called", ticket=second, counter=4)
    says("L", 44)
    ear.hears("event/counter-closed", counter=4)
    assert [call.data["ticket"] for call in ear.on("event/ticket-called")] == [first, second]


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("zigbee2mqtt", "moiso/1/quy-tac/cmd/web/close-day"),
        ("zigbee2mqtt", "moiso/1/quy-tac/cmd/zigbee2mqtt/next"),
        ("zigbee2mqtt", "zigbee2mqtt/bridge/state"),
        ("zigbee-1", "zigbee2mqtt/quay-2"),
        ("shelly-4", "moiso/1/quy-tac/button/nut-3/next"),
        ("counter-1", "zigbee2mqtt/quay-1"),
        ("web", "shellies/quay-4/input_event/0"),
    ],
)
def test_nobody_speaks_for_another_button(hall, name, topic):
    assert "Not authorized" in hall.stranger(name).says(topic, {"action": "single"})


def calls_until(hall: Hall, ear, number: str) -> list[tuple[str, str]]:
    """Whom a button had called by the time that the call unit called `number` and who called."""
    assert accepted(hall.unit(1).asks("next"))["ticket"] == number
    ear.hears("event/ticket-called", ticket=number)
    calls = {call.body["seq"]: call.data for call in ear.on("event/ticket-called")}
    return [(call["ticket"], call["by"]) for call in calls.values()]
