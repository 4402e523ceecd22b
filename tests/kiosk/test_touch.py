"""The kiosk's touch page: what it shows of a press, whom it asks again, and that a touch counts once."""

import pytest

from kiosk.crowd import SLIP
from kiosk.ports import PrintList
from kiosk.press import DOUBLE, LONGEST_PRINT, LONGEST_SHOWN, OWN_MINUTE, PATIENCE
from kiosk.screen import ListWanted, ReprintWanted
from kiosk.sheets import SheetPrinted
from moiso.texts import both
from moiso.wire.messages import Words
from tests.kiosk.apart import stocked
from tests.kiosk.front import Command, Front, issued, offers, working


def page(**changes: object) -> Front:
    """A kiosk with a touch page, at work."""
    return working(screen=True, **changes)


def taken(front: Front, ticket: str = "A012", press: str = "touch-1") -> None:
    """Somebody touches a service and takes the ticket."""
    (asked,) = front.touch(ticket[0], press)
    front.reply(asked, issued(ticket))
    front.printer_says()


def asks(said: list[Command]) -> list[str]:
    """The presses for which the hub is asked for a number."""
    return [told["id"] for command, told in said if command == "issue"]


# -- one touch, one number --------------------------------------------------------------------------------------


def test_a_touch_has_one_id_from_the_finger_to_the_hub():
    front = page()
    ((command, asked),) = front.touch("B", "from-the-page", procedure="1.001193", language="en")
    assert (command, asked["id"], asked["service"]) == ("issue", "from-the-page", "B")
    assert (asked["procedure"], asked["language"]) == ("1.001193", "en")


def test_the_page_shows_every_step():
    front = page()
    (asked,) = front.touch("A")
    assert (front.progress.press, front.progress.stage) == ("touch-1", "asking")
    front.reply(asked, issued("A012", ahead=3, counters=[1, 2]))
    assert (front.progress.stage, front.progress.ticket, front.progress.ahead) == ("printing", "A012", 3)
    assert front.progress.counters == ["Quầy 1", "Quầy Hộ tịch"]
    front.printer_says()
    assert front.progress.stage == "printed"
    front.dismiss()
    assert front.screen.progress is None


def test_a_page_that_says_its_touch_again_gets_no_second_number():
    front = page()
    (asked,) = front.touch("A")
    assert front.touch("A") == []
    front.reply(asked, issued("A012"))
    assert front.touch("A") == []
    front.printer_says()
    assert front.touch("A") == []
    front.dismiss()
    assert asks(front.touch("A", after=1)) == []


def test_while_a_ticket_is_on_its_way_no_other_touch_counts():
    front = page()
    front.touch("A")
    assert front.touch("B", "touch-2") == []
    assert front.progress.press == "touch-1"


def test_the_next_visitor_need_not_wait_until_the_last_has_dismissed():
    front = page()
    taken(front)
    assert front.touch("B", "touch-2") != []
    assert front.progress.press == "touch-2"


def test_a_page_that_is_gone_leaves_nothing_behind():
    front = page()
    taken(front)
    front.wait(LONGEST_SHOWN + 1)
    assert front.screen.progress is None


# -- one more for somebody else? --------------------------------------------------------------------------------


def test_a_second_touch_of_the_same_service_is_asked_about():
    front = page()
    taken(front, "A012")
    front.turn(front.beat_now(), after=SLIP - 1)
    assert front.touch("A", "touch-2") == []
    assert (front.progress.stage, front.progress.last) == ("again", "A012")
    assert "A012" in front.progress.words.vi
    assert asks(front.touch("A", "touch-2", again=True)) == ["touch-2"]


def test_who_wanted_no_second_one_gets_none():
    front = page()
    taken(front)
    front.touch("A", "touch-2")
    front.dismiss("touch-2")
    assert front.screen.progress is None
    assert front.touch("A", "touch-2") == []


@pytest.mark.parametrize(("service", "after"), [("B", 1.0), ("A", SLIP)])
def test_another_service_or_another_visitor_is_not_asked(service, after):
    front = page()
    taken(front, "A012")
    front.turn(front.beat_now(), after=after)
    assert asks(front.touch(service, "touch-2")) == ["touch-2"]


