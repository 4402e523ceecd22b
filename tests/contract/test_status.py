"""Birth, will and farewell of every program, retained, with the session that tells one life from the next."""

import signal
from typing import Any

import pytest

from tests.whole.talk import Ear, Heard

ROLES = {
    "hub": "hub", "kiosk-1": "kiosk", "counter-1": "counter", "counter-4": "counter", "display-1": "display",
    "stats": "stats", "web": "web",
}  # fmt: skip
PROGRAMS = {
    "hub": "hub", "kiosk": "kiosk", "counter": "counter_terminal", "display": "display", "stats": "stats", "web": "web",
}  # fmt: skip


@pytest.mark.parametrize("device", ROLES)
def test_birth(centre, device):
    centre.all_ready()
    status = centre.status(device)
    assert set(status) == {"state", "session", "role", "software", "detail"}
    assert (status["state"], status["role"]) == ("ready", ROLES[device])
    assert status["software"]
    assert status["detail"]["pid"] == centre.find("-m", PROGRAMS[status["role"]])


def born_again(ear: Ear, before: dict[str, Any]) -> Heard:
    """The device's word that it is ready, in another session."""
    topic = next(h.topic for h in ear.heard if h.body["session"] == before["session"])

    def is_it(heard: Heard) -> bool:
        return heard.tells(topic, {"state": "ready"}) and heard.body["session"] != before["session"]

    return ear.wait(is_it, f"{topic} is not ready again")


@pytest.mark.parametrize("device", ["kiosk-1", "counter-2", "display-1", "stats", "web", "hub"])
def test_who_is_killed_is_lost_and_then_ready_in_a_new_life(centre, device):
    before = centre.status(device)
    with centre.device("web").listens(f"status/{device}") as ear:
        centre.kill(device)
        lost = ear.hears(f"status/{device}", state="lost")
        back = born_again(ear, before)
    assert lost.how == back.how == (1, True)
    assert lost.body["session"] == before["session"]
    assert back.body["detail"]["pid"] != before["detail"]["pid"]


@pytest.mark.parametrize("device", ["kiosk-1", "hub"])
def test_who_is_asked_to_end_says_goodbye(centre, device):
    before = centre.status(device)
    with centre.device("web").listens(f"status/{device}") as ear:
        centre.kill(device, signal.SIGTERM)
        stopped = ear.hears(f"status/{device}", state="stopped", session=before["session"])
        assert stopped.how == (1, True)
        born_again(ear, before)
        assert not [h for h in ear.on(f"status/{device}") if h.body["state"] == "lost"]


def test_a_foreign_word_on_the_status_is_answered_with_the_birth(centre, kiosk):
    """A late will of an old connection must not pass for the living one."""
    centre.all_ready()
    before = centre.status("kiosk-1")
    kiosk.says("status/kiosk-1", {**before, "state": "lost", "session": "an-old-one"}, "-r")
    with centre.device("web").listens("status/kiosk-1") as ear:
        ear.hears("status/kiosk-1", state="ready", session=before["session"])


def test_nonsense_on_the_status_is_answered_with_the_birth(centre, kiosk):
    centre.all_ready()
    before = centre.status("kiosk-1")
    kiosk.says("status/kiosk-1", "\x00 nonsense", "-r")
    with centre.device("web").listens("status/kiosk-1") as ear:
        ear.hears("status/kiosk-1", state="ready", session=before["session"])
