"""One call unit under a finger, with the hub's words given by hand."""

import pytest

from counter_terminal.machine import Lamp, Pressed
from moiso.wire.codec import encode
from moiso.wire.ports import Arrived, LinkUp
from tests.counter_terminal.unit_world import DEVICE, NOON, TOPICS, Unit, counter_state, reached


def test_it_listens_to_its_own_topics_only():
    root = "moiso/1/an-binh/"
    assert set(Unit().machine.subscriptions) == {root + "reply/counter-3", root + "state/counter/3", root + "beat"}


def test_next_says_what_its_clerk_sees_and_when_in_the_hubs_time():
    unit = reached("A001")
    assert unit.press(after=1.5) == [
        ("next", {"id": "press-1", "at": "2026-11-23T12:00:01.500+07:00", "after": "A001"})
    ]


def test_an_empty_counter_is_seen_as_empty():
    unit = reached(None)
    assert unit.press()[0][1]["after"] is None


def test_next_does_not_claim_to_see_a_counter_it_was_never_told_of():
    unit = Unit()
    unit.connect()
    unit.beat()
    assert "after" not in unit.press()[0][1]


def test_a_counter_that_the_hub_forgot_is_not_known_any_more():
    unit = reached("A001")
    unit.turn(Arrived(TOPICS.counter(3), b"", retained=True))
    assert "after" not in unit.press()[0][1]
    assert unit.complaints == []


def test_recall_carries_an_id_and_a_time():
    assert reached().press("recall") == [("recall", {"id": "press-1", "at": "2026-11-23T12:00:00.000+07:00"})]


def test_no_show_says_who_did_not_come():
    command, payload = reached("A001").press("no-show")[0]
    assert (command, payload["after"]) == ("no-show", "A001")


# -- the lamp ---------------------------------------------------------------------------------------------------


def test_the_lamp_is_dark_until_the_program_works_and_blinks_until_the_hub_beats():
    unit = Unit()
    assert unit.lamp is Lamp.DARK
    unit.turn()
    assert unit.lamp is Lamp.BLINKING
    unit.connect()
    unit.state("A001", 1)
    assert (unit.lamp, unit.machine.ready) == (Lamp.BLINKING, False)
    unit.beat()
    assert (unit.lamp, unit.machine.ready) == (Lamp.STEADY, True)


def test_the_lamp_blinks_without_a_link_and_is_steady_with_it_again():
    unit = reached()
    unit.cut()
    assert (unit.lamp, unit.machine.ready) == (Lamp.BLINKING, False)
    unit.connect()
    assert unit.lamp is Lamp.STEADY


def test_five_seconds_without_a_beat_are_the_end_of_the_hub():
    unit = reached()
    unit.turn(after=4.9)
    assert unit.lamp is Lamp.STEADY
    unit.turn(after=0.2)
    assert (unit.lamp, unit.machine.ready) == (Lamp.BLINKING, False)
    unit.beat()
    assert unit.lamp is Lamp.STEADY


def test_the_lamp_blinks_until_the_press_is_answered():
    unit = reached()
    unit.press()
    assert unit.lamp is Lamp.BLINKING
    unit.reply("ok", "A002", 3)
    assert unit.lamp is Lamp.STEADY


def test_a_refused_press_shows_for_a_second():
    unit = reached()
    unit.press("recall")
    unit.reply("rejected", "A001", 1, reason="already-serving")
    assert unit.lamp is Lamp.FAST
    assert unit.machine.deadline() == unit.now + 1.0
    unit.turn(after=1.0)
    assert unit.lamp is Lamp.STEADY


def test_nobody_waits_shows_as_a_press_that_called_nobody():
    unit = reached()
    unit.press()
    unit.reply("ok", None, 2)
    assert unit.lamp is Lamp.FAST


def test_a_no_show_that_leaves_the_counter_empty_is_done():
    unit = reached()
    unit.press("no-show")
    unit.reply("ok", None, 2)
    assert unit.lamp is Lamp.STEADY


# -- repeated, then given up ------------------------------------------------------------------------------------


def test_a_press_is_repeated_under_its_id_and_its_first_time():
    unit = reached()
    first = unit.press()
    assert unit.turn(after=0.4) == []
    assert unit.machine.deadline() == pytest.approx(unit.now + 0.1)
    assert unit.turn(after=0.1) == first
    assert unit.turn(after=1.0) == first


