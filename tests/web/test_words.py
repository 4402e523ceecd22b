import pytest

from moiso.wire.messages import Range
from tests.web.scenes import EIGHT, EN, VI, at
from web.words import age, clock, day, lasting, listed, promised


def test_a_moment_is_shown_in_the_hubs_own_time_zone():
    assert clock("2026-11-23T23:59:59.999+07:00") == "23:59"
    assert clock(None) == clock("soon") == ""


def test_a_date_has_its_weekday():
    assert day("2026-11-23", VI.text) == "Thứ Hai, 23/11/2026"
    assert day("2026-11-29", EN.text) == "Sunday, 29/11/2026"
    assert day(None, VI.text) == day("Monday", VI.text) == ""


def test_an_age_is_never_negative():
    assert age(at(-12), EIGHT) == 720.0
    assert age(at(5), EIGHT) == 0.0


@pytest.mark.parametrize(("since", "now"), [(None, EIGHT), (EIGHT, None), ("x", EIGHT), (EIGHT, "2026-11-23")])
def test_an_age_of_what_is_no_moment_is_unknown(since: str | None, now: str | None):
    assert age(since, now) is None


@pytest.mark.parametrize(
    ("spell", "words"),
    [(None, ""), (0.0, "dưới 1 phút"), (59.9, "dưới 1 phút"), (60.0, "1 phút"), (3599.0, "59 phút"),
     (3600.0, "1 giờ 0 phút"), (7500.0, "2 giờ 5 phút")],
)  # fmt: skip
def test_spells(spell: float | None, words: str):
    assert lasting(spell, VI.text) == words


@pytest.mark.parametrize(
    ("promise", "counters", "words"),
    [
        (Range(low=10, high=15), 1, "10–15 phút"),
        (Range(low=10, high=10), 1, "khoảng 10 phút"),
        (Range(low=0, high=5), 1, "dưới 5 phút"),
        (Range(low=0, high=0), 1, "không phải chờ"),
        (None, 0, "chưa có quầy mở"),
        (None, 2, "chưa ước tính được"),
    ],
)
def test_promises(promise: Range | None, counters: int, words: str):
    assert promised(promise, counters, VI.text) == words


@pytest.mark.parametrize(
    ("tickets", "words"),
    [
        ([], ""),
        (["A041"], "A041"),
        (["A041", "A042"], "A041, A042"),
        (["A041", "A042", "A043", "B044", "A999", "A1000", "A1001"], "A041–A043, B044, A999–A1001"),
        (["A003", "A002", "A001"], "A003, A002, A001"),
        (["A001", "A003", "A005"], "A001, A003, A005"),
        (["strange", "", "A001"], "strange, , A001"),
    ],
)
def test_long_lists_of_numbers_become_ranges(tickets: list[str], words: str):
    assert listed(tickets) == words
