"""The catalogue as a kiosk uses it: found by what people type, with the file replaced under it now and then."""

import logging
import sqlite3
import threading
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from moiso.procedures.asking import asked
from moiso.procedures.codes import code_begun, code_of
from moiso.procedures.everyday import EverydayWords, Folded
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.ranking import GOOD, Face, score, standing
from moiso.procedures.reading import Lexicon, Reading
from moiso.procedures.store import About, connect
from moiso.procedures.wordlist import our_words

log = logging.getLogger("procedures")

#: Names that are looked at closely for each meaning of what was typed.
CLOSELY = 60


#: What was found so far, by code, with its score.
Found = dict[str, tuple[float, Procedure]]


class _Row(NamedTuple):
    """A candidate: its names, and its field as folded words."""

    procedure: Procedure
    faces: list[Face]
    field: list[str]


class Catalogue:
    """A catalogue file, for any number of threads. Without a usable file it is empty, and says so in the log."""

    def __init__(self, path: Path, places: Places) -> None:
        self._path, self._places = path, places
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._file: _File | None = None

    @classmethod
    def open(cls, path: Path, places: Places | None = None) -> "Catalogue":
        """The catalogue in `path`, which need not be there yet; `places`: what site.toml says of its fields."""
        return cls(path, places or Places())

    def about(self) -> About | None:
        """Where it comes from, or None when there is none."""
        with self._lock:
            file = self._current()
            return file.about if file else None

    def find(self, text: str, limit: int = 6) -> list[Procedure]:
        """The procedures that answer what was typed so far, best first: by name, code, everyday word, with slips."""
        with self._lock:
            file = self._current()
            return file.find(text[:200], limit) if file and text.strip() else []

    def procedure(self, code: str) -> Procedure | None:
        """The procedure of a code, typed or scanned, with or without the locality behind it."""
        typed = code_of(code)
        with self._lock:
            file = self._current()
            return file.procedure(typed) if file and typed else None

    def _current(self) -> "_File | None":
        """The file as it is now: an import may have put another in its place."""
        try:
            found = self._path.stat()
            stamp = (found.st_ino, found.st_mtime_ns)
        except OSError:
            return None
        if stamp != self._seen:
            self._seen, self._file = stamp, _opened(self._path, self._places, self._file)
        return self._file


def _opened(path: Path, places: Places, before: "_File | None") -> "_File | None":
    """The new file, or the one before when the new one cannot be used."""
    try:
        return _File(path, places)
    except (sqlite3.Error, msgspec.DecodeError, ValueError) as error:
        log.error("%s cannot be used (%s): import the list again with `moiso procedures import`", path, error)
        return before


class _File:
    """One catalogue file, which nobody changes."""

    def __init__(self, path: Path, places: Places) -> None:
        self._db = connect(path)
        self._places = places
        self.about = msgspec.json.decode(self._note("about"), type=About)
        self._db.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, sought, row)")
        own = msgspec.json.decode(self._note("everyday"), type=EverydayWords)
        count = dict(self._db.execute("SELECT term, doc FROM temp.word"))
        self._lexicon = Lexicon(count, self.about.count, Folded.of(own + our_words()))

    def find(self, text: str, limit: int) -> list[Procedure]:
        """See Catalogue.find."""
        if (code := code_begun(text)) is not None:
            return self._by_code(code, limit)
        found: Found = {}
        lines, begun = self._lexicon.lines(text), not text[-1].isspace()
        for reading in (reading for line in lines for reading in self._lexicon.readings(line, begun)):
            self._add(reading, found)
        for line in lines[: _best(found) < GOOD]:
            self._guess(self._lexicon.guess(line, begun), found)
        ordered = sorted(found.values(), key=lambda each: -each[0])
        return [procedure for _, procedure in ordered[:limit]]

    def procedure(self, code: str) -> Procedure | None:
        """See Catalogue.procedure."""
        found = self._db.execute("SELECT data FROM procedure WHERE code = ?", (code,)).fetchone()
        return self._placed(found[0]) if found else None

    def _by_code(self, code: str, limit: int) -> list[Procedure]:
        line = "SELECT data FROM procedure WHERE code GLOB ? ORDER BY code LIMIT ?"
        found = self._db.execute(line, (f"{code}*", limit))
        return [self._placed(data) for (data,) in found]

    def _add(self, reading: Reading, found: Found) -> None:
        """Add what answers every word; of an everyday saying, whose means are official words, else most of them."""
        for query in asked(reading) if reading.bonus else islice(asked(reading), 1):
            if self._rank(query, reading, found):
                return

    def _guess(self, reading: Reading, found: Found) -> None:
        """Add what answers some of the words, until there is something good."""
        for query in asked(reading):
            self._rank(query, reading, found)
            if _best(found) >= GOOD:
                return

    def _rank(self, query: str, reading: Reading, found: Found) -> bool:
        """Add what answers a query; whether anything did."""
        rows = self._candidates(query)
        for row in rows:
            points = score(reading, row.faces, row.field) + standing(row.procedure)
            if points > found.get(row.procedure.code, (0.0, row.procedure))[0]:
                found[row.procedure.code] = (points, row.procedure)
        return bool(rows)

    def _candidates(self, query: str) -> list[_Row]:
        """The first that answer, in the order of the file: those of communes first, and shorter names first."""
        found = self._db.execute(
            "SELECT data, p.faces, p.field FROM sought JOIN procedure AS p ON p.id = sought.rowid"
            " WHERE sought MATCH ? LIMIT ?",
            (query, CLOSELY),
        )
        return [self._row(*columns) for columns in found]

    def _row(self, data: bytes, faces: str, field: str) -> _Row:
        weight = self._lexicon.weight
        return _Row(self._placed(data), [Face(line, weight) for line in faces.split("\n")], field.split())

    def _placed(self, data: bytes) -> Procedure:
        return self._places.placed(msgspec.json.decode(data, type=Procedure))

    def _note(self, name: str) -> bytes:
        found = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise ValueError(f"it has no note {name!r}")
        return bytes(found[0])


def _best(found: Found) -> float:
    return max((points for points, _ in found.values()), default=0.0)
