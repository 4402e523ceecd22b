"""The loop of a program, in the test's own main thread, ended as systemd ends it."""

import os
import signal
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from moiso.runtime import loop, systemd
from moiso.runtime.inbox import Inbox, Stop
from tests.conftest import PATIENCE
from tests.moiso.runtime.ear import Ear


@pytest.fixture(autouse=True)
def _signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Slept(Inbox):
    """Remembers how long the loop meant to sleep, each time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[float] = []

    def drain(self, timeout: float, most: int = 500) -> list[object]:
        self.asked.append(timeout)
        return super().drain(timeout, most)


@pytest.fixture
def inbox():
    return Slept()


def after(seconds: float, what, *arguments) -> None:
    threading.Timer(seconds, what, arguments).start()


def run(inbox: Inbox, handle: Callable[[list[object], float], float | None]) -> None:
    """The loop to its end; a test in which it does not end fails."""
    late = threading.Event()

    def rescue() -> None:
        late.set()
        inbox.put(Stop())

    timer = threading.Timer(PATIENCE, rescue)
    timer.start()
    loop.run(inbox, handle)
    timer.cancel()
    assert not late.is_set(), "nothing ended it"


def test_items_of_any_thread_arrive_in_order(inbox):
    seen: list[object] = []

    def handle(items, _now):
        seen.extend(items)
        if len(seen) == 1500:
            inbox.put(Stop())

    after(0.05, lambda: [inbox.put(n) for n in range(1500)])
    run(inbox, handle)
    assert seen == list(range(1500))


def test_a_burst_comes_in_batches_of_at_most_500(inbox):
    batches: list[int] = []

    def handle(items, _now):
        batches.append(len(items))
        if sum(batches) == 1200:
            inbox.put(Stop())

    for n in range(1200):
        inbox.put(n)
    run(inbox, handle)
    assert [size for size in batches if size] == [500, 500, 200]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_although_it_sleeps(inbox, number, monkeypatch):
    monkeypatch.setattr(loop, "LONGEST_SLEEP", 10 * PATIENCE)
    inbox.put("begin")  # whoever signals before the loop listens ends this whole process

    def handle(items, _now):
        if items:
            after(0.2, os.kill, os.getpid(), number)

    run(inbox, handle)


def test_it_comes_back_when_it_was_asked_to(inbox, monkeypatch):
    monkeypatch.setattr(loop, "LONGEST_SLEEP", 10 * PATIENCE)
    turns: list[float] = []

    def handle(_items, now):
        turns.append(now)
        if len(turns) == 5:
            inbox.put(Stop())
        return now + 0.1

    run(inbox, handle)
    assert all(late - early >= 0.095 for early, late in pairwise(turns))
    assert max(inbox.asked) <= 0.1


@pytest.mark.parametrize("wanted", [None, 60.0])
def test_nobody_waits_longer_than_a_second_for_a_turn(inbox, wanted):
    turns: list[float] = []

    def handle(_items, now):
        turns.append(now)
        if len(turns) == 2:
            inbox.put(Stop())
        return None if wanted is None else now + wanted

    run(inbox, handle)
    assert inbox.asked[1:] == [1.0, 1.0]
    assert turns[1] - turns[0] >= 0.95


def test_a_moment_that_is_over_already_does_not_stop_the_loop(inbox):
    turns = 0

    def handle(_items, now):
        nonlocal turns
        turns += 1
        if turns == 3:
            inbox.put(Stop())
        return now - 60

    run(inbox, handle)
    assert turns == 3


def test_the_watchdog_hears_of_a_loop_that_works_and_nothing_of_one_that_hangs(inbox, tmp_path, monkeypatch):
    ear = Ear(str(tmp_path / "notify"))
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "200000")

    def handle(_items, now):
        pings = ear.words().count("WATCHDOG=1")
        if pings >= 3 and "STATUS=hangs" not in ear.words():
            systemd.notify("STATUS=hangs")
            time.sleep(0.7)
            systemd.notify("STATUS=works")
            assert ear.wait_for("STATUS=works")
        if pings >= 6:
            inbox.put(Stop())
        return now + 0.05

    run(inbox, handle)
    ear.close()
    words = ear.words()
    hung = words.index("STATUS=hangs")
    assert words[hung + 1] == "STATUS=works"
    assert set(words) == {"WATCHDOG=1", "STATUS=hangs", "STATUS=works"}
