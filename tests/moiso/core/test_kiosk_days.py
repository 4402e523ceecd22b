"""On which day a number counts that a kiosk gave by itself: never on another than the one of its press."""

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.closing import closing, opening
from moiso.core.decide import decide
from moiso.core.roles import Role, Sender
from moiso.core.rules import Rules
from tests.moiso.core.hall import RULES, Hall

HOUR = 3600.0
#: Seconds from the hall's first moment, 15:00 on a Friday, to Monday 7:20.
TO_MONDAY = 64 * HOUR + 20 * 60.0
KIOSKS = Rules(services=RULES.services, desks=RULES.desks, kiosks=("kiosk-1", "kiosk-2"))


@pytest.fixture
def hall() -> Hall:
    return Hall(KIOSKS)


def new_day(hall: Hall, label: str, after: float) -> None:
    """A night passes; the last day ends by the rule, and the next begins."""
    hall.now += after
    for event in closing(hall.centre, "rule", "carry-over"):
        hall.append(event)
    hall.append(opening(hall.centre, "rule", {}), label)


def report(hall: Hall, ticket: str, *, trusted: bool = True, **more: object) -> list[did.Event]:
    by = Sender(device="kiosk-1", role=Role.KIOSK, press=f"press {ticket}")
    command = ask.RecordOffline(ticket=ticket, service="A", **more)  # type: ignore[arg-type]
    events = decide(hall.centre, command, by, hall.now, trusted=trusted)
    for event in events:
        hall.append(event)
    return events


def refusal(hall: Hall, ticket: str, *, trusted: bool = True, **more: object) -> str:
    with pytest.raises(Rejected) as why:
        report(hall, ticket, trusted=trusted, **more)
    return why.value.reason


def test_a_press_of_the_morning_before_the_opening_is_of_this_day(hall: Hall) -> None:
    """Friday's lease for the next day, pressed on Monday at 6:50, the hub off until 7:20."""
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-18", TO_MONDAY)
    report(hall, "A700", seconds_ago=30 * 60.0)
    assert hall.line() == ["A700"]
    assert hall.ticket("A700").pressed == hall.now - 30 * 60


@pytest.mark.parametrize("trusted", [True, False])
def test_a_press_of_an_earlier_day_is_not_filed_under_this_one(hall: Hall, trusted: bool) -> None:
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-18", TO_MONDAY)
    assert refusal(hall, "A700", trusted=trusted, seconds_ago=24 * HOUR) == "earlier-day"
    assert hall.line() == []
    report(hall, "A701", trusted=trusted, seconds_ago=3 * HOUR)


def test_a_day_that_the_kiosk_names_counts(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A"))
    new_day(hall, "2027-01-18", TO_MONDAY)
    assert refusal(hall, "A700", seconds_ago=1.0, day="2027-01-15") == "other-day"


def test_a_number_of_the_next_day_has_to_wait_for_it(hall: Hall) -> None:
    """The kiosk knows that Friday is over, the hub does not yet: the report comes again, and counts then."""
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    assert refusal(hall, "A700", seconds_ago=1.0) == "day-ahead"
    new_day(hall, "2027-01-18", TO_MONDAY)
    report(hall, "A700", seconds_ago=600.0)


def test_the_block_of_a_kiosk_that_heard_nothing_of_saturday_is_good_on_monday(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-16", 16 * HOUR)
    [lent] = hall.kiosk(ask.LeaseBlock(service="A"), device="kiosk-2")
    assert isinstance(lent, did.BlockLeased)
    assert lent.block.first == 740, "nobody else gets it meanwhile"
    new_day(hall, "2027-01-18", 48 * HOUR)
    report(hall, "A700", seconds_ago=600.0)
    assert hall.line() == ["A700"]


def test_a_kiosk_that_heard_of_the_day_has_the_block_for_that_day_alone(hall: Hall) -> None:
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-16", 16 * HOUR)
    hall.kiosk(ask.LeaseBlock(service="A", day="next", of="2027-01-16"))
    new_day(hall, "2027-01-18", 48 * HOUR)
    assert refusal(hall, "A700", seconds_ago=600.0) == "not-your-number"
    report(hall, "A740", seconds_ago=600.0)


def test_a_kiosk_that_thinks_of_another_day_gets_no_block(hall: Hall) -> None:
    """Else the hub would take it for one that knows which day it is."""
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-16", 16 * HOUR)
    with pytest.raises(Rejected, match="day-not-open"):
        hall.kiosk(ask.LeaseBlock(service="A", of="2027-01-15"))
    new_day(hall, "2027-01-18", 48 * HOUR)
    report(hall, "A700", seconds_ago=600.0)


@pytest.mark.parametrize("unsure", [{"seconds_ago": 5.0, "at_least": True}, {"seconds_ago": None}])
def test_a_press_of_which_nobody_knows_when_counts_only_where_one_day_can_be_meant(
    hall: Hall, unsure: dict[str, object]
) -> None:
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-16", 16 * HOUR)
    report(hall, "A700", **unsure)
    new_day(hall, "2027-01-18", 48 * HOUR)
    assert refusal(hall, "A701", **unsure) == "earlier-day"


def test_a_kiosk_that_the_site_no_longer_has_keeps_no_block() -> None:
    hall = Hall(Rules(services=RULES.services, desks=RULES.desks, kiosks=("kiosk-2",)))
    hall.kiosk(ask.LeaseBlock(service="A", day="next"))
    new_day(hall, "2027-01-16", 16 * HOUR)
    new_day(hall, "2027-01-18", 48 * HOUR)
    assert hall.centre.blocks == []