def test_a_link_that_comes_back_carries_the_press_at_once():
    unit = reached()
    unit.cut()
    first = unit.press()
    unit.turn(after=0.55)
    assert unit.turn(LinkUp(DEVICE), after=0.1) == first


def test_nobody_answers_for_two_seconds_and_the_lamp_says_so_until_the_next_press():
    unit = reached()
    unit.press()
    unit.beat(after=1.9)
    assert unit.lamp is Lamp.BLINKING
    assert unit.turn(after=0.1) == []
    assert unit.lamp is Lamp.FAST
    for _ in range(30):
        unit.beat(after=2.0)
    assert unit.lamp is Lamp.FAST
    assert unit.press()[0][1]["id"] == "press-2"
    unit.reply("ok", "A002", 3)
    assert unit.lamp is Lamp.STEADY


def test_a_press_lost_while_the_hub_was_away_is_not_forgotten_when_it_returns():
    unit = reached()
    unit.cut()
    unit.press(after=1.0)
    unit.turn(after=9.0)
    assert unit.lamp is Lamp.BLINKING
    unit.connect()
    unit.beat()
    assert unit.lamp is Lamp.FAST


def test_a_given_up_press_that_counted_after_all_is_told_by_the_counter():
    unit = reached("A001")
    unit.press()
    unit.beat(after=2.0)
    assert unit.lamp is Lamp.FAST
    unit.state("A002", 3)
    assert unit.lamp is Lamp.STEADY


def test_a_press_whose_answer_is_lost_but_whose_effect_is_seen_does_not_ask_for_another():
    unit = reached("A001")
    unit.press()
    unit.state("A002", 3, after=0.1)
    assert unit.lamp is Lamp.BLINKING
    unit.beat(after=2.0)
    assert unit.lamp is Lamp.STEADY


def test_a_press_before_the_hub_was_ever_heard_is_not_sent_late():
    unit = Unit()
    unit.connect()
    assert unit.press() == []
    unit.beat()
    assert (unit.lamp, unit.sent) == (Lamp.FAST, [])


# -- the counter changes by itself ------------------------------------------------------------------------------


def test_somebody_put_back_by_an_undo_from_a_page_is_shown_a_glance_before_any_press_counts():
    unit = reached("A001")
    unit.state("A002", 3, after=30.0, since=unit.hub_time(-30))
    unit.beat(at=unit.hub_time(), after=0.0)
    unit.state("A001", 4, after=5.0)
    assert unit.lamp is Lamp.STEADY
    assert unit.press(after=0.5) == []
    assert unit.press(after=0.3)[0][1]["after"] == "A001"


def test_whoever_an_undo_puts_back_was_not_called_by_a_press_that_nobody_answered():
    unit = reached("A001")
    unit.state("A002", 3, after=3.0, since=unit.hub_time(-3))
    unit.press(after=2.0)
    unit.beat(at=unit.hub_time(-2), after=2.0)
    assert unit.lamp is Lamp.FAST
    unit.state("A001", 4)
    assert unit.lamp is Lamp.FAST
    unit.state("A003", 5, after=1.0, since=unit.hub_time(-1))
    assert unit.lamp is Lamp.STEADY


@pytest.mark.parametrize("why", [{"held": ["A001"]}, {"idle": False}], ids=["suspended", "recalled too often"])
def test_a_counter_that_a_rule_emptied_does_not_say_that_next_was_carried_out(why):
    unit = reached("A001")
    unit.press()
    unit.beat(after=2.0)
    unit.state(None, 3, **why)
    assert unit.lamp is Lamp.FAST
    assert unit.press(after=1.0)[0][1]["after"] is None
    unit.reply("ok", "A002", 4)
    assert unit.lamp is Lamp.STEADY


@pytest.mark.parametrize("button", ["no-show", "recall"])
def test_a_rule_that_took_away_whom_a_press_was_about_ends_its_flicker(button):
    unit = reached("A001")
    unit.press(button)
    unit.beat(after=2.0)
    assert unit.lamp is Lamp.FAST
    unit.state(None, 3)
    assert unit.lamp is Lamp.STEADY


def test_a_counter_emptied_by_a_rule_is_true_and_ready_for_the_next():
    unit = reached("A001")
    unit.state(None, 3, after=60.0, held=["A001"], undo_until=NOON, on_duty="Lan")
    unit.beat()
    assert unit.lamp is Lamp.STEADY
    assert unit.press()[0][1]["after"] is None


