"""Suspended services, numbers on paper, numbers served while nothing worked."""

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.roles import Role
from tests.moiso.core.hall import Hall


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    for _ in range(3):
        hall.issue("A")
    hall.issue("B")
    return hall


def refused(hall: Hall, command: ask.Command, role: Role = Role.GREETER) -> str:
    with pytest.raises(Rejected) as refusal:
        hall.person(command, role=role)
    return refusal.value.reason


def test_a_suspended_service_keeps_every_place(hall: Hall) -> None:
    hall.called(1)
    hall.called(2)
    hall.clerk(2, ask.StartService())
    events = hall.person(ask.SuspendService(service="A", reason="software"))
    assert [type(e) for e in events] == [did.ServiceSuspended, did.TicketHeld, did.TicketHeld]
    assert hall.states() == {"A001": "held", "A002": "held", "A003": "waiting", "B001": "waiting"}
    assert hall.called(1) == ("B001", "oldest"), "only the other service goes on"
    assert hall.refused(2, ask.ResumeTicket(ticket="A001")) == "service-suspended"
    assert hall.refused(2, ask.CallTicket(ticket="A003", reason="urgent")) == "service-suspended"
    assert hall.issue("A") == "A004", "issuing goes on"
    hall.person(ask.RestoreService(service="A"))
    assert hall.line() == ["A001", "A002", "A003", "A004"]
    assert hall.called(2) == ("A001", "oldest")


