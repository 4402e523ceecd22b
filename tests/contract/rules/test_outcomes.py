"""Rules 9.1 and 8.4: how a visit ended, said or not."""

import pytest

from tests.whole.hall import accepted

OUTCOMES = ["done", "accepted", "missing-papers", "elsewhere", "gave-up"]


def outcomes(hall):
    """What the day's account says of outcomes now."""
    return hall.states()["state/day"]["account"]["outcomes"]


def test_each_is_counted_and_silence_is_unknown(hall, ear):
    before = outcomes(hall)
    for outcome in [*OUTCOMES, None]:
        number = hall.serving(1, "A")
        accepted(hall.unit(1).asks("finish", outcome=outcome, slip_due="2026-12-01"))
        event = ear.hears("event/service-finished", ticket=number)
        assert (event.data["outcome"], event.data["slip_due"]) == (outcome, "2026-12-01")
    after = outcomes(hall)
    assert {key: after[key] - before.get(key, 0) for key in after} == dict.fromkeys([*OUTCOMES, "unknown"], 1)


def test_next_never_waits_for_an_outcome(hall):
    before = outcomes(hall)
    hall.serving(1, "A")
    waiting = hall.number("A")
    assert accepted(hall.unit(1).asks("next"))["ticket"] == waiting
    assert outcomes(hall)["unknown"] == before.get("unknown", 0) + 1


@pytest.mark.parametrize(("arguments", "named"), [({"outcome": "happy"}, "happy"), ({"slip_due": "soon"}, "slip_due")])
def test_what_is_no_outcome(hall, arguments, named):
    number = hall.serving(1, "A")
    reply = hall.unit(1).asks("finish", **arguments)
    assert (reply.body["status"], reply.body["reason"]) == ("error", "bad-message")
    assert named in reply.body["message"]["en"]
    assert accepted(hall.unit(1).asks("open"))["ticket"] == number


def test_what_the_next_press_ends_without_a_start_is_a_guess(hall, ear):
    first, second = hall.numbers("A", 2)
    accepted(hall.unit(1).asks("next"))
    accepted(hall.unit(1).asks("next"))
    assert ear.hears("event/ticket-missed", ticket=first).data["inferred"] is True
    accepted(hall.unit(1).asks("start"))
    accepted(hall.unit(1).asks("close"))
    assert ear.hears("event/service-finished", ticket=second).data["inferred"] is False
