"""When the hub speaks: answers at once, snapshots right after them and not too often, the heart to whoever comes."""

import json

import pytest

from hub.machine import STATES_EVERY
from moiso.wire.ports import Arrived
from tests.hub.desk import ROOT, HubOnDesk, states


@pytest.fixture
def hub() -> HubOnDesk:
    made = HubOnDesk()
    made.told()
    made.wait(1.0)
    return made


def issue(hub, press):
    payload = json.dumps({"id": press, "service": "A"}).encode()
    return hub.turn(Arrived(f"{ROOT}cmd/kiosk-1/issue", payload, device="hub"))


def beats(turn):
    return [message for message in turn.states if message.topic == ROOT + "beat"]


def test_an_answer_does_not_wait_for_the_snapshots(hub):
    turn = issue(hub, "p1")
    assert (len(turn.replies), states(turn)) == (1, {})
    assert hub.machine.deadline() <= hub.mono
    assert set(states(hub.turn())) >= {"state/board", "state/services"}


def test_presses_that_come_fast_share_their_snapshots(hub):
    issue(hub, "p1")
    hub.turn()
    said = []
    for number in range(14):
        issue(hub, f"q{number}")
        said.append(states(hub.wait(STATES_EVERY / 7.5)))
    assert [number for number, found in enumerate(said) if found] == [7]
    [board] = [found["state/board"] for found in said if found]
    assert board["services"][0]["waiting"] == 9
    rest = hub.told()
    assert rest["state/board"]["services"][0]["waiting"] == 15


def test_whoever_comes_hears_the_heart_at_once(hub):
    hub.wait(2.5)
    assert beats(hub.wait(0.1)) == []
    assert len(beats(hub.arrives("status/kiosk-2", b'{"state":"ready"}'))) == 1


def test_who_was_there_before_the_hub_brings_no_beat(hub):
    hub.wait(2.5)
    assert beats(hub.arrives("status/kiosk-2", b'{"state":"ready"}', retained=True)) == []
