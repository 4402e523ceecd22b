"""(f) Proportional memory of every program of a whole running centre."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from centre.bench.table import Figure
from centre.bench.whole import whole

#: Megabytes: the whole centre, and the hub alone.
WHOLE, HUB = 250.0, 40.0
#: Seconds after which everybody has started and settled.
SETTLED = 5.0
PROC = Path("/proc")


def measure(folder: Path, tell: Callable[[str], None]) -> list[Figure]:
    """A day's beginning: a few tickets, a few calls, then a look."""
    with whole(folder / "state") as centre:
        tell(f"first ticket after {centre.first_ticket():.2f} s")
        time.sleep(SETTLED)
        for service in "ABCHK":
            centre.ticket(service)
        for counter in range(1, 5):
            centre.call(counter)
        time.sleep(SETTLED)
        sizes = {_name(pid): _megabytes(pid) for pid in [centre.pid, *_children(centre.pid)]}
    total = sum(sizes.values())
    return [
        Figure("f", "memory, whole centre", total, "MB", None, total / WHOLE, f"< {WHOLE:.0f} MB", total < WHOLE),
        *(_one(name, size) for name, size in sorted(sizes.items(), key=lambda pair: -pair[1])),
    ]


def _one(name: str, size: float) -> Figure:
    if name == "hub":
        return Figure("f", "  hub", size, "MB", None, size / HUB, f"< {HUB:.0f} MB", size < HUB)
    return Figure("f", f"  {name}", size, "MB")


def _children(pid: int) -> list[int]:
    """Every process below this one."""
    found = [int(each) for each in (PROC / f"{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for child in found for below in _children(child))]


def _name(pid: int) -> str:
    """What the process is: the module after `-m`, or the program."""
    words = (PROC / f"{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("-m") + 1] if "-m" in words else Path(words[0]).name


def _megabytes(pid: int) -> float:
    """Its proportional share of the machine's memory."""
    found = re.search(r"^Pss:\s+(\d+) kB", (PROC / f"{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
