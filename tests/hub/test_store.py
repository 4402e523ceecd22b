"""The real SQLite file: whole batches or nothing, after any crash; one sentence when it cannot be used."""

import json
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from hub.log import Answer, Batch, Row
from hub.machine import Machine
from hub.store import Store
from moiso.core.day import Moment
from moiso.runtime.program import Unusable
from tests.hub.desk import HubOnDesk

ROOT = Path(__file__).parents[2]
COMMITTER = [sys.executable, "-m", "tests.hub.committer"]


def row(seq: int, kind: str = "counter-opened", day: str = "2026-11-23") -> Row:
    return Row(seq, 1.0, True, day, kind, b'{"counter":1}')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hub.db"


# -- killed in the middle -----------------------------------------------------------------------------------------


def acknowledged(path: Path, seconds: float) -> int:
    """How many batches a committer said were stored before it was killed."""
    with subprocess.Popen([*COMMITTER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline()]
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        said += child.stdout.readlines()
    return int([line for line in said if line.endswith("\n")][-1]) + 1


def test_killed_again_and_again_every_acknowledged_batch_is_there_and_whole(path: Path) -> None:
    for turn in range(6):
        promised = acknowledged(path, 0.02 + 0.013 * turn)
        store = Store(path)
        found = store.read()
        store.close()
        assert promised <= len(found.answers) <= promised + 1, "at most the last one was stored and not yet said"
        assert [a.id for a in found.answers] == [f"p{n}" for n in range(len(found.answers))]
        assert [r.seq for r in found.rows] == list(range(1, len(found.rows) + 1))
        batches = [(number, list(rows)) for number, rows in groupby(map(data, found.rows), lambda d: d["batch"])]
        assert [number for number, _ in batches] == list(range(len(found.answers)))
        assert all(len(rows) == rows[0]["of"] for _, rows in batches), "a batch is there whole or not at all"


def data(found: Row) -> dict[str, int]:
    return dict(json.loads(found.data))


def test_killed_while_the_file_is_being_made(path: Path) -> None:
    """A file without a name or a mark would never start again."""
    for wait in (0.0, 0.05, 0.06, 0.07, 0.08):
        with subprocess.Popen([*COMMITTER, str(path)], stdout=subprocess.DEVNULL, cwd=ROOT) as child:
            time.sleep(wait)
            child.kill()
        store = Store(path)
        assert len(store.log) == 8
        assert store.taken == 0
        store.close()
        path.unlink()


# -- what is read back ----------------------------------------------------------------------------------------------


def test_what_was_committed_is_read_back(path: Path) -> None:
    moment = Moment(wall=1.5, mono=2.5, boot="b", synced=True)
    answer = Answer("kiosk-1", "issue", "p", b"{}")
    store = Store(path)
    log = store.log
    store.commit(Batch([row(1)], [answer], last=moment), taken=0)
    store.commit(Batch([row(2)], alive=moment), taken=1)
    store.close()
    again = Store(path)
    found = again.read()
    assert (found.log, found.rows, found.answers) == (log, [row(1), row(2)], [answer])
    assert (found.last, found.alive, again.taken) == (moment, moment, 1)


def test_a_start_reads_from_the_last_opening_on(path: Path) -> None:
    store = Store(path)
    store.commit(Batch([row(1, "day-opened"), row(2)], [Answer("kiosk-1", "issue", "old", b"{}")]), taken=0)
    store.commit(Batch([row(3, "day-opened"), row(4)], forget_answers=True), taken=0)
    assert ([r.seq for r in store.read().rows], store.read().answers) == ([3, 4], [])
    assert [r.seq for r in store.rows(1, -1)] == [1, 2, 3, 4]
    assert [r.seq for r in store.rows(2, 2)] == [2, 3]


def test_two_files_have_two_names(tmp_path: Path) -> None:
    assert Store(tmp_path / "a.db").log != Store(tmp_path / "b.db").log


def test_a_batch_that_contradicts_the_log_is_stored_in_no_part(path: Path) -> None:
    store = Store(path)
    store.commit(Batch([row(1)]), taken=0)
    with pytest.raises(sqlite3.IntegrityError):
        store.commit(Batch([row(2), row(1)], [Answer("kiosk-1", "issue", "p", b"{}")]), taken=2)
    assert (store.read().rows, store.read().answers, store.taken) == ([row(1)], [], 0)
    store.commit(Batch([row(2)]), taken=0)


def test_a_hub_folds_its_real_file_to_the_same_bytes(path: Path) -> None:
    hub, store = HubOnDesk(), Store(path)
    hub.disk.commit = lambda batch: store.commit(batch, 0)  # type: ignore[method-assign]
    store.commit(Batch(hub.disk.rows, [*hub.disk.answers.values()], last=hub.disk.last, alive=hub.disk.alive), 0)
    for service in "AABA":
        hub.issue(service)
    hub.next()
    hub.ask("counter-1", "start")
    hub.set_clock(hub.wall + 86400.0)
    before = hub.fingerprint()
    hub.machine = Machine(hub.place, store.read(), store.rows)
    assert hub.fingerprint() == before
    assert hub.ask("kiosk-1", "issue", press="press-1", service="A")["data"]["ticket"] == "A001"


def test_years_of_history_cost_a_start_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a start asks is answered by the partial index and by the key, never by a walk through the log."""
    asked: list[str] = []
    connect = sqlite3.connect

    def traced(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    Store(path).read()
    monkeypatch.undo()
    of_the_log = [query for query in asked if query.startswith("SELECT") and "FROM event" in query]
    with connect(path) as database:
        plans = [database.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()[0][3] for query in of_the_log]
    assert len(plans) == 2
    assert "USING INDEX day_opened" in plans[0]
    assert "USING INTEGER PRIMARY KEY" in plans[1]


# -- what cannot be used -----------------------------------------------------------------------------------------------


def newer(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 7")


def no_database(path: Path) -> None:
    path.write_bytes(b"no database" * 500)


def a_directory(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(newer, ["newer", "format 7", "install"]), (no_database, ["backup", "move"]), (a_directory, ["backup", "move"])],
)
def test_one_sentence_says_which_file_and_what_to_do(
    path: Path, spoil: Callable[[Path], None], says: list[str]
) -> None:
    spoil(path)
    with pytest.raises(Unusable) as why:
        Store(path)
    sentence = str(why.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert all(word in sentence for word in says)


def test_a_state_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(Unusable, match=r"hub\.db"):
        Store(tmp_path / "state" / "hub.db")


def test_a_newer_file_is_left_as_it_is(path: Path) -> None:
    newer(path)
    before = path.read_bytes()
    with pytest.raises(Unusable):
        Store(path)
    assert path.read_bytes() == before


# -- a full disk ------------------------------------------------------------------------------------------------


def test_a_full_disk_stores_nothing_and_room_makes_it_go_on(path: Path) -> None:
    """As much as the log's tail may still grow is a few rows: the limit is the process's own, the file is real."""
    store = Store(path)
    store.commit(Batch([row(1)]), taken=0)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = path.with_name("hub.db-wal")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wal.stat().st_size + 5000, hard))
        with pytest.raises(sqlite3.Error):
            store.commit(Batch([row(seq) for seq in range(2, 2000)]), taken=1)
        assert (store.read().rows, store.taken) == ([row(1)], 0)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    store.commit(Batch([row(2)]), taken=1)
    store.close()
    copy = shutil.copy(path, path.with_name("copy.db"))
    assert Store(Path(copy)).read().rows == [row(1), row(2)]
