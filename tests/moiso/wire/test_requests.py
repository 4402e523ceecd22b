"""Commands on their way, at a time of the test's own."""

from itertools import count

import msgspec
import pytest

from moiso.wire.codec import encode
from moiso.wire.messages import Reply
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics


def made() -> Requests:
    numbers = count(1)
    return Requests(Topics("an-binh"), "kiosk-1", lambda: f"id-{next(numbers)}")


def reply(press: str | None, to: str = "issue", status: str = "ok") -> bytes:
    return encode(Reply(re=press, to=to, status=status))  # type: ignore[arg-type]


def said_at(requests: Requests, until: float) -> list[float]:
    """When something is due, asked for exactly at the deadlines."""
    moments = []
    while (now := requests.deadline()) is not None and now < until:
        moments += [now] * len(requests.due(now))
        requests.given_up(now)
    return moments


def test_a_command_goes_out_once_with_its_id_and_arguments():
    press, message = made().send("issue", 100.0, lifetime=8.0, service="A")
    assert (message.topic, message.qos, message.retain) == ("moiso/1/an-binh/cmd/kiosk-1/issue", 1, False)
    assert msgspec.json.decode(message.payload) == {"id": press, "service": "A"}
    assert press == "id-1"


def test_the_broker_may_drop_it_when_nobody_wants_it_any_more():
    requests = made()
    assert requests.send("issue", 0.0, lifetime=8.0)[1].expiry == 8
    assert requests.send("next", 0.0, lifetime=0.5)[1].expiry == 1
    assert requests.send("printed", 0.0, lifetime=86400.0)[1].expiry is None


def test_a_press_keeps_its_id_under_another_command():
    press, message = made().send("issued-offline", 0.0, lifetime=60.0, press="of-the-press")
    assert press == msgspec.json.decode(message.payload)["id"] == "of-the-press"


def test_it_is_repeated_word_for_word_with_pauses_that_grow_to_five_seconds():
    requests = made()
    _, first = requests.send("printed", 0.0, lifetime=60.0)
    assert requests.due(0.4) == []
    assert requests.due(0.5) == [first]
    assert requests.due(0.5) == []
    assert said_at(requests, 24.0) == [1.5, 3.5, 7.5, 12.5, 17.5, 22.5]


def test_an_answer_ends_the_repeating():
    requests = made()
    press, _ = requests.send("issue", 0.0, lifetime=8.0)
    answer = requests.answered(reply(press))
    assert answer is not None
    assert (answer.re, requests.open, requests.deadline()) == (press, False, None)
    assert requests.due(5.0) == []


@pytest.mark.parametrize("status", ["ok", "rejected", "error"])
def test_any_answer_is_an_answer(status):
    requests = made()
    press, _ = requests.send("issue", 0.0, lifetime=8.0)
    assert requests.answered(reply(press, status=status)) is not None
    assert not requests.open


def test_the_answer_to_another_command_with_the_same_id_is_none():
    requests = made()
    press, _ = requests.send("issue", 0.0, lifetime=8.0)
    requests.send("issued-offline", 1.0, lifetime=60.0, press=press)
    assert requests.answered(reply(press, to="issue")) is not None
    assert requests.open
    assert requests.answered(reply(press, to="issued-offline")) is not None
    assert not requests.open


@pytest.mark.parametrize("payload", [reply("id-9"), reply(None), reply("id-1", to="next"), b"", b"{}", b"\xff"])
def test_what_answers_nothing_of_ours_settles_nothing(payload):
    requests = made()
    requests.send("issue", 0.0, lifetime=8.0)
    assert requests.answered(payload) is None
    assert requests.open


def test_a_second_answer_is_none():
    requests = made()
    press, _ = requests.send("issue", 0.0, lifetime=8.0)
    requests.answered(reply(press))
    assert requests.answered(reply(press)) is None


def test_what_nobody_wants_any_more_is_given_up_once_and_not_repeated():
    requests = made()
    press, _ = requests.send("issue", 0.0, lifetime=8.0)
    assert requests.given_up(7.9) == []
    assert requests.due(8.0) == []
    assert requests.given_up(8.0) == [("issue", press)]
    assert requests.given_up(8.0) == []
    assert requests.answered(reply(press)) is None


def test_when_the_link_is_back_everything_unanswered_is_due_at_once_and_the_pauses_begin_anew():
    requests = made()
    requests.send("printed", 0.0, lifetime=600.0)
    requests.send("void", 0.0, lifetime=600.0)
    said_at(requests, 100.0)
    requests.hurry(100.0)
    assert len(requests.due(100.0)) == 2
    assert requests.deadline() == 100.5


def test_the_deadline_is_the_next_repeat_or_the_end():
    requests = made()
    assert requests.deadline() is None
    requests.send("next", 10.0, lifetime=0.3)
    assert requests.deadline() == pytest.approx(10.3)
