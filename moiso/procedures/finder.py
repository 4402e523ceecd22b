"""What answers a typed line in one catalogue file."""

import sqlite3
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import msgspec

from moiso.procedures.asking import asked
from moiso.procedures.codes import code_begun
from moiso.procedures.everyday import Folded
from moiso.procedures.places import Places
from moiso.procedures.procedure import Procedure
from moiso.procedures.ranking import GOOD, Face, score, standing
from moiso.procedures.reading import Lexicon, Reading

#: Names that are looked at closely for each meaning of what was typed.
CLOSELY = 60
#: Of these, so many are kept in memory: some 5 kB each.
KEPT = 300
#: What scores less than this share of the best is not shown.
WORTH = 0.6


#: What was found so far, by code, with its score.
Found = dict[str, tuple[float, Procedure]]


class _Row(NamedTuple):
    """A candidate: its names, and its field as folded words."""

    procedure: Procedure
    faces: list[Face]
    field: list[str]


class Finder:
    """Searches an open file, for one thread at a time; `everyday`: ours and the site's own words.

    Raises sqlite3.Error, and msgspec.DecodeError for a row that is damaged.
    """

    def __init__(self, db: sqlite3.Connection, places: Places, everyday: Folded) -> None:
        self._db, self._places = db, places
        db.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, sought, row)")
        count = dict(db.execute("SELECT term, doc FROM temp.word"))
        total = db.execute("SELECT count(*) FROM procedure").fetchone()[0]
        self._lexicon = Lexicon(count, total, everyday)
        # Most candidates of a keystroke were those of the one before.
        self._row = lru_cache(KEPT)(self._read)

    def find(self, text: str, limit: int) -> list[Procedure]:
        """At most `limit` procedures, best first."""
        if (code := code_begun(text)) is not None:
            return self._by_code(code, limit)
        found: Found = {}
        lines, begun = self._lexicon.lines(text), not text[-1].isspace()
        for reading in (reading for line in lines for reading in self._lexicon.readings(line, begun)):
            self._add(reading, found)
        for line in lines if _best(found) < GOOD else []:
            self._guess(self._lexicon.guess(line, begun), found)
        best = sorted(found.values(), key=lambda each: -each[0])[:limit]
        return [procedure for points, procedure in best if points >= WORTH * best[0][0]]

    def procedure(self, code: str) -> Procedure | None:
        """The procedure of a code in its kept form."""
        found = self._db.execute("SELECT data FROM procedure WHERE code = ?", (code,)).fetchone()
        return self._placed(found[0]) if found else None

    def _by_code(self, code: str, limit: int) -> list[Procedure]:
        line = "SELECT data FROM procedure WHERE code GLOB ? ORDER BY code LIMIT ?"
        found = self._db.execute(line, (f"{code}*", limit))
        return [self._placed(data) for (data,) in found]

    def _add(self, reading: Reading, found: Found) -> None:
        """Add what answers every word; of an everyday saying, whose means are official words, else most of them."""
        for query in asked(reading) if reading.bonus else islice(asked(reading), 1):
            ids = self._candidates(query)
            self._rank(ids, reading, found)
            if ids:
                return

    def _guess(self, reading: Reading, found: Found) -> None:
        """Add what answers some of the words, until there is something good."""
        seen: set[int] = set()
        for query in asked(reading):
            ids = [each for each in self._candidates(query) if each not in seen]
            self._rank(ids, reading, found)
            seen.update(ids)
            if _best(found) >= GOOD:
                return

    def _rank(self, ids: list[int], reading: Reading, found: Found) -> None:
        """Add these procedures by what they score."""
        for row in map(self._row, ids):
            points = score(reading, row.faces, row.field) + standing(row.procedure)
            if points > found.get(row.procedure.code, (0.0, row.procedure))[0]:
                found[row.procedure.code] = (points, row.procedure)

    def _candidates(self, query: str) -> list[int]:
        """The first that answer, in the order of the file: those of communes first, and shorter names first."""
        found = self._db.execute("SELECT rowid FROM sought WHERE sought MATCH ? LIMIT ?", (query, CLOSELY))
        return [each for (each,) in found]

    def _read(self, row: int) -> _Row:
        found = self._db.execute("SELECT data, faces, field FROM procedure WHERE id = ?", (row,))
        data, faces, field = found.fetchone()
        weight = self._lexicon.weight
        return _Row(self._placed(data), [Face(line, weight) for line in faces.split("\n")], field.split())

    def _placed(self, data: bytes) -> Procedure:
        return self._places.placed(msgspec.json.decode(data, type=Procedure))


def _best(found: Found) -> float:
    return max((points for points, _ in found.values()), default=0.0)
