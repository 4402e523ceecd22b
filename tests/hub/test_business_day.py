"""Mornings of a hub without a clock battery; docs/business-day.md tells them in words."""

from datetime import time
from itertools import pairwise

import pytest

from moiso.core.day import Calendar
from moiso.promise.rate import CallRate
from tests.hub.desk import ALL_HOURS, OFFICE_HOURS, ZONE, HubOnDesk, local

HOUR = 3600.0
FRIDAY, MONDAY = "2026-11-20", "2026-11-23"
NIGHT_AND_WEEKEND = 62.5 * HOUR  # Friday 17:00 to Monday 07:30


def sleeps(hub: HubOnDesk, seconds: float) -> None:
    """Time passes with the hub awake, a look around every quarter of an hour."""
    for _ in range(int(seconds / 900)):
        hub.wait(900.0)
    hub.wait(seconds % 900)


def friday_afternoon(calendar: Calendar = OFFICE_HOURS, *, synced: bool = True, lag: float = 0.0) -> HubOnDesk:
    """16:00: A001 and A002 were served, nobody waits. `lag`: seconds by which the clock is behind."""
    hub = HubOnDesk(f"{FRIDAY} 16:00", calendar, synced=synced)
    hub.wall -= lag
    hub.start()
    for _ in range(2):
        hub.issue()
        hub.next()
        hub.ask("counter-1", "start")
    hub.ask("counter-1", "finish")
    return hub


def ended(hub: HubOnDesk) -> int:
    return hub.types().count("day-closed")


def places(hub: HubOnDesk) -> list[str]:
    """Who waits in which order, with the day they belong to."""
    return [f"{hub.day} {number}" for number in hub.waiting]


# -- a machine that is never switched off ----------------------------------------------------------------------


@pytest.mark.parametrize("calendar", [OFFICE_HOURS, ALL_HOURS])
def test_an_ordinary_weekend(calendar: Calendar) -> None:
    hub = friday_afternoon(calendar)
    hub.issue()
    sleeps(hub, HOUR + NIGHT_AND_WEEKEND)
    assert hub.day == MONDAY
    assert hub.issue() == "A001"
    assert hub.state("counter/1")["state"] == "closed"


def test_the_day_opens_at_its_hour_without_a_press() -> None:
    hub = friday_afternoon()
    sleeps(hub, HOUR + NIGHT_AND_WEEKEND - 600)
    assert hub.day is None
    sleeps(hub, 600)
    assert hub.day == MONDAY


# -- first hard morning: a clock that was never set ------------------------------------------------------------


def test_a_free_clock_takes_a_long_pause_for_a_night() -> None:
    hub = friday_afternoon(ALL_HOURS, synced=False, lag=500 * 86400)
    label = hub.day
    hub.issue()
    sleeps(hub, 9 * HOUR)
    assert (hub.day, hub.waiting) == (label, ["A003"]), "nine hours are a long lunch"
    sleeps(hub, NIGHT_AND_WEEKEND)
    assert hub.day > label
    assert hub.issue() == "A001"


# -- second: a clock days behind -------------------------------------------------------------------------------


def test_a_clock_days_behind_after_the_power_was_off_over_the_weekend() -> None:
    hub = friday_afternoon()
    sleeps(hub, HOUR + 600)  # the hall closed at 17:00 and somebody pulled the plug at 17:10
    hub.reboot(off=NIGHT_AND_WEEKEND, clock=local(f"{FRIDAY} 17:05"))
    assert ended(hub) == 1
    assert hub.issue() == "A001"
    saturday = hub.day
    assert saturday == "2026-11-21", "the clock says Friday, but Friday is taken"
    hub.issue()
    before = places(hub)
    hub.set_clock(local(f"{MONDAY} 07:40"))
    assert places(hub) == before == [f"{saturday} A001", f"{saturday} A002"]
    sleeps(hub, 24 * HOUR)
    assert hub.day == "2026-11-24"


# -- third: yesterday was left open ----------------------------------------------------------------------------


@pytest.mark.parametrize("somebody_waits", [False, True])
def test_yesterday_left_open_on_a_machine_that_ran_on(somebody_waits: bool) -> None:
    hub = friday_afternoon()
    if somebody_waits:
        hub.issue()
    sleeps(hub, HOUR + NIGHT_AND_WEEKEND)
    assert (hub.day, hub.issue()) == (MONDAY, "A001")
    assert hub.types().count("ticket-expired") == somebody_waits


