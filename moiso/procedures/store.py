"""The catalogue's file: SQLite with FTS5, made anew by each import and put in place whole."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from moiso.procedures.everyday import EverydayWords
from moiso.procedures.fold import folded
from moiso.procedures.procedure import Procedure
from moiso.procedures.ranking import at_commune

#: Beside the other data of a centre, or of a device.
FILE = "procedures.sqlite"
VERSION = 1
#: kB of the file that a connection keeps for itself; the system keeps it anyway. Left alone it would be 2000.
_CACHE = 200

_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA user_version = {VERSION};
CREATE TABLE procedure (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, faces TEXT NOT NULL, field TEXT NOT NULL,
    data BLOB NOT NULL);
CREATE VIRTUAL TABLE sought USING fts5 (faces, field, content = '', prefix = '1 2 3', tokenize = 'ascii');
CREATE TABLE note (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """Where a catalogue comes from; at: seconds since 1970 when it was imported; count: its procedures."""

    source: str
    at: float
    count: int


class Stored(NamedTuple):
    """What a catalogue file holds: its procedures in their order, and the site's own everyday words."""

    procedures: Sequence[Procedure]
    everyday: EverydayWords


def read(path: Path) -> Stored:
    """The whole content of a file. Empty when there is none, or none that can be read: an import replaces it."""
    try:
        with closing(connect(path)) as db:
            rows = db.execute("SELECT data FROM procedure ORDER BY id").fetchall()
            return Stored([msgspec.json.decode(data, type=Procedure) for (data,) in rows], own_words(db))
    except (sqlite3.Error, msgspec.DecodeError):
        return Stored([], EverydayWords())


def connect(path: Path) -> sqlite3.Connection:
    """A connection for reading, for any thread, one at a time. Raises sqlite3.Error when it is no catalogue."""
    # Nobody writes into a catalogue that is in place, so no lock is needed.
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.execute(f"PRAGMA cache_size = -{_CACHE}")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        db.close()
        raise sqlite3.DatabaseError(f"it has format {version}, this program knows {VERSION}")
    return db


def write(path: Path, stored: Stored, source: str, at: float) -> None:
    """Put a new catalogue in the place of the old one, whole or not at all; whoever reads the old one goes on.

    source: where it comes from, for people; at: now, in seconds since 1970.
    Raises OSError or sqlite3.Error; then the old one is still there.
    """
    with _in_place_of(path) as new:
        _fill(new, stored, About(source=source, at=at, count=len(stored.procedures)))


def put(path: Path, content: bytes) -> None:
    """Put a catalogue that was made elsewhere in the place of the one here, likewise. Raises OSError."""
    with _in_place_of(path) as new:
        new.write_bytes(content)


@contextmanager
def _in_place_of(path: Path) -> Iterator[Path]:
    """A file that takes the place of another when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        yield new
        new.chmod(0o644)  # whoever imports it, the kiosk is another user
        _settle(new)
        new.replace(path)
        _settle(path.parent)
    finally:
        new.unlink(missing_ok=True)


def about_of(db: sqlite3.Connection) -> About:
    """Where an open catalogue comes from. Raises sqlite3.Error or msgspec.DecodeError."""
    return msgspec.json.decode(_note(db, "about"), type=About)


def own_words(db: sqlite3.Connection) -> EverydayWords:
    """The site's own everyday words in an open catalogue. Raises sqlite3.Error or msgspec.DecodeError."""
    return msgspec.json.decode(_note(db, "everyday"), type=EverydayWords)


def _note(db: sqlite3.Connection, name: str) -> bytes:
    found = db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
    if found is None:
        raise sqlite3.DatabaseError(f"it has no note {name!r}")
    return bytes(found[0])


def faces_of(procedure: Procedure) -> str:
    """Every name of a procedure, folded, a line each."""
    names = (procedure.short, procedure.name, *procedure.also, procedure.name_en)
    return "\n".join(dict.fromkeys(line for name in names if (line := folded(name))))


def _at_rest(procedure: Procedure) -> tuple[bool, int]:
    """The order of the file, in which a search that finds hundreds looks at the first ones only."""
    return not at_commune(procedure), len(procedure.name)


def _fill(path: Path, stored: Stored, about: About) -> None:
    db = sqlite3.connect(path)
    try:
        db.executescript(_SCHEMA)
        ordered = sorted(stored.procedures, key=_at_rest)
        rows = [(n, p.code, faces_of(p), folded(p.field), msgspec.json.encode(p)) for n, p in enumerate(ordered, 1)]
        db.executemany("INSERT INTO procedure VALUES (?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO sought (rowid, faces, field) VALUES (?, ?, ?)", [(r[0], r[2], r[3]) for r in rows])
        db.execute("INSERT INTO sought (sought) VALUES ('optimize')")
        notes = {"about": about, "everyday": stored.everyday}
        db.executemany("INSERT INTO note VALUES (?, ?)", [(n, msgspec.json.encode(v)) for n, v in notes.items()])
        db.commit()
    finally:
        db.close()


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
