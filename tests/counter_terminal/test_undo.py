"""Undo at a call unit, keys with an age, and what the sign above the counter shows."""

import pytest

from counter_terminal.machine import Attached, Contact, Lamp, Pressed
from counter_terminal.sign import EMPTY, OFF, UNKNOWN
from tests.counter_terminal.unit_world import DEVICE, Unit, reached


def hold(unit: Unit, seconds: float) -> list[str]:
    """The commands of a finger on the recall button for so long."""
    names = [name for name, _ in unit.turn(Contact(True, unit.now, DEVICE))]
    names += [name for name, _ in unit.turn(after=seconds)]
    names += [name for name, _ in unit.turn(Contact(False, unit.now, DEVICE))]
    return names + [name for name, _ in unit.turn(after=0.06)]


def test_recall_is_sent_when_the_finger_leaves():
    unit = reached()
    assert unit.turn(Contact(True, unit.now, DEVICE), after=1.0) == []
    assert hold(reached(), 0.2) == ["recall"]


def test_held_for_two_seconds_it_is_undo_and_never_a_recall_before():
    unit = reached()
    unit.turn(Contact(True, unit.now, DEVICE))
    assert unit.machine.deadline() == unit.now + 2.0
    assert unit.turn(after=2.0) == [("undo", {"id": "press-1", "at": "2026-11-23T12:00:02.000+07:00"})]
    unit.reply("ok", "A001", 2)
    assert unit.turn(Contact(False, unit.now + 1, DEVICE), after=1.5) == []


def test_the_lamp_confirms_an_undo_for_two_seconds():
    unit = reached("A002")
    unit.press("undo")
    unit.reply("ok", "A001", 3)
    assert unit.lamp is Lamp.UNDONE
    assert unit.machine.deadline() == unit.now + 2.0
    unit.beat(after=2.0)
    assert unit.lamp is Lamp.STEADY


def test_an_undo_that_came_too_late_is_a_press_in_vain():
    unit = reached()
    unit.press("undo")
    unit.reply("rejected", "A001", 1, reason="undo-too-late")
    assert unit.lamp is Lamp.FAST


def test_the_next_press_ends_the_confirmation():
    unit = reached("A002")
    unit.press("undo")
    unit.reply("ok", "A001", 3)
    unit.press(after=1.0)
    unit.reply("ok", "A002", 4)
    assert unit.lamp is Lamp.STEADY


def test_an_undo_pressed_before_the_press_it_is_for_was_answered_is_said_to_have_done_nothing():
    unit = reached()
    unit.press()
    assert unit.press("undo", after=0.1) == []
    unit.reply("ok", "A002", 3)
    assert unit.lamp is Lamp.FAST
    assert unit.press("undo", after=1.0)[0][0] == "undo"


def test_an_undo_that_nobody_answered_but_that_put_somebody_back_is_done():
    unit = reached("A002")
    unit.press("undo")
    unit.beat(after=2.0)
    assert unit.lamp is Lamp.FAST
    unit.state("A001", 4)
    assert unit.lamp is Lamp.STEADY


@pytest.mark.parametrize(("button", "lamp"), [("start", Lamp.STEADY), ("no-show", Lamp.FAST)])
def test_somebody_who_is_served_now_is_what_start_was_for_and_nothing_else(button, lamp):
    unit = reached()
    unit.press(button)
    unit.beat(after=2.0)
    unit.state("A001", 4, state="open", phase="serving")
    assert unit.lamp is lamp


# -- keys that come late ----------------------------------------------------------------------------------------


def test_a_key_counts_from_the_moment_of_the_finger():
    unit = reached()
    [(_, payload)] = unit.turn(Pressed("next", DEVICE, age=1.5), after=10.0)
    assert payload["at"] == "2026-11-23T12:00:08.500+07:00"
    assert unit.turn(after=0.4) == []
    unit.beat(after=0.2)
    assert unit.lamp is Lamp.FAST


def test_a_key_that_the_line_kept_for_two_seconds_is_not_carried_out_and_the_lamp_says_so():
    unit = reached()
    assert unit.turn(Pressed("next", DEVICE, age=2.0), after=10.0) == []
    unit.beat()
    assert unit.lamp is Lamp.FAST


def test_a_key_older_than_the_person_it_would_send_away_is_not_meant_for_that_person():
    unit = reached("A001")
    unit.state("A002", 3, after=5.0)
    assert unit.turn(Pressed("next", DEVICE, age=0.5), after=1.0) == []
    assert unit.turn(Pressed("next", DEVICE, age=0.5), after=1.0)[0][1]["after"] == "A002"


# -- the sign ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "ticket", "sign"),
    [("open", "A012", "A012"), ("open", None, EMPTY), ("paused", None, OFF), ("closed", None, OFF)],
)
def test_the_sign_shows_who_stands_there(state, ticket, sign):
    unit = reached()
    unit.state(ticket, 3, state=state)
    assert unit.sign == sign


def test_the_sign_knows_nothing_until_the_hub_speaks_and_nothing_old_when_it_is_silent():
    unit = Unit()
    unit.turn()
    assert unit.sign == UNKNOWN
    unit.connect()
    unit.state("A001", 1)
    assert unit.sign == UNKNOWN
    unit.beat()
    assert unit.sign == "A001"
    unit.turn(after=4.9)
    assert unit.sign == "A001"
    unit.turn(after=0.2)
    assert unit.sign == UNKNOWN
    unit.beat()
    assert unit.sign == "A001"


def test_a_short_cut_of_the_network_does_not_make_the_sign_blink():
    unit = reached("A001")
    unit.cut()
    assert (unit.lamp, unit.sign) == (Lamp.BLINKING, "A001")


def test_the_sign_follows_an_answer_before_the_state_comes():
    unit = reached("A001")
    unit.press()
    unit.reply("ok", "A002", 3)
    assert unit.sign == "A002"


# -- what hangs on a line ---------------------------------------------------------------------------------------


def test_without_its_keypad_a_unit_is_not_ready_and_without_its_sign_it_is():
    unit = reached()
    unit.turn(Attached("keypad", "absent", False, DEVICE), Attached("sign", "ready", True, DEVICE))
    assert unit.machine.ready is False
    assert unit.machine.detail == {"counter": 3, "keypad": "absent", "sign": "ready"}
    unit.turn(Attached("keypad", "ready", True, DEVICE), Attached("sign", "absent", False, DEVICE))
    assert unit.machine.ready is True
    assert (unit.machine.detail["keypad"], unit.machine.detail["sign"]) == ("ready", "absent")
