"""What a kiosk makes of beats that a cut line has held up, and of a hub whose clock is set."""

import pytest

from kiosk.heard import CLOCK_SET, Heard
from moiso.wire.messages import Beat, Services

#: The hub's clock runs ahead of the kiosk's monotonic one by so much.
AHEAD = 1000.0


def beat(wall: float, log: str = "log-1", clock: str = "synced") -> Beat:
    at = f"1970-01-01T00:{int(wall) // 60:02}:{wall % 60:06.3f}+00:00"
    return Beat(log=log, seq=1, at=at, clock=clock)


@pytest.fixture
def heard() -> Heard:
    """A kiosk that is linked, and felt the hub's heart at 10."""
    heard = Heard()
    heard.link(up=True)
    heard.offered(Services(log="log-1", seq=1, at="", day=None, open=True, services=[]))
    heard.felt(beat(10 + AHEAD), 10.0)
    return heard


def test_beats_that_come_in_a_burst_after_a_cut_tell_of_their_own_moments(heard):
    for wall in (12, 14, 16):
        heard.felt(beat(wall + AHEAD), 18.0)
        assert heard.pulse.hub_time(18.0) == pytest.approx(18 + AHEAD)
    assert heard.reached(18.0)
    heard.felt(beat(18.2 + AHEAD), 18.3)
    assert heard.pulse.hub_time(18.3) == pytest.approx(18.2 + AHEAD), "a little late is not held up"


def test_a_beat_of_long_ago_does_not_make_the_hub_alive(heard):
    assert not heard.reached(18.0)
    heard.felt(beat(12 + AHEAD), 18.0)
    assert not heard.reached(18.0)
    heard.felt(beat(14 + AHEAD), 18.0)
    assert heard.reached(18.0)


def test_a_clock_that_was_set_back_is_believed_after_a_while(heard):
    for now in range(12, 12 + int(CLOCK_SET) + 2, 2):
        heard.felt(beat(now - 6 + AHEAD), float(now))
        assert heard.pulse.hub_time(now) == pytest.approx(now + AHEAD)
    for now in (24, 26):
        heard.felt(beat(now - 6 + AHEAD), float(now))
        assert heard.pulse.hub_time(now) == pytest.approx(now - 6 + AHEAD)
        assert heard.reached(now)


@pytest.mark.parametrize("other", [{"log": "log-2"}, {"clock": "free"}])
def test_another_log_or_a_clock_that_is_known_to_have_changed_is_believed_at_once(heard, other):
    heard.felt(beat(12 + AHEAD - 6, **other), 12.0)
    assert heard.pulse.hub_time(12.0) == pytest.approx(6 + AHEAD)


def test_a_clock_that_was_set_on_or_far_back_is_believed_at_once(heard):
    heard.felt(beat(20 + AHEAD), 12.0)
    assert heard.pulse.hub_time(12.0) == pytest.approx(20 + AHEAD)
    heard.felt(beat(14 - 120 + AHEAD), 14.0)
    assert heard.pulse.hub_time(14.0) == pytest.approx(14 - 120 + AHEAD)
