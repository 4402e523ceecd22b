import queue
import threading
import time

import pytest

from moiso.runtime.latest import Latest, TooManyStreams
from tests.conftest import PATIENCE

KEY = ("managers", "vi")


def latest(limit: int = 2) -> Latest:
    made = Latest(limit, "b1")
    made.put(KEY, {"n": 1})
    return made


def test_a_stream_begins_with_the_page_as_it_is():
    assert next(latest().stream(KEY)) == b'id: b1-1\ndata: {"n":1}\n\n'


def test_a_stream_gets_what_changes_and_skips_what_it_missed():
    made = latest()
    stream = made.stream(KEY)
    next(stream)
    made.put(KEY, {"n": 2})
    made.put(KEY, {"n": 3})
    assert next(stream) == b'id: b1-3\ndata: {"n":3}\n\n'


def test_a_page_that_did_not_change_is_not_sent_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moiso.runtime.latest.PULSE", 0.01)
    made = latest()
    stream = made.stream(KEY)
    next(stream)
    made.put(KEY, {"n": 1})
    assert next(stream) == b"event: alive\ndata: 0\n\n"


def test_a_quiet_stream_tells_the_hubs_time_in_milliseconds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moiso.runtime.latest.PULSE", 0.01)
    made = Latest(2, "b1", lambda: 1795393800.25)
    made.put(KEY, {"n": 1})
    stream = made.stream(KEY)
    next(stream)
    assert next(stream) == b"event: alive\ndata: 1795393800250\n\n"
    assert made.now() == 1795393800250


def test_a_waiting_stream_is_woken_by_a_change(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moiso.runtime.latest.PULSE", 10 * PATIENCE)
    made, heard = latest(), queue.SimpleQueue[bytes]()
    stream = made.stream(KEY)
    next(stream)
    threading.Thread(target=lambda: heard.put(next(stream)), daemon=True).start()
    time.sleep(0.05)  # it waits by now, most of the time
    made.put(KEY, {"n": 2})
    assert b'{"n":2}' in heard.get(timeout=PATIENCE)


def test_text_with_line_ends_stays_one_event():
    made = latest()
    made.put(KEY, {"text": "a\n\ndata: b\r"})
    assert next(made.stream(KEY)).count(b"\n") == 3


def test_too_many_streams_are_refused_and_places_come_back_once():
    made = latest(limit=1)
    first = made.stream(KEY)
    with pytest.raises(TooManyStreams):
        made.stream(KEY)
    first.close()
    first.close()
    made.stream(KEY)
    with pytest.raises(TooManyStreams):
        made.stream(KEY)


def test_what_a_page_must_leave_is_there_for_others():
    made = latest(limit=3)
    made.stream(KEY, leave=2)
    with pytest.raises(TooManyStreams):
        made.stream(KEY, leave=2)
    made.stream(KEY)
    made.stream(KEY)
    with pytest.raises(TooManyStreams):
        made.stream(KEY)


def test_an_unknown_page_has_no_stream_and_takes_no_place():
    made = latest(limit=1)
    with pytest.raises(KeyError):
        made.stream(("panel", "vi"))
    made.stream(KEY)


def test_closing_ends_every_stream():
    made = latest()
    stream = made.stream(KEY)
    next(stream)
    made.close()
    assert list(stream) == []


def test_a_reader_waits_for_a_page_that_fits_but_not_for_ever():
    latest = Latest(1, "b1")
    latest.put(("clerk", "vi"), "A012")
    assert latest.fitting(("clerk", "vi"), lambda page: page == "A013", 0.05) == "A012"
    threading.Timer(0.1, latest.put, (("clerk", "vi"), "A013")).start()
    assert latest.fitting(("clerk", "vi"), lambda page: page == "A013", 60) == "A013"
