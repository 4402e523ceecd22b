"""The recall button: brief it is a recall, held it is an undo, and chatter is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_terminal.two_way import HELD, TwoWayButton

CHATTER = [(0.0, True), (0.001, False), (0.002, True), (0.005, False), (0.007, True)]


class Finger:
    """Drives the button as a loop does: at its deadlines, and when something happens."""

    def __init__(self) -> None:
        self.button, self.now = TwoWayButton(), 50.0
        self.presses: list[tuple[str, float]] = []

    def note(self, press: str | None) -> None:
        if press:
            self.presses.append((press, round(self.now - 50.0, 3)))

    def until(self, end: float) -> None:
        while (deadline := self.button.deadline()) is not None and deadline <= end:
            self.now = deadline
            self.note(self.button.due(self.now))
        self.now = end

    def edges(self, *edges: tuple[float, bool]) -> "Finger":
        for at, down in edges:
            self.until(50.0 + at)
            self.note(self.button.edge(down, self.now))
        return self

    def after(self, at: float) -> list[tuple[str, float]]:
        self.until(50.0 + at)
        return self.presses


def test_a_brief_press_is_a_recall_once_the_finger_has_left():
    assert Finger().edges((0.0, True)).after(1.9) == []
    assert Finger().edges((0.0, True), (0.15, False)).after(9) == [("recall", 0.2)]


def test_two_seconds_are_an_undo_while_the_finger_is_still_there_and_no_recall_follows():
    finger = Finger().edges((0.0, True))
    assert finger.after(2.0) == [("undo", 2.0)]
    assert finger.edges((3.0, False)).after(9) == [("undo", 2.0)]


def test_just_below_two_seconds_is_a_recall():
    assert Finger().edges((0.0, True), (1.99, False)).after(9) == [("recall", 2.04)]


def test_chatter_belongs_to_the_touch():
    assert Finger().edges(*CHATTER, (0.1, False), (0.101, True), (0.102, False)).after(9) == [("recall", 0.152)]
    assert Finger().edges(*CHATTER).after(9) == [("undo", 2.007)]


def test_a_loose_contact_that_chatters_on_and_on_is_not_held():
    loose = [(n * 0.02, n % 2 == 0) for n in range(300)]
    assert [press for press, _ in Finger().edges(*loose).after(9)] == ["recall"]


def test_each_touch_counts_anew():
    finger = Finger().edges((0.0, True), (0.1, False), (0.3, True), (2.5, False), (3.0, True), (3.1, False))
    assert [press for press, _ in finger.after(9)] == ["recall", "undo", "recall"]


def test_a_button_that_was_down_when_the_program_began_means_nothing_until_it_is_touched():
    assert Finger().edges((0.0, False)).after(9) == []
    assert Finger().edges((0.0, False), (1.0, True), (1.1, False)).after(9) == [("recall", 1.15)]


@pytest.mark.parametrize(("held", "press"), [(HELD - 0.01, "recall"), (HELD, "undo")])
def test_a_loop_that_was_busy_judges_by_the_contacts_times(held, press):
    button = TwoWayButton()
    told = [button.edge(True, 0.0), button.edge(False, held), button.edge(True, 6.0), button.edge(False, 6.1)]
    assert [it for it in told if it] == [press]
    assert button.due(7.0) == "recall"


@given(st.lists(st.floats(0.06, 4.0), min_size=2, max_size=20))
def test_every_touch_is_one_press(times):
    edges, at = [], 0.0
    for n, gap in enumerate(times[: len(times) // 2 * 2]):
        at += gap
        edges.append((at, n % 2 == 0))
    lengths = [round(up - down, 9) for (down, _), (up, _) in zip(edges[::2], edges[1::2], strict=True)]
    presses = [press for press, _ in Finger().edges(*edges).after(200)]
    assert len(presses) == len(lengths)
    for press, length in zip(presses, lengths, strict=True):
        if abs(length - HELD) > 1e-6:
            assert press == ("undo" if length > HELD else "recall")
