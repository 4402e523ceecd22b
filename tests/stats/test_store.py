import sqlite3
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from moiso.runtime.program import Unusable
from moiso.wire.codec import encode
from moiso.wire.messages import Event
from stats.intake import Memory, Row
from stats.store import Store
from tests.stats.fixture_day import EVENING, MORNING, happened

LOG = happened(MORNING)


def rows(events: list[Event]) -> list[Row]:
    return [Row(event.log, event.seq, event.day, event.type, encode(event)) for event in events]


def kept(path: Path) -> list[tuple[str, str, int]]:
    with sqlite3.connect(path) as db:
        return db.execute("SELECT site, log, seq FROM event ORDER BY site, log, seq").fetchall()


def seqs(memory: Memory) -> list[int]:
    return [event.seq for event in memory.events]


def test_a_new_file_knows_nothing(tmp_path: Path) -> None:
    assert Store(tmp_path / "stats.db", "an-binh").memory() == Memory()


def test_rows_and_position_come_back_after_a_restart(tmp_path: Path) -> None:
    store = Store(tmp_path / "stats.db", "an-binh")
    store.append(rows(LOG[:10]))
    store.close()
    memory = Store(tmp_path / "stats.db", "an-binh").memory()
    assert (memory.log, memory.seq, seqs(memory)) == ("k3f9", 10, list(range(1, 11)))
    assert [encode(event) for event in memory.events] == [encode(event) for event in LOG[:10]]


def test_a_row_is_kept_once_by_site_log_and_seq(tmp_path: Path) -> None:
    store = Store(tmp_path / "stats.db", "an-binh")
    for batch in (LOG[:5], LOG[2:7], LOG[:7]):
        store.append(rows(batch))
    store.append(rows([replace(event, log="n7q2") for event in LOG[:2]]))
    expected = [("an-binh", "k3f9", seq) for seq in range(1, 8)] + [("an-binh", "n7q2", seq) for seq in (1, 2)]
    assert kept(tmp_path / "stats.db") == expected
    assert (store.memory().log, store.memory().seq) == ("n7q2", 2)


def test_a_row_that_is_there_is_never_rewritten(tmp_path: Path) -> None:
    store = Store(tmp_path / "stats.db", "an-binh")
    store.append(rows(LOG[:1]))
    store.append([rows(LOG[:1])[0]._replace(body=b"{}")])
    assert [encode(event) for event in store.memory().events] == [encode(LOG[0])]


def test_a_log_without_a_day_is_read_from_its_beginning(tmp_path: Path) -> None:
    store = Store(tmp_path / "stats.db", "an-binh")
    store.append(rows(LOG[1:3]))
    assert seqs(store.memory()) == [2, 3]


def test_a_start_reads_from_the_last_day_opened_only(tmp_path: Path) -> None:
    day = happened(MORNING + EVENING.lstrip())
    today = happened("07:00:00 day-opened\n07:30:00 issued A001", first=len(day) + 1)
    store = Store(tmp_path / "stats.db", "an-binh")
    store.append(rows([*day, *today]))
    assert seqs(store.memory()) == [event.seq for event in today]


def test_years_of_history_do_not_slow_a_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in steps of SQLite's own machine: the last day is found from the end, not by a walk through the years."""
    years, opened, connect = 5_000, list[sqlite3.Connection](), sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **more: opened.append(connect(*a, **more)) or opened[-1])
    ticket, today = rows(LOG[1:2])[0], happened("07:00:00 day-opened\n07:30:00 issued A001", first=years + 1)
    young, old = (Store(tmp_path / name, "an-binh") for name in ("young.db", "old.db"))
    old.append([ticket._replace(seq=seq) for seq in range(1, years + 1)])
    for store in (young, old):
        store.append(rows(today))
    without, _ = _steps(young, opened[0])
    took, found = _steps(old, opened[1])
    assert found == [years + 1, years + 2]
    assert took < 2 * without


def _steps(store: Store, connection: sqlite3.Connection) -> tuple[int, list[int]]:
    steps = count()
    connection.set_progress_handler(lambda: next(steps) < 0, 1)
    found = seqs(store.memory())
    return next(steps), found


def test_a_batch_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    store = Store(tmp_path / "stats.db", "an-binh")
    store.append(rows(LOG[:2]))
    with pytest.raises(sqlite3.Error):
        store.append([*rows(LOG[2:4]), Row("k3f9", None, None, "broken", b"")])  # type: ignore[arg-type]
    assert len(kept(tmp_path / "stats.db")) == 2
    assert store.memory().seq == 2
    store.append(rows(LOG[2:4]))
    assert store.memory().seq == 4


def test_a_newer_history_is_refused_in_one_sentence(tmp_path: Path) -> None:
    Store(tmp_path / "stats.db", "an-binh").close()
    with sqlite3.connect(tmp_path / "stats.db") as db:
        db.execute("PRAGMA user_version = 9")
    with pytest.raises(Unusable, match=r"stats\.db was written by a newer Mời Số \(format 9, this one knows 1\)"):
        Store(tmp_path / "stats.db", "an-binh")


def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "stats.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Unusable, match=r"stats\.db cannot be used \(file is not a database\): restore it .* or move"):
        Store(tmp_path / "stats.db", "an-binh")


def test_a_damaged_history_is_refused_in_one_sentence(tmp_path: Path) -> None:
    store = Store(tmp_path / "stats.db", "an-binh")
    store.append([rows(LOG[:1])[0]._replace(body=b"{")])
    with pytest.raises(Unusable, match=r"stats\.db cannot be used"):
        store.memory()


def test_a_directory_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="missing cannot be written"):
        Store(tmp_path / "missing" / "stats.db", "an-binh")
