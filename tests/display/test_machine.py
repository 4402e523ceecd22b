"""The wall's machine: what it speaks, once and in order; what it shows, and how old it says that is."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display import fonts
from display.layout import picture
from display.layout_calls import FLASH_SECONDS, FRESH_SECONDS
from display.machine import FRAME, LISTEN, Listen, Paint
from display.phrases import CHIME
from moiso.texts import catalogue
from moiso.wire.codec import decode
from moiso.wire.messages import Beat, Board, Event, Lunch, Range
from moiso.wire.ports import Arrived, LinkUp
from tests.display.hall import NOON, TOPICS, ZONE, Hall, clock_ahead, cut, running, service
from tests.spoiled import spoiled


def test_it_listens_to_the_board_the_beat_and_four_events():
    root = "moiso/1/an-binh/"
    events = {root + "event/" + kind for kind in ("ticket-called", "ticket-recalled", "action-undone", "clock-set")}
    assert set(Hall().wall.subscriptions) == {root + "state/board", root + "beat", *events}


# -- each call is spoken once -----------------------------------------------------------------------------------


def test_a_live_call_is_spoken_at_once_and_not_again_from_the_board():
    hall = running()
    hall.turn(hall.called("A012", 11, counter=3))
    assert hall.texts == ["Mời công dân có số thứ tự A, không một hai, đến quầy số ba."]
    hall.turn(hall.board(hall.call("A012", 11, 3), seq=11))
    hall.wait(30)
    assert hall.said == ["A012"]
    assert len(hall.texts) == 2  # both readings


def test_a_call_that_comes_doubled_is_spoken_once():
    hall = running()
    call = hall.called("A012", 11)
    hall.turn(call, call)
    hall.wait(30)
    hall.turn(call)
    hall.wait(30)
    assert hall.said == ["A012"]


def test_calls_are_spoken_in_the_order_of_the_log_one_after_the_other():
    hall = running()
    hall.turn(*(hall.called(f"A00{n}", 10 + n, counter=n) for n in (1, 2, 3)))
    hall.wait(60)
    assert hall.said == ["A001", "A002", "A003"]


def test_what_is_spoken_is_what_stands_large():
    hall = running()
    board = hall.board(hall.call("A002", 12, 2), hall.call("A001", 11, 1), seq=12)
    hall.turn(hall.called("A001", 11, 1), hall.called("A002", 12, 2), board)
    assert hall.shown() == ["A001", "A002"]
    hall.wait(12)
    assert hall.said == ["A001", "A002"]
    assert hall.shown() == ["A002", "A001"]


def test_a_recall_is_spoken_as_one():
    hall = running()
    hall.turn(hall.called("A012", 11))
    hall.wait(15)
    hall.turn(hall.recalled("A012", 12), hall.board(hall.call("A012", 12, recall=1), seq=12))
    assert hall.texts[-1] == "Xin nhắc lại, mời công dân có số thứ tự A, không một hai, đến quầy số một."
    hall.wait(30)
    assert hall.said == ["A012", "A012"]
    assert hall.calls()[0].recall


def test_what_stood_on_the_board_at_the_start_is_shown_and_not_spoken():
    hall = Hall()
    hall.turn(LinkUp(), hall.board(hall.call("A002", 9, ago=3), hall.call("A001", 7, ago=60), seq=10), hall.beat(10))
    hall.wait(10)
    assert hall.shown() == ["A002", "A001"]
    assert hall.said == []
    assert hall.unspoken() == set()


def test_an_event_of_before_the_start_is_not_spoken_when_it_goes_out_again():
    hall = running(seq=10)
    hall.turn(hall.called("A001", 9), hall.called("A002", 10))
    assert hall.said == []


def test_a_live_call_before_the_first_board_is_spoken_once():
    hall = Hall()
    hall.turn(LinkUp(), hall.beat())
    hall.turn(hall.called("A001", 11))
    hall.turn(hall.board(hall.call("A001", 11), hall.call("A000", 8), seq=11))
    hall.wait(30)
    assert hall.said == ["A001"]


def test_calls_missed_in_a_short_cut_are_spoken_from_the_board_oldest_first():
    hall = running()
    cut(hall, 4)
    calls = [hall.call("A003", 15, 3, ago=1), hall.call("A002", 13, 2, ago=2), hall.call("A001", 11, 1, ago=3)]
    hall.turn(LinkUp(), hall.board(*calls, seq=15), hall.beat(15))
    hall.wait(60)
    assert hall.said == ["A001", "A002", "A003"]


def test_a_call_lost_in_a_cut_between_two_is_not_forgotten():
    """Two calls of one turn of the hub; the link comes back between their events, before their board."""
    hall = running()
    hall.turn(hall.called("A002", 12, 2))
    hall.turn(hall.board(hall.call("A002", 12, 2), hall.call("A001", 11, 1), seq=12))
    hall.wait(30)
    assert hall.said == ["A002", "A001"]


def test_calls_missed_in_a_long_cut_are_shown_marked_and_not_spoken():
    hall = running()
    cut(hall, 40)
    hall.turn(LinkUp(), hall.beat(15))
    hall.turn(hall.board(hall.call("A002", 13, ago=5), hall.call("A001", 11, ago=31), seq=13))
    hall.wait(30)
    assert hall.said == ["A002"]
    assert hall.unspoken() == {"A001"}


def test_a_call_that_waits_too_long_for_the_voice_is_marked():
    hall = running()
    hall.reading = 40.0
    hall.turn(hall.called("A001", 11), hall.called("A002", 12))
    hall.turn(hall.board(hall.call("A002", 12), hall.call("A001", 11), seq=12))
    hall.wait(29)
    assert hall.unspoken() == set()
    hall.wait(20)
    assert hall.said == ["A001"]
    assert hall.unspoken() == {"A002"}


def test_a_recall_that_is_spoken_takes_the_mark_away():
    hall = running()
    hall.turn(hall.board(hall.call("A001", 11, ago=60), seq=11))
    assert hall.unspoken() == {"A001"}
    hall.turn(hall.recalled("A001", 12), hall.board(hall.call("A001", 12, recall=1), seq=12))
    assert (hall.said, hall.unspoken()) == (["A001"], set())


def test_a_new_log_is_begun_without_speaking_what_it_holds():
    hall = running(seq=500)
    hall.turn(hall.board(hall.call("A001", 3), seq=4, log="n3w0"), hall.beat(4, log="n3w0"))
    assert (hall.said, hall.shown()) == ([], ["A001"])
    hall.turn(hall.called("A002", 5, log="n3w0"))
    assert hall.said == ["A002"]


def test_the_first_live_call_of_a_new_log_is_spoken():
    hall = running(seq=500)
    hall.turn(hall.called("A001", 3, log="n3w0"))
    hall.turn(hall.board(hall.call("A001", 3), seq=3, log="n3w0"))
    hall.wait(30)
    assert hall.said == ["A001"]


def test_after_a_thousand_calls_an_old_one_is_still_no_news():
    hall = running()
    first = hall.called("A001", 11)
    hall.turn(first)
    for seq in range(12, 1012):
        hall.turn(hall.called("A002", seq))
    hall.wait(60)
    hall.said.clear()
    hall.turn(first)
    hall.wait(30)
    assert hall.said == []


# -- clocks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [3600.0, -3600.0, -86400.0 * 30])
def test_a_call_right_after_the_hubs_clock_was_set_is_spoken(jump):
    """Before the next beat: the call's time is the new clock's, the last beat's the old one's."""
    hall = running()
    hall.turn(after=1.0)
    hall.hub += jump
    hall.turn(hall.event("clock-set", 11, shift=jump), hall.called("A001", 12))
    hall.turn(hall.board(hall.call("A001", 12), seq=12))
    hall.wait(10)
    assert (hall.said, hall.unspoken()) == (["A001"], set())


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_ages_outlive_a_clock_that_is_set(jump):
    hall = running()
    hall.turn(hall.called("A001", 11), hall.board(hall.call("A001", 11), seq=11))
    hall.wait(10)
    hall.hub += jump
    hall.turn(hall.event("clock-set", 12, shift=jump), hall.board(hall.call("A001", 11, ago=10), seq=12))
    assert hall.calls()[0].age == pytest.approx(10, abs=0.01)
    assert hall.view().now == datetime.fromtimestamp(hall.hub, ZONE)


def test_a_clock_set_long_ago_that_goes_out_again_changes_nothing():
    hall = running()
    old = hall.event("clock-set", 7, shift=3600.0, ago=7200)
    hall.turn(hall.beat(10))
    hall.turn(old)
    assert hall.view().now == datetime.fromtimestamp(hall.hub, ZONE)


def test_no_age_is_ever_negative():
    hall = running()
    hall.turn(hall.board(hall.call("A001", 11, ago=-500), seq=11))
    assert hall.calls()[0].age == 0


def test_the_walls_own_clock_does_not_matter_once_the_hubs_is_known():
    hall = running()
    hall.turn(hall.board(hall.call("A001", 11, ago=7), seq=11))
    wrong = clock_ahead(86400 * 400)
    assert hall.view(wrong).now == datetime.fromtimestamp(NOON, ZONE)
    assert hall.view(wrong).call.age == pytest.approx(7, abs=0.01)


def test_before_the_first_beat_no_call_looks_new():
    hall = Hall()
    hall.turn(LinkUp(), hall.board(hall.call("A001", 9, ago=5000), seq=10))
    assert hall.calls()[0].age > max(FLASH_SECONDS, FRESH_SECONDS)
    hall.turn(hall.beat(10))
    assert hall.calls()[0].age == pytest.approx(5000, abs=0.01)


# -- a silent hub -----------------------------------------------------------------------------------------------


def test_five_seconds_without_a_beat_show_the_age_of_the_data():
    hall = running()
    hall.turn(after=5.0)
    assert (hall.view().data_age, hall.wall.ready) == (None, True)
    hall.turn(after=0.5)
    assert (hall.view().data_age, hall.wall.ready) == (5.5, False)
    hall.turn(after=60)
    assert hall.view().data_age == 65.5
    hall.turn(hall.beat())
    assert (hall.view().data_age, hall.wall.ready) == (None, True)


def test_what_was_shown_stays_while_the_hub_is_silent():
    hall = running()
    hall.turn(hall.called("A001", 11), hall.board(hall.call("A001", 11), seq=11, notices=["Nghỉ trưa"]))
    cut(hall, 600)
    assert (hall.shown(), list(hall.view().notices)) == (["A001"], ["Nghỉ trưa"])


def test_a_wall_that_never_hears_a_hub_says_so_after_five_seconds():
    hall = Hall()
    hall.turn()
    hall.turn(after=5.0)
    assert hall.view().data_age is None
    hall.turn(after=1.0)
    assert (hall.view().data_age, hall.wall.ready) == (6.0, False)


def test_a_beat_without_a_board_is_not_the_truth_either():
    hall = Hall()
    hall.turn()
    hall.wait(6)
    assert hall.view().data_age == 6.0
    assert not hall.wall.ready
    hall.turn(hall.board(seq=1))
    assert (hall.view().data_age, hall.wall.ready) == (None, True)


def test_a_board_that_outlived_its_hub_is_as_old_as_it_says():
    hall = Hall()
    old = hall.board(hall.call("A001", 9), seq=10)
    hall.wait(1800, beating=False)
    hall.turn(LinkUp(), old)
    assert hall.view().data_age == pytest.approx(1800)


# -- what is shown ----------------------------------------------------------------------------------------------


def test_the_view_is_the_boards():
    hall = running()
    lines = [service("A", 12, Range(low=5, high=10), 2), service("B", 0, None, 0)]
    calls = [hall.call("B002", 11, 2, ago=4), hall.call("A001", 10, 1, ago=9, recall=2)]
    hall.turn(hall.board(*calls, seq=11, services=lines, notices=["Nghỉ trưa"]))
    view = hall.view()
    assert (view.centre, view.call.ticket, view.call.counter) == ("An Bình", "B002", "Quầy 2")
    assert [(call.ticket, call.recall, round(call.age)) for call in view.recent] == [("A001", True, 9)]
    assert [(s.code, s.waiting, s.promise, s.counters_open) for s in view.services] == [
        ("A", 12, (5, 10), 2),
        ("B", 0, None, 0),
    ]
    assert (list(view.notices), view.muted, view.trial) == (["Nghỉ trưa"], False, False)


def test_a_board_that_was_late_on_its_way_does_not_come_back():
    hall = running()
    old = hall.board(hall.call("A001", 11), seq=11)
    hall.turn(hall.board(hall.call("A002", 12), hall.call("A001", 11), seq=12))
    hall.turn(old)
    assert set(hall.shown()) == {"A001", "A002"}


@pytest.mark.parametrize("where", [b'"at":"2026-11-23T12:00:00.000+07:00","day"', b'"at":"2026-11-23T11:59:56.000'])
def test_a_board_without_moments_is_not_shown(where):
    hall = Hall()
    good = hall.board(hall.call("A001", 9, ago=4), seq=10).payload
    assert where in good
    bad = good.replace(where, where.replace(b"11-23T", b"11-31T"))
    hall.turn(LinkUp(), Arrived(TOPICS.state("board"), bad, retained=True))
    hall.wait(6, beating=False)
    assert (hall.shown(), len(hall.complaints)) == ([], 1)


def test_a_board_of_the_same_seq_is_newer():
    """The wait it promises changes by time alone."""
    hall = running()
    hall.turn(hall.board(seq=12, notices=["một"]))
    hall.turn(hall.board(seq=12, notices=["hai"]))
    assert list(hall.view().notices) == ["hai"]


def test_with_volume_0_every_call_is_marked_and_the_wall_says_that_it_is_muted():
    hall = Hall(volume=0)
    hall.turn(LinkUp(), hall.board(seq=10), hall.beat())
    hall.turn(hall.called("A001", 11), hall.board(hall.call("A001", 11), seq=11))
    assert (hall.texts, hall.unspoken(), hall.view().muted) == ([], {"A001"}, True)
    assert hall.wall.detail == {"voice": "ok", "volume": 0}


def test_without_clips_the_chime_sounds_the_call_is_marked_and_the_status_says_why():
    hall = Hall(bank={CHIME})
    hall.turn(LinkUp(), hall.board(seq=10), hall.beat())
    hall.turn(hall.called("A001", 11), hall.board(hall.call("A001", 11), seq=11))
    assert (hall.texts, hall.unspoken(), hall.view().muted) == ([""], {"A001"}, True)
    assert hall.wall.detail == {"voice": "no-clips", "volume": 80}
    assert not hall.wall.ready


def test_a_call_that_the_player_refused_is_marked_and_the_next_is_tried():
    hall = running()
    hall.broken = True
    hall.turn(hall.called("A001", 11), hall.board(hall.call("A001", 11), seq=11))
    assert hall.unspoken() == {"A001"}
    hall.broken = False
    hall.turn(hall.called("A002", 12), hall.board(hall.call("A002", 12), hall.call("A001", 11), seq=12))
    assert (hall.said, hall.unspoken()) == (["A002"], {"A001"})


def test_the_view_says_what_holds_for_the_day_and_for_each_service():
    hall = running()
    lines = [
        service("A", 3, state="suspended", left=4, last_before_lunch=""),
        service("B", 2, None, 0, state="unstaffed", alarm=True, left=0, last_before_lunch="B007"),
    ]
    hall.turn(hall.board(seq=11, services=lines, overtime=True, training=True))
    view = hall.view()
    assert (view.overtime, view.training, view.lunch) == (True, True, None)
    one, other = view.services
    assert (one.suspended, one.alarm, one.left, one.last_before_lunch) == (True, False, 4, None)
    assert (other.suspended, other.alarm, other.left, other.last_before_lunch) == (False, True, 0, "B007")
    hall.turn(hall.board(seq=12))
    assert (hall.view().overtime, hall.view().training) == (False, False)


# -- practice ---------------------------------------------------------------------------------------------------


def practising() -> Hall:
    hall = Hall()
    hall.day = "training-10"
    hall.turn(LinkUp(), hall.board(seq=10, training=True), hall.beat(10))
    return hall


def test_on_a_day_for_practice_the_voice_says_so_before_each_number():
    hall = practising()
    hall.turn(hall.called("A9001", 11))
    hall.wait(12)
    assert len(hall.texts) == 2
    hall.turn(hall.board(hall.call("A9002", 13), seq=13, training=True))
    hall.wait(6)
    hall.turn(hall.undone("A9002", 14, [13]))
    hall.wait(12)
    assert all(text.startswith("Tập huấn. ") for text in hall.texts)
    assert hall.texts[-1] == "Tập huấn. Số A, chín không không hai, vui lòng chờ."


def test_a_real_call_is_never_said_to_be_practice():
    hall = practising()
    hall.day = "2026-11-24"
    hall.turn(hall.called("A001", 20))
    hall.wait(12)
    hall.turn(hall.board(hall.call("A001", 20), seq=20), hall.called("A002", 21))
    assert [text.startswith("Mời công dân") for text in hall.texts] == [True, True, True]


# -- turns ------------------------------------------------------------------------------------------------------


def kinds(outputs) -> set[type]:
    return {type(output) for output in outputs}


def test_it_paints_when_something_came_and_four_times_a_second():
    hall = running()
    assert Paint in kinds(hall.turn(hall.beat()))
    assert Paint not in kinds(hall.turn(after=FRAME - 0.01))
    assert Paint in kinds(hall.turn(after=0.01))
    assert hall.wall.deadline() == hall.now + FRAME


def test_it_asks_the_player_often_while_it_speaks_and_never_otherwise():
    hall = running()
    assert Listen not in kinds(hall.turn())
    assert Listen in kinds(hall.turn(hall.called("A001", 11)))
    assert hall.wall.deadline() == hall.now + LISTEN
    assert Listen in kinds(hall.turn(after=LISTEN))
    hall.wait(20)
    assert Listen not in kinds(hall.turn())


# -- anything on any topic --------------------------------------------------------------------------------------


HALL = Hall()
LUNCH = Lunch(begins=HALL.stamp(-600), ends=HALL.stamp(-7200))
MESSAGES = [
    Beat(log="k3f9", seq=2, at=HALL.stamp(), clock="synced"),
    decode(HALL.board(HALL.call("A001", 11), seq=12, services=[service("A", 1)], notices=["Nghỉ"]).payload, Board),
    decode(HALL.called("A002", 13).payload, Event),
    decode(HALL.event("clock-set", 14, shift=3600.0).payload, Event),
    decode(HALL.undone("A002", 15, [13]).payload, Event),
    decode(HALL.board(seq=16, lunch=LUNCH, services=[service("A", 1, last_before_lunch="A045")]).payload, Board),
]
EVENTS = [TOPICS.event(kind) for kind in ("ticket-called", "action-undone", "clock-set")]
TOPIC = st.sampled_from([TOPICS.beat, TOPICS.state("board"), "elsewhere", *EVENTS])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TOPIC, spoiled(MESSAGES)), max_size=5), st.sampled_from([(1366, 768), (3840, 2160)]))
def test_whatever_comes_it_goes_on_and_can_be_painted(messages, size):
    hall = running()
    for topic, payload in messages:
        hall.turn(Arrived(topic, payload, retained=True), after=0.1)
    assert picture(hall.view(), size, fonts.width, catalogue("vi").text)
    hall.wait(40)
    hall.turn(hall.board(seq=5, log="n3w0"), hall.called("A009", 6, log="n3w0"), hall.beat(6, log="n3w0"))
    assert hall.said[-1] == "A009"
