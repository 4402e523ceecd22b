"""The rulebook through the hub: what it says, when it looks, what it keeps beside the log."""

import json
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from moiso.core.hours import INDOCHINA, Hours, Span, Timetable
from moiso.core.rules import Service
from moiso.wire.stamp import seconds
from tests.hub.desk import OFFICE_HOURS, RULES, HubOnDesk, local, states

HOUR = 3600
SERVE = (Span(7 * HOUR + 1800, 11 * HOUR + 1800), Span(13 * HOUR + 1800, 17 * HOUR))
ISSUE = (Span(7 * HOUR, 11 * HOUR), Span(13 * HOUR, 16 * HOUR))
WEEK = (Hours(issue=ISSUE, serve=SERVE),) * 5 + (None, None)
WITH_HOURS = replace(RULES, timetable=Timetable(zone=INDOCHINA, weekly={"A": WEEK, "B": WEEK}))


@pytest.fixture
def hub() -> HubOnDesk:
    return HubOnDesk()


def service(state: dict[str, Any], code: str = "A") -> dict[str, Any]:
    return next(line for line in state["services"] if line["code"] == code)


def last_event(hub: HubOnDesk, kind: str) -> dict[str, Any]:
    return dict(json.loads(next(row.data for row in reversed(hub.disk.rows) if row.type == kind)))


def test_a_call_says_why_in_both_languages(hub: HubOnDesk) -> None:
    hub.issue()
    hub.issue(priority=True)
    hub.wait(7 * 60 + 59)
    hub.next(1)
    called = last_event(hub, "ticket-called")
    assert (called["ticket"], called["policy"], called["by"]) == ("A002", "priority", "counter-1")
    assert set(called["why"]) == {"vi", "en"}
    assert "2" in called["why"]["vi"]
    hub.next(2)
    assert "7 phút" in last_event(hub, "ticket-called")["why"]["vi"]


def test_an_event_names_the_person_at_the_page(hub: HubOnDesk) -> None:
    hub.issue()
    hub.ask("web", "void", press="p-void", role="greeter", clerk="hoa", ticket="A001", reason="left")
    voided = last_event(hub, "ticket-voided")
    assert (voided["by"], voided["press"], voided["source"]) == ("hoa", "p-void", "greeter")
    assert hub.state("day")["account"]["by_account"] == {"hoa": {"out_of_order": 0, "priorities": 0, "voids": 1}}


def test_the_hub_looks_by_itself(hub: HubOnDesk) -> None:
    hub.issue("B")
    hub.wait(299)
    assert "service-unstaffed" not in hub.types()
    hub.wait(2)
    assert hub.types()[-1] == "service-unstaffed"
    assert hub.state("day")["alarms"] == [{"service": "B", "waiting": 1, "counters": [1]}]
    assert service(hub.state("board"), "B")["alarm"]
    offer = service(hub.state("services"), "B")
    assert (offer["gives"], offer["note"]["vi"]) == (True, "chưa có cán bộ")


def test_what_a_rule_did_belongs_to_nobody(hub: HubOnDesk) -> None:
    hub.issue("B")
    hub.wait(301)
    told = last_event(hub, "service-unstaffed")
    assert (told["by"], told["press"], told["deed"]) == ("", None, 0)
    assert hub.machine.ledger.keeper.last is not None
    assert hub.machine.ledger.keeper.last.wall == hub.wall - 301, "a rule is no press"


def test_a_suspended_service_warns_and_freezes_its_promise(hub: HubOnDesk) -> None:
    hub.issue()
    hub.issue()
    hub.next(1)
    promised = service(hub.state("board"))["promise"]
    reply = hub.ask("web", "suspend-service", role="clerk", clerk="hoa", service="A")
    assert reply["data"] == {"service": "A", "tickets": ["A001"]}
    hub.wait(1800)
    line = service(hub.state("board"))
    assert (line["state"], line["promise"]) == ("suspended", promised)
    issued = hub.ask("kiosk-1", "issue", service="A")["data"]
    assert issued["promise"] is None
    assert set(issued["warning"]) == {"vi", "en"}
    assert hub.state("counter/1")["held"] == ["A001"]
    hub.ask("web", "restore-service", role="greeter", clerk="lan", service="A")
    assert hub.next(1) == "A001"
    gap = hub.machine.ledger.rates["A"].gap
    assert gap == pytest.approx(300.0, abs=1), "half an hour without the software says nothing of the service"


def test_a_page_that_transfers_speaks_for_its_own_counter(hub: HubOnDesk) -> None:
    hub.issue()
    hub.next(1)
    reply = hub.ask("web", "transfer", role="clerk", clerk="hoa", counter=1, service="B")
    assert reply["status"] == "ok"
    assert last_event(hub, "ticket-transferred")["to_counter"] is None
    hub.next(1)
    hub.ask("counter-1", "transfer", service="A", counter=2)
    assert last_event(hub, "ticket-transferred")["to_counter"] == 2


