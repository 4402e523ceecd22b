"""The newest snapshot of every page, for requests and for live streams: one writer, many threads that read."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

#: Seconds between two signs of life on a stream; a page that hears nothing for 5 s says that it lost the server.
PULSE = 2.0


class TooManyStreams(Exception):  # noqa: N818  it says what state we are in
    """Every stream that the server has threads for is taken."""


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    page: Any
    message: bytes


class Latest:
    """Pages by key; `limit` streams may be open at once, all keys together.

    `boot` differs at every start of the program and begins every id, so that a page of an earlier start reloads.
    `clock` gives the hub's time, seconds since 1970, for the pages' own clocks; None while nobody knows it.
    """

    def __init__(self, limit: int, boot: str, clock: Callable[[], float | None] = lambda: None) -> None:
        self.boot, self._clock = boot, clock
        self._limit, self._open, self._closed = limit, 0, False
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._changed = threading.Condition()

    def put(self, key: tuple[str, str], page: Any) -> None:
        """Replace a page, and tell its streams if it differs from the last one."""
        old = self._entries.get(key)
        if old and old.page == page:
            return
        number = old.number + 1 if old else 1
        message = b"id: %s-%d\ndata: %s\n\n" % (self.boot.encode(), number, msgspec.json.encode(page))
        with self._changed:
            self._entries[key] = _Entry(number, page, message)
            self._changed.notify_all()

    def page(self, key: tuple[str, str]) -> Any:
        """The newest page. Raises KeyError before the first."""
        return self._entries[key].page

    def fitting(self, key: tuple[str, str], fits: Callable[[Any], bool], patience: float) -> Any:
        """The newest page as soon as it `fits`, or after `patience` seconds. Raises KeyError before the first."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or fits(self._entries[key].page), patience)
            return self._entries[key].page

    def stream(self, key: tuple[str, str], *, leave: int = 0) -> "Stream":
        """The page now and at every change, as server-sent events. Raises KeyError or TooManyStreams.

        leave: so many streams must stay free for others who need theirs more.
        """
        self.page(key)
        with self._changed:
            if self._open >= self._limit - leave:
                raise TooManyStreams
            self._open += 1
        return Stream(self, key)

    def close(self) -> None:
        """End every stream."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def after(self, key: tuple[str, str], number: int) -> tuple[int, bytes] | None:
        """The next message of a stream that has seen `number`, after at most `PULSE` seconds; None: it is over."""
        with self._changed:
            fresh = self._changed.wait_for(lambda: self._closed or self._entries[key].number != number, PULSE)
            entry = self._entries[key]
        if self._closed:
            return None
        return (entry.number, entry.message) if fresh else (number, self._alive())

    def now(self) -> int:
        """The hub's time, milliseconds since 1970; 0 while nobody knows it."""
        return round((self._clock() or 0) * 1000)

    def _alive(self) -> bytes:
        return b"event: alive\ndata: %d\n\n" % self.now()

    def leave(self) -> None:
        """One stream less."""
        with self._changed:
            self._open -= 1


class Stream:
    """One reader of one page. `close` gives its place back, also when nothing was ever read from it."""

    def __init__(self, latest: Latest, key: tuple[str, str]) -> None:
        self._latest, self._key, self._seen, self._left = latest, key, 0, False

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        news = self._latest.after(self._key, self._seen)
        if news is None:
            raise StopIteration
        self._seen, message = news
        return message

    def close(self) -> None:
        """Give the place back, once."""
        if not self._left:
            self._left = True
            self._latest.leave()
