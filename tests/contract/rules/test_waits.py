"""Rules 1.3, 1.4, 1.6, 3.4, 3.5 and 8.4 take time: here everything that has to be waited for is waited for at once.

That nothing of it comes later than at the next look is seen under virtual time, in tests/moiso/core/test_due.
"""

import pytest

from moiso.wire.stamp import seconds
from tests.contract.rules import story
from tests.contract.rules.story import CALL_GAP, IDLE, UNSTAFFED
from tests.whole.hall import accepted, refused


@pytest.fixture(scope="module")
def waited(make_hall):
    """What has come of story.begin; each rule takes its time side by side with the others."""
    told = story.begin(make_hall(story.SITE))
    ear = told["ear"]
    told["missed"] = ear.hears("event/ticket-missed", ticket=told["twice"])
    told["alarm"] = ear.hears("event/service-unstaffed", service="C")
    told["idle"] = ear.hears("event/counter-idle", counter=4)
    return told


def between(first, last):
    """Milliseconds from one event to the other by the hub's own clock: a busy machine may hear them late."""
    return round(1000 * (seconds(last.body["at"]) - seconds(first.body["at"])))


def test_called_often_enough_and_nobody_came(waited):
    """Two calls 5 s apart: recalled at once it is still 10 s after the first call, and no sooner."""
    ear, number = waited["ear"], waited["twice"]
    assert between(ear.hears("event/ticket-called", ticket=number), waited["missed"]) >= 2000 * CALL_GAP
    said = waited["missed"].data
    assert (said["inferred"], said["keeps_place"], said["counter"]) == (True, True, 1)
    assert (said["by"], said["press"], said["deed"]) == ("", None, 0), "a rule did it"
    assert waited["hall"].states()["state/counter/1"]["ticket"] is None


def test_one_call_alone_makes_nobody_absent(waited):
    assert waited["hall"].states()["state/counter/2"]["ticket"] == waited["once"]
    missed = [event.data["ticket"] for event in waited["ear"].on("event/ticket-missed")]
    assert waited["once"] not in missed


def test_a_service_without_a_counter_alarms_once(waited):
    ear, hall = waited["ear"], waited["hall"]
    alarm = waited["alarm"]
    assert (alarm.data["waiting"], alarm.data["counters"], alarm.data["by"]) == (1, [3], "")
    assert between(ear.hears("event/ticket-issued", service="C"), alarm) >= 1000 * UNSTAFFED
    ear.hears("beat", since=len(ear.heard))
    assert len([e for e in ear.on("event/service-unstaffed") if e.data["service"] == "C"]) == 1
    states = hall.states()
    assert states["state/day"]["alarms"] == [{"service": "C", "waiting": 1, "counters": [3]}]
    assert states["state/board"]["services"][2]["alarm"] is True
    offer = states["state/services"]["services"][2]
    assert (offer["state"], offer["gives"], offer["note"]["vi"]) == ("unstaffed", True, "chưa có cán bộ")


def test_an_open_silent_counter_is_left_out_of_every_promise(waited):
    ear, hall = waited["ear"], waited["hall"]
    assert between(ear.hears("event/ticket-issued", ticket=waited["silent_for"]), waited["idle"]) >= 1000 * IDLE
    states = hall.states()
    assert (states["state/counter/4"]["idle"], states["state/counter/4"]["state"]) == (True, "open")
    line = states["state/board"]["services"][3]
    assert (line["counters_open"], line["promise"]) == (0, None)
    assert states["state/counter/2"]["idle"] is False, "counter 2 has somebody, counter 1 has nobody to call"


def test_afterwards(waited):
    """What each of them may still do; the presses come last, since they change what the others look at."""
    hall, ear = waited["hall"], waited["ear"]
    refused(hall.unit(2).asks("undo"), "undo-too-late")
    assert waited["absent"] in refused(hall.kiosk.asks("return", ticket=waited["absent"]), "grace-over")

    assert ear.hears("event/service-finished", ticket=waited["forgotten"]).data["inferred"] is True
    for number in (waited["twice"], waited["forgotten"]):
        accepted(hall.kiosk.asks("return", ticket=number))
        assert ear.hears("event/ticket-returned", ticket=number).data["after"] is None, "the original place, all day"
    assert accepted(hall.unit(4).asks("next"))["ticket"] == waited["forgotten"]
    assert hall.states()["state/counter/4"]["idle"] is False

    warned = accepted(hall.kiosk.asks("issue", service="C"))
    assert (warned["promise"], warned["warning"]["vi"].partition(",")[0]) == (
        None,
        "Lĩnh vực này chưa có cán bộ tại quầy",
    )
    accepted(hall.unit(3).asks("open"))
    states = hall.states()
    assert states["state/day"]["alarms"] == []
    assert states["state/board"]["services"][2]["alarm"] is False
