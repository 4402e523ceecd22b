"""Puts each deliberate fault into a copy of the project and lets the simulator look for it.

    python -m tests.mutations.find                 all of them
    python -m tests.mutations.find quota grace     these two
    python -m tests.mutations.find --days 50       with less patience

Prints a line for each: on which day it was found, and by what. Ends with 1 when one was not found.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.mutations.faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]
ROOMS = (
    "moiso", "hub", "kiosk", "counter_terminal", "display", "stats", "web", "centre", "broker_config", "examples",
)  # fmt: skip
#: Days in which a fault has to be found.
DAYS = 200


def spoil(fault: Fault, home: Path) -> Path:
    """A copy of the project below `home` with this fault in it."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, home / room, ignore=shutil.ignore_patterns("__pycache__"))
    path = home / fault.path
    source = path.read_text(encoding="utf-8")
    assert source.count(fault.right) == 1, f"{fault.path}: {source.count(fault.right)} times {fault.right!r}"
    path.write_text(source.replace(fault.right, fault.wrong), encoding="utf-8")
    return home


def simulate(home: Path, days: int, seed: int) -> subprocess.CompletedProcess[str]:
    """Run the simulator of that copy until the first violation."""
    asked = ["simulate", "--faults", "--days", str(days), "--seed", str(seed)]
    command = [sys.executable, "-P", "-m", "centre.cli", *asked]
    environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)


def find(name: str, days: int = DAYS, seed: int = 1) -> tuple[str, str | None]:
    """The fault, and on which day and by what it was found; None when it was not."""
    with tempfile.TemporaryDirectory(prefix=f"moiso-{name}-") as folder:
        run = simulate(spoil(FAULTS[name], Path(folder)), days, seed)
    if run.returncode == 0:
        return name, None
    told = re.search(r"^VIOLATION of (.*)$", run.stdout + run.stderr, re.MULTILINE)
    whole = re.search(r"^(\d+) days?, ", run.stdout + run.stderr, re.MULTILINE)
    if told is None or whole is None:
        raise RuntimeError(f"{name}: the simulator failed otherwise: {run.stderr[-2000:]}")
    return name, f"day {int(whole[1]) + 1}, {told[1][:160]}"


def main() -> int:
    """Look for the faults that are named, or for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *FAULTS], default=[])
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    lost = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for name, told in pool.map(partial(find, days=asked.days, seed=asked.seed), asked.names or list(FAULTS)):
            lost += told is None
            print(f"{name:26} {told or f'NOT FOUND in {asked.days} days'}", flush=True)
    print(f"{len(asked.names or FAULTS) - lost} found, {lost} not")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
