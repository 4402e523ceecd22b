"""Closing a day: nobody is sent away silently; and what follows the next morning."""

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.closing import closing
from moiso.core.roles import Role, Sender
from tests.moiso.core.hall import Hall

MANAGER = Sender(device="web", role=Role.MANAGER, person="an")


@pytest.fixture
def hall() -> Hall:
    """A001 held, A002 at counter 1, A003 absent, A004 and A005 waiting."""
    hall = Hall()
    for _ in range(5):
        hall.issue("A")
    hall.called(1)
    hall.clerk(1, ask.HoldTicket())
    hall.called(1)
    hall.called(2)
    hall.clerk(2, ask.MarkAbsent())
    return hall


def manage(hall: Hall, command: ask.Command) -> list[did.Event]:
    """As the hub does: a day that opens gets its name."""
    from moiso.core.decide import decide

    events = decide(hall.centre, command, MANAGER, hall.now)
    for event in events:
        name = f"day-{hall.centre.seq}"
        hall.append(event, name if isinstance(event, did.DayOpened) else None)
    return events


def test_whoever_waits_is_listed_first(hall: Hall) -> None:
    with pytest.raises(Rejected) as refusal:
        manage(hall, ask.CloseDay())
    assert refusal.value.reason == "still-waiting"
    assert refusal.value.data == {"waiting": ["A001", "A004", "A005"], "choices": ["overtime", "carry-over", "expire"]}
    assert hall.centre.day is not None


def test_expiry_ends_every_number(hall: Hall) -> None:
    manage(hall, ask.CloseDay(leftover="expire"))
    assert hall.states() == {"A001": "expired", "A002": "done", "A003": "expired", "A004": "expired", "A005": "expired"}
    account = hall.centre.so_far()
    assert (account.issued, account.served, account.inferred, account.absent, account.expired) == (5, 1, 1, 1, 3)
    assert account.carried == ()
    assert account.outcomes == {"unknown": 1}


def test_overtime_gives_no_more_numbers_and_serves_on(hall: Hall) -> None:
    [extended] = manage(hall, ask.CloseDay(leftover="overtime"))
    assert isinstance(extended, did.DayExtended)
    assert extended.waiting == ("A001", "A004", "A005")
    with pytest.raises(Rejected, match="issue-closed"):
        hall.issue("A")
    assert hall.called(1) == ("A004", "oldest")
    assert hall.called(1) == ("A005", "oldest")
    hall.clerk(1, ask.ResumeTicket(ticket="A001"))
    manage(hall, ask.CloseDay(leftover="overtime"))
    assert hall.centre.day is None, "nobody waits any more"


def test_who_is_carried_over_goes_first_on_the_next_day(hall: Hall) -> None:
    manage(hall, ask.CloseDay(leftover="carry-over"))
    day = hall.centre.last_day
    assert hall.centre.so_far().carried == ("A001", "A004", "A005")
    hall.now += 86400
    manage(hall, ask.OpenDay())
    assert hall.issue("A") == "A001"
    hall.now += 600
    [late] = hall.person(ask.ReturnTicket(ticket="A005", day=day))
    [first] = hall.person(ask.ReturnTicket(ticket="A004", day=day))
    assert isinstance(late, did.TicketIssued)
    assert isinstance(first, did.TicketIssued)
    assert (first.ticket, late.ticket) == ("A003", "A002")
    assert hall.line() == ["A003", "A002", "A001"], "in their old order, before everybody of today"
    assert hall.person(ask.ReturnTicket(ticket="A004", day=day)) == [], "once"
    with pytest.raises(Rejected, match="not-carried"):
        hall.person(ask.ReturnTicket(ticket="A002", day=day))


def test_the_code_of_a_paper_that_was_carried_over_brings_the_number_of_today(hall: Hall) -> None:
    hall.kiosk(ask.IssueTicket(service="A", token="on-its-paper"))
    old = [*hall.states()][-1]
    manage(hall, ask.CloseDay(leftover="carry-over"))
    day = hall.centre.last_day
    hall.now += 86400
    manage(hall, ask.OpenDay())
    hall.issue("A")
    with pytest.raises(Rejected, match="unknown-token"):
        hall.kiosk(ask.ReturnTicket(token="another"))
    [event] = hall.kiosk(ask.ReturnTicket(token="on-its-paper"), device="kiosk-2")
    assert isinstance(event, did.TicketIssued)
    assert (event.ticket, event.carried) == ("A002", f"{day}/{old}")
    assert hall.line() == ["A002", "A001"]
    with pytest.raises(Rejected, match="not-absent") as refusal:
        hall.kiosk(ask.ReturnTicket(token="on-its-paper"))
    assert refusal.value.params["ticket"] == "A002", "asked twice, the same number"
    assert hall.person(ask.ReturnTicket(ticket=old, day=day)) == [], "also by its number"


