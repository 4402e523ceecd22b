"""A press with an id counts once; a plain button's press counts once within `bounce`."""

import json

import pytest

from moiso.wire.ports import Arrived, LinkUp
from moiso.wire.stamp import iso
from tests.hub.desk import ROOT, ZONE, HubOnDesk


@pytest.fixture
def hub() -> HubOnDesk:
    made = HubOnDesk()
    for _ in range(3):
        made.issue()
    return made


NEXT = b'{"id": "n1"}'


def test_a_repeated_press_gets_its_first_answer_byte_for_byte(hub: HubOnDesk) -> None:
    [first] = hub.arrives("cmd/counter-1/next", NEXT).replies
    hub.next(2)
    before = hub.fingerprint()
    [again] = hub.arrives("cmd/counter-1/next", NEXT).replies
    assert again == first
    assert hub.fingerprint() == before
    hub.start()
    [after_a_crash] = hub.arrives("cmd/counter-1/next", NEXT).replies
    assert after_a_crash == first


def test_two_copies_in_one_batch_are_one_press(hub: HubOnDesk) -> None:
    copy = Arrived(f"{ROOT}cmd/kiosk-1/issue", b'{"id": "twice", "service": "A"}', device="hub")
    replies = hub.turn(copy, copy).replies
    assert replies[0] == replies[1]
    assert hub.waiting == ["A001", "A002", "A003", "A004"]


def test_ids_are_one_devices_own_and_one_commands_own(hub: HubOnDesk) -> None:
    same = {"press": "same"}
    assert hub.ask("kiosk-1", "issue", service="A", **same)["data"]["ticket"] == "A004"
    assert hub.ask("kiosk-2", "issue", service="A", **same)["data"]["ticket"] == "A005"
    assert hub.ask("counter-1", "next", **same)["data"]["ticket"] == "A001"
    assert hub.ask("counter-1", "recall", **same)["status"] == "ok"


def test_a_refusal_is_judged_afresh(hub: HubOnDesk) -> None:
    assert hub.ask("counter-1", "recall", press="r")["reason"] == "nobody-here"
    hub.next()
    assert hub.ask("counter-1", "recall", press="r")["status"] == "ok"


def test_a_lost_reply_and_the_printed_number(hub: HubOnDesk) -> None:
    """The kiosk never heard of A004 and printed A700: the place is A700's, whatever is asked again later."""
    hub.ask("kiosk-1", "lease", service="A")
    hub.ask("kiosk-1", "issue", press="p", service="A")
    hub.issue()
    hub.wait(1.0)
    report = {"press": "p", "ticket": "A700", "service": "A", "seconds_ago": 1.0}
    first = hub.ask("kiosk-1", "issued-offline", **report)
    assert hub.waiting == ["A001", "A002", "A003", "A700", "A005"]
    assert hub.ask("kiosk-1", "issued-offline", **report) == first
    assert hub.ask("kiosk-1", "issue", press="p", service="A")["data"]["ticket"] == "A004", "its first answer, again"
    assert hub.state("day")["account"]["void"] == 1


def test_the_report_may_overtake_the_press(hub: HubOnDesk) -> None:
    hub.ask("kiosk-1", "lease", service="A")
    hub.ask("kiosk-1", "issued-offline", press="p", ticket="A700", service="A", seconds_ago=1.0)
    assert hub.ask("kiosk-1", "issue", press="p", service="A")["data"]["ticket"] == "A700"
    assert hub.types().count("ticket-issued") == 4


def test_a_press_that_was_long_on_its_way_stands_where_it_was_pressed(hub: HubOnDesk) -> None:
    """Both messages lay on a cut line for a minute, and somebody else pressed meanwhile at another kiosk."""
    hub.ask("kiosk-1", "lease", service="A")
    hub.wait(1.0)
    said_at = iso(hub.wall, ZONE)
    hub.wait(60.0)
    hub.issue()
    hub.ask("kiosk-1", "issue", press="p", service="A")
    hub.ask("kiosk-1", "issued-offline", press="p", ticket="A700", service="A", seconds_ago=0.9, at=said_at)
    assert hub.waiting == ["A001", "A002", "A003", "A700", "A004"]


def test_a_kiosks_press_that_comes_too_late_gets_no_number(hub: HubOnDesk) -> None:
    """The kiosk has given one of its own meanwhile, or sent its visitor to the staff."""
    assert hub.ask("kiosk-1", "issue", service="A", **stamped(hub, 2.1))["reason"] == "too-old"
    assert hub.ask("kiosk-1", "issue", service="A", **stamped(hub, 1.0))["status"] == "ok"


