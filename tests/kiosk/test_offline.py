"""Numbers that the kiosk gives by itself: when, which, for which day, and what the hub hears of them."""

import pytest

from kiosk.offline import TRY_AGAIN
from kiosk.press import HUB_TIME, PATIENCE
from moiso.texts import both
from tests.kiosk.apart import BLOCK, FRIDAY, MONDAY, Apart, stocked, wall
from tests.kiosk.front import Command, issued

HOUR = 3600.0


def reports(said: list[Command]) -> list[dict[str, object]]:
    return [told for command, told in said if command == "issued-offline"]


def back(kiosk: Apart, **changes: object) -> list[dict[str, object]]:
    """The hub is heard again; the numbers that are reported."""
    return reports(kiosk.connect(**changes))


# -- blocks ------------------------------------------------------------------------------------------------------


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


# -- when --------------------------------------------------------------------------------------------------------


def test_without_a_link_a_number_of_the_block_is_printed_at_once():
    kiosk = stocked()
    kiosk.cut()
    assert kiosk.lamps["A"] == "on"
    assert kiosk.press("A") == []
    (receipt,) = kiosk.jobs
    assert receipt.ticket == "A700"
    assert "mất kết nối" in receipt.text.offline


def test_a_hub_that_does_not_answer_in_time_is_not_waited_for():
    kiosk = stocked()
    (asked,) = kiosk.press("A")
    kiosk.turn(after=HUB_TIME - 0.1)
    assert kiosk.jobs == []
    said = kiosk.turn(after=0.1)
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A700"]
    (told,) = reports(said)
    assert (told["id"], told["token"], told["day"]) == (asked[1]["id"], asked[1]["token"], FRIDAY)


def test_a_hub_that_answers_in_time_needs_none_of_our_numbers():
    kiosk = stocked()
    (asked,) = kiosk.press("A")
    kiosk.turn(after=HUB_TIME - 0.1)
    kiosk.reply(asked, issued("A012"))
    kiosk.wait(2)
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A012"]
    assert reports(kiosk.sent) == []


def test_a_hub_that_cannot_write_is_not_waited_for():
    kiosk = stocked()
    (asked,) = kiosk.press("A")
    kiosk.reply(asked, status="error", reason="disk-full")
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A700"]


def test_a_link_that_breaks_meanwhile_is_not_waited_for():
    kiosk = stocked()
    kiosk.press("A")
    kiosk.cut()
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A700"]


def test_a_late_answer_of_the_hub_prints_nothing_and_is_no_receipt():
    kiosk = stocked()
    (asked,) = kiosk.press("A")
    kiosk.turn(kiosk.beat_now(), after=HUB_TIME)
    assert kiosk.reply(asked, issued("A012")) == []
    kiosk.printer_says()
    again = reports(kiosk.wait(10))
    assert again, "until issued-offline itself is answered"
    assert {told["id"] for told in again} == {asked[1]["id"]}
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A700"]
    kiosk.reply(("issued-offline", asked[1]), {"ticket": "A700"})
    assert reports(kiosk.wait(10)) == []
    assert kiosk.machine.detail["unheard"] == 0


def test_with_an_empty_block_people_are_sent_to_the_staff():
    kiosk = stocked(screen=True)
    kiosk.cut()
    for number in range(BLOCK):
        kiosk.turn(after=21)
        kiosk.touch("A", f"touch-{number}")
        kiosk.printer_says()
        assert kiosk.progress.stage == "printed"
    kiosk.touch("A", "one-too-many", after=21)
    assert (kiosk.progress.stage, kiosk.progress.words) == ("refused", both("kiosk.ask_staff"))
    assert [choice.gives for choice in kiosk.screen.choices] == [False, True]


def test_a_kiosk_that_never_had_blocks_says_so():
    kiosk = Apart(wall(FRIDAY, "08:00"), screen=True)
    kiosk.lends = None
    kiosk.connect()
    kiosk.cut()
    assert kiosk.screen.mode == "ask-staff"
    assert kiosk.take() is None


def test_a_service_that_was_full_today_stays_so():
    kiosk = stocked()
    kiosk.hear(services=[])
    kiosk.offer(kiosk.offered(services=[_full(kiosk)]))
    kiosk.cut()
    assert kiosk.take("A") is None


def _full(kiosk: Apart):
    import msgspec

    (offer, _) = kiosk.offered().services
    return msgspec.structs.replace(offer, gives=False, note=both("offer.full"))


# -- the journal before the paper --------------------------------------------------------------------------------


def test_nothing_is_printed_or_reported_before_it_is_in_the_journal():
    kiosk = stocked()
    kiosk.disk = "slow"
    kiosk.press("A")
    assert reports(kiosk.turn(kiosk.beat_now(), after=HUB_TIME)) == []
    assert kiosk.jobs == []
    assert reports(kiosk.kept()) != []
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A700"]


