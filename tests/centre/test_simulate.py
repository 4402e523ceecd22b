"""A short slice of the simulator, and that it sees what it is there to see."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from centre.simulate import __main__ as simulate
from centre.simulate.disk import Disk
from centre.simulate.week import Week
from centre.simulate.witness import every_step
from moiso.core import desk
from moiso.core.policy import Choice
from moiso.runtime.site import load
from tests.whole.talk import PATIENCE

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = str(EXAMPLES / "small.toml")


def run(capsys, *words):
    """Exit code and what was printed."""
    code = simulate.main(["--site", SMALL, *words])
    return code, capsys.readouterr().out


def test_quiet_days_keep_every_promise(capsys):
    code, said = run(capsys, "--days", "1", "--seed", "11")
    assert code == 0, said
    assert said.startswith("1 day, ")
    assert "faults" not in said


def test_days_on_which_everything_goes_wrong_keep_them_too(capsys):
    code, said = run(capsys, "--days", "2", "--seed", "12", "--faults")
    assert code == 0, said
    faults = re.search(r"(\d+) faults: .*hub killed", said)
    assert faults
    assert int(faults[1]) >= 20


def test_a_day_of_a_large_centre_has_its_crowd():
    outcome = Week(load(EXAMPLES / "large.toml"), 3, 2, 1, with_faults=False).run()
    assert outcome.violation is None
    assert outcome.days == 1
    assert outcome.tickets >= 280, "a Monday of seven counters"
    assert len(outcome.steps) >= 0.6 * len(every_step())


def test_a_seed_replays_exactly_in_any_process():
    """Chance, and nothing else, decides: no hash, no address, no clock."""
    code = (
        "from pathlib import Path\n"
        "from centre.simulate.week import Week\n"
        "from moiso.runtime.site import load\n"
        f"print(Week(load(Path({SMALL!r})), 5, 0, 1, with_faults=True).run().digest)\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hashing},
            capture_output=True,
            text=True,
            check=True,
            timeout=20 * PATIENCE,
        ).stdout
        for hashing in ("1", "2")
    }
    assert len(digests) == 1


def newest_first(centre, counter, now):
    """A policy that is as wrong as can be."""
    waiting = [number for code in counter.services for _, number in centre.lines[code]]
    return Choice(centre.tickets[max(waiting)], "oldest") if waiting else None


def test_a_wrong_policy_is_found_and_can_be_replayed(capsys, monkeypatch):
    monkeypatch.setattr(desk, "choose", newest_first)
    code, said = run(capsys, "--days", "1", "--seed", "13")
    assert code == 1
    assert "VIOLATION of promise 5" in said
    again = re.search(r"again: moiso simulate (.*)", said)
    assert again
    assert simulate.main(again[1].split()) == 1
    assert capsys.readouterr().out == said


def test_a_disk_that_forgets_is_found(capsys, monkeypatch):
    def forgetful(disk, batch, taken):
        batch.rows = [row for row in batch.rows if row.type != "ticket-printed"]
        remembered(disk, batch, taken)

    remembered = Disk.commit
    monkeypatch.setattr(Disk, "commit", forgetful)
    code, said = run(capsys, "--days", "1", "--seed", "14")
    assert code == 1
    assert "VIOLATION of promise 8" in said


@pytest.mark.parametrize("words", [["--days", "0"], ["--days", "many"], ["--jobs", "-1"]])
def test_a_number_that_is_none_is_named(words, capsys):
    with pytest.raises(SystemExit):
        simulate.main(words)
    assert words[1] in capsys.readouterr().err


def test_a_site_that_is_not_there_is_one_sentence(capsys):
    assert simulate.main(["--site", "nowhere.toml"]) == 78
    assert "nowhere.toml" in capsys.readouterr().err
