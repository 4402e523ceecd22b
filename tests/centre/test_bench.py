import subprocess
import sys
from pathlib import Path

import pytest

from centre.bench import finder, history
from centre.bench.table import Figure, p50, p99, quantile, table
from hub.ledger import Ledger
from hub.store import Store
from moiso.runtime.site import load
from tests.whole.talk import PATIENCE

NORMAL = Path(__file__).parents[2] / "examples" / "normal.toml"


def bench(*words):
    line = [sys.executable, "-P", "-m", "centre.bench", *words]
    return subprocess.run(line, capture_output=True, text=True, timeout=20 * PATIENCE, check=False)


def test_a_quick_run_prints_the_calls_beside_their_floor():
    done = bench("--quick", "--only", "a")
    assert done.returncode == 0, done.stderr
    head, _, first, *_ = done.stdout.splitlines()
    assert head.split() == ["figure", "measured", "floor", "ratio", "aim", "reached"]
    assert first.startswith("a  next -> wall, p50")
    assert first.split()[-1] in {"yes", "NO"}
    measured, floor = (float(word) for word in first.split("p50")[1].replace("ms", "").split()[:2])
    assert 0 < floor < measured


def test_an_unknown_part_is_named():
    done = bench("--only", "a,z")
    assert done.returncode == 2
    assert "'a,z'" in done.stderr


def test_quantiles_are_samples():
    samples = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert (p50(samples), p99(samples), quantile(samples, 0.0)) == (3.0, 5.0, 1.0)


@pytest.mark.parametrize(("reached", "word"), [(True, "yes"), (False, "NO"), (None, "")])
def test_a_line_says_whether_the_aim_was_reached(reached, word):
    line = table([Figure("a", "x", 12.34, "ms", 6.17, 2.0, "<= 2 x", reached)]).splitlines()[-1]
    assert line.split() == ["a", "x", "12.3", "ms", "6.17", "ms", "2.00", "<=", "2", "x", *([word] if word else [])]


def test_the_history_is_a_log_that_the_hub_can_read(tmp_path):
    path = tmp_path / "hub.db"
    history.write(path, history.A_DAY + 1, lambda _: None)
    store = Store(path)
    memory = store.read()
    last = memory.rows[-1]
    assert (last.type, last.day, store.taken) == ("day-closed", "2010-01-05", last.seq)
    assert last.seq == 2 * (2 + 5 * history.A_DAY)
    site = load(NORMAL)
    centre = Ledger(site.rules(), site.calendar, memory).centre
    assert (centre.day, centre.account.issued) == (None, history.A_DAY)


def test_the_finder_is_measured_with_as_many_procedures_as_the_portal_has(tmp_path):
    figures = finder.measure(tmp_path, 1, lambda _: None)
    assert [figure.what.split(", ")[-1] for figure in figures] == ["p50", "p99", "longest", "the first keystroke"]
    assert all("6,297" in figure.what for figure in figures[:3])
    assert 0 < figures[0].value <= figures[1].value <= figures[2].value
