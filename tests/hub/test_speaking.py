"""What the hub tells everybody: snapshots, the beat, and what it clears away."""

import json

import pytest

from hub.machine import SecondHub
from moiso.wire.ports import Arrived, LinkUp
from moiso.wire.stamp import seconds
from tests.hub.desk import OFFICE_HOURS, ROOT, HubOnDesk, states

ALL = {"state/board", "state/services", "state/counter/1", "state/counter/2", "state/day"}


@pytest.fixture
def hub() -> HubOnDesk:
    made = HubOnDesk()
    made.told()
    return made


def told_after(hub: HubOnDesk, device: str, command: str, **arguments: str) -> set[str]:
    payload = json.dumps({"id": f"{device}-{command}", **arguments}).encode()
    return set(hub.told(Arrived(f"{ROOT}cmd/{device}/{command}", payload, device="hub")))


def test_after_a_connect_everything_is_said_again(hub: HubOnDesk) -> None:
    assert set(hub.told(LinkUp())) == ALL
    assert set(hub.told(LinkUp())) == ALL


def test_only_what_changed_is_said(hub: HubOnDesk) -> None:
    assert told_after(hub, "kiosk-1", "issue", service="A") == ALL
    assert told_after(hub, "kiosk-2", "issue", service="B") == ALL - {"state/counter/2"}
    assert told_after(hub, "kiosk-1", "printed", ticket="A001") == set()
    assert told_after(hub, "counter-2", "recall") == set()
    assert hub.told() == {}


def test_a_snapshot_says_up_to_which_event_it_goes(hub: HubOnDesk) -> None:
    hub.issue()
    board = hub.state("board")
    assert (board["log"], board["seq"], board["day"]) == ("log-1", len(hub.disk.rows), "2026-11-23")


def test_the_board(hub: HubOnDesk) -> None:
    hub.issue("A")
    hub.issue("B")
    hub.next(1)
    hub.ask("counter-1", "recall")
    board = hub.state("board")
    [call] = board["calls"]
    assert {key: call[key] for key in ("ticket", "counter", "label", "recall", "priority")} == {
        "ticket": "A001", "counter": 1, "label": "Quầy 1", "recall": 1, "priority": False,
    }  # fmt: skip
    assert seconds(call["at"]) == pytest.approx(hub.wall, abs=1.0)
    waiting = {line["code"]: (line["waiting"], line["counters_open"], line["state"]) for line in board["services"]}
    assert waiting == {"A": (0, 1, "open"), "B": (1, 1, "open")}
    assert board["notices"] == []


def test_a_counter_without_a_service_open_is_unstaffed(hub: HubOnDesk) -> None:
    hub.ask("counter-2", "open")
    assert [line["state"] for line in hub.state("services")["services"]] == ["open", "unstaffed"]


def test_the_account_so_far(hub: HubOnDesk) -> None:
    for _ in range(3):
        hub.issue()
    hub.next()
    hub.ask("kiosk-1", "void", ticket="A003", reason="gave up")
    account = hub.state("day")["account"]
    assert (account["issued"], account["at_counters"], account["waiting"], account["void"]) == (3, 1, 1, 1)


def test_the_heart_beats_every_two_seconds(hub: HubOnDesk) -> None:
    hub.turn(LinkUp())
    beats = [p for _ in range(101) for p in hub.wait(0.1).states if p.topic == ROOT + "beat"]
    assert len(beats) == 5
    beat = json.loads(beats[-1].payload)
    assert (beat["log"], beat["seq"], beat["clock"]) == ("log-1", len(hub.disk.rows), "synced")
    assert (beats[-1].qos, beats[-1].retain) == (0, False)


def test_the_machine_wants_a_turn_for_its_next_beat(hub: HubOnDesk) -> None:
    hub.turn(LinkUp())
    assert hub.mono < hub.machine.deadline() <= hub.mono + 2.0


def test_its_own_beat_is_no_other_hub(hub: HubOnDesk) -> None:
    [own] = [p for p in hub.turn(LinkUp()).states if p.topic == ROOT + "beat"]
    hub.turn(Arrived(own.topic, own.payload, device="hub"))
    hub.turn(Arrived(own.topic, b"\xff", device="hub"))


OTHER_BEAT = Arrived(
    ROOT + "beat", b'{"log": "other", "seq": 1, "at": "2026-11-23T07:30:00+07:00", "clock": "free"}', device="hub"
)


def test_a_second_hub_notices_the_first_and_goes(hub: HubOnDesk) -> None:
    hub.turn(LinkUp())
    with pytest.raises(SecondHub, match="other"):
        hub.turn(OTHER_BEAT)


def test_the_first_hub_stays(hub: HubOnDesk) -> None:
    hub.turn(LinkUp())
    hub.wait(10.0)
    turn = hub.turn(OTHER_BEAT)
    assert "other" in turn.complaints[ROOT + "beat"]


def test_what_another_hub_left_retained_is_said_again(hub: HubOnDesk) -> None:
    hub.turn(LinkUp())
    hub.wait(10.0)
    hub.machine.say_again()
    assert set(states(hub.wait(0.2))) >= {f"state/{name}" for name in ("board", "services", "day", "counter/1")}


@pytest.mark.parametrize("number", ["9", "x", "-1", "²"])
def test_the_retained_state_of_a_counter_that_is_gone_is_cleared(hub: HubOnDesk, number: str) -> None:
    turn = hub.arrives(f"state/counter/{number}", b"{}", retained=True)
    assert [(p.payload, p.retain) for p in turn.states if p.topic == f"{ROOT}state/counter/{number}"] == [(b"", True)]


def test_the_retained_state_of_a_counter_that_is_there_stays(hub: HubOnDesk) -> None:
    assert states(hub.arrives("state/counter/1", b"{}", retained=True)) == {}


def test_what_time_alone_changes_is_said() -> None:
    hub = HubOnDesk("2026-11-23 16:50", OFFICE_HOURS)
    hub.manager("close-day")
    assert hub.state("services")["open"] is False
    said = {}
    while hub.wall < HubOnDesk("2026-11-24 03:01").wall:
        said |= states(hub.wait(30.0))
    assert said["state/services"]["open"] is True, "an early visitor's press would begin the day"
    assert hub.day is None


def test_a_crash_between_commit_and_publish_loses_no_event() -> None:
    hub = HubOnDesk()
    hub.issue()
    before = hub.fingerprint()
    hub.start()
    assert hub.fingerprint() == before
    assert set(states(hub.said)) == ALL