def test_undo_says_who_stands_where_and_until_when_it_can_be_done(hub: HubOnDesk) -> None:
    hub.issue()
    hub.next(1)
    until = hub.state("counter/1")["undo_until"]
    assert datetime.fromisoformat(until).timestamp() == pytest.approx(hub.wall + 10)
    reply = hub.ask("counter-1", "undo")
    assert reply["data"]["tickets"] == [
        {"ticket": "A001", "was": "called", "state": "waiting", "service": "A", "counter": None}
    ]
    assert (reply["data"]["counter"], reply["data"]["state"]) == (1, "closed")
    assert hub.state("board")["calls"] == []
    assert hub.state("counter/1")["undo_until"] is None


def test_a_preview_changes_nothing(hub: HubOnDesk) -> None:
    hub.issue()
    rows = len(hub.disk.rows)
    reply = hub.ask("web", "served-offline", role="manager", clerk="an", ticket="A001", to="A003", preview=True)
    assert reply["data"] == {
        "ticket": "A001", "tickets": ["A001", "A002", "A003"], "skipped": [], "preview": True,
    }  # fmt: skip
    assert len(hub.disk.rows) == rows
    done = hub.ask("web", "served-offline", role="manager", clerk="an", ticket="A001", to="A003")
    assert done["data"]["tickets"] == ["A001", "A002", "A003"]


def test_whoever_waits_is_told_with_the_choices(hub: HubOnDesk) -> None:
    hub.issue()
    reply = hub.manager("close-day")
    assert (reply["status"], reply["reason"]) == ("rejected", "still-waiting")
    assert reply["data"] == {"waiting": ["A001"], "choices": ["overtime", "carry-over", "expire"]}
    assert hub.state("day")["leftover"] == ["A001"]
    hub.manager("close-day", leftover="overtime")
    assert (hub.state("day")["overtime"], hub.state("board")["overtime"]) == (True, True)
    assert service(hub.state("services"))["gives"] is False


def test_a_day_closed_by_mistake_is_opened_again_on_its_date_only(hub: HubOnDesk) -> None:
    hub.issue()
    hub.manager("close-day", leftover="carry-over")
    assert hub.manager("reopen-day")["status"] == "ok"
    assert hub.waiting == ["A001"]
    hub.manager("close-day", leftover="carry-over")
    hub.wait(24 * HOUR)
    assert hub.manager("reopen-day")["reason"] in {"day-over", "day-open"}


def test_nobody_grows_old_by_a_clock_that_was_set_while_the_day_was_closed(hub: HubOnDesk) -> None:
    hub.issue()
    hub.wait(60.0)
    hub.manager("close-day", leftover="carry-over")
    hub.set_clock(hub.wall + HOUR)
    hub.manager("reopen-day")
    hub.wait(5.0)
    longest = seconds(service(hub.state("board"))["longest_since"])
    assert hub.wall - longest == pytest.approx(65.0, abs=3.0)


def test_a_night_carries_over_whoever_nobody_decided_about() -> None:
    hub = HubOnDesk("2026-11-23 16:50", OFFICE_HOURS)
    hub.issue()
    hub.wait(15 * HOUR)
    assert last_event(hub, "day-closed")["account"]["carried"] == ["A001"]
    assert [c["ticket"] for c in last_event(hub, "day-opened")["carried"]] == ["A001"]
    reply = hub.ask("kiosk-1", "return", ticket="A001", day="2026-11-23")
    assert (reply["data"]["ticket"], reply["data"]["ahead"]) == ("A001", 0)
    since = datetime.fromisoformat(service(hub.state("board"))["longest_since"]).timestamp()
    assert since == pytest.approx(hub.wall), "yesterday's wait is not today's"
    assert hub.ask("kiosk-2", "return", ticket="A001", day="2026-11-23")["data"]["ticket"] == "A001"


def test_practice_is_loud_and_leaves_todays_day_alone(hub: HubOnDesk) -> None:
    kept = hub.ask("kiosk-2", "lease", service="A")["data"]
    assert hub.manager("open-day", training=True)["status"] == "ok"
    issued = hub.ask("kiosk-1", "issue", service="A")["data"]
    assert (issued["ticket"], issued["training"]) == ("A9001", True)
    assert issued["day"].startswith("training-")
    assert (hub.state("board")["training"], hub.state("services")["training"]) == (True, True)
    hub.manager("close-day")
    assert hub.state("services")["open"]
    assert hub.issue() == "A001"
    assert hub.day == "2026-11-23"
    printed = {"ticket": f"A{kept['from']}", "service": "A", "seconds_ago": 60}
    assert hub.ask("kiosk-2", "issued-offline", **printed)["status"] == "ok", "its lease has waited"


