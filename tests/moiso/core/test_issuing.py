"""Who gets a number, when, and with what priority."""

from datetime import datetime

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.decide import decide
from moiso.core.hours import INDOCHINA, Hours, Span, Timetable
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Rules, Service
from tests.moiso.core.hall import Hall

HOUR = 3600
DAY = Hours(
    issue=(Span(7 * HOUR, 11 * HOUR), Span(13 * HOUR, 16 * HOUR)),
    serve=(Span(7 * HOUR + 1800, 11 * HOUR + 1800), Span(13 * HOUR + 1800, 17 * HOUR)),
)
SERVICES = (Service(code="A", name="Chứng thực"), Service(code="B", name="Đất đai", quota=2))
RULES = Rules(
    services=SERVICES,
    desks=(Desk(number=1, label="Quầy 1", services=("A", "B")),),
    timetable=Timetable(weekly={"A": (DAY,) * 5 + (None, None)}),
    priority_by=("greeter",),
)


def friday(clock: str) -> float:
    return datetime.fromisoformat(f"2027-01-15T{clock}").replace(tzinfo=INDOCHINA).timestamp()


@pytest.fixture
def hall() -> Hall:
    hall = Hall(RULES)
    hall.now = friday("10:00")
    return hall


@pytest.mark.parametrize(
    ("clock", "given"), [("06:59", False), ("07:00", True), ("11:00", False), ("13:00", True), ("16:00", False)]
)
def test_a_kiosk_gives_numbers_in_the_hours(hall: Hall, clock: str, given: bool) -> None:
    hall.now = friday(clock)
    if given:
        assert hall.issue("A") == "A001"
    else:
        with pytest.raises(Rejected, match="issue-closed"):
            hall.issue("A")
        assert hall.issue("B") == "B001", "a service without hours is open at all"


def test_a_person_may_give_one_outside_the_hours_and_it_is_flagged(hall: Hall) -> None:
    hall.now = friday("16:30")
    [issued] = hall.person(ask.IssueTicket(service="A"))
    assert isinstance(issued, did.TicketIssued)
    assert not issued.after_hours, "served until 17:00"
    hall.now = friday("17:00")
    [late] = hall.person(ask.IssueTicket(service="A"))
    assert isinstance(late, did.TicketIssued)
    assert late.after_hours
    hall.called(1)
    assert hall.centre.so_far().after_hours == 1


def test_a_clock_that_nobody_set_closes_no_window(hall: Hall) -> None:
    kiosk = Sender(device="kiosk-1", role=Role.KIOSK, press="p1")
    [issued] = decide(hall.centre, ask.IssueTicket(service="A"), kiosk, friday("03:00"), trusted=False)
    assert isinstance(issued, did.TicketIssued)
    assert not issued.after_hours


def test_the_quota_is_the_end_and_a_void_number_gives_one_back(hall: Hall) -> None:
    hall.issue("B")
    hall.issue("B")
    assert hall.centre.left("B") == 0
    with pytest.raises(Rejected, match="quota-full"):
        hall.person(ask.IssueTicket(service="B"))
    hall.person(ask.VoidTicket(ticket="B001", reason="left"))
    assert hall.centre.left("B") == 1
    assert hall.issue("B") == "B003", "never the same number twice"


def test_paper_numbers_count_and_are_never_refused(hall: Hall) -> None:
    hall.person(ask.RecordOffline(ticket="B001", to="B003", service="B"))
    assert hall.centre.left("B") == 0


def test_priority_is_granted_by_whom_the_site_says(hall: Hall) -> None:
    with pytest.raises(Rejected, match="priority-not-here"):
        hall.issue("A", priority=True)
    with pytest.raises(Rejected, match="unknown-class"):
        hall.person(ask.GrantPriority(ticket=hall.issue("A"), priority_class="rich"))
    hall.person(ask.GrantPriority(ticket="A001", priority_class="elderly"))
    assert hall.person(ask.GrantPriority(ticket="A001", priority_class="merit")) == []
    assert hall.ticket("A001").priority
    hall.person(ask.GrantPriority(ticket="A001", priority_class="none"))
    assert not hall.ticket("A001").priority


