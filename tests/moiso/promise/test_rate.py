"""The measured call rate, by hand: what it learns, what it leaves out, what it announces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moiso.promise.rate import CallRate, Promise


def calls(*moments: float, still_waiting: bool = True) -> CallRate:
    rate = CallRate()
    for moment in moments:
        rate.called(moment, still_waiting=still_waiting)
    return rate


def test_before_the_first_call_the_guess_is_five_minutes() -> None:
    assert CallRate().gap == 300.0


def test_one_gap_pulls_the_guess_towards_it() -> None:
    assert calls(0.0, 120.0).gap == pytest.approx((2 * 300 + 120) / 3)


def test_older_gaps_weigh_less() -> None:
    rate = calls(0.0, 120.0, 180.0)
    assert rate.gap == pytest.approx((2 * 300 + 0.85 * 120 + 60) / (2 + 0.85 + 1))


def test_a_gap_in_which_nobody_waited_measures_nothing() -> None:
    assert calls(0.0, 1000.0, still_waiting=False).gap == 300.0


def test_a_closed_hall_or_a_clock_that_went_back_measures_nothing() -> None:
    assert calls(0.0, 3600.1).gap == 300.0
    assert calls(100.0, 0.0).gap == 300.0
    assert calls(0.0, 3600.0).gap > 300.0


def test_many_calls_forget_the_guess_and_the_past() -> None:
    slow_then_fast = [n * 600.0 for n in range(30)]
    slow_then_fast += [slow_then_fast[-1] + n * 60.0 for n in range(1, 60)]
    assert 60.0 < calls(*slow_then_fast).gap < 120.0


@pytest.mark.parametrize(
    ("ahead", "low", "high"),
    # five minutes a call: 0.7 x ahead x 5 rounded down, 1.3 x (ahead + 1) x 5 rounded up, to fives
    [(0, 0, 10), (1, 0, 15), (2, 5, 20), (10, 35, 75)],
)
def test_the_announced_range(ahead: int, low: int, high: int) -> None:
    assert CallRate().promise(ahead) == Promise(low, high)


def test_the_shortest_range_is_five_minutes() -> None:
    assert CallRate(prior=1.0).promise(0) == Promise(0, 5)


@given(
    ahead=st.integers(0, 500),
    gaps=st.lists(st.floats(0, 5000), max_size=30),
)
def test_a_range_is_a_range_and_grows_with_the_line(ahead: int, gaps: list[float]) -> None:
    moment, rate = 0.0, CallRate()
    for gap in gaps:
        moment += gap
        rate.called(moment, still_waiting=True)
    here, behind = rate.promise(ahead), rate.promise(ahead + 1)
    assert 0 <= here.low < here.high
    assert here.low % 5 == here.high % 5 == 0
    assert behind.low >= here.low
    assert behind.high >= here.high
