"""[[hours]], [day] and [[duty]] as the core's timetable and roster; Monday is 23 November 2026."""

from datetime import datetime
from math import inf
from pathlib import Path

import pytest

from moiso.core.hours import INDOCHINA, Timetable
from moiso.core.rules import Duty
from tests.moiso.runtime.site_text import TWO, site

OFFICE = """
[[hours]]
issue = ["07:00-11:15", "13:15-16:30"]
serve = ["7:30-11:30", "13:30-17:00"]
"""
LAND = """
[[hours]]
services = ["C"]
days = ["mon", "wed", "fri"]
serve = []

[[hours]]
services = ["C"]
days = ["tue", "thu", "sat"]
serve = ["08:00-11:00"]
"""


def at(day: int, clock: str) -> float:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}").replace(tzinfo=INDOCHINA).timestamp()


def timetable(folder: Path, text: str) -> Timetable:
    return site(folder, TWO + text).rules().timetable


def served(table: Timetable, code: str, clock: str = "09:00") -> list[int]:
    """The days of that week on which a service is served at that hour."""
    return [day for day in range(23, 30) if table.serves(code, at(day, clock))]


def test_without_hours_a_service_is_open_at_all_hours(tmp_path: Path) -> None:
    assert timetable(tmp_path, "").serving_since("A", at(29, "03:00")) == -inf


def test_hours_hold_for_all_services_from_monday_to_friday(tmp_path: Path) -> None:
    table = timetable(tmp_path, OFFICE)
    assert served(table, "A") == served(table, "C") == [23, 24, 25, 26, 27]
    assert table.gives("A", at(23, "07:00"))
    assert not table.serves("A", at(23, "07:00"))
    assert table.serving_since("A", at(23, "16:59")) == at(23, "13:30")
    assert not table.gives("A", at(23, "16:30"))


def test_the_last_table_that_names_service_and_weekday_holds(tmp_path: Path) -> None:
    table = timetable(tmp_path, OFFICE + LAND)
    assert served(table, "A") == [23, 24, 25, 26, 27]
    assert served(table, "C") == [24, 26, 28]
    assert served(table, "C", "07:45") == []
    assert served(table, "A", "07:45") == [23, 24, 25, 26, 27]


def test_numbers_are_given_while_it_is_served_unless_said_otherwise(tmp_path: Path) -> None:
    table = timetable(tmp_path, LAND + "[[hours]]\nservices = ['A']\nissue = []\nserve = ['08:00-24:00']\n")
    assert [table.gives("C", at(24, clock)) for clock in ("07:59:59", "08:00", "10:59", "11:00")] == [0, 1, 1, 0]
    assert not table.gives("A", at(23, "09:00"))
    assert table.serves("A", at(23, "23:59:59"))


def test_holidays_and_make_up_days(tmp_path: Path) -> None:
    day = '[day]\nholidays = [2026-11-24, "2026-11-25"]\nmake_up = { 2026-11-29 = "tue" }\n'
    table = timetable(tmp_path, OFFICE + LAND + day)
    assert served(table, "A") == [23, 26, 27, 29]
    assert served(table, "C") == [26, 28, 29]


def test_the_zone_is_the_sites(tmp_path: Path) -> None:
    text = TWO.replace('id = "an-binh"', 'id = "an-binh"\ntime_zone = "Asia/Tokyo"')
    table = site(tmp_path, text + OFFICE).rules().timetable
    assert table.serves("A", at(23, "05:30"))
    assert not table.serves("A", at(23, "05:29"))


def test_a_roster_line_is_one_duty_a_half_day(tmp_path: Path) -> None:
    text = """
[[duty]]
counter = 2
who = "cb-02"
services = ["C"]
days = ["tue"]

[[duty]]
counter = 1
who = "cb-01"
half = "morning"
"""
    tuesday = [
        Duty(counter=2, who="cb-02", services=("C",), weekday=1, half="morning"),
        Duty(counter=2, who="cb-02", services=("C",), weekday=1, half="afternoon"),
    ]
    mornings = [Duty(counter=1, who="cb-01", services=("A", "C"), weekday=n, half="morning") for n in range(5)]
    assert site(tmp_path, TWO + text).rules().roster == (*tuesday, *mornings)


@pytest.mark.parametrize("half", ["morning", "afternoon"])
def test_a_half_day_is_that_half(tmp_path: Path, half: str) -> None:
    text = f'[[duty]]\ncounter = 1\nwho = "cb-01"\ndays = ["sun"]\nhalf = "{half}"\n'
    assert [(duty.weekday, duty.half) for duty in site(tmp_path, TWO + text).rules().roster] == [(6, half)]