def test_a_day_that_nobody_closed_carries_over(hall: Hall) -> None:
    for event in closing(hall.centre, "rule", "carry-over"):
        hall.append(event)
    assert hall.centre.so_far().carried == ("A001", "A004", "A005")


def test_a_day_closed_by_mistake_goes_on(hall: Hall) -> None:
    before = hall.states()
    manage(hall, ask.CloseDay(leftover="carry-over"))
    manage(hall, ask.ReopenDay())
    assert hall.states() == {**before, "A002": "done"}
    assert hall.line() == ["A004", "A005"]
    assert hall.centre.held == ["A001"]
    hall.person(ask.ReturnTicket(ticket="A002"))
    assert hall.line() == ["A002", "A004", "A005"], "whoever was at a counter has the place back"
    assert hall.centre.so_far().carried == ()


def test_practice_has_its_own_numbers_and_ends_with_a_real_day(hall: Hall) -> None:
    manage(hall, ask.CloseDay(leftover="carry-over"))
    carried, day = hall.centre.so_far().carried, hall.centre.last_day
    manage(hall, ask.OpenDay(training=True))
    assert hall.issue("A") == "A9001"
    assert hall.centre.so_far().training
    with pytest.raises(Rejected, match="not-carried"):
        hall.person(ask.ReturnTicket(ticket="A004", day=day))
    [*_, opened] = manage(hall, ask.OpenDay())
    assert isinstance(opened, did.DayOpened)
    assert [c.ticket for c in opened.carried] == list(carried), "practice takes nobody's place"
    assert hall.issue("A") == "A001"
    assert not hall.centre.so_far().training


def test_practice_lends_numbers_of_its_own(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    manage(hall, ask.CloseDay(leftover="expire"))
    manage(hall, ask.OpenDay(training=True))
    [lent] = hall.kiosk(ask.LeaseBlock(service="A"))
    assert isinstance(lent, did.BlockLeased)
    assert (lent.block.first, lent.block.last) == (9700, 9739)
    manage(hall, ask.OpenDay())
    assert [(b.first, b.last) for b in hall.centre.blocks] == [(700, 739)], "the real day's lease has waited"


def test_the_account_tells_how_turns_ended_and_who_did_what() -> None:
    hall = Hall()
    for _ in range(4):
        hall.issue()
    hall.called(1)
    hall.clerk(1, ask.FinishService(outcome="accepted", slip_due="2027-01-20"))
    hall.called(1)
    hall.clerk(1, ask.StartService())
    hall.clerk(1, ask.CallTicket(ticket="A004", reason="urgent"))
    hall.person(ask.GrantPriority(ticket="A003", priority_class="elderly"))
    account = hall.centre.so_far()
    assert account.outcomes == {"accepted": 1, "unknown": 1}
    assert account.by_account["counter-1"] == did.Doings(out_of_order=1)
    assert account.by_account["hoa"] == did.Doings(priorities=1)


def test_a_day_on_which_nobody_came_takes_nobodys_place(hall: Hall) -> None:
    manage(hall, ask.CloseDay(leftover="carry-over"))
    friday = hall.centre.last_day
    manage(hall, ask.OpenDay())
    manage(hall, ask.CloseDay())
    manage(hall, ask.OpenDay())
    [issued] = hall.person(ask.ReturnTicket(ticket="A004", day=friday))
    assert isinstance(issued, did.TicketIssued)


def test_no_two_kiosks_have_a_number_when_practice_ends(hall: Hall) -> None:
    manage(hall, ask.CloseDay(leftover="expire"))
    manage(hall, ask.OpenDay())
    hall.kiosk(ask.LeaseBlock(service="A"), device="kiosk-1")
    hall.kiosk(ask.LeaseBlock(service="A", day="next"), device="kiosk-2")
    manage(hall, ask.OpenDay(training=True))
    manage(hall, ask.OpenDay())
    assert [(b.kiosk, b.first, b.last) for b in hall.centre.blocks] == [("kiosk-1", 700, 739), ("kiosk-2", 740, 779)]
