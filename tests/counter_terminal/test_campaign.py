"""Some seconds of the campaign on a bad line; `make line` runs ten minutes of it.

Its times are judged there, on a machine that does nothing else, and under virtual time in test_ten_minutes.
"""

from math import inf

from counter_terminal.exchange import Face
from counter_terminal.fake_unit import LOST, Key
from counter_terminal.machine import Lamp
from tests.counter_terminal.line_campaign import Campaign
from tests.counter_terminal.line_judge import Command, Eye, Seen, explained, unaccounted, unasked


def test_keys_lamps_and_signs_on_a_bad_line(make_broker, tmp_path):
    report = Campaign(tmp_path, make_broker, seed=3, within=inf).run(6.0, 20, lambda _: None)
    assert report.happened.total() >= 1
    assert all(report.acked.values())
    assert report.commands
    for counter, keys in report.pressed.items():
        acted = [command.name for command in report.commands if command.counter == counter]
        assert explained([key.name for key in keys], acted), (keys, acted)


# -- the judge sees what is wrong -------------------------------------------------------------------------------

STEADY = Face(Lamp.STEADY, "A001")


def looked(*looks: tuple[float, Face, str, float | None], noisy: bool = False) -> Seen:
    seen = Seen(1.0)
    eye = Eye(11, seen)
    for now, face, wanted, since in looks:
        eye.look(face, wanted, since, now, rustling=noisy, stalled=False)
    return seen


def test_a_return_is_timed_and_a_slow_one_is_wrong():
    seen = looked((5.0, LOST, "A001", None), (6.0, LOST, "A001", 6.0), (6.4, STEADY, "A001", 6.0))
    assert ([round(took, 3) for took in seen.quiet], seen.wrong) == ([0.4], [])
    assert len(looked((6.0, LOST, "A001", 6.0), (7.2, STEADY, "A001", 6.0)).wrong) == 1
    assert looked((6.0, LOST, "A001", 6.0), (7.2, STEADY, "A001", 6.0), noisy=True).wrong == []


def test_a_unit_that_never_comes_true_or_goes_on_with_an_old_number_is_wrong():
    assert len(looked((6.0, LOST, "A001", 6.0), (9.0, LOST, "A001", None)).wrong) == 1
    old = [(6.0 + n / 10, STEADY, "A002", 6.0) for n in range(1, 15)]
    assert len(looked((6.0, STEADY, "A001", 6.0), *old).wrong) == 1
    assert looked((6.0, STEADY, "A001", 6.0), *old[:9]).wrong == []


def test_commands_that_follow_the_presses_are_explained():
    pressed = ["next", "recall", "next", "next"]
    assert explained(pressed, ["next", "next"])
    assert explained(pressed, pressed)
    assert not explained(pressed, ["recall", "recall"])
    assert not explained(pressed, ["recall", "next", "recall"])
    assert not explained(["next"], ["next", "next"])


def test_keys_and_commands_are_held_against_each_other():
    key, command = Key(1, 1, "next", 10.0), Command(1, "next", 10.02, 10.1)
    assert unaccounted({1: [key]}, [command]) == []
    assert len(unaccounted({1: [key]}, [])) == 1
    assert len(unaccounted({1: [key]}, [command, command])) == 1
    assert len(unaccounted({2: [key]}, [command])) == 1
    assert unasked({1: [key]}, [command]) == []
    assert len(unasked({1: [Key(1, 1, "recall", 10.0)]}, [command])) == 1
    assert len(unasked({1: [Key(1, 1, "next", 9.0)]}, [command])) == 1
