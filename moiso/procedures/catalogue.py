"""The catalogue as a kiosk uses it: found by what people type, with the file replaced under it now and then."""

import logging
import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple

import msgspec

from moiso.procedures.everyday import EverydayWords, Folded
from moiso.procedures.fold import code_typed
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.ranking import covers, score, standing
from moiso.procedures.reading import Lexicon, Reading
from moiso.procedures.store import VERSION, About

log = logging.getLogger("procedures")

#: Names that are looked at closely for each meaning of what was typed.
CLOSELY = 60


class _Row(NamedTuple):
    """A candidate: its names and its field as folded words."""

    procedure: Procedure
    faces: list[list[str]]
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
        typed = code_typed(code)
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
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            raise ValueError(f"it has format {version}, this program knows {VERSION}")
        self._places = places
        self.about = msgspec.json.decode(self._note("about"), type=About)
        self._db.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, sought, row)")
        everyday = Folded.of(msgspec.json.decode(self._note("everyday"), type=EverydayWords))
        self._lexicon = Lexicon(dict(self._db.execute("SELECT term, doc FROM temp.word")), self.about.count, everyday)

    def find(self, text: str, limit: int) -> list[Procedure]:
        """See Catalogue.find."""
        if (code := code_typed(text)) is not None:
            return self._by_code(code, limit)
        plain, sure = self._ranked(self._lexicon.readings(text, guess=False))
        found = plain if sure else self._ranked(self._lexicon.readings(text, guess=True))[0]
        return [row.procedure for row in found[:limit]]

    def procedure(self, code: str) -> Procedure | None:
        """See Catalogue.procedure."""
        found = self._db.execute("SELECT data FROM procedure WHERE code = ?", (code,)).fetchone()
        return self._placed(found[0]) if found else None

    def _by_code(self, code: str, limit: int) -> list[Procedure]:
        asked = "SELECT data FROM procedure WHERE code GLOB ? ORDER BY code LIMIT ?"
        found = self._db.execute(asked, (f"{code}*", limit))
        return [self._placed(data) for (data,) in found]

    def _ranked(self, readings: list[Reading]) -> tuple[list[_Row], bool]:
        """The candidates, best first, and whether one of them answers every word."""
        best: dict[str, tuple[float, _Row]] = {}
        sure = False
        for reading in readings:
            for row in self._candidates(reading):
                points = score(reading, row.faces, row.field, self._lexicon) + standing(row.procedure)
                sure = sure or covers(reading, row.faces)
                if points > best.get(row.procedure.code, (0.0, row))[0]:
                    best[row.procedure.code] = (points, row)
        ordered = sorted(best.values(), key=lambda found: -found[0])
        return [row for _, row in ordered], sure

    def _candidates(self, reading: Reading) -> list[_Row]:
        answers = dict.fromkeys(answer for sought in reading.sought for answer in sought.answers)
        asked = " OR ".join(f'"{answer}"' for answer in answers)
        found = self._db.execute(
            "SELECT data, p.faces, p.field FROM sought JOIN procedure AS p ON p.id = sought.rowid"
            " WHERE sought MATCH ? ORDER BY rank LIMIT ?",
            (asked, CLOSELY),
        )
        return [self._row(*columns) for columns in found]

    def _row(self, data: bytes, faces: str, field: str) -> _Row:
        return _Row(self._placed(data), [face.split() for face in faces.split("\n")], field.split())

    def _placed(self, data: bytes) -> Procedure:
        return self._places.placed(msgspec.json.decode(data, type=Procedure))

    def _note(self, name: str) -> bytes:
        found = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise ValueError(f"it has no note {name!r}")
        return bytes(found[0])
