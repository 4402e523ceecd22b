"""The blocks of numbers that a kiosk borrows: when it asks for them, and of which day they are."""

from kiosk.offline import TRY_AGAIN
from tests.kiosk.apart import BLOCK, FRIDAY, MONDAY, Apart, back, reports, stocked, wall

HOUR = 3600.0


# -- blocks -----------------------------------------------------------------------------------------------------


def test_blocks_for_today_and_the_next_day_are_asked_for_and_make_it_ready():
    kiosk = Apart(wall(FRIDAY, "08:00"))
    kiosk.lends = None
    kiosk.connect()
    assert sorted(kiosk.asked_for) == [("A", "next"), ("A", "today"), ("B", "next"), ("B", "today")]
    assert not kiosk.machine.ready
    kiosk = stocked()
    assert kiosk.machine.ready
    assert kiosk.machine.detail == {"paper": "ok", "leases": {"A": BLOCK, "B": BLOCK}, "unheard": 0}


def test_no_block_of_today_is_asked_for_while_no_day_is_open():
    """It would begin the day."""
    kiosk = Apart(wall(FRIDAY, "06:50"))
    kiosk.day = None
    kiosk.connect()
    assert sorted(kiosk.asked_for) == [("A", "next"), ("B", "next")]


def test_more_are_asked_for_when_fewer_than_a_third_are_left():
    kiosk = stocked()
    kiosk.cut()
    for _ in range(14):
        assert kiosk.take()
    kiosk.asked_for.clear()
    kiosk.connect()
    assert kiosk.asked_for == [("A", "today")]
    assert kiosk.machine.detail["leases"]["A"] == 6 + BLOCK


def test_a_block_that_is_not_lent_is_asked_for_again_and_again():
    kiosk = Apart(wall(FRIDAY, "08:00"))
    kiosk.lends = None
    kiosk.connect()
    asked = len(kiosk.asked_for)
    kiosk.wait(70)
    assert len(kiosk.asked_for) > asked


def test_a_day_that_found_the_disk_full_gets_its_blocks_once_there_is_room():
    kiosk = Apart(wall(FRIDAY, "08:00"))
    kiosk.disk = "full"
    kiosk.connect()
    kiosk.wait(2 * TRY_AGAIN)
    assert kiosk.asked_for == []
    kiosk.disk = "ok"
    kiosk.wait(2 * TRY_AGAIN)
    kiosk.paper("ok")
    assert kiosk.machine.ready
    kiosk.cut()
    assert kiosk.take() == "A700"


def test_a_lease_whose_answer_was_lost_is_asked_for_under_its_id():
    """Else every cut would cost a block of the band."""
    kiosk = Apart(wall(FRIDAY, "08:00"))
    kiosk.lends = None
    kiosk.connect()
    for _ in range(5):
        kiosk.cut()
        kiosk.wait(100, beating=False)
        kiosk.connect()
        kiosk.wait(3)
    assert len(kiosk.asked_for) > 8
    assert len(kiosk.lease_ids) == 4


def test_no_block_is_asked_for_before_the_journal_knows_the_day():
    """Else the hub could lend the next day's block while a power cut makes us forget whose the last one is."""
    kiosk = Apart(wall(FRIDAY, "08:00"))
    kiosk.disk = "slow"
    kiosk.connect()
    assert kiosk.asked_for == []
    kiosk.kept()
    assert kiosk.asked_for != []


def test_a_lease_that_is_answered_twice_is_one_block():
    kiosk = stocked()
    kiosk.cut()
    taken = [kiosk.take() for _ in range(BLOCK)]
    assert len(set(taken)) == BLOCK
    assert kiosk.take() is None


# -- which day --------------------------------------------------------------------------------------------------


def test_on_monday_before_the_hub_numbers_of_the_next_day_are_given():
    """Friday's leases, the hub off until 7:20, the kiosk never off: it counted the hours."""
    kiosk = stocked(synced=False)
    kiosk.cut()
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    assert kiosk.take() == "A720"
    kiosk.turn(after=30 * 60)
    kiosk.day = MONDAY
    (told,) = back(kiosk)
    assert (told["ticket"], told["day"], told["seconds_ago"]) == ("A720", None, 1800.0)


