"""SQLite, the only truth: the log, the day's answers, and what the clocks said. WAL, synchronous=FULL.

One transaction a batch. Rows are only ever appended: the ledger knows which presses have their answer, and a key on
their random ids would make every answer rewrite a page of its own. A start reads from the last `day-opened` on, found
by a partial index, so years of history cost nothing. Why somebody has priority, and in which language a ticket was
taken, stands beside the log and is erased when the day ends.
"""

from pathlib import Path

from hub.log import Answer, Batch, Memory, Row
from moiso.core.day import Moment
from moiso.runtime.database import Database, Format
from moiso.wire.codec import decode, encode

_SCHEMA = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY, at REAL NOT NULL, synced INTEGER NOT NULL, day TEXT, type TEXT NOT NULL, data BLOB NOT NULL
);
CREATE INDEX day_opened ON event (seq) WHERE type = 'day-opened';
CREATE TABLE answer (device TEXT NOT NULL, command TEXT NOT NULL, id TEXT NOT NULL, reply BLOB NOT NULL);
CREATE TABLE aside (ticket TEXT NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE note (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO note VALUES ('log', CAST(lower(hex(randomblob(4))) AS BLOB)), ('taken', CAST('0' AS BLOB));
"""

_UPGRADES = {1: "CREATE TABLE aside (ticket TEXT NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL);"}

FORMAT = Format(_SCHEMA, version=2, synchronous="FULL", begin="to begin an empty log", upgrades=_UPGRADES)


class Store:
    """One open database file, for the hub's one thread.

    Raises Unusable when it cannot be read or is newer than this program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = Database(path, FORMAT)
        self._db = self._file.sql
        self.log = self._note("log").decode()

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
        with self._file.transaction():
            self._write(batch, taken)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._file.close()

    @property
    def taken(self) -> int:
        """The outbox's mark: every event up to this seq was acknowledged by the broker."""
        return int(self._note("taken"))

    def _write(self, batch: Batch, taken: int) -> None:
        db = self._db
        if batch.forget_answers:
            db.execute("DELETE FROM answer")
        if batch.forget_asides:
            db.execute("DELETE FROM aside")
        db.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", batch.rows)
        db.executemany("INSERT INTO answer VALUES (?, ?, ?, ?)", batch.answers)
        db.executemany("INSERT INTO aside VALUES (?, ?, ?)", batch.asides)
        self._set_note("taken", b"%d" % taken)
        for name, moment in (("last", batch.last), ("alive", batch.alive)):
            if moment is not None:
                self._set_note(name, encode(moment))

    def _note(self, name: str) -> bytes:
        found = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return bytes(found[0]) if found else b""

    def _set_note(self, name: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def _moment(self, name: str) -> Moment | None:
        value = self._note(name)
        return decode(value, Moment) if value else None
