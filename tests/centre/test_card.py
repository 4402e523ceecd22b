"""A simulated memory card keeps what it said it has, whenever the power fails."""

from random import Random

import pytest

from centre.simulate.card import Card
from centre.simulate.clock import Time
from kiosk.journal import Told
from kiosk.ports import NotWritten, Write, Written


class Slot:
    """A card in a kiosk that writes what it is told."""

    def __init__(self, seed: int) -> None:
        self.time, self.said = Time(), []
        self.card = Card(self.time, Random(seed), self.said.append)

    def write(self, *presses: str, anew: bool = False) -> None:
        self.card.add(Write(tuple(Told(press=press) for press in presses), ack=presses[-1], anew=anew))

    def wait(self, seconds: float) -> None:
        self.time.run(self.time.now + seconds)

    @property
    def kept(self) -> list[str]:
        return [record.press for record in self.card.read()]


def test_records_are_kept_in_order_and_told_of_once_they_are():
    slot = Slot(1)
    slot.write("a")
    slot.write("b")
    assert (slot.said, slot.kept) == ([], [])
    slot.wait(10)
    assert slot.said == [Written("a"), Written("b")]
    assert slot.kept == ["a", "b"]


@pytest.mark.parametrize("seed", range(60))
def test_a_power_cut_takes_nothing_that_was_told(seed):
    slot = Slot(seed)
    slot.write("a", "b")
    slot.wait(10)
    slot.write("c")
    slot.write("d")
    slot.card.cut()
    slot.wait(10)
    assert slot.said == [Written("b")]
    assert slot.kept in (["a", "b"], ["a", "b", "c"])
    slot.write("e")
    slot.wait(10)
    assert slot.kept[-1] == "e"


def test_the_last_record_is_torn_at_any_byte():
    cuts = set()
    for seed in range(300):
        slot = Slot(seed)
        slot.write("a")
        slot.card.cut()
        cuts.add(len(slot.card._data))
    assert cuts == set(range(max(cuts) + 1))


@pytest.mark.parametrize("seed", range(20))
def test_a_journal_that_is_written_anew_is_the_old_one_or_the_new(seed):
    slot = Slot(seed)
    slot.write("a", "b")
    slot.wait(10)
    slot.write("b", anew=True)
    slot.card.cut()
    assert slot.kept in (["a", "b"], ["b"])


def test_a_full_card_says_so_and_keeps_nothing():
    slot = Slot(1)
    slot.card.full = True
    slot.write("a")
    slot.wait(10)
    assert slot.said == [NotWritten("a", "No space left on device")]
    assert slot.kept == []


def test_another_card_is_empty():
    slot = Slot(1)
    slot.write("a")
    slot.wait(10)
    slot.card.lose()
    assert slot.kept == []
