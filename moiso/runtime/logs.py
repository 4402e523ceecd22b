"""Logs: one line a message to stderr, where systemd and `moiso up` collect them."""

import logging
import sys


def set_up(program: str, *, verbose: bool = False) -> logging.Logger:
    """Log to stderr as `program: LEVEL message`; the collector knows the time. Returns the program's logger."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.INFO,
        format=f"{program}: %(levelname)s %(message)s",
    )
    logging.getLogger().handlers[0].addFilter(_not_a_librarys_chatter)
    return logging.getLogger(program)


def _not_a_librarys_chatter(record: logging.LogRecord) -> bool:
    """Libraries that have no logger of their own talk through the root's; only their warnings are wanted."""
    return record.name != "root" or record.levelno >= logging.WARNING


class Seldom:
    """Says a repeated complaint once a minute, with how often it was kept back."""

    def __init__(self, log: logging.Logger, every: float = 60.0) -> None:
        self._log, self._every = log, every
        self._said: dict[str, tuple[float, int]] = {}

    def warn(self, key: str, now: float, message: str, *, trace: bool = False) -> None:
        """Log `message` unless something with the same key was logged within the period (monotonic seconds).

        trace: with the traceback of the exception that is being handled.
        """
        since, kept = self._said.get(key, (-self._every, 0))
        if now - since < self._every:
            self._said[key] = (since, kept + 1)
            return
        self._said[key] = (now, 0)
        self._log.warning("%s%s", message, f" (and {kept} more like it)" if kept else "", exc_info=trace)
