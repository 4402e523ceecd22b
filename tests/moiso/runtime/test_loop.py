"""The loop of a program, in the test's own main thread, ended as systemd ends it."""

import os
import signal
import threading
import time
from itertools import pairwise

import pytest

from moiso.runtime import loop
from moiso.runtime.inbox import Inbox, Stop
from tests.moiso.runtime.ear import Ear


@pytest.fixture(autouse=True)
def _signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def inbox():
    return Inbox()


def after(seconds: float, what, *arguments) -> None:
    threading.Timer(seconds, what, arguments).start()


def test_items_of_any_thread_arrive_in_order(inbox):
    seen: list[object] = []

    def handle(items, _now):
        seen.extend(items)
        if len(seen) == 1500:
            inbox.put(Stop())

    after(0.05, lambda: [inbox.put(n) for n in range(1500)])
    loop.run(inbox, handle)
    assert seen == list(range(1500))


def test_a_burst_comes_in_batches_of_at_most_500(inbox):
    batches: list[int] = []

    def handle(items, _now):
        batches.append(len(items))
        if sum(batches) == 1200:
            inbox.put(Stop())

    for n in range(1200):
        inbox.put(n)
    loop.run(inbox, handle)
    assert [size for size in batches if size] == [500, 500, 200]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once_although_it_sleeps(inbox, number):
    began = time.monotonic()
    after(0.2, os.kill, os.getpid(), number)
    loop.run(inbox, lambda _items, now: now + 60)
    assert 0.2 <= time.monotonic() - began < 0.8


def test_it_comes_back_when_it_was_asked_to(inbox):
    turns: list[float] = []

    def handle(_items, now):
        turns.append(now)
        if len(turns) == 5:
            inbox.put(Stop())
        return now + 0.1

    loop.run(inbox, handle)
    gaps = [late - early for early, late in pairwise(turns)]
    assert all(0.095 <= gap < 0.5 for gap in gaps)


@pytest.mark.parametrize("wanted", [None, 60.0])
def test_nobody_waits_longer_than_a_second_for_a_turn(inbox, wanted):
    turns: list[float] = []

    def handle(_items, now):
        turns.append(now)
        if len(turns) == 2:
            inbox.put(Stop())
        return None if wanted is None else now + wanted

    loop.run(inbox, handle)
    assert 0.95 <= turns[1] - turns[0] < 1.5


def test_a_moment_that_is_over_already_does_not_stop_the_loop(inbox):
    turns = 0

    def handle(_items, now):
        nonlocal turns
        turns += 1
        if turns == 3:
            inbox.put(Stop())
        return now - 60

    loop.run(inbox, handle)
    assert turns == 3


def test_the_watchdog_hears_of_a_loop_that_works_and_nothing_of_one_that_hangs(inbox, tmp_path, monkeypatch):
    ear = Ear(str(tmp_path / "notify"))
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    hung: list[float] = []

    def handle(items, now):
        if "hang" in items:
            hung.append(time.monotonic())
            time.sleep(0.7)
            hung.append(time.monotonic())
        return now + 0.05

    after(0.5, inbox.put, "hang")
    after(1.7, inbox.put, Stop())
    loop.run(inbox, handle)
    ear.close()
    pings = ear.times("WATCHDOG=1")
    assert len([at for at in pings if at < hung[0]]) >= 3
    # the last one before it hung may be heard a little later
    assert [at for at in pings if hung[0] + 0.3 < at < hung[1]] == []
    assert len([at for at in pings if at > hung[1]]) >= 3