def test_a_button_asks_nobody():
    front = page()
    taken(front, "A012")
    assert asks(front.press("A", after=DOUBLE)) != []


# -- a crowd ----------------------------------------------------------------------------------------------------


def test_in_a_crowd_nobody_is_asked_and_silence_ends_it():
    front = page(crowd_tickets=3, crowd_within=60.0)
    for number in range(1, 4):
        front.turn(front.beat_now(), after=SLIP)
        taken(front, f"A00{number}", f"touch-{number}")
    assert (front.screen.crowd, front.machine.detail["crowd"]) == (True, True)
    assert asks(front.touch("A", "touch-4", after=1)) == ["touch-4"]
    front.turn(front.beat_now(), after=PATIENCE)
    front.wait(60)
    assert (front.screen.crowd, len(front.notes)) == (False, 2)
    assert "crowd" not in front.machine.detail


def test_few_tickets_are_no_crowd():
    front = page(crowd_tickets=3, crowd_within=60.0)
    for number in range(1, 6):
        front.turn(front.beat_now(), after=31)
        taken(front, f"A00{number}", f"touch-{number}")
        assert not front.screen.crowd


# -- no number, no paper ----------------------------------------------------------------------------------------


def test_who_is_not_answered_is_sent_to_the_staff_in_time():
    front = page()
    front.touch("A")
    front.turn(after=PATIENCE)
    assert (front.progress.stage, front.progress.words) == ("refused", both("kiosk.ask_staff"))


def test_the_hubs_own_words_say_why_there_is_none():
    front = page()
    (asked,) = front.touch("A")
    front.reply(asked, status="rejected", reason="quota-full")
    assert (front.progress.stage, front.progress.words.vi) == ("refused", "Không được.")


def test_a_service_that_gives_none_says_why_at_once():
    front = page()
    front.offer(offers(gives="B"))
    assert [choice.gives for choice in front.screen.choices] == [False, True]
    assert front.touch("A") == []
    assert front.progress.stage == "refused"


@pytest.mark.parametrize("paper", ["out", "cover", "offline"])
def test_without_paper_the_number_stands_on_the_page_and_nothing_is_printed_later(paper):
    front = page()
    front.paper(paper)
    assert front.screen.mode == "paper-out"
    (asked,) = front.touch("A")
    ((command, told),) = front.reply(asked, issued("A012"))
    assert (command, told["ticket"], told["reason"]) == ("print-failed", "A012", paper)
    assert (front.progress.stage, front.progress.ticket) == ("shown", "A012")
    assert front.progress.url == "http://an-binh.local/t/id-1"
    front.paper("ok")
    assert front.jobs == []
    assert front.screen.mode == "ready"


@pytest.mark.parametrize(
    ("paper", "words"),
    [("out", "Máy hết giấy."), ("cover", "Nắp máy in đang mở."), ("cutter", "Máy in đang"), ("offline", "Máy in đang")],
)
def test_the_page_says_what_is_wrong_with_the_printer(paper, words):
    front = page()
    front.paper(paper)
    assert front.screen.notice is not None
    assert front.screen.notice.vi.startswith(words)


def test_the_page_says_that_the_paper_is_nearly_out_with_and_without_the_hub():
    near = both("kiosk.near")
    front = stocked(screen=True)
    front.paper("near")
    assert front.screen.notice == near
    front.cut()
    lost = both("kiosk.mode_offline")
    assert front.screen.notice == Words(vi=f"{lost.vi} {near.vi}", en=f"{lost.en} {near.en}")


def test_a_ticket_that_did_not_surely_come_out_stands_on_the_page():
    front = page()
    (asked,) = front.touch("A")
    front.reply(asked, issued("A012"))
    front.printer_says("line-lost")
    assert (front.progress.stage, front.progress.ticket) == ("shown", "A012")


# -- how it stands ----------------------------------------------------------------------------------------------