def test_practice_takes_nobodys_number(hub: HubOnDesk) -> None:
    hub.issue()
    assert hub.manager("open-day", training=True)["reason"] == "day-open"


def test_class_and_language_stand_beside_the_log_until_the_day_ends(hub: HubOnDesk) -> None:
    turn = hub.arrives(
        "cmd/web/issue",
        json.dumps(
            {"id": "x", "role": "greeter", "service": "A", "priority": True, "class": "pregnant", "language": "mong"}
        ).encode(),
    )
    assert [tuple(aside) for aside in turn.batch.asides] == [
        ("A001", "class", "pregnant"),
        ("A001", "language", "mong"),
    ]
    said = b"".join([*(p.payload for p in [*turn.replies, *turn.states]), *(row.data for row in hub.disk.rows)])
    assert b"pregnant" not in said
    assert b"mong" not in said
    turn = hub.arrives("cmd/web/close-day", json.dumps({"id": "y", "role": "manager", "leftover": "expire"}).encode())
    assert turn.batch.forget_asides
    assert turn.batch.asides == []


def test_before_lunch_the_wall_names_the_last_number_expected() -> None:
    hub = HubOnDesk("2026-11-23 10:00", rules=WITH_HOURS)
    for _ in range(12):
        hub.issue()
    hub.next(1)
    hub.next(2)
    hub.wait(59 * 60)
    assert hub.state("board")["lunch"] is None
    hub.wait(61)
    board = hub.state("board")
    assert [board["lunch"][end][11:16] for end in ("begins", "ends")] == ["11:30", "13:30"]
    gap = hub.machine.ledger.rates["A"].gap
    expected = int((30 * 60 - 1) // gap)
    assert 0 < expected < 10
    assert service(board)["last_before_lunch"] == f"A{2 + expected:03d}"
    hub.wait(30 * 60)
    assert service(hub.state("board"))["last_before_lunch"] is None
    hub.wait(2 * HOUR)
    assert hub.state("board")["lunch"] is None


def test_hours_and_quota_stand_on_the_kiosks_buttons() -> None:
    rules = replace(WITH_HOURS, services=(Service(code="A", name="Chứng thực"), Service(code="B", name="Đất", quota=3)))
    hub = HubOnDesk("2026-11-23 08:00", rules=rules)
    hub.issue("B")
    assert service(hub.state("services"), "B")["note"]["vi"] == "còn 2 số"
    hub.issue("B")
    hub.issue("B")
    offer = service(hub.state("services"), "B")
    assert (offer["left"], offer["gives"]) == (0, False)
    hub.set_clock(local("2026-11-23 11:00"))
    assert [line["gives"] for line in hub.state("services")["services"]] == [False, False]
    hub.synced = False
    assert service(hub.state("services"))["gives"], "a clock that nobody set closes nothing"


def test_nothing_opens_by_itself_on_a_day_without_service() -> None:
    hub = HubOnDesk("2026-11-22 07:40", OFFICE_HOURS, WITH_HOURS)
    assert hub.day is None, "a Sunday"
    assert hub.ask("kiosk-1", "issue", service="A")["reason"] == "issue-closed"
    assert hub.day is None
    hub.set_clock(local("2026-11-23 07:40"))
    assert hub.day == "2026-11-23"


def test_a_restart_knows_everything(hub: HubOnDesk) -> None:
    for _ in range(4):
        hub.issue()
    hub.next(1)
    hub.ask("counter-1", "hold", reason="signature")
    hub.next(1)
    hub.ask("web", "suspend-service", role="clerk", clerk="hoa", service="B")
    hub.ask("web", "grant-priority", role="greeter", clerk="lan", ticket="A004", **{"class": "elderly"})
    hub.next(1)
    before = hub.fingerprint()
    hub.start()
    assert hub.fingerprint() == before
    assert hub.ask("counter-1", "undo")["status"] == "ok", "even the undo"
    assert hub.state("counter/1")["ticket"] == "A002"


def test_snapshots_say_what_is_held_and_idle(hub: HubOnDesk) -> None:
    hub.issue()
    hub.next(1)
    hub.ask("counter-1", "hold")
    assert {n: hub.state(f"counter/{n}")["held"] for n in (1, 2)} == {1: ["A001"], 2: ["A001"]}
    hub.issue()
    told = states(hub.wait(601)) | hub.told()
    assert told["state/counter/1"]["idle"]
    assert service(told["state/board"])["promise"] is None, "nobody counts on a silent counter"
