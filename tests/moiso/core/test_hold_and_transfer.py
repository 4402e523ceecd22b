"""Holding, resuming, transferring, returning: the place is kept."""

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.rules import Desk, Rules
from tests.moiso.core.hall import A, B, Hall

BOTH = Rules(services=(A, B), desks=tuple(Desk(number=n, label=f"Quầy {n}", services=("A", "B")) for n in (1, 2, 3)))


@pytest.fixture
def hall() -> Hall:
    hall = Hall(BOTH)
    for _ in range(5):
        hall.issue("A")
    hall.issue("B")
    return hall


def test_a_held_ticket_stands_on_every_list_of_its_service(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(1, ask.HoldTicket(reason="signature"))
    assert hall.states()["A001"] == "held"
    assert all(hall.centre.held_for(hall.centre.counters[n]) == ["A001"] for n in (1, 2, 3))
    hall.clerk(1, ask.CloseCounter())
    [opened, resumed] = hall.clerk(2, ask.ResumeTicket(ticket="A001"))
    assert isinstance(opened, did.CounterOpened)
    assert isinstance(resumed, did.TicketResumed)
    assert (hall.ticket("A001").state, hall.ticket("A001").counter) == ("serving", 2)


def test_resuming_sees_off_whoever_stands_there(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(1, ask.HoldTicket())
    hall.called(1)
    hall.now += 60
    hall.clerk(1, ask.ResumeTicket(ticket="A001"))
    assert (hall.states()["A002"], hall.ticket("A002").inferred, hall.centre.counters[1].ticket) == (
        "done",
        True,
        "A001",
    )


def test_a_held_ticket_may_be_called_aloud_again(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(1, ask.HoldTicket())
    events = hall.clerk(2, ask.CallTicket(ticket="A001"))
    assert [(e.ticket, e.policy) for e in events if isinstance(e, did.TicketCalled)] == [("A001", "by-number")]


def test_what_cannot_be_resumed(hall: Hall) -> None:
    assert hall.refused(1, ask.ResumeTicket(ticket="A001")) == "not-held"
    hall.called(1)
    hall.clerk(1, ask.HoldTicket())
    hall.clerk(2, ask.AssignServices(services=("B",)))
    assert hall.refused(2, ask.ResumeTicket(ticket="A001")) == "not-served-here"
    assert hall.refused(1, ask.HoldTicket()) == "nobody-here"


def test_a_transfer_keeps_the_time_of_the_first_number(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(1, ask.TransferTicket(service="B"))
    assert hall.line("B") == ["A001", "B001"], "A001 came before B001"
    assert hall.called(2) == ("A001", "oldest")


def test_a_transfer_to_one_counter_binds_as_long_as_it_serves(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(3, ask.OpenCounter())
    hall.clerk(1, ask.TransferTicket(service="B", counter=3))
    assert hall.called(2) == ("A002", "oldest"), "A001 waits for counter 3"
    assert hall.refused(2, ask.CallTicket(ticket="A001")) == "reason-needed"
    hall.clerk(3, ask.PauseCounter())
    assert hall.called(2) == ("A003", "oldest"), "a pause binds still"
    hall.clerk(3, ask.CloseCounter())
    assert hall.called(2) == ("A001", "oldest"), "nobody is stranded by a counter that closes"


def test_where_nobody_can_be_sent(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(3, ask.AssignServices(services=("A",)))
    assert hall.refused(1, ask.TransferTicket(service="A")) == "same-service"
    assert hall.refused(1, ask.TransferTicket(service="B", counter=3)) == "not-served-there"
    assert hall.refused(1, ask.TransferTicket(service="B", counter=9)) == "unknown-counter"
    assert hall.refused(1, ask.TransferTicket(service="X")) == "unknown-service"


def absent(hall: Hall, seconds: float = 46) -> str:
    """The first number is called and, so many seconds later, marked absent."""
    hall.called(1)
    hall.now += seconds
    hall.clerk(1, ask.MarkAbsent())
    return "A001"


def test_who_returns_in_time_goes_behind_the_next_two(hall: Hall) -> None:
    number = absent(hall)
    hall.now += 45 * 60
    [event] = hall.person(ask.ReturnTicket(ticket=number))
    assert isinstance(event, did.TicketReturned)
    assert hall.line() == ["A002", "A003", "A001", "A004", "A005"]


def test_nobody_gets_a_better_place_by_missing_a_call(hall: Hall) -> None:
    hall.clerk(1, ask.CallTicket(ticket="A005", reason="urgent"))
    hall.now += 60
    hall.clerk(1, ask.MarkAbsent())
    hall.kiosk(ask.ReturnTicket(ticket="A005"))
    assert hall.line() == ["A001", "A002", "A003", "A004", "A005"]


def test_after_the_grace_time_a_new_number_is_needed(hall: Hall) -> None:
    number = absent(hall)
    hall.now += 45 * 60 + 1
    with pytest.raises(Rejected, match="grace-over"):
        hall.person(ask.ReturnTicket(ticket=number))


def test_who_was_closed_by_inference_returns_all_day_to_the_first_place(hall: Hall) -> None:
    hall.called(1)
    hall.now += 10
    hall.called(1)
    hall.now += 60
    hall.called(1)
    assert (hall.states()["A001"], hall.states()["A002"]) == ("absent", "done")
    hall.now += 5 * 3600
    hall.person(ask.ReturnTicket(ticket="A002"))
    hall.person(ask.ReturnTicket(ticket="A001"))
    assert hall.line()[:2] == ["A001", "A002"]
    assert hall.centre.so_far().served == 0
    assert hall.centre.so_far().inferred == 0


def test_who_was_served_has_nothing_to_return_to(hall: Hall) -> None:
    hall.called(1)
    hall.clerk(1, ask.FinishService())
    with pytest.raises(Rejected, match="ticket-ended"):
        hall.person(ask.ReturnTicket(ticket="A001"))
    with pytest.raises(Rejected, match="not-absent"):
        hall.person(ask.ReturnTicket(ticket="A002"))


def test_behind_the_second_of_a_range_is_behind_the_second(hall: Hall) -> None:
    """Numbers typed in at once have one moment between them."""
    number = absent(hall)
    hall.person(ask.VoidTicket(ticket="A002", to="A005", reason="test"))
    hall.person(ask.RecordOffline(ticket="A006", to="A009", service="A", seconds_ago=10))
    hall.kiosk(ask.ReturnTicket(ticket=number))
    assert hall.line() == ["A006", "A007", "A001", "A008", "A009"]


def test_who_was_absent_by_inference_and_is_served_at_last_has_nothing_to_return_to(hall: Hall) -> None:
    hall.called(1)
    hall.now += 10
    hall.called(1)
    hall.clerk(2, ask.CallTicket(ticket="A001"))
    hall.clerk(2, ask.FinishService(outcome="done"))
    with pytest.raises(Rejected, match="ticket-ended"):
        hall.person(ask.ReturnTicket(ticket="A001"))