def test_with_two_right_clocks_a_power_cut_over_the_weekend_does_not_matter():
    kiosk = stocked().restarted(boot="boot-2")
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    assert kiosk.take() == "A720"


def test_who_cannot_know_whether_friday_is_over_sends_people_to_the_staff():
    kiosk = stocked().restarted(boot="boot-2", synced=False, off=-1e6, screen=True)
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    assert kiosk.take() is None
    assert kiosk.screen.mode == "ask-staff"


def test_a_wrong_clock_is_never_believed():
    kiosk = stocked(synced=False)
    kiosk.cut()
    kiosk.off = 30 * 86400.0
    assert kiosk.take() == "A700", "the boot's own clock counts"


def test_a_program_that_is_started_again_in_the_same_boot_goes_on():
    kiosk = stocked(synced=False)
    kiosk.cut()
    assert kiosk.take() == "A700"
    after = kiosk.restarted()
    after.turn(after=60)
    assert after.take() == "A701"


def test_with_a_free_clock_ten_hours_without_a_press_are_a_night():
    kiosk = stocked(synced=False, at=wall(FRIDAY, "09:00"))
    kiosk.clock = "free"
    kiosk.hear()
    kiosk.turn(kiosk.beat_now())
    kiosk.cut()
    kiosk.turn(after=9 * HOUR)
    assert kiosk.take() == "A700"
    kiosk.turn(after=9 * HOUR)
    assert kiosk.take() == "A701"
    kiosk.turn(after=10 * HOUR)
    assert kiosk.take() == "A720"
    assert kiosk.take() == "A721", "the morning has begun"


def test_numbers_of_the_next_day_become_todays_when_the_hub_says_which_day_it_is():
    kiosk = stocked()
    kiosk.cut()
    kiosk.turn(after=wall(MONDAY, "07:10") - kiosk.true)
    kiosk.take()
    kiosk.day = MONDAY
    kiosk.asked_for.clear()
    back(kiosk)
    assert sorted(kiosk.asked_for) == [("A", "next"), ("B", "next")], "enough of today's are left"
    kiosk.cut()
    assert kiosk.take() == "A721"
    assert [g.day for g in kiosk.machine._offline.book.untold.values()] == [None, MONDAY]


def test_three_days_without_the_hub_never_give_a_number_of_a_past_day():
    kiosk = stocked()
    kiosk.cut()
    given = [kiosk.take()]
    for day in ("2026-11-21", "2026-11-22"):
        kiosk.turn(after=wall(day, "08:00") - kiosk.true)
        given.append(kiosk.take())
    assert given == ["A700", "A720", "A721"]
    told = kiosk.connect()
    days = [(t["ticket"], t["day"]) for t in reports(told)]
    assert days == [("A700", FRIDAY), ("A720", None), ("A721", None)]


def test_a_day_that_people_have_closed_gives_no_number_until_the_next():
    kiosk = stocked()
    kiosk.day = None
    kiosk.hear(open=False)
    kiosk.cut()
    assert kiosk.take() is None
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    assert kiosk.take() == "A720"


def test_before_the_first_press_of_the_morning_the_next_day_has_begun():
    kiosk = stocked(at=wall(MONDAY, "06:45"))
    kiosk.day = None
    kiosk.hear(open=True)
    kiosk.cut()
    assert kiosk.take() == "A720"


def test_another_hub_knows_nothing_of_our_blocks():
    """Its database was lost and made anew: it lends the same numbers to others."""
    kiosk = stocked()
    kiosk.log = "other"
    kiosk.lends = None
    kiosk.connect()
    kiosk.cut()
    assert kiosk.take() is None


def test_practice_takes_no_number_of_a_real_day():
    kiosk = stocked()
    kiosk.day = "training-12"
    kiosk.lent.clear()
    kiosk.lent["A", None] = 9700
    kiosk.hear(training=True)
    kiosk.cut()
    assert kiosk.take() == "A9700"
    assert kiosk.jobs[-1].text.training


def test_a_block_of_another_day_than_the_one_we_know_is_left_alone():
    kiosk = Apart(wall(FRIDAY, "08:00"))
    kiosk.lends = lambda service, day, _label: kiosk.lend(service, day, MONDAY)
    kiosk.connect()
    kiosk.cut()
    assert kiosk.take() is None
