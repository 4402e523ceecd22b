"""What the hub hears of the numbers that a kiosk gave by itself."""

import pytest

from kiosk.ports import Printed
from kiosk.press import HUB_TIME
from kiosk.reports import AT_ONCE
from tests.kiosk.apart import FRIDAY, MONDAY, Apart, back, reports, stocked, wall


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


@pytest.mark.parametrize("reason", ["disk-full", "internal"])
def test_what_the_hub_could_not_store_is_said_again(reason: str):
    kiosk = stocked()
    kiosk.cut()
    kiosk.take()
    (told,) = back(kiosk)
    kiosk.reply(("issued-offline", told), status="error", reason=reason)
    assert kiosk.machine.detail["unheard"] == 1
    assert reports(kiosk.wait(70)) != []


def test_a_print_that_was_refused_spoils_the_number_of_a_button_kiosk():
    """It is reported all the same, so that the phantom of a lost reply goes, and voided then."""
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


def test_a_number_that_the_hub_took_while_its_print_was_refused_is_voided():
    kiosk = stocked()
    kiosk.cut()
    kiosk.press("A")
    (told,) = back(kiosk)
    kiosk.reply(("issued-offline", told), {"ticket": "A700"})
    said = kiosk.turn(Printed("A700", "out", refused=True))
    assert [(t["ticket"], t["reason"]) for command, t in said if command == "void"] == [("A700", "unclaimed")]
    kiosk.reply(said[0], {"ticket": "A700"})
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


def test_those_that_must_wait_for_their_turn_ask_for_no_turn_of_the_loop():
    """Twenty go at once. Those behind them, said before and due again, would keep the loop from sleeping."""
    kiosk = Apart(wall(FRIDAY, "16:30"), synced=False)
    block = {"from": 700, "to": 740, "after": FRIDAY}
    kiosk.lends = lambda service, day, label: {**block, "service": service, "day": label if day == "today" else day}
    kiosk.connect()
    kiosk.paper("ok")
    kiosk.cut()
    kiosk.turn(after=wall(MONDAY, "06:50") - kiosk.true)
    for _ in range(AT_ONCE + 5):
        kiosk.take()
    for told in [*back(kiosk), *reports(kiosk.wait(1))]:
        kiosk.reply(("issued-offline", told), status="rejected", reason="day-ahead")
    kiosk.cut()
    assert len(back(kiosk)) == AT_ONCE
    deadline = kiosk.machine.deadline()
    assert deadline is not None
    assert deadline > kiosk.now