def test_a_press_that_crossed_with_a_rule_learns_that_nobody_stands_there_any_more():
    unit = reached("A001")
    unit.press("no-show")
    unit.state(None, 3)
    unit.reply("rejected", None, 3, reason="stale")
    assert unit.lamp is Lamp.FAST
    assert unit.press(after=1.0)[0][1]["after"] is None


# -- nervous fingers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["next", "no-show", "recall"])
def test_a_press_while_one_is_unanswered_is_the_same_press(second):
    unit = reached()
    assert len(unit.press("next")) == 1
    assert unit.press(second, after=0.3) == []
    unit.reply("ok", "A002", 3)
    assert unit.lamp is Lamp.STEADY


@pytest.mark.parametrize("second", ["next", "no-show", "recall"])
def test_the_tail_of_a_double_tap_does_not_hit_whoever_was_just_called(second):
    unit = reached()
    unit.press("next")
    unit.reply("ok", "A002", 3)
    assert unit.press(second, after=0.69) == []
    assert unit.lamp is Lamp.FAST
    assert len(unit.press(second, after=0.02)) == 1


def test_a_press_in_the_moment_a_colleague_called_is_not_meant_for_that_visitor():
    unit = reached("A001")
    unit.state("A002", 3, after=5.0)
    assert unit.press(after=0.5) == []
    assert unit.press(after=0.3)[0][1]["after"] == "A002"


def test_two_presses_in_one_turn_are_one():
    unit = reached()
    press = Pressed("next", DEVICE)
    assert len(unit.turn(press, press)) == 1


# -- what the hub knows better ----------------------------------------------------------------------------------


def test_a_stale_press_learns_how_the_counter_stands():
    unit = reached("A001")
    unit.press()
    unit.reply("rejected", "A007", 9, reason="stale")
    assert unit.lamp is Lamp.FAST
    assert unit.press(after=1.0)[0][1]["after"] == "A007"


def test_an_older_state_that_comes_late_is_not_believed():
    unit = reached("A001")
    unit.state("A002", 5)
    unit.state("A001", 4)
    assert unit.press(after=1.0)[0][1]["after"] == "A002"


def test_another_log_is_believed_from_its_beginning():
    unit = reached("A001")
    unit.state("A002", 50)
    unit.state(None, 1, log="new1")
    assert unit.press(after=1.0)[0][1]["after"] is None


def test_somebody_elses_answer_settles_nothing():
    unit = reached()
    unit.press()
    unit.turn(Arrived(TOPICS.reply(DEVICE), b'{"re": "other", "to": "next", "status": "ok"}'))
    assert unit.lamp is Lamp.BLINKING


# -- nonsense ---------------------------------------------------------------------------------------------------

NONSENSE = [
    (TOPICS.beat, b"\xff\x00"),
    (TOPICS.beat, b"null"),
    (TOPICS.beat, b'{"log": "k", "seq": 1, "at": "soon", "clock": "free"}'),
    (TOPICS.beat, b'{"log": "k", "seq": 1, "at": "2026-11-23T12:00:00", "clock": "free"}'),
    (TOPICS.counter(3), b"[[[[" * 30000),
    (TOPICS.counter(3), b'{"ticket": 7}'),
    (TOPICS.counter(3), encode(counter_state("A009", 9, since="just now"))),
]


@pytest.mark.parametrize(("topic", "payload"), NONSENSE, ids=lambda value: str(value)[:40])
def test_nonsense_is_named_and_changes_nothing(topic, payload):
    unit = reached("A001")
    unit.turn(Arrived(topic, payload))
    assert [complaint.topic for complaint in unit.complaints] == [topic]
    assert unit.complaints[0].text
    assert unit.lamp is Lamp.STEADY
    assert unit.press()[0][1] == {"id": "press-1", "at": "2026-11-23T12:00:00.000+07:00", "after": "A001"}


def test_a_refusal_with_broken_data_is_a_refusal_all_the_same():
    unit = reached()
    unit.press()
    payload = b'{"re": "press-1", "to": "next", "status": "rejected", "data": {"ticket": 5}}'
    unit.turn(Arrived(TOPICS.reply(DEVICE), payload))
    assert (unit.lamp, len(unit.complaints)) == (Lamp.FAST, 1)


def test_the_hubs_clock_may_differ_by_years():
    unit = reached()
    unit.beat(at="2019-02-03T04:05:06+07:00")
    assert unit.press(after=0.25)[0][1]["at"] == "2019-02-03T04:05:06.250+07:00"
    assert unit.sent[-1][1]["at"] < NOON
