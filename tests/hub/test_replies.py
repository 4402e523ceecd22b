"""What a device hears when it asks properly."""

import json
from hashlib import sha256

import pytest

from moiso.wire.stamp import seconds
from tests.hub.desk import OFFICE_HOURS, HubOnDesk, only_reply


@pytest.fixture
def hub() -> HubOnDesk:
    return HubOnDesk()


def test_issue(hub: HubOnDesk) -> None:
    hub.issue("A")
    reply = hub.ask("kiosk-1", "issue", press="p-7", service="A")
    assert {key: reply[key] for key in ("re", "to", "status", "reason", "message")} == {
        "re": "p-7", "to": "issue", "status": "ok", "reason": None, "message": None,
    }  # fmt: skip
    data = reply["data"]
    assert (data["ticket"], data["day"], data["ahead"], data["promise"]) == ("A002", "2026-11-23", 1, None)
    assert data["counters"] == [1, 2], "nobody is open: all that could serve are named"


def test_issue_promises_a_range_once_somebody_serves(hub: HubOnDesk) -> None:
    hub.ask("counter-2", "open")
    reply = hub.ask("kiosk-1", "issue", service="A")
    assert reply["data"]["counters"] == [2]
    low, high = reply["data"]["promise"]["low"], reply["data"]["promise"]["high"]
    assert 0 <= low < high
    assert (low % 5, high % 5) == (0, 0)


def test_a_counter_command_is_answered_with_the_counters_state(hub: HubOnDesk) -> None:
    hub.issue()
    reply = hub.ask("counter-1", "next")
    assert reply["data"] == hub.state("counter/1")
    assert (reply["data"]["ticket"], reply["data"]["phase"], reply["data"]["state"]) == ("A001", "called", "open")
    assert seconds(reply["data"]["since"]) == pytest.approx(hub.wall, abs=1.0)
    hub.wait(60.0)
    started = hub.ask("counter-1", "start")["data"]
    assert (started["phase"], seconds(started["since"])) == ("serving", pytest.approx(hub.wall, abs=1.0))
    emptied = hub.ask("counter-1", "next")["data"]
    assert (emptied["ticket"], emptied["phase"], emptied["since"]) == (None, None, None)


def test_lease(hub: HubOnDesk) -> None:
    assert hub.ask("kiosk-1", "lease", service="B")["data"] == {
        "service": "B", "day": "2026-11-23", "from": 700, "to": 719,
    }  # fmt: skip
    assert hub.ask("kiosk-2", "lease", service="B", day="next")["data"] == {
        "service": "B", "day": "next", "from": 700, "to": 719,
    }  # fmt: skip
    assert hub.ask("kiosk-2", "lease", service="B")["data"]["from"] == 720


def test_issued_offline_waits_from_its_press(hub: HubOnDesk) -> None:
    hub.ask("kiosk-1", "lease", service="A")
    later = hub.issue()
    reply = hub.ask("kiosk-1", "issued-offline", ticket="A700", service="A", seconds_ago=60.0, day="2026-11-23")
    assert (reply["status"], reply["data"]["ticket"], reply["data"]["ahead"]) == ("ok", "A700", 0)
    assert hub.waiting == ["A700", later]


def test_an_offline_number_of_another_day_is_not_filed_under_this_one(hub: HubOnDesk) -> None:
    hub.ask("kiosk-1", "lease", service="A")
    reply = hub.ask("kiosk-1", "issued-offline", ticket="A700", service="A", seconds_ago=60.0, day="2026-11-20")
    assert (reply["status"], reply["reason"]) == ("rejected", "other-day")


def test_the_days_commands_answer_with_the_day(hub: HubOnDesk) -> None:
    hub.issue()
    closed = hub.manager("close-day", leftover="expire")["data"]
    assert (closed["open"], closed["label"], closed["account"]["expired"]) == (False, "2026-11-23", 1)
    assert hub.manager("open-day")["reason"] == "day-done"


def test_replay_gives_committed_events_as_they_were_sent(hub: HubOnDesk) -> None:
    hub.issue()
    sent = [json.loads(hub.machine.speaker.event(row).payload) for row in hub.disk.rows]
    assert hub.ask("stats", "replay", from_seq=1)["data"]["events"] == sent
    assert hub.ask("stats", "replay", from_seq=2, limit=1)["data"]["events"] == sent[1:2]
    assert hub.ask("stats", "replay", from_seq=99)["data"]["events"] == []


def test_an_event_on_the_wire() -> None:
    hub = HubOnDesk()
    hub.issue("B", token="t-1")
    event = json.loads(hub.machine.speaker.event(hub.disk.rows[-1]).payload)
    assert (event["log"], event["seq"], event["type"], event["v"]) == ("log-1", 2, "ticket-issued", 1)
    assert (event["at"], event["clock"], event["day"]) == ("2026-11-23T07:30:00.000+07:00", "synced", "2026-11-23")
    assert (event["data"]["ticket"], event["data"]["service"], event["data"]["offline"]) == ("B001", "B", False)
    assert event["data"]["token_sha256"] == sha256(b"t-1").hexdigest()
    assert "t-1" not in json.dumps(event)


def test_the_first_press_of_the_morning_begins_the_day() -> None:
    hub = HubOnDesk("2026-11-23 06:50", OFFICE_HOURS)
    assert hub.day is None
    assert hub.issue() == "A001"
    assert hub.day == "2026-11-23"


def test_a_refused_press_begins_no_day() -> None:
    hub = HubOnDesk("2026-11-23 06:50", OFFICE_HOURS)
    before = hub.fingerprint()
    assert hub.ask("kiosk-1", "issue", service="X")["reason"] == "unknown-service"
    assert hub.ask("counter-1", "call", ticket="A001")["reason"] == "unknown-ticket"
    assert hub.ask("counter-1", "next", after="A050")["reason"] == "stale"
    assert (hub.day, hub.fingerprint(), hub.disk.rows) == (None, before, [])


def test_a_kiosk_that_leases_at_night_closes_no_morning() -> None:
    hub = HubOnDesk("2026-11-23 16:00", OFFICE_HOURS)
    hub.manager("close-day")
    hub.wait(12 * 3600.0)
    assert hub.ask("kiosk-1", "lease", service="A", day="next")["status"] == "ok"
    hub.wait(3.5 * 3600.0)
    assert hub.day == "2026-11-24"


def test_no_counter_is_promised_while_no_day_is_open(hub: HubOnDesk) -> None:
    hub.ask("counter-1", "open")
    hub.manager("close-day")
    [line, _] = hub.state("board")["services"]
    assert (line["state"], line["counters_open"], line["promise"]) == ("closed", 0, None)


def test_only_one_reply_to_one_command_and_only_to_its_sender(hub: HubOnDesk) -> None:
    turn = hub.arrives("cmd/kiosk-2/issue", b'{"id": "x", "service": "A"}')
    assert only_reply(turn, "kiosk-2")["re"] == "x"
