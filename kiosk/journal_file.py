"""The journal on disk: every record is on the card, and not only on its way there, before anybody hears of it."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from kiosk.journal import Record, lines, read
from kiosk.ports import NotWritten, Write, Written

log = logging.getLogger("kiosk")

#: Seconds that a program which ends waits for what is being written.
STOP_WAIT = 2.0


class JournalFile:
    """Appends on a thread of its own; what became of each Write goes to `tell`."""

    def __init__(self, path: Path, tell: Callable[[object], None]) -> None:
        self._path, self._tell = path, tell
        self._jobs: SimpleQueue[Write | None] = SimpleQueue()
        self._worker = threading.Thread(target=self._work, name="journal", daemon=True)

    def read(self) -> list[Record]:
        """What an earlier life wrote; a torn end is cut off. A journal that cannot be read is none."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            log.error("%s cannot be read (%s): no number of its blocks is given any more", self._path, error.strerror)
            return []
        records, damaged = read(data)
        if damaged:
            log.warning("%s: %d damaged pieces are left out; a power cut leaves one", self._path, damaged)
            self._try(Write(tuple(records), anew=True))
        return records

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Finish what there is to write, within STOP_WAIT."""
        self._jobs.put(None)
        self._worker.join(STOP_WAIT)

    def add(self, write: Write) -> None:
        """Write this after what is being written now."""
        self._jobs.put(write)

    def _work(self) -> None:
        while (write := self._jobs.get()) is not None:
            why = self._try(write)
            if why is not None:
                self._tell(NotWritten(write.ack, why))
            elif write.ack is not None:
                self._tell(Written(write.ack))

    def _try(self, write: Write) -> str | None:
        """None when it is on the disk, else why it is not."""
        try:
            (self._replace if write.anew else self._append)(lines(write.records))
        except OSError as error:
            log.error("%s cannot be written: %s", self._path, error.strerror)
            return error.strerror or str(error)
        return None

    def _append(self, data: bytes) -> None:
        """All of it or nothing: what a full disk takes of it is cut off again."""
        new = not self._path.exists()
        with self._path.open("ab", buffering=0) as file:  # a buffer would write its rest after all when it is closed
            before = file.tell()
            try:
                while data:
                    data = data[file.write(data) :]
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), before)
                raise
        if new:
            self._sync_folder()

    def _replace(self, data: bytes) -> None:
        part = self._path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)
        self._sync_folder()

    def _sync_folder(self) -> None:
        """A new name is not on the disk before its folder is."""
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
