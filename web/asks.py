"""A browser's thread asks the queue and waits for the answer that the machine brings."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from moiso.wire.messages import Reply
from web.asking import WANTED, Answered, Ask
from web.person import Person

#: Seconds that a browser waits, the way through the program included.
PATIENCE = WANTED + 0.5


class Asks:
    """Everybody who waits for an answer; `put` hands an Ask to the machine."""

    def __init__(self, put: Callable[[Ask], None]) -> None:
        self._put, self._lock = put, threading.Lock()
        self._waiting: dict[tuple[str, str], Future[Reply | None]] = {}

    def ask(self, command: str, press: str, person: Person, *, ago: float = 0.0, **arguments: Any) -> Reply | None:
        """The hub's reply; None when nobody answered: then nobody knows whether it was done.

        press: the id of this one press, made where it was pressed; the same press asked twice, at once or later, is
        done once and answered twice. ago: seconds since the press.
        """
        ask = Ask(command, press, person, ago, arguments)
        key = (command, ask.id)
        with self._lock:
            coming = self._waiting.get(key)
            if first := coming is None:
                coming = self._waiting[key] = Future()
        if first:
            self._put(ask)
        return self._wait(key, coming)

    def answered(self, answer: Answered) -> None:
        """The answer came, or it will not."""
        with self._lock:
            coming = self._waiting.pop((answer.command, answer.id), None)
        if coming:
            coming.set_result(answer.reply)

    def _wait(self, key: tuple[str, str], coming: "Future[Reply | None]") -> Reply | None:
        try:
            return coming.result(PATIENCE)
        except TimeoutError:
            with self._lock:
                self._waiting.pop(key, None)
            return None
