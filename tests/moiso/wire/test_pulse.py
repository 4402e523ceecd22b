"""The hub's pulse: is it there, and what time is it there."""

import msgspec
import pytest

from moiso.wire.messages import Beat, Event
from moiso.wire.pulse import SILENCE, Pulse
from moiso.wire.stamp import seconds

NOON = "2026-11-23T12:00:00.000+07:00"


def beat(at: str = NOON, seq: int = 5, log: str = "k3f9") -> Beat:
    return Beat(log=log, seq=seq, at=at, clock="synced")


def clock_set(at: str, seq: int, log: str = "k3f9") -> Event:
    return Event(log=log, seq=seq, at=at, clock="free", day=None, type="clock-set", data=msgspec.Raw(b"{}"))


def felt(now: float = 100.0) -> Pulse:
    pulse = Pulse()
    pulse.felt(beat(), now)
    return pulse


def test_before_the_first_beat_nothing_is_known():
    pulse = Pulse()
    assert pulse.silent(0.0)
    assert (pulse.beat, pulse.age(9.0), pulse.hub_time(9.0), pulse.stamp(9.0)) == (None, None, None, None)


def test_the_hub_is_there_for_five_seconds_after_a_beat():
    pulse = felt(100.0)
    assert not pulse.silent(100.0 + SILENCE)
    assert pulse.silent(100.0 + SILENCE + 0.001)
    assert pulse.age(107.5) == 7.5


def test_the_hubs_time_runs_on_with_the_readers_own_clock():
    pulse = felt(100.0)
    assert pulse.hub_time(103.5) == seconds(NOON) + 3.5
    assert pulse.stamp(103.5) == "2026-11-23T12:00:03.500+07:00"


@pytest.mark.parametrize("at", ["", "noon", "2026-11-23T12:00:00", "2026-02-30T12:00:00+07:00", "0001-01-01T00:00:00Z"])
def test_a_beat_without_a_moment_is_not_felt(at):
    pulse = felt(100.0)
    with pytest.raises(ValueError, match=r".+"):
        pulse.felt(beat(at), 104.0)
    assert pulse.hub_time(104.0) == seconds(NOON) + 4
    assert pulse.silent(105.1)


def test_a_clock_that_was_set_counts_before_the_next_beat():
    pulse = felt(100.0)
    pulse.clock_set(clock_set("2026-11-23T09:00:00+07:00", seq=6), 101.0)
    assert pulse.stamp(101.5) == "2026-11-23T09:00:00.500+07:00"


def test_one_that_a_beat_has_told_already_does_not():
    pulse = felt(100.0)
    pulse.clock_set(clock_set("2026-11-23T09:00:00+07:00", seq=5), 101.0)
    assert pulse.stamp(101.0) == "2026-11-23T12:00:01.000+07:00"


def test_that_of_another_log_does():
    pulse = felt(100.0)
    pulse.clock_set(clock_set("2026-11-23T09:00:00+07:00", seq=1, log="n3w0"), 101.0)
    assert pulse.stamp(101.0) == "2026-11-23T09:00:00.000+07:00"


def test_a_clock_set_is_a_sign_of_life():
    pulse = felt(100.0)
    pulse.clock_set(clock_set(NOON, seq=6), 104.0)
    assert not pulse.silent(108.0)
