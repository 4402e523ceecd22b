"""Numbers that somebody at a page has issued for this kiosk: printed once, and at once or not at all."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiosk.orders import LATEST
from kiosk.ports import Printed
from kiosk.press import PATIENCE
from moiso.texts import both
from moiso.wire.codec import encode
from moiso.wire.messages import Offer, Range, Services, Words
from moiso.wire.ports import Arrived
from tests.kiosk.front import DEVICE, NOON, TOPICS, Front, issued, working

AT_NOON = datetime.fromisoformat(NOON)


def event(ticket: str, seq: int, *, print_at: str | None = DEVICE, age: float = 0.0, **more: Any) -> Arrived:
    """The hub tells of a number, `age` seconds after it was given."""
    at = (AT_NOON - timedelta(seconds=age)).isoformat()
    data = {"ticket": ticket, "service": ticket[0], "device": "web", "print_at": print_at}
    row = {"log": "k3f9", "seq": seq, "at": at, "clock": "synced", "day": "2026-11-23", "type": "ticket-issued"}
    return Arrived(TOPICS.event("ticket-issued"), json.dumps(row | {"data": data} | more).encode(), device=DEVICE)


def printed(front: Front) -> list[str]:
    return [job.ticket for job in front.jobs]


def offered(**changes: Any) -> Services:
    """Service A as the hub offers it; the snapshot of event 7."""
    offer = {"code": "A", "name": "A", "waiting": 5, "promise": Range(low=10, high=20), "counters": [1, 2]}
    one = Offer(**(offer | {"state": "open"} | changes))  # type: ignore[arg-type]
    return Services(log="k3f9", seq=7, at=NOON, day="2026-11-23", open=True, services=[one])


# -- what is printed ----------------------------------------------------------------------------------------------


def test_it_prints_the_number_and_says_so() -> None:
    front = working()
    assert front.turn(event("A012", 8)) == []
    assert printed(front) == ["A012"]
    assert front.jobs[0].url is None, "nobody here knows its token"
    assert front.printer_says() == [("printed", {"id": "id-1", "ticket": "A012"})]


@pytest.mark.parametrize("print_at", ["kiosk-2", None])
def test_what_is_for_others_is_left_to_them(print_at: str | None) -> None:
    front = working()
    front.turn(event("A012", 8, print_at=print_at))
    assert printed(front) == []


def test_the_ticket_says_what_the_kiosk_would_have_said() -> None:
    front = working()
    front.offer(offered())
    front.turn(event("A012", 8))
    text = front.jobs[0].text
    assert (text.number, text.service, text.counters) == ("A012", "Chứng thực", "Quầy 1, Quầy Hộ tịch")
    assert text.ahead == "Đang chờ trước: 5 người"
    assert "10" in text.promise
    assert "20" in text.promise
    assert "12:00, 23/11/2026" in text.issued
    assert (text.warning, text.training) == ("", "")


def test_who_is_counted_already_does_not_stand_before_himself() -> None:
    front = working()
    front.offer(offered())
    front.turn(event("A012", 7))
    assert front.jobs[0].text.ahead == "Đang chờ trước: 4 người"


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"state": "suspended", "note": Words(vi="tạm gián đoạn", en="")}, "Hệ thống đang gián đoạn"),
        ({"state": "unstaffed", "note": both("offer.unstaffed"), "promise": None}, "chưa có cán bộ"),
        ({"state": "unstaffed", "promise": None}, ""),
        ({"state": "unstaffed", "note": both("offer.left", n=5), "left": 5, "promise": None}, ""),
        ({"state": "unstaffed", "note": Words(vi="ngoài giờ", en=""), "gives": False, "promise": None}, ""),
    ],
    ids=["suspended", "alarmed", "a counter has just closed", "and few numbers are left", "after hours"],
)
def test_it_warns_as_the_hub_would(changes: dict[str, Any], warned: str) -> None:
    front = working()
    front.offer(offered(**changes))
    front.turn(event("A012", 8))
    text = front.jobs[0].text
    assert warned in text.warning
    assert bool(text.warning) == bool(warned)
    assert text.promise == ""


# -- once, and at once or not at all ------------------------------------------------------------------------------


def test_what_is_said_again_is_printed_once() -> None:
    front = working()
    front.turn(event("A012", 8), event("A012", 8))
    front.printer_says()
    front.turn(event("A012", 8), after=3.0)
    assert printed(front) == ["A012"]


@pytest.mark.parametrize(("age", "comes"), [(LATEST - 1, True), (LATEST + 1, False), (3600.0, False)])
def test_an_old_one_is_not_printed(age: float, comes: bool) -> None:
    front = working()
    assert front.turn(event("A012", 8, age=age)) == [], "nobody knows whether it was printed"
    assert printed(front) == (["A012"] if comes else [])
    assert any("A012" in complaint.text for complaint in front.complaints) != comes


def test_after_a_short_cut_one_that_was_given_meanwhile_is_printed_and_an_old_one_not() -> None:
    front = working()
    front.cut()
    front.connect()
    front.turn(event("A012", 8, age=60), event("A013", 9, age=2))
    assert printed(front) == ["A013"]


def test_a_program_that_has_just_started_prints_nothing_that_was_given_before() -> None:
    front = Front()
    front.turn(event("A011", 1))
    front.connect()
    front.turn(event("A011", 1))
    front.turn(event("A012", 2))
    assert printed(front) == ["A012"]


def test_the_hubs_clock_may_be_set_back() -> None:
    front = working()
    front.turn(event("A012", 8, age=-7200.0))
    assert printed(front) == ["A012"], "the hub's clock runs ahead of what the last beat told"


def test_another_log_is_another_hub() -> None:
    front = working()
    front.turn(event("A012", 8, log="other"))
    assert printed(front) == []


# -- when it cannot -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["out", "cover", "offline"])
def test_without_paper_it_says_so_at_once_and_never_prints_it(paper: str) -> None:
    front = working()
    front.paper(paper)
    assert front.turn(event("A012", 8)) == [("print-failed", {"id": "id-1", "ticket": "A012", "reason": paper})]
    front.paper("ok")
    front.turn(event("A012", 8))
    assert printed(front) == []


def test_a_print_that_fails_is_told() -> None:
    front = working()
    front.turn(event("A012", 8))
    assert front.printer_says("out") == [("print-failed", {"id": "id-1", "ticket": "A012", "reason": "out"})]


def test_the_report_is_repeated_until_it_is_answered() -> None:
    front = working()
    front.turn(event("A012", 8))
    (report,) = front.printer_says()
    assert report in front.wait(2.0)
    front.reply(report, {"ticket": "A012"})
    assert front.wait(6.0) == []


def test_nonsense_prints_nothing_and_is_told() -> None:
    front = working()
    for payload in (b"", b"[]", b"nonsense", encode({"log": 1}), event("A012", 8, at="noon").payload):
        front.turn(Arrived(TOPICS.event("ticket-issued"), payload, device=DEVICE))
    assert printed(front) == []
    assert len(front.complaints) >= 4


# -- beside its own presses ---------------------------------------------------------------------------------------


def test_a_press_at_the_same_time_gets_its_own_ticket() -> None:
    front = working()
    (asked,) = front.press("B")
    front.turn(event("A012", 8))
    front.reply(asked, issued("B003"))
    assert printed(front) == ["A012", "B003"]
    reports = [*front.turn(Printed("A012", None)), *front.turn(Printed("B003", "out"))]
    assert [(name, said["ticket"]) for name, said in reports] == [("printed", "A012"), ("print-failed", "B003")]


def test_a_button_works_while_one_is_being_printed_for_somebody_else() -> None:
    front = working()
    front.turn(event("A012", 8))
    (asked,) = front.press("B")
    assert asked[0] == "issue"
    front.wait(PATIENCE + 1)
    assert [name for name, _ in front.printer_says()] == ["printed"]


# -- once more --------------------------------------------------------------------------------------------------


def again(ticket: str, seq: int, **more: Any) -> Arrived:
    """The hub tells that somebody wants a paper again."""
    data = {"ticket": ticket, "service": ticket[0], "print_at": DEVICE, "seconds_ago": 600.0, "ahead": 2}
    return event(ticket, seq, type="ticket-reprinted", data=data | more)


def test_a_paper_that_the_staff_want_again_is_marked_and_tells_of_now() -> None:
    front = working()
    front.offer(offered())
    assert front.turn(again("A012", 8)) == []
    (receipt,) = front.jobs
    assert (receipt.ticket, receipt.text.reprint) == ("A012", "BẢN IN LẠI")
    assert ("2 người" in receipt.text.ahead, "11:50" in receipt.text.issued) == (True, True)
    assert front.printer_says() == [("printed", {"id": "id-1", "ticket": "A012"})]


def test_that_of_another_kiosk_or_of_its_own_page_is_not_printed() -> None:
    front = working()
    front.turn(again("A012", 8, print_at="kiosk-2"), again("A013", 9, print_at=None))
    assert printed(front) == []
