"""A dead program of `moiso up` is back within a second, for ever; the time is ours, the processes are real."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from centre.children import LONG_PAUSE, NEXT_PAUSE, PAUSE, SAME_TROUBLE, Child
from centre.up import LOOK
from moiso.runtime.program import EX_CONFIG
from tests.whole.centre import until
from tests.whole.talk import PATIENCE

SLEEPS = "import time; time.sleep(600)"
CANNOT_RUN = f"raise SystemExit({EX_CONFIG})"


@pytest.fixture
def make(tmp_path: Path) -> Iterator:
    made = []

    def child(program: str) -> Child:
        made.append(Child("program", [sys.executable, "-I", "-S", "-c", program], tmp_path / "notify"))
        return made[-1]

    yield child
    for each in made:
        each.end()
        each.reap(0.0)


def dies(child: Child, at: float, by: signal.Signals | None = signal.SIGKILL) -> None:
    """It ends, and is seen to have ended at this moment."""
    if by is not None:
        child._process.send_signal(by)

    def buried() -> bool:
        child.look(at)
        return child.pid is None

    until(buried, PATIENCE, "it does not die")


def back_after(child: Child, died: float) -> float:
    """Seconds from the death to the look at which it is started again."""
    looks = 0
    while child.pid is None:
        looks += 1
        child.look(died + looks * LOOK)
    return looks * LOOK


def test_who_dies_is_back_within_a_second_every_time(make):
    child, now = make(SLEEPS), 100.0
    child.look(now)
    for _ in range(3):
        first = child.pid
        now += 2.0
        dies(child, now)
        assert 0.0 < back_after(child, now) <= 1.0
        assert child.pid not in {None, first}


def test_who_keeps_dying_gets_a_longer_pause_until_it_has_been_well_for_a_while(make):
    child = make(SLEEPS)
    pauses = []
    for died in (100.0, 101.0 + SAME_TROUBLE, 102.0 + SAME_TROUBLE, 103.0 + 2 * SAME_TROUBLE):
        child.look(died - 0.5)
        dies(child, died)
        pauses.append(back_after(child, died))
    assert pauses == pytest.approx([PAUSE, PAUSE, NEXT_PAUSE, PAUSE], abs=LOOK)


def test_who_says_that_it_cannot_run_is_asked_again_after_a_while(make):
    child = make(CANNOT_RUN)
    child.look(100.0)
    dies(child, 100.0, by=None)
    assert child.unusable
    assert back_after(child, 100.0) == pytest.approx(LONG_PAUSE, abs=LOOK)
