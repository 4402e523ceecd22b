"""The journal on a real disk: torn by a power cut, on a full disk, written anew."""

import os
import queue
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.journal import Record, Told, lines
from kiosk.journal_file import JournalFile
from kiosk.ports import NotWritten, Write, Written
from tests.whole.talk import PATIENCE


class Disk:
    """A journal in a folder; `told`: what the machine would hear."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.journal = JournalFile(path, self.told.put)

    def keep(self, *presses: str, anew: bool = False) -> object:
        """Write these records; what came of it."""
        self.journal.add(Write(records(*presses), "ack", anew=anew))
        return self.told.get(timeout=PATIENCE)


def records(*presses: str) -> tuple[Record, ...]:
    return tuple(Told(press=press) for press in presses)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path / "kiosk-1.journal")
    disk.journal.start()
    yield disk
    disk.journal.stop()


def test_before_the_first_record_there_is_nothing(disk: Disk) -> None:
    assert disk.journal.read() == []


def test_what_is_said_to_be_kept_is_in_the_file(disk: Disk) -> None:
    assert disk.keep("p1") == Written("ack")
    assert disk.keep("p2", "p3") == Written("ack")
    assert Disk(disk.path).journal.read() == list(records("p1", "p2", "p3"))


def test_a_torn_end_is_cut_off_before_anything_is_written_behind_it(disk: Disk) -> None:
    disk.path.write_bytes(lines(records("p1")) + lines(records("p2"))[:-3])
    assert disk.journal.read() == list(records("p1"))
    disk.keep("p3")
    assert Disk(disk.path).journal.read() == list(records("p1", "p3"))


def test_written_anew_it_holds_nothing_else(disk: Disk) -> None:
    disk.keep("p1", "p2")
    assert disk.keep("p3", anew=True) == Written("ack")
    assert disk.path.read_bytes() == lines(records("p3"))
    assert os.listdir(disk.path.parent) == [disk.path.name]


def test_a_full_disk_is_said_and_leaves_no_half_a_record(disk: Disk) -> None:
    disk.keep("p1")
    before = disk.path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limits[1]))
    try:
        said = disk.keep("p2")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert isinstance(said, NotWritten)
    assert said.why
    assert disk.path.read_bytes() == before
    assert disk.keep("p3") == Written("ack")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "gone" / "kiosk-1.journal")
    disk.journal.start()
    assert isinstance(disk.keep("p1"), NotWritten)
    disk.journal.stop()