def test_a_kiosk_that_sees_another_century_is_not_believed(hub: HubOnDesk) -> None:
    hub.ask("kiosk-1", "lease", service="A")
    hub.wait(60.0)
    hub.ask("kiosk-1", "issued-offline", ticket="A700", service="A", seconds_ago=1.0, at=iso(hub.wall - 1e6, ZONE))
    assert hub.waiting[-1] == "A700"


def stamped(hub: HubOnDesk, ago: float) -> dict[str, str]:
    return {"at": iso(hub.wall - ago, ZONE)}


@pytest.mark.parametrize(
    ("ago", "reason"), [(0.0, None), (2.0, None), (2.1, "too-old"), (600.0, "too-old"), (-5.0, None), (90_000.0, None)]
)
def test_an_old_next_calls_nobody(hub: HubOnDesk, ago: float, reason: str | None) -> None:
    reply = hub.ask("counter-1", "next", **stamped(hub, ago))
    assert reply["reason"] == reason
    assert (len(hub.waiting) == 3) == (reason is not None)


@pytest.mark.parametrize(
    "at", ["yesterday", "2026-11-23T07:30:00", "", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-12:00"]
)
def test_a_stamp_that_says_nothing_is_no_reason_to_refuse(hub: HubOnDesk, at: str) -> None:
    assert hub.ask("counter-1", "next", at=at)["status"] == "ok"


def test_what_people_do_at_a_page_does_not_grow_old(hub: HubOnDesk) -> None:
    assert hub.ask("web", "issue", role="greeter", service="A", **stamped(hub, 600.0))["status"] == "ok"


def test_after_says_what_the_clerk_sees(hub: HubOnDesk) -> None:
    assert hub.next(after=None) == "A001"
    assert hub.ask("counter-1", "next", after=None)["reason"] == "stale"
    assert hub.next(after="A001") == "A002"
    assert hub.ask("counter-1", "next", after="A001")["reason"] == "stale"
    assert hub.next() == "A003"


# -- plain buttons ------------------------------------------------------------------------------------------------


@pytest.fixture
def settled(hub: HubOnDesk) -> HubOnDesk:
    hub.wait(2.0)
    return hub


def pressed(hub: HubOnDesk, command: str = "next", device: str = "counter-1", **how: bool) -> list[str]:
    """What a plain button's message makes happen."""
    return [row.type for row in hub.arrives(f"button/{device}/{command}", b"ON", **how).batch.rows]


def test_a_plain_button_calls_and_gets_no_reply(settled: HubOnDesk) -> None:
    turn = settled.arrives("button/counter-1/next", b"ON")
    assert [row.type for row in turn.batch.rows] == ["counter-opened", "ticket-called"]
    assert turn.replies == []


def test_a_buttons_repeats_without_a_pause_of_bounce_are_one_press(settled: HubOnDesk) -> None:
    assert "ticket-called" in pressed(settled)
    for _ in range(9):
        settled.wait(1.9)
        assert pressed(settled) == []
    settled.wait(2.1)
    assert "ticket-called" in pressed(settled)


def test_another_button_is_another_press(settled: HubOnDesk) -> None:
    assert "ticket-called" in pressed(settled)
    assert "ticket-called" in pressed(settled, device="counter-2")
    assert pressed(settled, "recall") == ["ticket-recalled"]


def test_a_retained_or_empty_or_foreign_press_counts_nothing(settled: HubOnDesk) -> None:
    assert pressed(settled, retained=True) == []
    assert settled.arrives("button/counter-1/next", b"").batch.rows == []
    assert pressed(settled, device="counter-9") == []
    assert pressed(settled, device="kiosk-1") == []
    assert pressed(settled, "close-day") == []
    assert pressed(settled, "close") == []


def test_a_gateway_that_repeats_old_presses_after_a_connect_is_not_believed(settled: HubOnDesk) -> None:
    settled.turn(LinkUp())
    settled.wait(1.9)
    assert pressed(settled) == []
    settled.wait(0.1)
    assert "ticket-called" in pressed(settled)


def test_a_press_that_cannot_be_obeyed_is_a_complaint(settled: HubOnDesk) -> None:
    turn = settled.arrives("button/counter-1/recall", b"ON")
    assert turn.complaints == {f"{ROOT}button/counter-1/recall": "nobody-here"}


def test_replies_carry_the_id_of_the_press(hub: HubOnDesk) -> None:
    [reply] = hub.arrives("cmd/counter-1/next", NEXT).replies
    assert json.loads(reply.payload)["re"] == "n1"
