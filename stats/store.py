"""The history: every event of the hub's logs in SQLite, once by (site, log, seq), for years.

The reader's position stands in the same transaction as the rows. synchronous=NORMAL: a power cut may cost the last
rows, never the file; the position goes back with them, and the hub tells those events again.
Days of practice are kept like any other; the hub gives them labels `training-...`, and no statistic may count them.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from moiso.runtime.database import Database, Format
from moiso.runtime.program import Unusable
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Event
from stats.intake import Memory, Row

_SCHEMA = """
CREATE TABLE event (
    site TEXT NOT NULL, log TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT, type TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (site, log, seq)
) WITHOUT ROWID;
CREATE TABLE position (site TEXT PRIMARY KEY, log TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
"""

FORMAT = Format(_SCHEMA, version=1, synchronous="NORMAL", begin="and the history is fetched again from the hub")

# Walks back from the end, so it reads one day, whatever the years before it.
_OPENED = "SELECT seq FROM event WHERE site = ? AND log = ? AND type = 'day-opened' ORDER BY seq DESC LIMIT 1"
_SINCE = "SELECT body FROM event WHERE site = ? AND log = ? AND seq BETWEEN ? AND ? ORDER BY seq"


class Store:
    """One open history, for one thread. Raises Unusable when it cannot be read or is newer than this program."""

    def __init__(self, path: Path, site: str) -> None:
        self.path, self._site = path, site
        self._file = Database(path, FORMAT)
        self._db = self._file.sql

    def memory(self) -> Memory:
        """Where reading ended, and the day it ended in. Raises Unusable when the file is damaged."""
        try:
            found = self._db.execute("SELECT log, seq FROM position WHERE site = ?", (self._site,)).fetchone()
            return Memory() if found is None else self._memory_of(*found)
        except (sqlite3.Error, BadMessage) as error:
            raise Unusable(self.unusable(error)) from None

    def append(self, rows: Sequence[Row]) -> None:
        """Store rows and how far reading has come, all or nothing; rows already there stay as they are.

        Raises sqlite3.Error; then nothing was stored.
        """
        with self._file.transaction():
            self._write(rows)

    def unusable(self, error: Exception) -> str:
        """The sentence for a file that cannot be used: what is wrong and what to do."""
        return self._file.unusable(error)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._file.close()

    def _memory_of(self, log: str, seq: int) -> Memory:
        opened = self._db.execute(_OPENED, (self._site, log)).fetchone()
        bodies = self._db.execute(_SINCE, (self._site, log, opened[0] if opened else 1, seq))
        return Memory(log, seq, tuple(decode(body, Event) for (body,) in bodies))

    def _write(self, rows: Sequence[Row]) -> None:
        values = [(self._site, *row) for row in rows]
        self._db.executemany("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?)", values)
        last = (self._site, rows[-1].log, rows[-1].seq)
        self._db.execute("INSERT OR REPLACE INTO position VALUES (?, ?, ?)", last)
