"""SQLite, the only truth: the log, the day's answers, and what the clocks said. WAL, synchronous=FULL.

One transaction a batch. A start reads from the last `day-opened` on, found by a partial index, so years of
history cost nothing.
"""

import os
import secrets
import sqlite3
from pathlib import Path

import msgspec

from hub.log import Answer, Batch, Memory, Row
from moiso.core.day import Moment
from moiso.runtime.program import Unusable

VERSION = 1

_SCHEMA = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY, at REAL NOT NULL, synced INTEGER NOT NULL, day TEXT, type TEXT NOT NULL, data BLOB NOT NULL
);
CREATE INDEX day_opened ON event (seq) WHERE type = 'day-opened';
CREATE TABLE answer (
    device TEXT NOT NULL, command TEXT NOT NULL, id TEXT NOT NULL, reply BLOB NOT NULL,
    PRIMARY KEY (device, command, id)
) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class Store:
    """One open database file, for the hub's one thread.

    Raises Unusable when it cannot be read or is newer than this program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._migrate()
            self.log = self._note("log").decode()
        except sqlite3.Error as error:
            raise Unusable(_unreadable(path, error)) from None

    def read(self) -> Memory:
        """Everything since the last `day-opened`."""
        first = self._db.execute("SELECT max(seq) FROM event WHERE type = 'day-opened'").fetchone()[0] or 0
        return Memory(
            log=self.log,
            rows=self.rows(first, limit=-1),
            answers=[Answer(*found) for found in self._db.execute("SELECT device, command, id, reply FROM answer")],
            last=self._moment("last"),
            alive=self._moment("alive"),
        )

    def rows(self, first: int, limit: int) -> list[Row]:
        """At most `limit` rows (-1: all) from seq `first` on."""
        found = self._db.execute(
            "SELECT seq, at, synced, day, type, data FROM event WHERE seq >= ? ORDER BY seq LIMIT ?", (first, limit)
        )
        return [Row(seq, at, bool(synced), day, kind, data) for seq, at, synced, day, kind, data in found]

    def commit(self, batch: Batch, taken: int) -> None:
        """Make a batch durable, all or nothing; `taken` is the outbox's mark.

        Raises sqlite3.Error; then nothing was stored.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._write(batch, taken)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._db.close()

    @property
    def taken(self) -> int:
        """The outbox's mark: every event up to this seq was acknowledged by the broker."""
        return int(self._note("taken"))

    def _write(self, batch: Batch, taken: int) -> None:
        db = self._db
        if batch.forget_answers:
            db.execute("DELETE FROM answer")
        db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", batch.rows)
        db.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", batch.answers)
        self._set_note("taken", b"%d" % taken)
        for name, moment in (("last", batch.last), ("alive", batch.alive)):
            if moment is not None:
                self._set_note(name, msgspec.json.encode(moment))

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise Unusable(
                f"{self.path} was written by a newer Mời Số (format {version}, this one knows {VERSION}): "
                "install the newer software again, or move the file away to begin an empty log"
            )
        if version == 0:
            self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION};")
            self._set_note("log", secrets.token_hex(4).encode())
            self._set_note("taken", b"0")
            self._db.execute("COMMIT")

    def _note(self, name: str) -> bytes:
        found = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return bytes(found[0]) if found else b""

    def _set_note(self, name: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def _moment(self, name: str) -> Moment | None:
        value = self._note(name)
        return msgspec.json.decode(value, type=Moment) if value else None


def _unreadable(path: Path, error: sqlite3.Error) -> str:
    if not os.access(path.parent, os.W_OK):
        return f"{path.parent} cannot be written: give it to the user who runs Mời Số"
    return f"{path} cannot be used ({error}): restore it from a backup, or move it away to begin an empty log"
