"""Following the log: each event once, in order, and a replay only for a real gap."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from moiso.wire.follow import PATIENCE, Follower
from moiso.wire.messages import Beat, Event

AT = "2026-11-23T12:00:00+07:00"


def event(seq: int, log: str = "k3f9") -> Event:
    return Event(log=log, seq=seq, at=AT, clock="free", day=None, type="note", data=msgspec.Raw(b"{}"))


def beat(seq: int, log: str = "k3f9") -> Beat:
    return Beat(log=log, seq=seq, at=AT, clock="free")


def taken(follower: Follower, *seqs: int) -> list[int]:
    return [ready.seq for seq in seqs for ready in follower.take(event(seq))]


def test_events_come_out_in_order_and_once():
    follower = Follower("k3f9", 4)
    assert taken(follower, 5, 6, 6, 5, 4, 7) == [5, 6, 7]
    assert follower.seq == 7


def test_one_that_overtook_waits_for_the_one_before():
    follower = Follower("k3f9", 4)
    assert taken(follower, 6, 7) == []
    assert taken(follower, 5) == [5, 6, 7]


@given(st.permutations(range(1, 9)), st.lists(st.integers(min_value=1, max_value=8), max_size=10))
def test_in_whatever_order_and_however_often_they_come(order, again):
    assert taken(Follower(), *order[:4], *again, *order[4:], *again) == list(range(1, 9))


def test_another_log_begins_at_its_beginning():
    follower = Follower("k3f9", 800)
    follower.take(event(802))
    assert [ready.seq for ready in follower.take(event(1, "n3w0"))] == [1]
    assert (follower.log, follower.seq) == ("n3w0", 1)
    assert follower.take(event(2, "n3w0"))[0].log == "n3w0"


def test_nothing_is_asked_for_while_the_beat_tells_nothing_new():
    follower = Follower("k3f9", 10)
    assert follower.beat(beat(10), 0.0) is None
    assert follower.beat(beat(9), 5.0) is None


def test_a_beat_that_stays_ahead_for_a_second_asks_for_what_is_missing():
    follower = Follower("k3f9", 10)
    assert follower.beat(beat(12), 0.0) is None
    assert follower.beat(beat(12), PATIENCE - 0.1) is None
    assert follower.beat(beat(13), PATIENCE) == 11


def test_it_does_not_ask_again_within_a_second():
    follower = Follower("k3f9", 10)
    follower.beat(beat(12), 0.0)
    asked = [now for now in (1.0, 1.5, 1.9, 2.0, 3.0) if follower.beat(beat(12), now)]
    assert asked == [1.0, 2.0, 3.0]


def test_an_event_that_was_only_late_needs_no_replay():
    follower = Follower("k3f9", 10)
    follower.beat(beat(11), 0.0)
    follower.take(event(11))
    assert follower.beat(beat(11), 2.0) is None
    assert follower.beat(beat(12), 4.0) is None  # the patience begins anew


def test_the_beat_of_another_log_asks_for_all_of_it():
    follower = Follower("k3f9", 800)
    follower.beat(beat(3, "n3w0"), 0.0)
    assert follower.beat(beat(3, "n3w0"), 1.0) == 1
