"""Somebody before a kiosk sees at once that a press counts, and within 1.5 s what comes of it."""

import pytest

from centre.simulate.answers import Answers
from centre.simulate.clock import Time
from centre.simulate.violation import Violation
from kiosk.ports import Light, Pressed, Print
from kiosk.scans import Scanned
from kiosk.screen import Choice, Progress, Scan, Screen, Touched
from kiosk.words import Receipt
from moiso.texts import both
from tests.kiosk.tickets import NORMAL


class Kiosk:
    def __init__(self) -> None:
        self.time, self.shown = Time(), []
        self.answers = Answers(self.time, self.shown.append)

    def turn(self, *items, out=()):
        self.answers.turn(items, out)

    def wait(self, seconds):
        self.time.run(self.time.now + seconds)


def page(stage, number=None):
    return Screen(progress=Progress(press="p", service="A", stage=stage, words=both("kiosk.asking"), ticket=number))


def paper(number):
    return Print(Receipt(number, NORMAL, None))


def test_paper_in_time_is_an_answer():
    kiosk = Kiosk()
    kiosk.turn(Pressed("A"), out=[Light("A", "blink")])
    kiosk.wait(1.4)
    kiosk.turn(out=[paper("A001")])
    kiosk.wait(60)


@pytest.mark.parametrize("out", [[], [Light("A", "blink"), paper("B001")]])
def test_no_answer_is_found(out):
    kiosk = Kiosk()
    kiosk.turn(Pressed("A"), out=[Light("A", "blink")])
    kiosk.turn(out=out)
    with pytest.raises(Violation, match="not answered"):
        kiosk.wait(1.6)


@pytest.mark.parametrize("last", ["flicker", "on", "off"])
def test_a_lamp_that_is_sorry_is_an_answer(last):
    kiosk = Kiosk()
    kiosk.turn(Pressed("A"), out=[Light("A", "blink")])
    kiosk.turn(out=[Light("A", last)])
    kiosk.wait(60)


def test_a_press_that_nothing_is_seen_of_is_found():
    kiosk = Kiosk()
    with pytest.raises(Violation, match="nothing is seen"):
        kiosk.turn(Pressed("A"))
    kiosk.turn(Pressed("A"), out=[Light("A", "flicker")])


def test_while_a_ticket_is_on_its_way_nobody_else_is_answered():
    kiosk = Kiosk()
    kiosk.turn(Pressed("A"), out=[Light("A", "blink")])
    kiosk.turn(Pressed("B"))


def test_a_double_tap_counts_once():
    kiosk = Kiosk()
    kiosk.turn(out=[paper("A001"), Light("A", "on")])
    kiosk.wait(0.9)
    kiosk.turn(Pressed("A"))
    kiosk.wait(1.1)
    with pytest.raises(Violation):
        kiosk.turn(Pressed("A"))


def test_a_touch_is_seen_and_answered_on_the_page():
    kiosk = Kiosk()
    with pytest.raises(Violation, match="nothing is seen"):
        kiosk.turn(Touched("p", "A"))
    kiosk.turn(Touched("p", "A"), out=[page("asking")])
    with pytest.raises(Violation, match="not answered"):
        kiosk.wait(2)
    kiosk.turn(out=[page("refused")])
    kiosk.turn(Touched("p", "A"), out=[page("asking")])
    kiosk.turn(out=[page("shown", "A007")])
    kiosk.turn(out=[page("shown", "A007")])
    kiosk.wait(2)
    assert kiosk.shown == ["A007"]


def test_a_program_that_has_just_started_owes_nobody_an_answer():
    kiosk = Kiosk()
    kiosk.turn(Pressed("A"), out=[Light("A", "blink")])
    kiosk.answers.forget()
    kiosk.wait(60)


def scan(stage, number=None, *, well=True, kind="return"):
    """A page with what came of a code."""
    choice = Choice("A", both("kiosk.asking"), 0, None, [], gives=True)
    return Screen(choices=[choice], scan=Scan(stage, kind, both("kiosk.scan_asking"), ticket=number, well=well))


TICKET = Scanned("ticket", "0123456789abcdef")


def test_whoever_is_back_is_asked_about_and_answered():
    kiosk = Kiosk()
    kiosk.answers.scanned = "A012"
    kiosk.turn(TICKET, out=[scan("1")])
    kiosk.wait(3)
    kiosk.turn(out=[scan("1", "A012")])
    kiosk.turn(TICKET, out=[scan("2")])
    kiosk.turn(out=[scan("2", well=False)])
    kiosk.wait(10)


def test_whoever_is_back_and_not_answered_is_found():
    kiosk = Kiosk()
    kiosk.turn(TICKET, out=[scan("1")])
    with pytest.raises(Violation, match="back is not answered"):
        kiosk.wait(4)


def test_a_word_about_somebody_else_is_found():
    kiosk = Kiosk()
    kiosk.answers.scanned = "A012"
    kiosk.turn(TICKET, out=[scan("1")])
    with pytest.raises(Violation, match="tells of A013"):
        kiosk.turn(out=[scan("1", "A013")])


def test_a_code_that_nothing_is_seen_of_is_found():
    kiosk = Kiosk()
    kiosk.turn(out=[scan("1", well=False, kind="other")])
    with pytest.raises(Violation, match="nothing is seen of a ticket code"):
        kiosk.turn(TICKET)
    kiosk.turn(Scanned("other"))