@pytest.mark.parametrize("somebody_waits", [False, True])
def test_yesterday_left_open_and_the_power_cut_with_a_clock_that_is_right_again(somebody_waits: bool) -> None:
    hub = friday_afternoon()
    if somebody_waits:
        hub.issue()
    hub.reboot(off=HOUR + NIGHT_AND_WEEKEND, synced=True)
    assert (hub.day, hub.issue()) == (MONDAY, "A001")


def test_power_cut_before_closing_time_and_nobody_knows_the_time() -> None:
    """Perhaps it is Monday, perhaps ten minutes later: with people waiting the day goes on and people are asked."""
    hub = friday_afternoon()
    waiting = hub.issue()
    hub.reboot(off=600.0, clock=local(f"{FRIDAY} 15:55"))
    assert hub.ask_people
    assert places(hub) == [f"{FRIDAY} {waiting}"]
    assert hub.next() == waiting
    assert not hub.ask_people, "somebody who presses has answered"


def test_power_cut_after_closing_time_with_people_still_in_the_hall() -> None:
    hub = friday_afternoon()
    waiting = hub.issue()
    sleeps(hub, HOUR + 600)
    hub.reboot(off=60.0)
    assert (hub.ask_people, places(hub)) == (True, [f"{FRIDAY} {waiting}"])


@pytest.mark.parametrize("synced", [False, True])
def test_people_answer_that_yesterday_is_over(synced: bool) -> None:
    """Closing yesterday on Monday morning does not close Monday."""
    hub = friday_afternoon(synced=False)
    hub.issue()
    hub.reboot(off=HOUR + NIGHT_AND_WEEKEND, clock=local(f"{FRIDAY} 16:10"))
    assert hub.ask_people
    if synced:
        hub.set_clock(local(f"{MONDAY} 07:31"))
        assert hub.ask_people, "a right clock alone sends nobody away"
    assert hub.manager("close-day", leftover="expire")["status"] == "ok"
    hub.wait(1.0)
    assert hub.day == (MONDAY if synced else None)
    assert hub.issue() == "A001"


# -- fourth: a clock that jumps with sixty waiting -------------------------------------------------------------


def sixty_waiting(*, synced: bool = False) -> HubOnDesk:
    hub = HubOnDesk(f"{MONDAY} 09:00", OFFICE_HOURS, synced=synced)
    for _ in range(62):
        hub.issue()
        hub.wait(20.0)
    hub.next(1)
    hub.next(2)
    return hub


JUMPS = {"three days on": 3 * 86400.0, "years on": 2e8, "a day back": -86400.0, "years back": -2e8, "an hour on": HOUR}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
@pytest.mark.parametrize("synced", [False, True])
def test_a_jump_moves_nobody(jump: float, synced: bool) -> None:
    hub = sixty_waiting(synced=synced)
    before = places(hub)
    assert len(before) == 60
    since = hub.wall - hub.machine.ledger.centre.lines["A"][0][0][0]
    hub.set_clock(hub.wall + jump)
    assert places(hub) == before
    assert hub.wall - hub.machine.ledger.centre.lines["A"][0][0][0] == pytest.approx(since, abs=0.01)
    newcomer = hub.issue()
    assert hub.waiting[-1] == newcomer
    assert hub.next() == before[0].split()[1]
    assert ended(hub) == 0


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_jump_counts_once_though_the_program_starts_again(jump: float) -> None:
    hub = sixty_waiting()
    before = places(hub)
    hub.set_clock(hub.wall + jump)
    hub.start()
    hub.wait(5.0)
    hub.start()
    assert hub.types().count("clock-set") == 1
    assert [*places(hub), f"{MONDAY} {hub.issue()}"] == [*before, f"{MONDAY} A063"]
    assert hub.waiting[-1] == "A063"


def test_a_jump_while_the_program_was_down_is_noticed_at_its_start() -> None:
    hub = sixty_waiting()
    hub.wall += 86400.0
    hub.start()
    assert hub.types().count("clock-set") == 1
    assert places(hub)[0].startswith(MONDAY)


def test_after_a_power_cut_a_clock_that_went_back_is_a_jump() -> None:
    hub = sixty_waiting()
    hub.reboot(off=60.0, clock=hub.wall - 3000.0)
    assert hub.types()[-1] == "clock-set"
    newcomer = hub.issue()
    assert hub.waiting[-1] == newcomer
    hub.start()
    assert hub.types().count("clock-set") == 1


