"""The kiosk's machine, press by press: what it asks, prints, reports and shows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.lamps import SORRY
from kiosk.ports import Pressed, Printed
from kiosk.press import DOUBLE, PATIENCE
from moiso.wire.messages import Beat, Reply, Words
from moiso.wire.ports import Arrived, LinkUp
from tests.kiosk.apart import stocked
from tests.kiosk.front import DEVICE, NOON, TOPICS, Front, issued, offers, printing, working
from tests.spoiled import spoiled


def test_it_listens_to_what_concerns_it_only():
    root = "moiso/1/an-binh/"
    heard = {"reply/kiosk-1", "state/services", "beat", "event/ticket-issued"}
    heard |= {"event/ticket-reprinted", "event/clock-set"}
    assert set(Front().machine.subscriptions) == {root + topic for topic in heard}


# -- one press, one ticket --------------------------------------------------------------------------------------


def test_a_press_asks_for_a_number_and_the_answer_is_printed():
    front = working()
    (asked,) = front.press("A")
    said_at = asked[1].pop("at")
    assert asked == ("issue", {"id": "id-2", "service": "A", "token": "id-1"})
    assert said_at == "2026-11-23T12:00:00.000+07:00", "by the hub's own clock"
    assert front.jobs == []
    front.reply(asked, issued("A012"))
    (receipt,) = front.jobs
    assert (receipt.ticket, receipt.url) == ("A012", "http://an-binh.local/t/id-1")


def test_two_buttons_at_once_are_one_press():
    front = working()
    sent = front.turn(Pressed("A"), Pressed("B"), Pressed("A"))
    assert [payload["service"] for _, payload in sent] == ["A"]


@pytest.mark.parametrize("button", ["A", "B"])
def test_nothing_is_asked_while_a_number_is_on_its_way_or_being_printed(button):
    front = working()
    (asked,) = front.press("A")
    assert front.press(button) == []
    front.reply(asked, issued("A001"))
    assert front.press(button) == []
    front.printer_says()
    assert [command for command, _ in front.press(button, after=DOUBLE) if command == "issue"] == ["issue"]


def test_who_taps_twice_or_drums_on_a_button_gets_one_number():
    front = printing("A001")
    front.printer_says()
    for _ in range(10):
        front.press("A", after=DOUBLE / 3)
    assert [command for command, _ in front.sent].count("issue") == 1
    front.turn(front.beat_now())
    assert "issue" in [command for command, _ in front.press("A", after=DOUBLE)]


def test_an_unanswered_press_is_repeated_under_its_id_while_somebody_waits():
    front = working()
    (first,) = front.press("A")
    began = front.now
    moments = []
    while front.now - began < PATIENCE - 0.2:
        moments += [front.now - began for said in front.turn(front.beat_now(), after=0.125) if said == first]
    assert moments == [0.5]


def test_a_doubled_answer_prints_one_ticket():
    front = working()
    (asked,) = front.press("A")
    front.reply(asked, issued("A001"))
    front.reply(asked, issued("A001"))
    front.printer_says()
    front.reply(asked, issued("A001"))
    assert [receipt.ticket for receipt in front.jobs] == ["A001"]
    assert [command for command, _ in front.sent] == ["issue", "printed"]


def test_an_answer_to_another_press_prints_nothing():
    """A kiosk that was restarted in the middle hears the answer to a press it knows nothing of."""
    front = working()
    front.reply(("issue", {"id": "of-an-earlier-life"}), issued("A001"))
    (asked,) = front.press("A")
    front.reply(("issue", {"id": "of-an-earlier-life"}), issued("A001"))
    assert front.jobs == []
    front.reply(asked, issued("A002"))
    assert [receipt.ticket for receipt in front.jobs] == ["A002"]
    assert [command for command, _ in front.sent] == ["issue"]


def test_a_short_cut_loses_no_press():
    front = working()
    (asked,) = front.press("A")
    front.cut()
    front.turn(after=1)
    front.connect()
    assert front.sent[-1] == asked
    front.reply(asked, issued("A001"))
    assert len(front.jobs) == 1


# -- the hub says no, or nothing --------------------------------------------------------------------------------


def test_a_press_that_nobody_answers_is_given_up_and_said_so_on_its_lamp():
    front = working()
    front.press("A")
    front.wait(PATIENCE - 0.5)
    assert front.lamps == {"A": "blink", "B": "off"}
    front.wait(0.5)
    assert front.lamps == {"A": "flicker", "B": "on"}
    front.wait(SORRY)
    assert front.lamps == {"A": "on", "B": "on"}


def test_a_number_that_comes_after_that_is_voided_once_and_not_printed():
    front = working()
    (asked,) = front.press("A")
    front.wait(PATIENCE)
    ((command, told),) = front.reply(asked, issued("A007"))
    assert (command, told["ticket"], told["reason"]) == ("void", "A007", "unclaimed")
    assert front.reply(asked, issued("A007")) == []
    assert front.jobs == []


def test_the_next_press_is_another_one_even_if_the_late_number_comes_first():
    front = working()
    (late,) = front.press("A")
    front.wait(PATIENCE)
    (asked,) = front.press("A")
    front.reply(late, issued("A007"))
    front.reply(asked, issued("A008"))
    assert [receipt.ticket for receipt in front.jobs] == ["A008"]
    assert [(command, told["ticket"]) for command, told in front.sent if command == "void"] == [("void", "A007")]


def test_a_late_refusal_leads_to_nothing():
    front = working()
    (asked,) = front.press("A")
    front.wait(PATIENCE)
    assert front.reply(asked, status="rejected", reason="day-closed") == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("rejected", "day-closed"),
        ("rejected", "issue-closed"),
        ("rejected", "quota-full"),
        ("rejected", "priority-not-here"),
        ("error", "disk-full"),
    ],
)
def test_a_refused_press_shows_on_its_lamp_and_in_the_log(status, reason):
    front = working()
    (asked,) = front.press("A")
    front.reply(asked, status=status, reason=reason)
    assert front.lamps["A"] == "flicker"
    assert front.jobs == []
    assert "Not so." in front.complaints[0].text
    ((command, again),) = front.press("A")
    assert (command, front.lamps["A"]) == ("issue", "blink")
    front.reply((command, again), issued("A001"))
    front.printer_says()
    assert front.lamps["A"] == "on"


@pytest.mark.parametrize("data", [{}, {"ticket": 7}, issued("A001", at="noon"), issued("A001", promise="soon")])
def test_an_answer_that_is_no_ticket_prints_nothing_and_ends_the_press(data):
    front = working()
    (asked,) = front.press("A")
    front.reply(asked, data)
    assert front.jobs == []
    assert front.lamps["A"] == "flicker"
    assert len(front.complaints) == 1


# -- what the printer says --------------------------------------------------------------------------------------


def test_a_ticket_is_reported_printed_only_when_the_printer_said_so():
    front = printing("A001")
    assert front.wait(4) == []
    ((command, told),) = front.printer_says()
    assert (command, told["ticket"]) == ("printed", "A001")
    assert front.lamps == {"A": "on", "B": "on"}


@pytest.mark.parametrize("reason", ["out", "cover", "offline", "not-found", "line-lost", "internal", "unknown"])
def test_a_ticket_that_did_not_surely_come_out_is_reported_with_the_reason_and_shown(reason):
    front = printing("A001")
    ((command, told),) = front.printer_says(reason)
    assert (command, told["ticket"], told["reason"]) == ("print-failed", "A001", reason)
    assert front.lamps["A"] == "flicker"


def test_a_number_that_the_printer_took_nothing_of_is_held_by_nobody_and_voided():
    front = printing("A001")
    told = front.printer_says("out", refused=True)
    assert [(command, said["ticket"], said["reason"]) for command, said in told] == [
        ("print-failed", "A001", "out"),
        ("void", "A001", "unclaimed"),
    ]
    assert front.lamps["A"] == "flicker"


def test_on_a_page_it_stands_large_and_counts():
    front = printing("A001", screen=True)
    ((command, _),) = front.printer_says("out", refused=True)
    assert (command, front.progress.stage, front.progress.ticket) == ("print-failed", "shown", "A001")


def test_a_printer_that_never_answers_is_not_taken_for_a_broken_one():
    front = Front()
    front.connect()
    (asked,) = front.press("A")
    front.reply(asked, issued("A001"))
    ((command, told),) = front.printer_says("unknown")
    assert (command, told["reason"]) == ("print-failed", "unknown")
    assert front.lamps["A"] == "on"


def test_a_report_is_repeated_under_its_id_until_it_is_answered():
    front = printing("A001")
    (report,) = front.printer_says()
    again = front.wait(60)
    assert len(again) >= 60 / 5
    assert {json.dumps(said) for said in again} == {json.dumps(report)}
    front.reply(report, {"ticket": "A001"})
    assert front.wait(60) == []


def test_a_report_outlives_the_hub_and_goes_out_at_once_when_it_is_back():
    front = printing("A001")
    (report,) = front.printer_says()
    front.cut()
    front.wait(120, beating=False)
    assert front.turn(LinkUp(DEVICE)) == [report]


def test_a_report_that_the_hub_could_not_store_is_said_again():
    front = printing("A001")
    (report,) = front.printer_says()
    assert front.reply(report, status="error", reason="disk-full") == []
    assert report in front.wait(6)


def test_a_report_that_the_hub_refuses_is_not_repeated_but_logged():
    front = printing("A001")
    (report,) = front.printer_says()
    front.reply(report, status="rejected", reason="unknown-ticket")
    assert front.wait(10) == []
    assert [complaint.text for complaint in front.complaints] == ["printed: Not so."]


def test_the_receipt_of_another_command_is_no_receipt():
    front = printing("A001")
    _, told = front.printer_says()[0]
    front.reply(("issue", told), issued("A009"))
    assert front.wait(1)[0][0] == "printed"
    assert [receipt.ticket for receipt in front.jobs] == ["A001"]


# -- lamps, readiness, status -----------------------------------------------------------------------------------


def test_lamps_are_lit_when_a_press_gives_a_ticket():
    front = Front()
    front.turn()
    assert front.lamps == {"A": "off", "B": "off"}
    front.connect()
    assert front.lamps == {"A": "on", "B": "on"}


def test_the_lamp_of_the_ticket_on_its_way_blinks_and_the_others_are_dark():
    front = working()
    (asked,) = front.press("B")
    assert front.lamps == {"A": "off", "B": "blink"}
    front.reply(asked, issued("B001"))
    assert front.lamps == {"A": "off", "B": "blink"}
    front.printer_says()
    assert front.lamps == {"A": "on", "B": "on"}


def test_an_impatient_second_press_of_the_same_button_does_not_look_like_a_failure():
    front = working()
    (asked,) = front.press("A")
    front.press("A")
    front.reply(asked, issued("A001"))
    front.press("A")
    front.printer_says()
    assert front.lamps == {"A": "on", "B": "on"}


def test_a_press_of_another_button_meanwhile_is_answered_by_its_lamp():
    front = working()
    front.press("A")
    front.press("B")
    assert front.lamps == {"A": "blink", "B": "flicker"}


@pytest.mark.parametrize("paper", ["out", "cover", "offline"])
def test_a_stopped_printer_takes_no_press(paper):
    front = working()
    front.paper(paper)
    assert front.lamps == {"A": "off", "B": "off"}
    assert front.press("A") == []
    assert front.lamps == {"A": "flicker", "B": "off"}
    front.wait(SORRY)
    assert front.lamps == {"A": "off", "B": "off"}
    front.paper("ok")
    assert front.lamps == {"A": "on", "B": "on"}


def test_a_paper_that_is_nearly_out_shows_on_the_lamps_that_are_lit():
    front = working()
    front.paper("near")
    assert front.lamps == {"A": "dip", "B": "dip"}
    front.offer(offers(gives="B"))
    assert front.lamps == {"A": "off", "B": "dip"}
    front.press("B")
    assert front.lamps == {"A": "off", "B": "blink"}


@pytest.mark.parametrize("paper", ["ok", "near", "unknown"])
def test_a_printer_that_does_not_say_that_it_cannot_is_tried(paper):
    front = stocked()
    front.paper(paper)
    assert front.machine.ready
    assert len(front.press("A")) == 1


@pytest.mark.parametrize("paper", ["ok", "near", "out", "cover", "offline", "unknown"])
def test_the_status_says_what_the_printer_said(paper):
    front = stocked()
    front.paper(paper)
    assert front.machine.detail["paper"] == paper
    assert front.machine.ready == (paper in {"ok", "near", "unknown"})


def test_a_closed_centre_gives_no_ticket_but_the_kiosk_is_ready():
    front = stocked()
    front.hear(open=False)
    assert front.lamps == {"A": "off", "B": "off"}
    assert front.press("A") == []
    assert front.machine.ready


def test_a_service_that_the_hub_does_not_offer_is_dark():
    front = working()
    front.offer(offers("B"))
    assert front.lamps == {"A": "off", "B": "on"}
    assert front.press("A") == []


def test_a_service_that_gives_no_number_now_is_dark_and_asks_for_none():
    front = working()
    front.offer(offers(gives="B"))
    assert front.lamps == {"A": "off", "B": "on"}
    assert front.press("A") == []
    assert front.lamps == {"A": "flicker", "B": "on"}
    front.wait(SORRY)
    assert front.lamps == {"A": "off", "B": "on"}
    front.offer(offers())
    assert len(front.press("A")) == 1


def test_without_a_beat_for_five_seconds_no_press_counts():
    front = working()
    front.wait(5, beating=False)
    assert front.lamps["A"] == "on"
    front.turn(after=0.1)
    assert (front.lamps["A"], front.machine.ready) == ("off", False)
    assert front.press("A") == []
    front.turn(front.beat_now())
    assert front.lamps["B"] == "on"


def test_without_a_link_no_press_counts():
    front = working()
    front.cut()
    assert (front.lamps["A"], front.machine.ready) == ("off", False)
    assert front.press("A") == []


def test_it_asks_for_a_turn_when_a_lamp_has_been_sorry_long_enough():
    front = working()
    front.paper("out")
    front.press("A")
    assert front.machine.deadline() == front.now + SORRY
    front.turn(after=SORRY)
    assert front.machine.deadline() is None


# -- anything on any topic --------------------------------------------------------------------------------------

MESSAGES = [
    Beat(log="k3f9", seq=2, at=NOON, clock="synced"),
    offers(),
    Reply(re="id-2", to="issue", status="ok", data=issued("A001")),
    Reply(re="id-2", to="issue", status="rejected", reason="day-closed", message=Words(vi="Không.", en="No.")),
    Reply(re="id-3", to="printed", status="ok", data={"ticket": "A001"}),
]
TOPIC = st.sampled_from([TOPICS.beat, TOPICS.state("services"), TOPICS.reply(DEVICE), "elsewhere"])


@given(st.lists(st.tuples(TOPIC, spoiled(MESSAGES)), max_size=6))
def test_whatever_comes_it_goes_on(messages):
    front = working()
    front.press("A")
    for topic, payload in messages:
        front.turn(Arrived(topic, payload), after=0.01)
    front.turn(Printed("A001", None))
    front.wait(PATIENCE + SORRY)
    front.connect()
    assert front.press("B")[0][1]["service"] == "B"
