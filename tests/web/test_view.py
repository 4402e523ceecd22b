import pytest

from moiso.wire.codec import encode
from moiso.wire.messages import Board
from tests.web.scenes import EIGHT, TOPICS, at, beat, board, counter, figures, heard, service, services, status
from web.view import View


def put(view: View, topic: str, payload: bytes, now: float = 100.0) -> None:
    view.take(TOPICS.root + topic, payload, now)


def waiting(view: View) -> int:
    assert isinstance(view.board, Board)
    return view.board.services[0].waiting


def test_the_newest_board_stands():
    view = heard(("state/board", board(service(waiting=3), seq=7)), ("state/board", board(service(waiting=4), seq=8)))
    assert waiting(view) == 4


def test_a_late_older_snapshot_changes_nothing():
    view = heard(("state/board", board(service(waiting=4), seq=8)), ("state/board", board(service(waiting=3), seq=7)))
    assert waiting(view) == 4


def test_another_log_begins_anew_whatever_its_seq():
    old, new = board(service(waiting=4), seq=800), board(service(waiting=1), seq=2) | {"log": "other"}
    assert waiting(heard(("state/board", old), ("state/board", new))) == 1


def test_a_counter_that_is_cleared_disappears():
    view = heard(("state/counter/1", counter(1)), ("state/counter/2", counter(2)))
    put(view, "state/counter/2", b"")
    assert list(view.counters) == [1]


def test_the_newest_offers_stand_and_can_be_cleared():
    view = heard(("state/services", services(service(waiting=4), seq=8)), ("state/services", services(seq=7)))
    assert view.services is not None
    assert [offer.waiting for offer in view.services.services] == [4]
    put(view, "state/services", b"")
    assert view.services is None


def test_a_device_that_is_cleared_disappears():
    view = heard(("status/kiosk-1", status()))
    put(view, "status/kiosk-1", b"")
    assert view.devices == {}


def test_figures_are_read_with_keys_that_this_page_does_not_know():
    view = heard(("figures/day", figures() | {"new_key": 1}))
    assert view.figures is not None
    assert view.figures.total.issued == 40


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("state/board", b"not json"),
        ("state/board", b"\xff\xfe"),
        ("state/board", b'{"log": 5}'),
        ("state/counter/1", b"[]"),
        ("status/kiosk-1", b'{"state": "asleep"}'),
        ("figures/day", b"{" * 10_000),
        ("figures/day", b" " * 70_000),
        ("beat", encode(beat("yesterday"))),
        ("beat", encode(beat("2026-11-23T08:00:00"))),
    ],
)
def test_what_is_no_message_is_refused_and_changes_nothing(topic: str, payload: bytes):
    before = ("state/board", board(service(waiting=3)))
    view = heard(before, ("state/counter/1", counter()), ("status/kiosk-1", status()), ("figures/day", figures()))
    state = (view.board, dict(view.counters), dict(view.devices), view.figures, view.pulse.beat)
    with pytest.raises(ValueError, match=r"."):
        put(view, topic, payload)
    assert (view.board, view.counters, view.devices, view.figures, view.pulse.beat) == state


@pytest.mark.parametrize("topic", ["state/counter/one", "state/counter/1/2", "elsewhere", "event/ticket-issued"])
def test_topics_of_nobody_are_passed_over(topic: str):
    put(heard(), topic, b"")


def test_data_are_as_of_the_hubs_now_while_it_is_heard():
    view = heard(now=100.0)
    assert view.as_of(104.0) == "2026-11-23T08:00:04.000+07:00"


def test_data_are_as_of_the_hubs_last_word_once_it_is_silent():
    view = heard(now=100.0)
    assert view.as_of(3700.0) == EIGHT


def test_before_the_first_beat_data_are_as_old_as_the_retained_board():
    view = View(TOPICS)
    assert view.as_of(100.0) is None
    put(view, "state/board", encode(board() | {"at": at(-5)}))
    assert view.as_of(100.0) == at(-5)
