"""Numbers that the kiosk gives by itself: when, which, for which day, and what the hub hears of them."""

from kiosk.offline import TRY_AGAIN
from kiosk.ports import Printed
from kiosk.press import DOUBLE, HUB_TIME, PATIENCE
from moiso.texts import both
from tests.kiosk.apart import BLOCK, FRIDAY, MONDAY, Apart, back, reports, stocked, wall
from tests.kiosk.front import issued

# -- when -------------------------------------------------------------------------------------------------------


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


# -- the journal before the paper -------------------------------------------------------------------------------


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


# -- words ------------------------------------------------------------------------------------------------------


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


def test_a_number_that_nobody_holds_stands_ahead_of_nobody():
    kiosk = stocked()
    kiosk.hear(services=[_waiting(kiosk, 7)])
    kiosk.cut()
    kiosk.press("A")
    kiosk.turn(Printed("A700", "out", refused=True))
    kiosk.turn(after=DOUBLE)
    assert kiosk.take() == "A701"
    assert "7 người" in kiosk.jobs[-1].text.ahead


def test_the_page_says_that_it_is_off_line():
    kiosk = stocked(screen=True)
    kiosk.cut()
    assert kiosk.screen.mode == "offline"
    kiosk.touch("A")
    assert (kiosk.progress.stage, kiosk.progress.offline, kiosk.progress.ticket) == ("printing", True, "A700")


def test_the_page_says_how_old_the_people_ahead_are_as_the_ticket_does():
    kiosk = stocked(screen=True)
    kiosk.cut()
    kiosk.turn(after=130)
    kiosk.touch("A")
    assert kiosk.progress.minutes_old == 3
    assert kiosk.jobs[-1].text.ahead_at == "(số liệu cách đây 3 phút)"


def test_on_line_they_are_of_this_moment():
    kiosk = stocked(screen=True)
    (asked,) = kiosk.touch("A")
    kiosk.reply(asked, issued("A001"))
    assert kiosk.progress.minutes_old is None


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
