from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from moiso.devices.debounce import QUIET, Debouncer

Edges = list[tuple[bool, float]]


def presses(edges: Edges) -> list[float]:
    debouncer = Debouncer()
    return [at for down, at in edges if debouncer.edge(down, at)]


def finger(begin: float, end: float, chatter: list[float]) -> Edges:
    """A finger down from `begin` to `end`; the contact chatters, in steps of `chatter`, at both."""
    edges = []
    for start, final in ((begin, True), (end, False)):
        times = [start, *(start + step for step in accumulate(chatter))]
        levels = [final if index % 2 == 0 else not final for index in range(len(times))]
        edges += list(zip(levels, times, strict=True))
    return edges


def test_a_clean_press_counts_at_its_first_touch():
    assert presses([(True, 7.0), (False, 7.1)]) == [7.0]


def test_a_bounce_train_is_one_press():
    assert presses(finger(1.0, 1.2, [0.001, 0.003, 0.002, 0.004])) == [1.0]


def test_a_long_hold_is_one_press():
    assert presses(finger(1.0, 61.0, [0.002, 0.002])) == [1.0]


def test_two_presses_a_quarter_of_a_second_apart_are_two():
    assert presses(finger(1.0, 1.1, [0.002, 0.002]) + finger(1.25, 1.35, [0.002, 0.002])) == [1.0, 1.25]


def test_a_contact_that_lifts_for_a_moment_is_still_held():
    assert presses([(True, 1.0), (False, 1.5), (True, 1.5 + QUIET * 0.9), (False, 2.0)]) == [1.0]


def test_a_level_told_twice_is_no_press():
    assert presses([(False, 0.0), (True, 1.0), (True, 2.0), (True, 3.0)]) == [1.0]


chatter = st.lists(st.floats(0.0001, 0.003), max_size=6).map(lambda steps: steps[: len(steps) // 2 * 2])


@given(st.lists(st.tuples(st.floats(0.03, 5.0), st.floats(0.075, 5.0), chatter), max_size=12))
def test_there_are_as_many_presses_as_fingers(fingers: list[tuple[float, float, list[float]]]):
    edges: Edges = []
    begins = []
    now = 1.0
    for held, apart, steps in fingers:
        begins.append(now)
        edges += finger(now, now + held, steps)
        now += held + apart
    assert presses(edges) == begins


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 0.2)), max_size=60))
def test_presses_are_never_closer_than_the_quiet_time(steps: list[tuple[bool, float]]):
    times = accumulate(gap for _, gap in steps)
    counted = presses([(down, at) for (down, _), at in zip(steps, times, strict=True)])

    assert all(later - earlier >= QUIET for earlier, later in pairwise(counted))