def test_a_disk_that_takes_too_long_gives_no_number_and_the_number_is_spoilt():
    kiosk = stocked()
    kiosk.disk = "slow"
    kiosk.cut()
    kiosk.press("A")
    kiosk.turn(after=PATIENCE)
    assert kiosk.lamps["A"] == "flicker"
    kiosk.kept()
    assert kiosk.jobs == []
    kiosk.disk = "ok"
    assert kiosk.take() == "A701"


def test_a_full_disk_sends_people_to_the_staff_until_there_is_room():
    kiosk = stocked()
    kiosk.cut()
    kiosk.disk = "full"
    assert kiosk.take() is None
    assert kiosk.machine.detail["journal"] == "no space left on device"
    assert kiosk.lamps["A"] in {"off", "flicker"}
    kiosk.disk = "ok"
    kiosk.turn(after=TRY_AGAIN)
    assert "journal" not in kiosk.machine.detail
    assert kiosk.take() == "A701"


def test_a_hub_that_gave_a_number_to_somebody_who_was_refused_takes_it_back():
    kiosk = stocked()
    kiosk.disk = "slow"
    (asked,) = kiosk.press("A")
    kiosk.turn(kiosk.beat_now(), after=HUB_TIME)
    kiosk.reply(asked, issued("A012"))
    said = kiosk.turn(kiosk.beat_now(), after=PATIENCE)
    assert [(told["ticket"], told["reason"]) for command, told in said if command == "void"] == [("A012", "unclaimed")]


# -- what the hub hears ------------------------------------------------------------------------------------------


def test_everything_is_told_when_the_hub_is_back_each_with_its_age():
    kiosk = stocked()
    kiosk.cut()
    for _ in range(3):
        kiosk.take()
        kiosk.turn(after=60)
    told = back(kiosk)
    assert [(t["ticket"], t["seconds_ago"], t["day"]) for t in told] == [
        ("A700", 180.0, FRIDAY),
        ("A701", 120.0, FRIDAY),
        ("A702", 60.0, FRIDAY),
    ]
    assert kiosk.machine.detail["unheard"] == 3


def test_what_is_said_again_has_its_age_anew():
    kiosk = stocked()
    kiosk.cut()
    kiosk.take()
    (first,) = back(kiosk)
    later = reports(kiosk.wait(30))
    assert [t["seconds_ago"] for t in later] == sorted({float(str(t["seconds_ago"])) for t in later})
    assert float(str(later[-1]["seconds_ago"])) > 20
    assert {t["id"] for t in later} == {first["id"]}


def test_a_press_and_its_report_outlive_a_power_cut():
    kiosk = stocked()
    kiosk.cut()
    kiosk.take()
    after = kiosk.restarted(boot="boot-2")
    after.turn(after=10)
    (told,) = back(after)
    assert (told["ticket"], told["day"]) == ("A700", FRIDAY)
    assert told["seconds_ago"] == pytest.approx(10, abs=0.01)
    after.cut()
    assert after.take() == "A701"


def test_without_a_right_clock_the_order_of_the_presses_is_kept():
    kiosk = stocked(synced=False)
    kiosk.cut()
    kiosk.take()
    kiosk.take()
    after = kiosk.restarted(boot="boot-2", off=-1e6)
    after.turn()
    after.turn(after=30)
    first, second = back(after)
    assert (first["ticket"], second["ticket"]) == ("A700", "A701")
    assert float(str(first["seconds_ago"])) > float(str(second["seconds_ago"])) >= 30
    assert first["at_least"] is second["at_least"] is True


@pytest.mark.parametrize("reason", ["other-day", "day-closed", "not-your-number"])
def test_what_the_hub_will_never_take_is_dropped_and_said(reason):
    kiosk = stocked()
    kiosk.cut()
    kiosk.take()
    (told,) = back(kiosk)
    kiosk.reply(("issued-offline", told), status="rejected", reason=reason)
    assert reports(kiosk.wait(10)) == []
    assert (kiosk.machine.detail["unheard"], kiosk.machine.detail["dropped"]) == (0, ["A700"])
    assert "A700" in kiosk.complaints[-1].topic
    assert kiosk.restarted().machine.detail["unheard"] == 0


def test_what_the_hub_cannot_take_yet_keeps_nobody_else_waiting():
    """It still has yesterday open: numbers of the next day rest until it talks of another."""
    kiosk = stocked(synced=False)
    kiosk.cut()
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    assert kiosk.take() == "A720"
    (early,) = back(kiosk)
    kiosk.reply(("issued-offline", early), status="rejected", reason="day-ahead")
    assert reports(kiosk.wait(50)) == []
    assert reports(kiosk.wait(20)) != []
    kiosk.reply(("issued-offline", early), status="rejected", reason="day-ahead")
    kiosk.day = MONDAY
    assert [t["ticket"] for t in back(kiosk)] == ["A720"]