def test_the_page_says_how_it_stands():
    front = Front(screen=True)
    front.turn()
    assert front.screen.mode == "starting"
    front.connect()
    assert front.screen.mode == "ready"
    front.offer(offers(is_open=False))
    assert front.screen.mode == "closed"
    front.cut()
    assert front.screen.mode == "ask-staff"
    assert front.screen.notice == both("kiosk.mode_ask_staff")


def test_choices_have_names_in_both_languages_and_what_the_hub_says():
    front = page()
    (first, _) = front.screen.choices
    assert (first.code, first.name.en, first.waiting, first.counters) == ("A", "Certified copies", 0, ["Quầy 1"])


def test_a_kiosk_without_a_page_composes_none():
    front = working()
    front.press("A")
    assert front.screen.choices == []


# -- the paper once more ----------------------------------------------------------------------------------------


def torn(front: Front, ticket: str = "A012") -> None:
    """A number whose paper did not come out stands on the page."""
    (asked,) = front.touch("A")
    front.reply(asked, issued(ticket))
    front.printer_says("line-lost")


def test_a_visitor_may_have_the_paper_again_marked_as_such():
    front = page()
    torn(front)
    assert front.progress.reprint
    said = front.turn(ReprintWanted("touch-1"))
    assert [(command, told["ticket"]) for command, told in said] == [("reprint", "A012")]
    assert front.jobs[-1].text.reprint == "BẢN IN LẠI"
    assert front.progress.stage == "printing"
    front.printer_says()
    assert (front.progress.stage, front.progress.reprint) == ("printed", False)


def test_only_the_own_paper_within_the_own_minute_and_with_paper():
    front = page()
    torn(front)
    front.turn(ReprintWanted("touch-9"))
    front.paper("out")
    assert not front.progress.reprint
    front.turn(ReprintWanted("touch-1"))
    front.paper("ok")
    assert front.progress.reprint, "and nothing has printed by itself"
    front.wait(OWN_MINUTE + 1)
    assert not front.progress.reprint
    front.turn(ReprintWanted("touch-1"))
    assert len(front.jobs) == 1


def test_a_print_of_which_nothing_is_heard_any_more_does_not_stop_the_kiosk():
    front = page()
    (asked,) = front.touch("A")
    front.reply(asked, issued("A012"))
    front.wait(LONGEST_PRINT + 1)
    assert front.progress.stage == "shown"


# -- the papers of a procedure ----------------------------------------------------------------------------------


def test_a_list_is_printed_once_however_often_it_is_wished():
    front = page()
    wish = ListWanted("list-1", "1.001193", "en")
    front.turn(wish)
    front.turn(wish)
    assert front.lists == [PrintList("list-1", "1.001193", "en")]
    assert (front.progress.press, front.progress.service, front.progress.stage) == ("list-1", "", "printing")
    front.turn(SheetPrinted("list-1", None))
    assert front.progress.stage == "printed"
    front.turn(wish)
    assert len(front.lists) == 1


def test_without_paper_there_is_no_list():
    front = page()
    front.paper("out")
    front.turn(ListWanted("list-1", "1.001193"))
    assert (front.lists, front.progress.stage) == ([], "refused")
    front.paper("ok")
    front.turn(ListWanted("list-2", "1.001193"))
    front.turn(SheetPrinted("list-2", "out"))
    assert front.progress.stage == "refused"


def test_a_list_of_which_nothing_is_heard_ends():
    front = page()
    front.turn(ListWanted("list-1", "1.001193"))
    front.wait(LONGEST_PRINT + 1)
    assert front.progress.stage == "refused"


def test_a_touch_that_outlives_the_program_gets_its_number_marked_as_a_second_print():
    """The program before us had it from the hub, and perhaps printed it; its code is not ours to print."""
    front = page()
    front.wait(4)
    (asked,) = front.touch("A")
    front.reply(asked, issued("A012"))
    assert front.jobs[-1].text.reprint == "BẢN IN LẠI"
    assert front.jobs[-1].url is None
    assert (front.progress.stage, front.progress.ticket) == ("printing", "A012")


def test_a_number_given_just_now_is_a_first_print():
    front = page()
    (asked,) = front.touch("A")
    front.reply(asked, issued("A012"))
    assert front.jobs[-1].text.reprint == ""
    assert front.jobs[-1].url is not None
