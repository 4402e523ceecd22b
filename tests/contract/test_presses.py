"""One press, one effect: repeated, doubled, late, from a plain button, from a clerk whose view is old."""

import time
from datetime import timedelta, timezone

import pytest

from moiso.wire.stamp import iso
from tests.contract.bounce import BOUNCE, are_presses
from tests.whole.centre import until
from tests.whole.talk import PATIENCE, Device, Heard

HANOI = timezone(timedelta(hours=7))
#: Seconds: a plain button is not believed before the hub has settled.
SETTLING = 2.0


def issued(kiosk: Device, service: str = "B") -> str:
    return kiosk.asks("issue", service=service).data["ticket"]


def test_a_press_said_again_gets_its_first_answer(kiosk, ear):
    first = kiosk.asks("issue", press="one-press", service="B")
    issued(kiosk)
    again = kiosk.asks("issue", press="one-press", service="B")
    other_words = kiosk.asks("issue", press="one-press", service="A", priority=True)
    assert first.payload == again.payload == other_words.payload
    ear.hears("event/ticket-issued", ticket=issued(kiosk))
    presses = [event.data["press"] for event in ear.on("event/ticket-issued")]
    assert presses.count("one-press") == 1


def test_ids_are_one_devices_own(kiosk, counter, other_counter):
    first, second = issued(kiosk, "A"), issued(kiosk, "A")
    assert counter.asks("next", press="same-id").data["ticket"] == first
    assert other_counter.asks("next", press="same-id").data["ticket"] == second


def test_a_doubled_next_calls_one_person(kiosk, counter, ear):
    first, _second = issued(kiosk), issued(kiosk)
    for _ in range(5):
        counter.says("cmd/counter-1/next", {"id": "doubled"})
    answers = [counter.asks("next", press="doubled") for _ in range(2)]
    assert {answer.data["ticket"] for answer in answers} == {first}
    ear.hears("event/ticket-issued", ticket=issued(kiosk))
    assert [call.data["ticket"] for call in ear.on("event/ticket-called")] == [first]


def test_a_rejection_is_judged_afresh(kiosk, counter):
    early = counter.asks("recall", press="too-early")
    assert early.body["reason"] == "nobody-here"
    number = issued(kiosk)
    counter.asks("next")
    assert counter.asks("recall", press="too-early").data["ticket"] == number


def test_an_old_view_calls_nobody(kiosk, counter, ear):
    first, second = issued(kiosk), issued(kiosk)
    counter.asks("next")
    for seen in (None, "B999", second):
        reply = counter.asks("next", after=seen)
        assert (reply.body["status"], reply.body["reason"]) == ("rejected", "stale")
        assert (reply.data["ticket"], reply.data["counter"]) == (first, 1)
        assert first in reply.body["message"]["vi"]
    assert counter.asks("next", after=first).data["ticket"] == second
    ear.hears("event/ticket-called", ticket=second)
    assert [call.data["ticket"] for call in ear.on("event/ticket-called")] == [first, second]


def test_an_empty_counter_may_say_so(kiosk, counter):
    number = issued(kiosk)
    assert counter.asks("next", after=None).data["ticket"] == number


@pytest.mark.parametrize(("age", "answer"), [(-60, "ok"), (5, "rejected"), (3 * 86400, "ok")])
def test_a_next_that_comes_late_is_dropped(kiosk, counter, age, answer):
    """A stamp that is days off tells of a wrong clock, not of a late press; one of a clock that is fast of nothing."""
    issued(kiosk)
    reply = counter.asks("next", at=iso(time.time() - age, HANOI))
    assert (reply.body["status"], reply.body["reason"]) == (answer, "too-old" if answer == "rejected" else None)


def test_a_next_that_comes_at_once_is_wanted(kiosk, counter):
    """On a machine that stood still meanwhile it did not come at once."""
    number = issued(kiosk)

    def call() -> Heard:
        return counter.asks("next", at=iso(time.time(), HANOI))

    reply = until(lambda: (heard := call()).body["reason"] != "too-old" and heard, PATIENCE, "it is always too old")
    assert reply.data["ticket"] == number


def test_a_plain_button(kiosk, counter, ear):
    time.sleep(SETTLING)
    waiting = [issued(kiosk) for _ in range(4)]
    for said in ("ON", "", '{"action": "single"}'):
        counter.says("button/counter-1/next", said or None, qos=0)
    assert ear.hears("event/ticket-called", ticket=waiting[0]).data["counter"] == 1
    here = counter.asks("recall").data["ticket"]
    ear.hears("event/ticket-recalled", ticket=here)
    calls = ear.on("event/ticket-called")
    assert are_presses(calls, waiting), "repeats within the bounce are one press"

    time.sleep(BOUNCE)
    then = waiting[len(calls)]
    counter.says("button/counter-1/no-show", "ON")
    ear.hears("event/ticket-missed", ticket=here, inferred=False)
    counter.says("button/counter-1/next", "ON")
    ear.hears("event/ticket-called", ticket=then)
    counter.says("button/counter-1/recall", "ON")
    ear.hears("event/ticket-recalled", ticket=then, recall=1)


def test_a_retained_press_of_a_plain_button_counts_once(kiosk, counter, centre, ear):
    """When it is published it is a press; what the broker keeps of it is none, however often the hub starts."""
    time.sleep(BOUNCE)
    number = issued(kiosk)
    counter.says("button/counter-1/next", "ON", "-r")
    ear.hears("event/ticket-called", ticket=number)
    centre.kill("hub")
    centre.all_ready()
    assert counter.asks("recall").data["ticket"] == number
    counter.says("button/counter-1/next", None, "-r")


def test_a_button_asks_for_no_more_than_a_button_may(counter, ear):
    for name in ("open", "close", "finish", "close-day", "issue"):
        counter.says(f"button/counter-1/{name}", "ON")
    counter.asks("recall")
    assert ear.on("event/") == []