def test_a_press_that_has_its_number_gets_no_second_one(hall: Hall) -> None:
    hall.kiosk(ask.IssueTicket(service="A"), press="one")
    assert hall.kiosk(ask.IssueTicket(service="A"), press="one") == []


def test_after_lunch_the_place_is_kept_for_half_an_hour(hall: Hall) -> None:
    for _ in range(4):
        hall.issue("A")
    hall.now = friday("13:59")
    hall.called(1)
    hall.now += 50
    [missed] = hall.clerk(1, ask.MarkAbsent())
    assert isinstance(missed, did.TicketMissed)
    assert missed.keeps_place
    hall.called(1)
    hall.now = friday("14:00:01")
    [missed] = hall.clerk(1, ask.MarkAbsent())
    assert isinstance(missed, did.TicketMissed)
    assert not missed.keeps_place, "half an hour is over"
    hall.now = friday("16:59")
    hall.person(ask.ReturnTicket(ticket="A001"))
    assert hall.line() == ["A001", "A003", "A004"]
    with pytest.raises(Rejected, match="grace-over"):
        hall.person(ask.ReturnTicket(ticket="A002"))


def test_who_came_after_lunch_has_the_ordinary_grace(hall: Hall) -> None:
    hall.now = friday("13:40")
    hall.issue("A")
    hall.called(1)
    hall.now += 50
    [missed] = hall.clerk(1, ask.MarkAbsent())
    assert isinstance(missed, did.TicketMissed)
    assert not missed.keeps_place


def absent_with(hall: Hall, token: str) -> str:
    """The number that was given with this token; its visitor was called and did not come."""
    [issued] = hall.kiosk(ask.IssueTicket(service="B", token=token))
    assert isinstance(issued, did.TicketIssued)
    hall.called(1)
    hall.clerk(1, ask.MarkAbsent())
    return issued.ticket


def test_the_code_on_the_paper_brings_its_visitor_back_at_any_kiosk(hall: Hall) -> None:
    number = absent_with(hall, "its-own")
    hall.kiosk(ask.IssueTicket(service="A", token="another"))
    [event] = hall.kiosk(ask.ReturnTicket(token="its-own"), device="kiosk-2")
    assert isinstance(event, did.TicketReturned)
    assert event.ticket == number


def test_whoever_never_went_absent_is_told_where_the_number_stands(hall: Hall) -> None:
    hall.kiosk(ask.IssueTicket(service="B", token="t"))
    with pytest.raises(Rejected, match="not-absent") as refusal:
        hall.kiosk(ask.ReturnTicket(token="t"))
    assert refusal.value.data == {"ticket": "B001", "state": "waiting"}


def test_a_code_of_no_ticket_of_today_brings_nobody_back(hall: Hall) -> None:
    hall.issue("B")
    with pytest.raises(Rejected, match="unknown-token"):
        hall.kiosk(ask.ReturnTicket(token="of-yesterday"))


def test_a_code_with_an_earlier_day_is_refused_in_words_that_name_no_number(hall: Hall) -> None:
    with pytest.raises(Rejected) as refusal:
        hall.kiosk(ask.ReturnTicket(token="of-yesterday", day="2027-01-14"))
    assert (refusal.value.reason, refusal.value.params) == ("unknown-token", {})


def test_the_code_is_the_printed_numbers_and_not_the_phantoms(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="B"))
    hall.kiosk(ask.IssueTicket(service="B", token="t"), press="lost")
    hall.kiosk(ask.RecordOffline(ticket="B700", service="B", token="t", seconds_ago=1.0), press="lost")
    assert hall.states() == {"B001": "void", "B700": "waiting"}
    hall.called(1)
    hall.clerk(1, ask.MarkAbsent())
    [event] = hall.kiosk(ask.ReturnTicket(token="t"))
    assert isinstance(event, did.TicketReturned)
    assert event.ticket == "B700"


@pytest.mark.parametrize("asked", [{}, {"ticket": "A001", "token": "t"}])
def test_a_return_is_of_a_number_or_of_a_code(asked: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="`ticket` or `token`"):
        ask.ReturnTicket(**asked)