def test_times_never_run_backwards_but_over_a_clock_set() -> None:
    hub = sixty_waiting()
    hub.wall -= 1.5  # too little to count as set
    hub.issue()
    hub.set_clock(hub.wall - 7200.0)
    hub.issue()
    rows = hub.disk.rows
    assert [b.type for a, b in pairwise(rows) if b.at < a.at] == ["clock-set"]
    assert [row.synced for row in rows if row.type == "clock-set"] == [True]


def test_the_names_that_a_clock_ahead_of_time_used_are_not_used_again() -> None:
    hub = HubOnDesk("2027-03-01 08:00", synced=False)
    for _ in range(20):
        hub.wait(12 * HOUR)
        hub.wait(12 * HOUR)
    hub.set_clock(local(f"{MONDAY} 08:00"))
    for _ in range(150):
        hub.issue()
        hub.wait(12 * HOUR)
        hub.wait(12 * HOUR)
    names = [row.day for row in hub.disk.rows if row.type == "day-opened"]
    assert len(names) == len(set(names))
    assert names[0] == "2027-03-01"
    assert {f"{MONDAY[:8]}{day}" for day in range(24, 31)} <= set(names), "with a right clock a day has its own name"


# -- people decide ---------------------------------------------------------------------------------------------


def test_a_day_that_people_closed_stays_closed_that_day() -> None:
    hub = friday_afternoon()
    assert hub.manager("close-day", leftover="expire")["status"] == "ok"
    assert hub.ask("kiosk-1", "issue", service="A")["reason"] == "day-closed"
    assert hub.manager("open-day")["reason"] == "day-done"
    hub.start()
    assert hub.day is None
    sleeps(hub, HOUR + NIGHT_AND_WEEKEND)
    assert hub.day == MONDAY


def test_people_open_the_day_before_its_hour() -> None:
    hub = HubOnDesk(f"{MONDAY} 05:00", OFFICE_HOURS)
    assert hub.day is None
    assert hub.manager("open-day")["data"]["open"] is True
    assert hub.issue() == "A001"


# -- what outlives a day ---------------------------------------------------------------------------------------


def test_a_block_of_the_next_day_is_still_the_kiosks_then() -> None:
    hub = friday_afternoon()
    hub.ask("kiosk-1", "lease", service="A", day="next")
    sleeps(hub, 15.5 * HOUR)
    hub.start()
    assert hub.ask("kiosk-2", "lease", service="A")["data"]["from"] == 740
    assert hub.ask("kiosk-1", "issued-offline", ticket="A700", service="A", seconds_ago=5.0)["status"] == "ok"
    sleeps(hub, 24 * HOUR)
    assert (
        hub.ask("kiosk-1", "issued-offline", ticket="A701", service="A", seconds_ago=5.0)["reason"] == "not-your-number"
    )


def test_a_kiosk_that_asks_for_blocks_at_night_keeps_no_day_alive() -> None:
    """It is no press: with a free clock ten hours without one are a night."""
    hub = friday_afternoon(synced=False)
    for _ in range(4):
        sleeps(hub, 4 * HOUR)
        hub.ask("kiosk-1", "lease", service="A", day="next")
    assert hub.day != FRIDAY


def test_the_call_rate_outlives_the_night() -> None:
    hub = HubOnDesk(f"{FRIDAY} 09:00", OFFICE_HOURS)
    for _ in range(20):
        hub.issue()
    for _ in range(15):
        hub.next()
        hub.wait(60.0)
    learnt = hub.machine.ledger.rates["A"].gap
    assert learnt < 0.6 * CallRate().gap
    sleeps(hub, 86400.0 * 3)
    hub.start()
    assert hub.machine.ledger.rates["A"].gap == pytest.approx(learnt, abs=0.1)


def test_answers_are_one_days_own() -> None:
    hub = friday_afternoon()
    assert hub.ask("kiosk-1", "issue", press="same", service="A")["data"]["ticket"] == "A003"
    sleeps(hub, HOUR + NIGHT_AND_WEEKEND)
    assert hub.ask("kiosk-1", "issue", press="same", service="A")["data"]["ticket"] == "A001"
    hub.start()
    assert hub.ask("kiosk-1", "issue", press="same", service="A")["data"]["ticket"] == "A001"


def test_an_office_that_only_closes() -> None:
    """Only a closing hour: the day opens at three, or at the first look after."""
    hub = friday_afternoon(Calendar(zone=ZONE, closes=time(17, 0)))
    sleeps(hub, 11 * HOUR)
    assert hub.day == "2026-11-21"
