"""The rule of the business day, clock by clock; tests/hub/test_business_day.py lives through whole mornings."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from moiso.core.day import Calendar, Moment, Verdict, closed_today, judge, label_for

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = Calendar(zone=ZONE, opens=time(7, 30), closes=time(17, 0))
ALL_HOURS = Calendar(zone=ZONE)
START = datetime(2026, 11, 20, 0, 0, tzinfo=ZONE).timestamp()


def at(text: str, *, boot: str = "boot-1", synced: bool = True, lag: float = 0.0) -> Moment:
    """`"20 16:30"`: day of November 2026 and local time; `lag`: seconds by which the wall clock is behind."""
    day, clock = text.split()
    true = datetime.fromisoformat(f"2026-11-{day}T{clock}").replace(tzinfo=ZONE).timestamp()
    return Moment(wall=true - lag, mono=true - START, boot=boot, synced=synced)


FRIDAY = at("20 16:30")


def verdict(last: Moment, now: Moment, *, anybody: bool = True, alive: Moment | None = None) -> Verdict:
    return judge(OFFICE, last, alive or last, now, anybody=anybody)


def test_a_date_begins_at_three() -> None:
    assert verdict(FRIDAY, at("21 02:59")) is Verdict.KEEP
    assert verdict(FRIDAY, at("21 03:00")) is Verdict.OVER


@pytest.mark.parametrize("lag", [0.0, 400_000.0, -400_000.0])
def test_on_the_same_boot_a_clock_set_since_does_not_matter(lag: float) -> None:
    last = at("20 16:30", synced=False, lag=lag)
    assert verdict(last, at("20 17:30")) is Verdict.KEEP
    assert verdict(last, at("23 07:30")) is Verdict.OVER


def test_a_clock_never_set_takes_ten_hours_for_a_night() -> None:
    last = at("20 16:30", synced=False, lag=5e6)
    assert verdict(last, at("21 02:29", synced=False, lag=5e6)) is Verdict.KEEP
    assert verdict(last, at("21 02:30", synced=False, lag=5e6)) is Verdict.OVER


def test_after_a_power_cut_two_right_clocks_know() -> None:
    assert verdict(FRIDAY, at("20 16:40", boot="boot-2")) is Verdict.KEEP
    assert verdict(FRIDAY, at("23 07:00", boot="boot-2")) is Verdict.OVER


@pytest.mark.parametrize(
    ("alive", "now", "expected"),
    [
        (at("20 16:45"), at("23 07:00", boot="boot-2", synced=False), Verdict.ASK),
        (at("20 17:00"), at("23 07:00", boot="boot-2", synced=False), Verdict.OVER),
        (at("21 00:30"), at("23 07:00", boot="boot-2", synced=False), Verdict.OVER),
        (at("21 02:59"), at("23 07:00", boot="boot-2", synced=False), Verdict.OVER),
        (at("20 16:45"), at("20 16:50", boot="boot-2", synced=False), Verdict.ASK),
    ],
)
def test_after_a_power_cut_a_free_clock_knows_only_the_closing_hour(
    alive: Moment, now: Moment, expected: Verdict
) -> None:
    assert verdict(FRIDAY, now, alive=alive, anybody=False) is expected
    assert verdict(FRIDAY, now, alive=alive, anybody=True) is Verdict.ASK, "nobody who waits is sent away unasked"


def test_a_clock_that_was_free_and_is_right_now_shows_a_later_date() -> None:
    last = at("20 16:30", synced=False)
    monday = at("23 07:00", boot="boot-2")
    assert verdict(last, monday, anybody=False) is Verdict.OVER
    assert verdict(last, monday, anybody=True) is Verdict.ASK


def test_a_site_open_at_all_hours_has_no_closing_hour_to_go_by() -> None:
    now = at("23 07:00", boot="boot-2", synced=False)
    assert judge(ALL_HOURS, FRIDAY, at("20 23:59"), now, anybody=False) is Verdict.ASK


@pytest.mark.parametrize(
    ("labels", "now", "label"),
    [
        ((), at("23 07:30"), "2026-11-23"),
        (("2026-11-20",), at("23 07:30"), "2026-11-23"),
        (("2026-11-20",), at("23 07:30", synced=False, lag=200 * 86400), "2026-11-21"),
        (("2026-11-20",), at("23 07:30", synced=False), "2026-11-23"),
        (("2026-11-23",), at("23 09:00"), "2026-11-24"),
        (("2026-11-23", "2026-11-24", "2026-11-20"), at("23 09:00"), "2026-11-25"),
        (("2026-11-20",), at("24 02:00"), "2026-11-23"),
    ],
)
def test_the_next_days_name(labels: tuple[str, ...], now: Moment, label: str) -> None:
    assert label_for(OFFICE, labels, now) == label


@pytest.mark.parametrize(
    ("closed", "now", "expected"),
    [
        (FRIDAY, at("20 18:00"), True),
        (FRIDAY, at("21 03:00"), False),
        (at("20 16:30", synced=False), at("21 02:29", synced=False), True),
        (at("20 16:30", synced=False), at("21 02:30", synced=False), False),
        (FRIDAY, at("20 18:00", boot="boot-2"), True),
        (FRIDAY, at("20 18:00", boot="boot-2", synced=False), False),
    ],
)
def test_what_people_closed_stays_closed_that_day(closed: Moment, now: Moment, expected: bool) -> None:
    assert closed_today(OFFICE, closed, now) is expected


def test_the_times_of_the_helper_are_local() -> None:
    assert datetime.fromtimestamp(FRIDAY.wall, UTC).isoformat() == "2026-11-20T09:30:00+00:00"
