"""A number that a greeter has printed at a kiosk: whose it is, and who may speak of its paper."""

import pytest
from msgspec.structs import replace

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.roles import Role, Sender
from tests.moiso.core.hall import RULES, Hall


@pytest.fixture
def hall() -> Hall:
    return Hall(replace(RULES, kiosks=("kiosk-1", "kiosk-2")))


def ordered(hall: Hall, kiosk: str = "kiosk-1") -> did.TicketIssued:
    [issued] = hall.person(ask.IssueTicket(service="A", print_at=kiosk))
    assert isinstance(issued, did.TicketIssued)
    return issued


def refused(hall: Hall, command: ask.Command, by: Sender) -> str:
    with pytest.raises(Rejected) as refusal:
        hall.do(command, by)
    return refusal.value.reason


KIOSK_2 = Sender(device="kiosk-2", role=Role.KIOSK, press="k2")
GREETER = Sender(device="web", role=Role.GREETER, press="g1", person="hoa")


def test_the_event_names_the_kiosk_and_the_number_is_the_greeters(hall: Hall) -> None:
    issued = ordered(hall)
    assert (issued.ticket, issued.print_at, issued.device, issued.source) == ("A001", "kiosk-1", "web", "greeter")


def test_a_kiosk_that_is_not_there_prints_nothing_and_no_number_is_given(hall: Hall) -> None:
    assert refused(hall, ask.IssueTicket(service="A", print_at="kiosk-9"), GREETER) == "unknown-kiosk"
    assert ordered(hall).ticket == "A001"


def test_a_kiosk_prints_its_own_number_itself(hall: Hall) -> None:
    [issued] = hall.kiosk(ask.IssueTicket(service="A", print_at="kiosk-2"))
    assert isinstance(issued, did.TicketIssued)
    assert issued.print_at is None


def test_only_the_kiosk_that_prints_speaks_of_the_paper(hall: Hall) -> None:
    ordered(hall)
    for says in (ask.ConfirmPrint(ticket="A001"), ask.ReportPrintFailure(ticket="A001", reason="out")):
        assert refused(hall, says, KIOSK_2) == "not-your-number"
    hall.kiosk(ask.ReportPrintFailure(ticket="A001", reason="out"))
    assert hall.ticket("A001").printed == "failed"
    hall.kiosk(ask.ConfirmPrint(ticket="A001"))
    assert hall.ticket("A001").printed == "printed"
    assert hall.kiosk(ask.ConfirmPrint(ticket="A001")) == []


def test_printing_makes_it_nobody_elses(hall: Hall) -> None:
    """A kiosk with blocks of its own does not take over what it prints for others."""
    hall.kiosk(ask.LeaseBlock(service="A"))
    ordered(hall)
    hall.kiosk(ask.ConfirmPrint(ticket="A001"))
    assert hall.ticket("A001").device == "web"
    kiosk = Sender(device="kiosk-1", role=Role.KIOSK, press="k1")
    assert refused(hall, ask.VoidTicket(ticket="A001", reason="unclaimed"), kiosk) == "not-your-number"


def test_paper_that_comes_late_leaves_the_call_to_be_taken_back(hall: Hall) -> None:
    ordered(hall)
    hall.clerk(1, ask.CallNext())
    hall.kiosk(ask.ConfirmPrint(ticket="A001"))
    hall.clerk(1, ask.UndoLast())
    assert hall.states() == {"A001": "waiting"}


def test_an_undo_leaves_the_paper_with_the_kiosk_that_prints_it_meanwhile(hall: Hall) -> None:
    ordered(hall, "kiosk-1")
    hall.clerk(1, ask.CallNext())
    hall.person(ask.ReprintTicket(ticket="A001", print_at="kiosk-2"))
    hall.clerk(1, ask.UndoLast())
    hall.do(ask.ReportPrintFailure(ticket="A001", reason="out"), KIOSK_2)
    assert hall.states() == {"A001": "waiting"}
    assert hall.ticket("A001").printed == "failed"


# -- once more --------------------------------------------------------------------------------------------------


def test_a_lost_paper_is_printed_again_where_it_came_from(hall: Hall) -> None:
    number = hall.issue("A")
    hall.now += 59.0
    [again] = hall.person(ask.ReprintTicket(ticket=number))
    assert isinstance(again, did.TicketReprinted)
    assert (again.print_at, again.seconds_ago, again.ahead) == ("kiosk-1", 60.0, 0)
    [elsewhere] = hall.clerk(1, ask.ReprintTicket(ticket=number, print_at="kiosk-2"))
    assert isinstance(elsewhere, did.TicketReprinted)
    assert elsewhere.print_at == "kiosk-2"
    hall.do(ask.ReportPrintFailure(ticket=number, reason="out"), KIOSK_2)
    assert hall.states() == {number: "waiting"}, "nobody moves"


def test_a_number_that_was_read_out_is_printed_only_where_somebody_says(hall: Hall) -> None:
    [issued] = hall.person(ask.IssueTicket(service="A"))
    assert isinstance(issued, did.TicketIssued)
    assert refused(hall, ask.ReprintTicket(ticket=issued.ticket), GREETER) == "unknown-kiosk"
    [again] = hall.person(ask.ReprintTicket(ticket=issued.ticket, print_at="kiosk-2"))
    assert isinstance(again, did.TicketReprinted)


def test_a_kiosk_prints_its_own_again_by_itself(hall: Hall) -> None:
    number = hall.issue("A")
    [again] = hall.kiosk(ask.ReprintTicket(ticket=number, print_at="kiosk-2"))
    assert isinstance(again, did.TicketReprinted)
    assert again.print_at is None
    assert refused(hall, ask.ReprintTicket(ticket=number), KIOSK_2) == "not-your-number"


def test_whoever_was_served_needs_no_paper(hall: Hall) -> None:
    number = hall.issue("A")
    hall.person(ask.VoidTicket(ticket=number, reason="test"))
    assert refused(hall, ask.ReprintTicket(ticket=number), GREETER) == "ticket-ended"


def test_paper_that_is_printed_again_leaves_the_call_to_be_taken_back(hall: Hall) -> None:
    number = hall.issue("A")
    hall.clerk(1, ask.CallNext())
    hall.person(ask.ReprintTicket(ticket=number))
    hall.clerk(1, ask.UndoLast())
    assert hall.states() == {number: "waiting"}
