"""Birth, will and farewell of one device."""

import msgspec
import pytest

from moiso import __version__
from moiso.wire.ports import Publish
from moiso.wire.session import Session
from moiso.wire.topics import Topics

TOPIC = "moiso/1/an-binh/status/kiosk-1"


def made(session: str = "s1") -> Session:
    return Session(Topics("an-binh"), "kiosk-1", "kiosk", session, pid=7)


def said(message: Publish) -> dict:
    return msgspec.json.decode(message.payload)


def only(messages: list[Publish]) -> dict:
    (message,) = messages
    return said(message)


@pytest.mark.parametrize("word", [Session.birth, Session.farewell, lambda session: session.will])
def test_every_word_is_retained_on_the_devices_own_topic(word):
    message = word(made())
    assert (message.topic, message.retain, message.qos, message.device) == (TOPIC, True, 1, "kiosk-1")
    assert (said(message)["session"], said(message)["role"]) == ("s1", "kiosk")
    assert said(message)["software"] == __version__


def test_the_will_says_lost_and_the_farewell_stopped_whatever_the_state():
    session = made()
    session.now(ready=True)
    assert (said(session.will)["state"], said(session.farewell())["state"]) == ("lost", "stopped")


def test_before_it_can_work_its_birth_says_stopped():
    assert said(made().birth())["state"] == "stopped"


def test_a_change_is_said_once():
    session = made()
    assert only(session.now(ready=True))["state"] == "ready"
    assert session.now(ready=True) == []
    assert only(session.now(ready=False))["state"] == "stopped"


def test_detail_is_part_of_the_state_and_keeps_what_it_began_with():
    session = made()
    session.now(ready=True, paper="ok")
    assert only(session.now(ready=True, paper="out"))["detail"] == {"pid": 7, "paper": "out"}
    assert session.now(ready=True, paper="out") == []
    assert said(session.birth())["detail"] == {"pid": 7, "paper": "out"}


def test_the_late_will_of_an_earlier_session_is_answered_with_the_present_state():
    session = made("s2")
    session.now(ready=True)
    assert only(session.seen(made("s1").will.payload)) == said(session.birth())


def test_its_own_words_are_not_answered():
    session = made()
    assert session.seen(session.birth().payload) == []


@pytest.mark.parametrize("junk", [b"", b"lost", b"\xff", b'{"state": "lost"}'])
def test_anything_else_on_its_topic_is_put_right(junk):
    session = made()
    assert only(session.seen(junk)) == said(session.birth())
