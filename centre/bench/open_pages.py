"""(h) From a published `next` to the wall with many pages open, beside the same with none of them, in turns."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from centre.bench.calls import REST, WAITING, WARM, Hall
from centre.bench.ground import Ground, running
from centre.bench.table import Figure, p50, p99

Tell = Callable[[str], None]

#: Pages of clerks, managers and greeters that are open at once.
PAGES = 40
#: What a p99 with open pages may be of the one without.
MOST = 1.5


class Readers:
    """Whoever has pages open, in a process of their own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def keep(self, count: int) -> int:
        """Leave so many pages open; how many the server serves."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(count, file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())


@contextmanager
def readers(port: int, accounts: Path) -> Iterator[Readers]:
    """Nobody has a page open yet."""
    with running([sys.executable, "-P", "-m", "centre.bench.readers", str(port), str(accounts)]) as process:
        yield Readers(process)


def measure(ground: Ground, turns: int, calls: int, tell: Tell) -> list[Figure]:
    """`turns` times so many calls without open pages and so many with them; the program of the pages runs always."""
    taken: dict[int, list[float]] = {0: [], PAGES: []}
    served = []
    with ground.hub(), ground.pages() as (port, accounts), readers(port, accounts) as people:
        hall = Hall(ground)
        for _ in range(WAITING):
            hall.issue()
        _calls(hall, WARM)
        for turn in range(turns):
            for pages in taken:
                served.append(people.keep(pages))
                fresh = _calls(hall, calls)
                taken[pages] += fresh
                tell(f"turn {turn + 1} of {turns}, {served[-1]} pages: {p50(fresh):.2f} ms, p99 {p99(fresh):.2f} ms")
        hall.close()
    return _figures(taken[0], taken[PAGES], max(served))


def _calls(hall: Hall, count: int) -> list[float]:
    """Milliseconds of so many calls."""
    taken = []
    for _ in range(count):
        hall.issue()
        time.sleep(REST)
        taken.append(1000 * hall.call())
    return taken


def _figures(without: list[float], beside: list[float], served: int) -> list[Figure]:
    low, high = p99(beside) / p99(without), f"next -> wall, {PAGES} pages open"
    return [
        Figure("h", f"{high}, p50", p50(beside), "ms", p50(without), p50(beside) / p50(without)),
        Figure("h", f"{high}, p99", p99(beside), "ms", p99(without), low, f"<= {MOST} x", low <= MOST),
        Figure("h", "  pages served at once", served, "", None, None, f"{PAGES}", served == PAGES),
    ]
