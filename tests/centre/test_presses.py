"""Which hard cases of kiosks without the hub a day's presses show."""

from collections import Counter

import pytest

from centre.simulate.presses import Got, Presses

TEN = 1_795_402_800.0
DAY, MINUTE = 86400.0, 60.0


def evening(*numbers):
    """What a day with these numbers is counted as."""
    presses = Presses()
    for got in numbers:
        presses.add(got)
    return presses.evening()


def own(minutes=0.0, kiosk="kiosk-1", **changes):
    """A number that the kiosk gave by itself, so many minutes after ten."""
    return got(minutes, kiosk, alone=True, **changes)


def got(minutes=0.0, kiosk="kiosk-1", **changes):
    at = TEN + minutes * MINUTE
    return Got(**{"kiosk": kiosk, "ticket": f"A{minutes}", "service": "A", "at": at, **changes})


def test_an_ordinary_day_has_none():
    assert evening(got(0), got(1, "kiosk-2"), own(2)) == Counter()


@pytest.mark.parametrize(
    ("monday", "name"),
    [(False, "numbers after days without the hub"), (True, "numbers on a Monday before the hub")],
)
def test_the_hub_was_gone_for_more_than_a_night(monday, name):
    assert evening(own(silent=2.5 * DAY, monday=monday)) == {name: 1}
    assert evening(own(silent=0.6 * DAY, monday=monday)) == Counter()
    assert evening(got(silent=2.5 * DAY, monday=monday)) == Counter()


def test_two_kiosks_alone_at_once():
    assert evening(own(0), own(1, "kiosk-2")) == {"numbers of two kiosks alone at once": 2}
    assert evening(own(0), own(5, "kiosk-2")) == Counter()
    assert evening(own(0), own(1), got(1, "kiosk-2")) == Counter()


def test_a_clock_that_nobody_has_set():
    assert evening(own(wrong=-3600.0)) == {"numbers under a wrong clock": 1}
    assert evening(own(wrong=0.5), own(1, wrong=None)) == Counter()


def test_half_an_hour_alone_beside_a_kiosk_on_line():
    cut = [own(minute) for minute in (0, 10, 31)]
    assert evening(*cut, got(15, "kiosk-2")) == {"half hours alone beside a kiosk on line": 1}
    assert evening(*cut) == Counter()
    assert evening(*cut, got(40, "kiosk-2")) == Counter()
    assert evening(*cut, got(15, "kiosk-2", service="B", ticket="B1")) == Counter()
    assert evening(*cut[:2], got(11), own(31), got(15, "kiosk-2")) == Counter(), "it had the hub in between"


def test_a_number_on_page_and_paper_is_one_and_a_new_day_begins_with_none():
    presses = Presses()
    for _ in range(2):
        presses.add(own(wrong=-3600.0))
    assert presses.evening() == {"numbers under a wrong clock": 1}
    assert presses.evening() == Counter()
