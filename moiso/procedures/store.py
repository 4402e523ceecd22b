"""The catalogue's file: SQLite with FTS5, made anew by each import and put in place whole."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from moiso.procedures.everyday import EverydayWords
from moiso.procedures.fold import folded
from moiso.procedures.procedure import Procedure

#: Beside the other data of a centre, or of a device.
FILE = "procedures.sqlite"
VERSION = 1

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


def write(path: Path, procedures: Sequence[Procedure], everyday: EverydayWords, source: str, at: float) -> None:
    """Put a new catalogue in the place of the old one, whole or not at all; whoever reads the old one goes on.

    Raises OSError or sqlite3.Error; then the old one is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        _fill(new, procedures, everyday, About(source=source, at=at, count=len(procedures)))
        _settle(new)
        new.replace(path)
        _settle(path.parent)
    finally:
        new.unlink(missing_ok=True)


def faces_of(procedure: Procedure) -> str:
    """Every name of a procedure, folded, a line each."""
    names = (procedure.short, procedure.name, *procedure.also, procedure.name_en)
    return "\n".join(dict.fromkeys(line for name in names if (line := folded(name))))


def _fill(path: Path, procedures: Iterable[Procedure], everyday: EverydayWords, about: About) -> None:
    db = sqlite3.connect(path)
    try:
        db.executescript(_SCHEMA)
        rows = [(n, p.code, faces_of(p), folded(p.field), msgspec.json.encode(p)) for n, p in enumerate(procedures, 1)]
        db.executemany("INSERT INTO procedure VALUES (?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO sought (rowid, faces, field) VALUES (?, ?, ?)", [(r[0], r[2], r[3]) for r in rows])
        db.execute("INSERT INTO sought (sought) VALUES ('optimize')")
        notes = {"about": about, "everyday": everyday}
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
