"""Fifteen rounds of three hands on one counter; `make hands` has five hundred."""

import re
import subprocess
import sys
from pathlib import Path

from tests.whole.hands_judge import UNSAID, Press, skipped, twice, wrong

ROUNDS = 15


def test_two_browsers_and_a_keypad_at_the_same_instant_call_one_person():
    done = subprocess.run(
        [sys.executable, "-m", "tests.whole.hands", "--rounds", str(ROUNDS)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    figures = done.stdout.splitlines()[-1]
    found = re.search(rf"^{ROUNDS} rounds, {3 * ROUNDS} fingers: (\d+) presses sent, .* (\d+) calls", figures)
    assert found, figures
    sent, calls = map(int, found.groups())
    # Of three hands at least two are quick enough to meet at the hub, or nothing was tried.
    assert sent >= calls + ROUNDS // 3, figures
    assert calls >= ROUNDS // 2, figures
    assert "skipped 0, twice 0" in figures


# -- the judge sees what is wrong -------------------------------------------------------------------------------

WAITING = ["A001", "A002", "A003", "A004"]


def pressed(after: str | None, *answers: str) -> list[Press]:
    """Presses of one round; an answer that is a number is an `ok` that names it."""
    return [
        Press(1, "cb-01", after, "ok", each) if each.startswith("A") else Press(1, "cb-01", after, each)
        for each in answers
    ]


ROUND_1 = pressed(None, "A001", "stale", "stale")


def test_one_call_for_all_who_send_the_same_person_away_is_right():
    assert wrong(WAITING, ["A001"], ROUND_1) == []
    assert wrong(WAITING, ["A001", "A002"], [*ROUND_1, *pressed("A001", "stale", "A002", "too-old")]) == []


def test_a_press_that_was_not_answered_may_have_called():
    assert wrong(WAITING, ["A001"], pressed(None, "", "stale", "")) == []
    assert wrong(WAITING, [], pressed(None, "", "", "too-old")) == []


def test_a_second_press_that_calls_one_more_is_wrong():
    complaints = wrong(WAITING, ["A001", "A002"], pressed(None, "A001", "A002", "stale"))
    assert any("2 presses were told that they called" in each for each in complaints)
    assert any("A001 was sent away, and nobody asked" in each for each in complaints)


def test_somebody_left_out_and_somebody_called_again_are_wrong():
    assert (skipped(WAITING, ["A001", "A003"]), skipped(WAITING, ["A001", "A002"])) == (["A002"], [])
    assert skipped(WAITING, ["A002", "A001"]) != []
    assert (twice(["A001", "A002", "A001"]), twice(WAITING)) == (["A001"], [])
    presses = [*ROUND_1, *pressed("A001", "A003", "stale")]
    assert any("A002 was skipped" in each for each in wrong(WAITING, ["A001", "A003"], presses))
    presses = [*ROUND_1, *pressed("A001", "A001")]
    assert any("A001 was called twice" in each for each in wrong(WAITING, ["A001", "A001"], presses))


def test_an_answer_that_is_not_true_is_wrong():
    assert any("were told of" in each for each in wrong(WAITING, [], pressed(None, "A001")))
    assert any("was told of ['A002']" in each for each in wrong(WAITING, ["A001"], pressed(None, "A002")))
    assert any("nobody was told" in each for each in wrong(WAITING, ["A001"], pressed(None, "stale", "stale")))
    assert any("['disk-full']" in each for each in wrong(WAITING, ["A001"], [*ROUND_1, *pressed(None, "disk-full")]))
    assert any("does not say" in each for each in wrong(WAITING, ["A001"], pressed(UNSAID, "A001")))
