"""What comes of codes before the scanner: what the kiosk asks the hub, and what its page and its lamps say."""

import pytest

from kiosk.scanning import PATIENCE, SHOWN
from kiosk.scans import Scanned, ScannerFound
from kiosk.screen import Scan
from tests.kiosk.front import Front, issued, working

TICKET = Scanned("ticket", "6f1c2a90b7e4d358")


def scanned(front: Front) -> Scan:
    """What the page shows of the last scan."""
    assert front.screen.scan is not None
    return front.screen.scan


def page(scan: Scanned) -> Front:
    """A kiosk with a page, right after this scan."""
    front = working(screen=True)
    front.turn(scan)
    return front


# -- I am back --------------------------------------------------------------------------------------------------


def test_a_ticket_asks_the_hub_under_one_id_until_it_is_answered():
    front = page(TICKET)
    asked = ("return", {"id": scanned(front).id, "token": TICKET.value})
    assert front.sent == [asked]
    assert front.wait(1.0) == [asked]
    assert scanned(front).words.vi == "Đang kiểm tra phiếu, xin chờ"
    front.reply(asked, issued("A012", ahead=2))
    assert front.wait(5.0) == []


@pytest.mark.parametrize(("ahead", "says"), [(2, "còn 2 người trước"), (0, "sắp được gọi")])
def test_who_is_back_sees_the_number_and_how_many_come_first(ahead: int, says: str):
    front = page(TICKET)
    front.reply(front.sent[0], issued("A012", ahead=ahead))
    scan = scanned(front)
    assert (scan.kind, scan.ticket, scan.well, scan.id) == ("return", "A012", True, front.sent[0][1]["id"])
    assert "A012" in scan.words.vi
    assert says in scan.words.vi


def test_a_paper_of_an_earlier_day_shows_the_number_of_today():
    front = page(TICKET)
    front.reply(front.sent[0], issued("B003", replaces="B021"))
    assert (scanned(front).ticket, scanned(front).well) == ("B003", True)
    assert "mang số B003, thay cho số B021 hôm trước" in scanned(front).words.vi


def test_a_ticket_that_need_not_or_cannot_come_back_sees_the_hubs_words():
    front = page(TICKET)
    front.reply(front.sent[0], status="rejected", reason="not-absent")
    assert (scanned(front).words.vi, scanned(front).well) == ("Không được.", False)
    assert front.complaints == []


def test_who_never_went_absent_is_told_so_in_a_friendly_way():
    front = page(TICKET)
    front.reply(front.sent[0], {"ticket": "A012", "state": "waiting"}, status="rejected", reason="not-absent")
    assert (scanned(front).ticket, scanned(front).well) == ("A012", True)
    assert scanned(front).words.vi.startswith("Số A012 vẫn đang chờ")


@pytest.mark.parametrize("link", [True, False])
def test_without_the_hub_the_staff_is_told(link: bool):
    front = working(screen=True)
    if not link:
        front.cut()
    front.turn(TICKET)
    front.wait(PATIENCE, beating=False)
    assert ("báo với cán bộ" in scanned(front).words.vi, scanned(front).well) == (True, False)
    assert bool(front.sent) is link


def test_an_answer_that_comes_too_late_changes_nothing():
    front = page(TICKET)
    front.wait(PATIENCE)
    said = scanned(front)
    front.reply(front.sent[0], issued("A012"))
    assert scanned(front) == said


def test_an_answer_to_the_scan_before_is_not_shown_for_this_one():
    front = page(TICKET)
    front.turn(Scanned("procedure", "1.001193"))
    front.reply(front.sent[0], issued("A012"))
    assert scanned(front).kind == "procedure"


# -- what is shown ----------------------------------------------------------------------------------------------


def test_a_procedure_is_preselected_on_the_page_and_nobody_is_asked():
    front = page(Scanned("procedure", "1.001193"))
    assert (scanned(front).kind, scanned(front).procedure, scanned(front).well) == ("procedure", "1.001193", True)
    assert front.sent == []


def test_a_card_is_told_that_it_is_not_needed_and_nobody_else_hears_of_it():
    front = page(Scanned("other"))
    assert (scanned(front).words.vi, scanned(front).words.en) == (
        "Không cần quét thẻ. Mời chọn việc cần làm, hoặc hỏi cán bộ hướng dẫn.",
        "No card is needed. Please choose what you need, or ask the staff.",
    )
    assert (front.sent, front.complaints, front.notes) == ([], [], [])


def test_every_scan_has_an_id_of_its_own():
    front = page(Scanned("other"))
    first = scanned(front).id
    front.turn(Scanned("other"))
    assert scanned(front).id != first


def test_what_came_of_a_scan_is_shown_for_a_while_or_until_it_is_dismissed():
    front = page(Scanned("other"))
    front.wait(SHOWN - 0.5)
    assert front.screen.scan is not None
    front.wait(0.5)
    assert front.screen.scan is None
    front.turn(Scanned("other"))
    front.dismiss("some-touch")
    assert front.screen.scan is not None
    front.dismiss(scanned(front).id)
    assert front.screen.scan is None


def test_the_machine_wants_its_turn_when_a_scan_is_over():
    front = page(Scanned("other"))
    due = front.machine.deadline()
    assert due is not None
    assert due <= front.now + SHOWN


def test_a_scan_does_not_disturb_the_ticket_that_is_on_its_way():
    front = working(screen=True)
    (asked,) = front.touch("A")
    front.turn(Scanned("other"), TICKET)
    front.reply(asked, issued("A001"))
    assert [job.ticket for job in front.jobs] == ["A001"]
    assert front.progress.stage == "printing"


# -- without a page ---------------------------------------------------------------------------------------------


def test_without_a_page_the_lamps_say_that_a_scan_came_to_nothing():
    front = working()
    front.turn(Scanned("other"))
    assert front.lamps == {"A": "flicker", "B": "flicker"}
    front.wait(3.0)
    assert front.lamps == {"A": "on", "B": "on"}


def test_without_a_page_a_visitor_who_is_back_is_no_sorry():
    front = working()
    (asked,) = front.turn(TICKET)
    front.reply(asked, issued("A012"))
    assert front.lamps == {"A": "on", "B": "on"}


# -- the scanner itself -----------------------------------------------------------------------------------------


def test_the_status_says_whether_the_scanner_is_there_if_there_is_to_be_one():
    front = working()
    assert "scanner" not in front.machine.detail
    front.turn(ScannerFound(works=False))
    assert front.machine.detail["scanner"] == "absent"
    front.turn(ScannerFound(works=True))
    assert front.machine.detail["scanner"] == "ready"
