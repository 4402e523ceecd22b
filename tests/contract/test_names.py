"""A device speaks and hears only in its own name: the broker's access list, asked with mosquitto_pub and _sub."""

import pytest

REFUSED = "Not authorized"


@pytest.mark.parametrize(
    ("device", "topic"),
    [
        ("kiosk-1", "cmd/counter-1/next"),
        ("counter-1", "cmd/counter-2/next"),
        ("counter-1", "cmd/kiosk-1/issue"),
        ("web", "cmd/kiosk-1/issue"),
        ("kiosk-1", "reply/kiosk-1"),
        ("kiosk-1", "event/ticket-issued"),
        ("display-1", "state/board"),
        ("stats", "beat"),
        ("kiosk-1", "status/counter-1"),
        ("kiosk-1", "fake/counter-1"),
        ("counter-1", "button/counter-2/next"),
        ("kiosk-1", "anything/else"),
    ],
)
def test_in_no_one_elses_name(centre, device, topic):
    assert REFUSED in centre.device(device).says(topic, {"id": "x", "service": "A"})


def test_what_was_refused_did_nothing(centre, ear, kiosk, counter):
    counter.says("cmd/kiosk-1/issue", {"id": "foreign", "service": "A"})
    own = kiosk.asks("issue", service="A").data["ticket"]
    ear.hears("event/ticket-issued", ticket=own)
    assert [event.data["press"] for event in ear.on("event/ticket-issued")] != ["foreign"]
    assert len(ear.on("event/ticket-issued")) == 1


def test_nobody_hears_another_ones_answers(kiosk, counter, centre):
    with counter.listens("reply/kiosk-1", "reply/#") as ears:
        kiosk.asks("issue", service="A")
        counter.asks("open")
        ears.hears("reply/counter-1")
        assert ears.on("reply/kiosk-1") == []


def test_without_the_password_nobody_is_heard(centre, kiosk):
    stranger = type(kiosk)("kiosk-1", "a guess", ("127.0.0.1", centre.ports[0]), "moiso/1/an-binh/")
    assert REFUSED in stranger.says("cmd/kiosk-1/issue", {"id": "x", "service": "A"})
