"""`next` with one button, and what follows from it without anybody saying so."""

import pytest
from msgspec.structs import replace

from moiso.core import commands as ask
from moiso.core.asking import Rejected
from moiso.core.commands import CallNext
from moiso.core.events import ClockSet, type_name
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk
from tests.moiso.core.hall import RULES, A, Hall


def names(events: list) -> list[str]:
    return [type_name(event) for event in events]


def test_on_a_closed_or_paused_counter_it_opens() -> None:
    hall = Hall()
    hall.issue()
    assert names(hall.clerk(1, CallNext())) == ["counter-opened", "ticket-called"]
    hall.clerk(1, ask.PauseCounter())
    assert names(hall.clerk(1, CallNext())) == ["counter-opened"]


def test_with_nobody_waiting_it_finishes_and_calls_nobody() -> None:
    hall = Hall()
    hall.issue()
    hall.called()
    hall.clerk(1, ask.StartService())
    [finished] = hall.clerk(1, CallNext())
    assert (type_name(finished), finished.inferred) == ("service-finished", False)
    assert hall.clerk(1, CallNext()) == []


@pytest.mark.parametrize(("stayed", "end"), [(44.9, "ticket-missed"), (45.0, "service-finished")])
def test_who_was_never_started_counts_by_how_long_they_stayed(stayed: float, end: str) -> None:
    hall = Hall()
    hall.issue()
    hall.called()
    hall.now += stayed
    [ended] = hall.clerk(1, CallNext())
    assert (type_name(ended), ended.inferred) == (end, True)


def test_an_absent_ticket_can_be_called_by_its_number() -> None:
    hall = Hall()
    number = hall.issue()
    hall.called()
    hall.clerk(1, ask.MarkAbsent())
    called = hall.clerk(2, ask.CallTicket(ticket=number))[-1]
    assert (called.ticket, called.counter, called.policy) == (number, 2, "by-number")


def test_a_clock_that_is_set_changes_nobodys_age() -> None:
    hall = Hall()
    hall.issue()
    hall.called()
    waiting = hall.issue()
    for shift in (4_000_000.0, -9_000_000.0):
        hall.now += 40.0
        since = hall.now - hall.centre.tickets[waiting].order[0]
        hall.now += shift
        hall.append(ClockSet(shift=shift))
        assert hall.now - hall.centre.tickets[waiting].order[0] == since
    newcomer = hall.issue()
    events = hall.clerk(1, CallNext())
    assert names(events) == ["service-finished", "ticket-called"], "80 s at the counter, whatever the clock did"
    assert events[-1].ticket == waiting
    assert hall.called() == (newcomer, "oldest")


def test_a_day_is_folded_though_its_service_and_counter_left_the_site() -> None:
    smaller = replace(RULES, services=(A,), desks=(Desk(number=2, label="Quầy 2", services=("A",)),))
    before = Hall()
    log = []
    keep = before.append
    before.append = lambda event, day=None: (log.append(event), keep(event, day))[1]  # type: ignore[method-assign]
    old, served = before.issue("B"), before.issue("B")
    before.called(1)
    before.called(1)
    after = Hall(smaller)
    for event in log:
        after.append(event)
    assert after.centre.counters[1].ticket == served
    with pytest.raises(Rejected, match="unknown-service"):
        after.issue("B")
    assert after.centre.tickets[old].state == "absent"
    closed = after.do(ask.CloseDay(), Sender(device="web", role=Role.MANAGER))[-1]
    assert (closed.account.issued, closed.account.served, closed.account.absent) == (2, 1, 1)
