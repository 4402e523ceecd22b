from datetime import timedelta, timezone

import pytest

from moiso.wire.stamp import iso, seconds
from moiso.wire.topics import Topics

TOPICS = Topics("an-binh")


@pytest.mark.parametrize(
    ("made", "topic"),
    [
        (TOPICS.cmd("kiosk-1", "issue"), "cmd/kiosk-1/issue"),
        (TOPICS.reply("kiosk-1"), "reply/kiosk-1"),
        (TOPICS.event("ticket-called"), "event/ticket-called"),
        (TOPICS.state("board"), "state/board"),
        (TOPICS.counter(3), "state/counter/3"),
        (TOPICS.beat, "beat"),
        (TOPICS.status("hub"), "status/hub"),
        (TOPICS.fake("kiosk-1"), "fake/kiosk-1"),
        (TOPICS.button("counter-1", "next"), "button/counter-1/next"),
    ],
)
def test_topics_stand_below_the_sites_root(made: str, topic: str) -> None:
    assert made == f"moiso/1/an-binh/{topic}"
    assert TOPICS.below(made) == topic.split("/")


@pytest.mark.parametrize("topic", ["moiso/1/an-binh", "moiso/1/an-binh-2/beat", "moiso/2/an-binh/beat", "beat", ""])
def test_other_topics_are_not_of_the_site(topic: str) -> None:
    assert TOPICS.below(topic) == []


def test_stamps() -> None:
    zone = timezone(timedelta(hours=7))
    assert iso(1795393800.25, zone) == "2026-11-23T07:30:00.250+07:00"
    assert seconds("2026-11-23T07:30:00.250+07:00") == 1795393800.25
    assert seconds("2026-11-23T00:30:00Z") == 1795393800.0


@pytest.mark.parametrize("stamp", ["", "now", "2026-11-23T07:30:00", "2026-13-01T00:00:00Z"])
def test_what_is_no_stamp(stamp: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|no offset|month"):
        seconds(stamp)
