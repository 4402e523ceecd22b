"""The catalogue as a kiosk uses it: found by what people type, with the file replaced under it now and then."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from moiso.procedures.codes import code_of
from moiso.procedures.everyday import Folded
from moiso.procedures.finder import Finder
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.store import About, about_of, connect, own_words
from moiso.procedures.wordlist import our_words

T = TypeVar("T")
log = logging.getLogger("procedures")

#: Letters of a typed line that are looked at.
LONGEST = 200


class Catalogue:
    """A catalogue file, for any number of threads. Without a usable file it is empty, and says so in the log."""

    def __init__(self, path: Path, places: Places) -> None:
        self._path, self._places = path, places
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._file: tuple[About, Finder] | None = None

    @classmethod
    def open(cls, path: Path, places: Places | None = None) -> "Catalogue":
        """The catalogue in `path`, which need not be there yet; `places`: what site.toml says of its fields."""
        return cls(path, places or Places())

    def about(self) -> About | None:
        """Where it comes from, or None when there is none."""
        with self._lock:
            file = self._current()
            return file[0] if file else None

    def find(self, text: str, limit: int = 6) -> list[Procedure]:
        """The procedures that answer what was typed so far, best first: by name, code, everyday word, with slips."""
        return self._answer(lambda finder: finder.find(text[:LONGEST], limit)) or [] if text.strip() else []

    def procedure(self, code: str) -> Procedure | None:
        """The procedure of a code, typed or scanned, with or without the locality behind it."""
        kept = code_of(code)
        return self._answer(lambda finder: finder.procedure(kept)) if kept else None

    def _answer(self, ask: Callable[[Finder], T]) -> T | None:
        """The answer of the file as it is now; None without one, and when it turns out to be damaged."""
        with self._lock:
            file = self._current()
            try:
                return ask(file[1]) if file else None
            except (sqlite3.Error, msgspec.DecodeError) as error:
                self._complain(error)
                return None

    def _current(self) -> tuple[About, Finder] | None:
        """The file as it is now: an import may have put another in its place."""
        try:
            found = self._path.stat()
            stamp = (found.st_ino, found.st_mtime_ns)
        except OSError:
            return None
        if stamp != self._seen:
            self._seen, self._file = stamp, self._opened() or self._file
        return self._file

    def _opened(self) -> tuple[About, Finder] | None:
        try:
            db = connect(self._path)
            everyday = Folded.of(own_words(db) + our_words())
            return about_of(db), Finder(db, self._places, everyday)
        except (sqlite3.Error, msgspec.DecodeError) as error:
            self._complain(error)
            return None

    def _complain(self, error: Exception) -> None:
        log.error("%s cannot be used (%s): import the list again, `moiso procedures import`", self._path, error)
