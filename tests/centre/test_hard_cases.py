"""Every hard case of the kiosks really comes about in simulated weeks, and every promise is kept in it."""

from collections import Counter
from pathlib import Path

import pytest

from centre.simulate.presses import MET
from centre.simulate.week import Outcome, Week
from moiso.runtime.site import load

SMALL = Path(__file__).parents[2] / "examples" / "small.toml"
SECOND_KIOSK = """
[[kiosk]]
device = "kiosk-2"

[kiosk.printer]
kind = "file"
path = "/dev/usb/lp1"
width = 384

[[kiosk.button]]
service = "A"
pin = 17

[[kiosk.button]]
service = "K"
pin = 27
"""
#: Faults that a run counts under their own names.
FAULTS = (
    "all kiosks cut off", "card full", "journal lost", "kiosk clock wrong", "kiosk cut off for half an hour",
    "kiosk cut off for long", "kiosk cut off, clock lost", "kiosk cut off, journal torn", "kiosk killed",
    "kiosk cut off, last ticket refused", "kiosk power cut", "reply lost", "reply lost until its number was called",
    "three days without the hub", "weekends without the hub",
)  # fmt: skip
SEED, WEEKS = 1, (1, 2)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    site = tmp_path_factory.mktemp("site") / "site.toml"
    site.write_text(SMALL.read_text(encoding="utf-8") + SECOND_KIOSK, encoding="utf-8")
    return [Week(load(site), SEED, week, 5, with_faults=True).run() for week in WEEKS]


def test_every_promise_is_kept(weeks: list[Outcome]) -> None:
    assert [week.violation for week in weeks] == [None] * len(WEEKS)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_of_kiosks_happens(weeks: list[Outcome], fault: str) -> None:
    assert sum((week.faults for week in weeks), Counter())[fault] > 0


@pytest.mark.parametrize("case", MET)
def test_every_hard_case_is_met(weeks: list[Outcome], case: str) -> None:
    assert sum((week.met for week in weeks), Counter())[case] > 0