def test_who_was_held_before_stays_held(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(1, ask.HoldTicket(reason="signature"))
    hall.person(ask.SuspendService(service="A"))
    hall.person(ask.RestoreService(service="A"))
    assert hall.states()["A001"] == "held"


def test_suspending_twice_is_once(hall: Hall) -> None:
    hall.person(ask.SuspendService(service="A"))
    assert hall.person(ask.SuspendService(service="A")) == []
    hall.person(ask.RestoreService(service="A"))
    assert hall.person(ask.RestoreService(service="A")) == []


def test_paper_numbers_take_their_place(hall: Hall) -> None:
    """The kiosk was dead from A003 on; A004 and A005 went out on paper, then it gave A006 again."""
    hall.now += 600
    hall.person(ask.RecordOffline(ticket="A006", service="A", seconds_ago=0.0))
    hall.now += 600
    assert hall.issue("A") == "A007"
    assert hall.centre.unheard() == ("A004", "A005")
    hall.person(ask.RecordOffline(ticket="A004", to="A005", service="A"))
    assert hall.line() == ["A001", "A002", "A003", "A004", "A005", "A006", "A007"]
    assert hall.centre.unheard() == ()
    assert hall.issue("A") == "A008"


def test_what_can_be_no_paper_number(hall: Hall) -> None:
    assert refused(hall, ask.RecordOffline(ticket="A002", service="A")) == "number-used"
    assert refused(hall, ask.RecordOffline(ticket="A704", service="A")) == "reserved-number"
    assert refused(hall, ask.RecordOffline(ticket="A104", service="A")) == "number-too-high"
    assert refused(hall, ask.RecordOffline(ticket="A010", to="A009", service="A")) == "bad-range"
    assert refused(hall, ask.RecordOffline(ticket="A010", to="B011", service="A")) == "bad-range"
    assert refused(hall, ask.RecordOffline(ticket="A004", service="B")) == "bad-range"
    assert hall.issue("A") == "A004", "nothing has moved"


def test_a_served_range_leaves_counters_and_ends_alone(hall: Hall) -> None:
    hall.called(2)
    hall.person(ask.ServedOffline(ticket="A001", to="A005"))
    assert hall.states() == {
        "A001": "called", "A002": "done", "A003": "done", "B001": "waiting", "A004": "done", "A005": "done",
    }  # fmt: skip
    assert hall.called(1) == ("B001", "oldest"), "none of them is called again"
    assert refused(hall, ask.ServedOffline(ticket="A002", to="A003")) == "nothing-in-range"
    assert hall.issue("A") == "A006"


def test_a_number_typed_in_before_its_kiosk_is_heard(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A"))
    hall.person(ask.ServedOffline(ticket="A700"))
    events = hall.kiosk(ask.RecordOffline(ticket="A700", service="A", seconds_ago=900.0), press="late")
    assert [type(e) for e in events] == [did.TicketPrinted]
    assert hall.states()["A700"] == "done"
    assert hall.kiosk(ask.RecordOffline(ticket="A700", service="A", seconds_ago=910.0), press="late") == []
    assert hall.kiosk(ask.ConfirmPrint(ticket="A700")) == [], "the number is its own"


def test_a_phantom_of_a_number_typed_in_is_void(hall: Hall) -> None:
    """The reply to the press was lost: A004 is nobody's, the paper says A700."""
    hall.kiosk(ask.LeaseBlock(service="A"))
    hall.kiosk(ask.IssueTicket(service="A"), press="lost")
    hall.person(ask.RecordOffline(ticket="A700", service="A"))
    hall.kiosk(ask.RecordOffline(ticket="A700", service="A", seconds_ago=60.0), press="lost")
    assert (hall.states()["A004"], hall.states()["A700"]) == ("void", "waiting")


def test_a_range_is_voided_with_its_reason(hall: Hall) -> None:
    hall.called(2)
    events = hall.person(ask.VoidTicket(ticket="A001", to="A009", reason="test prints"))
    assert [e.ticket for e in events if isinstance(e, did.TicketVoided)] == ["A002", "A003"]
    assert hall.centre.so_far().by_account["hoa"].voids == 2
    with pytest.raises(Rejected, match="not-your-number"):
        hall.kiosk(ask.VoidTicket(ticket="A001", to="A009", reason="test"))


def test_a_slip_in_a_served_range_sends_nobody_home(hall: Hall) -> None:
    hall.person(ask.ServedOffline(ticket="A001", to="A002"))
    hall.kiosk(ask.ReturnTicket(ticket="A002"))
    assert hall.line() == ["A002", "A003"]


def test_a_paper_number_in_use_is_not_taken_back(hall: Hall) -> None:
    hall.person(ask.RecordOffline(ticket="A004", to="A005", service="A"), press="typed")
    hall.clerk(1, ask.CallTicket(ticket="A005", reason="companion"))
    with pytest.raises(Rejected, match="nothing-to-undo"):
        hall.person(ask.UndoLast(of="typed"))


def test_a_phantom_that_was_replaced_is_not_brought_back(hall: Hall) -> None:
    """Counter 2 calls and finishes a number that nobody holds; then the kiosk tells which number was printed."""
    hall.kiosk(ask.LeaseBlock(service="A"))
    hall.kiosk(ask.IssueTicket(service="A"), press="lost")
    hall.clerk(2, ask.CallTicket(ticket="A004", reason="overlooked"))
    hall.clerk(2, ask.FinishService())
    hall.kiosk(ask.RecordOffline(ticket="A700", service="A", seconds_ago=5.0), press="lost")
    assert hall.refused(2, ask.UndoLast()) == "nothing-to-undo"
    assert hall.states()["A700"] == "waiting"


def test_a_number_typed_in_by_mistake_can_be_given_after_all(hall: Hall) -> None:
    """A roll of paper numbers: typed in too far, taken back, and torn off later."""
    hall.person(ask.ServedOffline(ticket="A004", to="A009"), press="slip")
    hall.person(ask.UndoLast(of="slip"))
    assert hall.issue("A") == "A010"
    hall.person(ask.RecordOffline(ticket="A004", to="A005", service="A"))
    assert hall.line() == ["A001", "A002", "A003", "A004", "A005", "A010"]
    hall.person(ask.UndoLast())
    assert hall.line() == ["A001", "A002", "A003", "A010"]
    hall.person(ask.RecordOffline(ticket="A004", to="A005", service="A"))
    assert hall.line() == ["A001", "A002", "A003", "A004", "A005", "A010"]
    hall.person(ask.ServedOffline(ticket="A006"))
    assert (hall.states()["A006"], hall.states()["A007"]) == ("done", "void")
    hall.person(ask.UndoLast())
    assert hall.states()["A006"] == "void"


def test_a_number_on_a_kiosks_paper_is_never_void(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A"))
    hall.person(ask.RecordOffline(ticket="A700", to="A701", service="A"), press="typed")
    hall.kiosk(ask.RecordOffline(ticket="A700", service="A", seconds_ago=60.0), press="p-700")
    with pytest.raises(Rejected, match="nothing-to-undo"):
        hall.person(ask.UndoLast(of="typed"))
    hall.person(ask.RecordOffline(ticket="A702", service="A"), press="again")
    hall.person(ask.UndoLast(of="again"))
    hall.kiosk(ask.RecordOffline(ticket="A702", service="A", seconds_ago=30.0), press="p-702")
    assert hall.states()["A702"] == "waiting"


def test_what_a_press_was_given_first_stays_void(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A"))
    hall.kiosk(ask.IssueTicket(service="A"), press="lost")
    hall.person(ask.RecordOffline(ticket="A700", service="A"))
    hall.person(ask.VoidTicket(ticket="A004", reason="nobody"), press="void")
    hall.kiosk(ask.RecordOffline(ticket="A700", service="A", seconds_ago=60.0), press="lost")
    with pytest.raises(Rejected, match="nothing-to-undo"):
        hall.person(ask.UndoLast(of="void"))


def test_whoever_types_undone_as_a_reason_has_undone_nothing(hall: Hall) -> None:
    hall.person(ask.VoidTicket(ticket="A001", reason="undone"))
    assert refused(hall, ask.ReturnTicket(ticket="A001")) == "ticket-ended"
