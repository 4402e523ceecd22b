"""What the simulator knows of numbers that kiosks give by themselves, and that it sees when one goes astray."""

from datetime import UTC

import pytest

from centre.simulate.clock import HubClock, Time
from centre.simulate.own_numbers import OwnNumbers
from centre.simulate.violation import Violation
from centre.simulate.witness import Witness
from hub.log import Row
from kiosk.journal import Given, Spoilt, Told
from moiso.core import events as did
from moiso.core.day import Calendar, Moment
from moiso.wire.codec import encode

HOUR, DAY = 3600.0, 86400.0
#: Monday 2026-11-23, 08:00 UTC.
EIGHT = 1_795_420_800.0
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


class World:
    """One hub, whose log it writes by hand, and the records of kiosk-1."""

    def __init__(self) -> None:
        self.time = Time()
        clock = HubClock(self.time, EIGHT)
        self.witness = Witness(2.0)
        self.own = OwnNumbers(clock, Calendar(zone=UTC), self.witness)
        self.boots("boot-1")
        self.seq = 0
        self.opens(MONDAY)

    def boots(self, boot):
        self.clocks = Moment(wall=0.0, mono=0.0, boot=boot, synced=False)
        self.own.looks_at_clock("kiosk-1", self.clocks)

    def pass_by(self, seconds):
        self.time.run(self.time.now + seconds)

    def row(self, event, kind, day):
        self.seq += 1
        self.witness.committed([Row(self.seq, EIGHT + self.time.now, True, day, kind, encode(event))])

    def opens(self, day):
        self.day = day
        self.row(did.DayOpened(reason="rule", labels=(day,), blocks=(), gaps={}), "day-opened", day)

    def log(self, number, *, press, ago, source="kiosk"):
        issued = did.TicketIssued(
            ticket=f"A{number}",
            service="A",
            source=source,
            offline=True,
            seconds_ago=ago,
            by="kiosk-1",
            press=press,
            device="kiosk-1",
        )
        self.row(issued, "ticket-issued", self.day)

    def give(self, number, press, day=MONDAY, *, paper=True):
        given = Given(
            press=press, ticket=f"A{number}", service="A", number=number, token="t", moment=self.clocks, day=day
        )
        self.write(given)
        if paper:
            assert self.own.held("kiosk-1", f"A{number}")
        return given

    def write(self, record, dropped=()):
        self.own.recorded("kiosk-1", [record], dropped)


def test_a_number_that_is_told_in_time_breaks_nothing():
    world = World()
    world.give(700, "p1")
    assert world.own.unheard("kiosk-1").ticket == "A700"
    world.pass_by(600)
    world.log(700, press="p1", ago=600.0)
    world.write(Told(press="p1"))
    world.own.check("kiosk-1")
    assert world.own.unheard("kiosk-1") is None
    assert not world.own.held("kiosk-1", "A001"), "a number of the hub's"


def test_one_number_in_two_hands():
    world = World()
    world.give(700, "p1")
    world.log(700, press="p1", ago=0.0)
    world.write(Told(press="p1"))
    with pytest.raises(Violation, match="two hands"):
        world.give(700, "p2")


def test_a_number_of_yesterday():
    world = World()
    world.give(700, "p1")
    world.log(700, press="p1", ago=0.0)
    world.pass_by(DAY)
    with pytest.raises(Violation, match="gives A701 of 2026-11-23 on 2026-11-24"):
        world.give(701, "p2")


def test_a_number_that_nobody_hears_of():
    world = World()
    world.give(700, "p1")
    with pytest.raises(Violation, match="in no log"):
        world.own.check("kiosk-1")
    with pytest.raises(Violation, match="does not say so"):
        world.write(Told(press="p1"))


def test_a_number_may_be_dropped_when_its_day_is_over_and_not_before():
    world = World()
    world.give(700, "p1")
    world.give(701, "p2")
    with pytest.raises(Violation, match="its day 2026-11-23 is open"):
        world.write(Told(press="p1"), dropped=["A700"])
    world.pass_by(DAY)
    world.opens(TUESDAY)
    world.write(Told(press="p2"), dropped=["A701"])
    assert world.own.dropped == 2


