"""One SQLite file: opened, made, or refused with one sentence that says what to do."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from moiso.runtime.program import Unusable


@dataclass(frozen=True, slots=True)
class Format:
    """What a program's file is made of.

    schema: the SQL that makes an empty one; version: raised when the schema changes; synchronous: FULL when a commit
    must outlive a power cut; begin: what moving the file away leads to, as the end of a sentence; upgrades: per older
    version the SQL that leads to the next.
    """

    schema: str
    version: int
    synchronous: Literal["FULL", "NORMAL"]
    begin: str
    upgrades: Mapping[int, str] = field(default_factory=dict)


class Database:
    """An open file in WAL mode, for one thread; `sql` is the connection.

    shared: for many threads, which then write in transactions only; one waits for the other.
    Raises Unusable when it cannot be read or is newer than this program.
    """

    def __init__(self, path: Path, form: Format, *, shared: bool = False) -> None:
        self.path, self._form, self._writing = path, form, threading.RLock()
        try:
            self.sql = sqlite3.connect(path, isolation_level=None, check_same_thread=not shared)
            self.sql.execute("PRAGMA journal_mode=WAL")
            self.sql.execute(f"PRAGMA synchronous={form.synchronous}")
            self._prepare()
        except sqlite3.Error as error:
            raise Unusable(self.unusable(error)) from None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is stored, or nothing.

        Raises sqlite3.Error; then nothing was stored.
        """
        with self._writing:
            self.sql.execute("BEGIN IMMEDIATE")
            try:
                yield self.sql
                self.sql.execute("COMMIT")
            except BaseException:
                if self.sql.in_transaction:
                    self.sql.execute("ROLLBACK")
                raise

    def unusable(self, error: Exception) -> str:
        """The sentence for a file that cannot be used: what is wrong and what to do."""
        if not os.access(self.path.parent, os.W_OK):
            return f"{self.path.parent} cannot be written: give it to the user who runs Mời Số"
        return f"{self.path} cannot be used ({error}): restore it from a backup, or move it away {self._form.begin}"

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self.sql.close()

    def _prepare(self) -> None:
        version = self.sql.execute("PRAGMA user_version").fetchone()[0]
        if version > self._form.version:
            raise Unusable(
                f"{self.path} was written by a newer Mời Số (format {version}, this one knows {self._form.version}): "
                f"install the newer software again, or move the file away {self._form.begin}"
            )
        if version < self._form.version:
            steps = [self._form.upgrades[v] for v in range(version, self._form.version)] if version else []
            made = f"{' '.join(steps or [self._form.schema])} PRAGMA user_version = {self._form.version};"
            self.sql.executescript(f"BEGIN IMMEDIATE; {made} COMMIT;")