def test_what_the_hub_could_not_store_is_said_again():
    kiosk = stocked()
    kiosk.cut()
    kiosk.take()
    (told,) = back(kiosk)
    kiosk.reply(("issued-offline", told), status="error", reason="disk-full")
    assert reports(kiosk.wait(70)) != []


def test_a_print_that_was_refused_spoils_the_number_of_a_button_kiosk():
    """It is reported all the same, so that the phantom of a lost reply goes, and voided then."""
    from kiosk.ports import Printed

    kiosk = stocked()
    kiosk.cut()
    kiosk.press("A")
    kiosk.turn(Printed("A700", "out", refused=True))
    assert kiosk.lamps["A"] == "flicker"
    kiosk = kiosk.restarted()
    (told,) = back(kiosk)
    kiosk.reply(("issued-offline", told), {"ticket": "A700"})
    voids = [t for command, t in kiosk.wait(1) if command == "void"]
    assert (voids[0]["ticket"], voids[0]["reason"]) == ("A700", "unclaimed")
    kiosk.reply(("void", voids[0]), {"ticket": "A700"})
    assert kiosk.wait(10) == []


@pytest.mark.parametrize("reason", ["unknown", "line-lost", "out"])
def test_a_print_of_which_nobody_knows_counts_as_given(reason):
    kiosk = stocked()
    kiosk.cut()
    kiosk.press("A")
    kiosk.printer_says(reason)
    (told,) = back(kiosk)
    kiosk.reply(("issued-offline", told), {"ticket": "A700"})
    ((command, paper),) = {(c, t["reason"]) for c, t in kiosk.sent if c not in {"issue", "issued-offline"}}
    assert (command, paper) == ("print-failed", reason), "the staff see it, and nobody voids it"


def test_the_moment_of_a_press_is_that_of_the_finger_and_not_of_the_block():
    kiosk = stocked()
    kiosk.press("A")
    kiosk.turn(kiosk.beat_now(), after=HUB_TIME)
    assert reports(kiosk.sent)[0]["seconds_ago"] == HUB_TIME


def test_a_hub_that_says_it_heard_the_press_too_late_is_not_waited_for():
    kiosk = stocked()
    (asked,) = kiosk.press("A")
    kiosk.reply(asked, status="rejected", reason="too-old")
    assert [receipt.ticket for receipt in kiosk.jobs] == ["A700"]


# -- which day ---------------------------------------------------------------------------------------------------


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


# -- words -------------------------------------------------------------------------------------------------------


def test_the_ticket_tells_the_people_ahead_as_last_known_and_how_long_ago():
    kiosk = stocked()
    kiosk.hear(services=[_waiting(kiosk, 7)])
    kiosk.cut()
    kiosk.turn(after=12 * 60)
    kiosk.take()
    kiosk.take()
    first, second = (job.text for job in kiosk.jobs)
    assert ("7 người" in first.ahead, "8 người" in second.ahead) == (True, True)
    assert "12 phút" in first.ahead_at
    assert "16:42" in first.issued
    assert first.promise == ""


def _waiting(kiosk: Apart, people: int):
    import msgspec

    (offer, _) = kiosk.offered().services
    return msgspec.structs.replace(offer, waiting=people)


def test_the_ticket_of_another_day_tells_nothing_of_the_last_one():
    kiosk = stocked()
    kiosk.hear(services=[_waiting(kiosk, 7)])
    kiosk.cut()
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    kiosk.take()
    assert (kiosk.jobs[-1].text.ahead, kiosk.jobs[-1].text.ahead_at) == ("", "")


def test_the_page_says_that_it_is_off_line():
    kiosk = stocked(screen=True)
    kiosk.cut()
    assert kiosk.screen.mode == "offline"
    kiosk.touch("A")
    assert (kiosk.progress.stage, kiosk.progress.offline, kiosk.progress.ticket) == ("printing", True, "A700")


def test_when_it_needs_somebody_and_cannot_say_so_all_lamps_flicker():
    kiosk = stocked()
    kiosk.paper("out")
    assert kiosk.lamps == {"A": "off", "B": "off"}
    kiosk.cut()
    assert kiosk.lamps == {"A": "flicker", "B": "flicker"}
    kiosk.paper("ok")
    assert kiosk.lamps == {"A": "on", "B": "on"}
    kiosk.paper("out")
    assert kiosk.take() is None


def test_a_touch_page_without_paper_gives_numbers_off_line_too():
    kiosk = stocked(screen=True)
    kiosk.paper("out")
    kiosk.cut()
    kiosk.touch("A")
    assert (kiosk.screen.mode, kiosk.progress.stage, kiosk.progress.ticket) == ("paper-out", "shown", "A700")
    assert len(back(kiosk)) == 1