def test_a_number_under_another_day():
    world = World()
    world.give(700, "p1")
    world.give(701, "p2", day=None)
    world.pass_by(DAY)
    world.opens(TUESDAY)
    with pytest.raises(Violation, match="A700 of 2026-11-23 is filed under 2026-11-24"):
        world.log(700, press="p1", ago=DAY)
    with pytest.raises(Violation, match="A701, given on 2026-11-23, is filed under 2026-11-24"):
        world.log(701, press="p2", ago=DAY)


def test_a_number_of_nobody_knows_when():
    world = World()
    world.give(700, "p1", day=None)
    world.pass_by(DAY)
    world.boots("boot-2")
    world.opens(TUESDAY)
    world.log(700, press="p1", ago=60.0)


@pytest.mark.parametrize("ago", [0.0, 900.0])
def test_a_number_at_another_moment(ago):
    world = World()
    world.give(700, "p1")
    world.pass_by(600)
    with pytest.raises(Violation, match="was pressed 600 s ago"):
        world.log(700, press="p1", ago=ago)


def test_an_earlier_press_behind_a_later_one():
    world = World()
    world.give(700, "p1")
    world.pass_by(5)
    world.give(701, "p2")
    world.log(701, press="p2", ago=0.0)
    world.pass_by(2)
    with pytest.raises(Violation, match="A700 was pressed before A701"):
        world.log(700, press="p1", ago=1.0)


def test_paper_that_no_journal_knows():
    world = World()
    given = world.give(700, "p1")
    world.give(701, "p2", paper=False)
    world.own.switched_on("kiosk-1", [given])
    with pytest.raises(Violation, match="A700 is on paper"):
        world.own.switched_on("kiosk-1", [])


def test_a_spoilt_number_that_somebody_has():
    world = World()
    world.give(700, "p1")
    with pytest.raises(Violation, match="somebody has it"):
        world.write(Spoilt(press="p1"))


def test_a_spoilt_number_that_waits():
    world = World()
    world.give(700, "p1")
    world.give(701, "p2", paper=False)
    world.log(700, press="p1", ago=0.0)
    world.log(701, press="p2", ago=0.0)
    world.write(Told(press="p1"))
    world.write(Told(press="p2"))
    world.write(Spoilt(press="p2"))
    with pytest.raises(Violation, match="A701 is waiting"):
        world.own.check("kiosk-1")


def test_a_lost_journal_takes_what_was_not_told():
    world = World()
    world.give(700, "p1")
    world.own.lose("kiosk-1")
    world.own.check("kiosk-1")
    assert world.own.lost == 1
    with pytest.raises(Violation, match="two hands"):
        world.give(700, "p2")


def test_a_refused_number_of_which_everything_is_told_is_over():
    world = World()
    world.give(700, "p1", paper=False)
    assert world.own.refused("kiosk-1", "A700")
    assert not world.own.refused("kiosk-1", "A701")
    world.log(700, press="p1", ago=0.0)
    with pytest.raises(Violation, match="A700 is waiting, and kiosk-1 knows"):
        world.write(Told(press="p1"))


def test_a_number_that_is_refused_when_everything_was_told_is_over_in_a_while():
    world = World()
    world.give(700, "p1", paper=False)
    world.log(700, press="p1", ago=0.0)
    world.write(Told(press="p1"))
    world.own.refused("kiosk-1", "A700")
    with pytest.raises(Violation, match="A700 is waiting"):
        world.own.check_spoilt("kiosk-1")
    world.own.check_spoilt("kiosk-2")
    world.row(did.TicketVoided(ticket="A700", reason="unclaimed"), "ticket-voided", MONDAY)
    world.own.check_spoilt("kiosk-1")


def test_how_long_the_hub_has_written_nothing():
    world = World()
    world.pass_by(600)
    assert world.own.silent == 600
    world.log(700, press="p1", ago=0.0)
    assert world.own.silent == 0


def test_a_number_of_the_next_day_waits_until_people_close_the_last_one():
    world = World()
    world.pass_by(DAY)
    world.give(700, "p1", day=None)
    world.own.check("kiosk-1")
    world.opens(TUESDAY)
    with pytest.raises(Violation, match="A700 of None, given by kiosk-1, is in no log"):
        world.own.check("kiosk-1")
