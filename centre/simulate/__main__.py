"""`moiso simulate`: days of a centre under virtual time, until they are over or a promise is broken."""

import argparse
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from centre.simulate.report import Bar, Total
from centre.simulate.week import DAYS, Outcome, Week, hours_of
from moiso.runtime.program import Unusable, guarded
from moiso.runtime.site import Site, load

EXAMPLES = """\
examples:
  moiso simulate --days 5                          a week, and what it brought
  moiso simulate --days 1000 --faults --jobs 2     a thousand days on which everything goes wrong
  moiso simulate --seed 7 --week 12 --faults       one week again, exactly as it was"""


@dataclass(frozen=True)
class Task:
    """One week to simulate, of at most `days` days."""

    site: Path
    seed: int
    week: int
    days: int
    faults: bool

    def again(self) -> str:
        """The command line that replays it."""
        faults = " --faults" if self.faults else ""
        return f"moiso simulate --site {self.site} --seed {self.seed} --week {self.week}{faults}"

    def run(self) -> Outcome:
        """Live through it."""
        return Week(load(self.site), self.seed, self.week, self.days, with_faults=self.faults).run()


def main(argv: Sequence[str] | None = None) -> int:
    """Simulate what was asked for; 0, or 1 when a promise was broken."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    args = _parser().parse_args(argv)
    tasks = list(_tasks(args, load(args.site)))
    total, bar, began = Total(), Bar(sum(task.days for task in tasks)), time.monotonic()
    broken = False
    for task, outcome in _run(tasks, args.jobs):
        total.add(outcome)
        bar.show(total.sum.days, time.monotonic() - began)
        if outcome.violation:
            bar.end()
            print(f"VIOLATION of {outcome.violation}\n  seed {task.seed}, week {task.week}; again: {task.again()}")
            broken = True
            break
    bar.end()
    print("\n".join(total.lines()))
    return int(broken)


def _tasks(args: argparse.Namespace, site: Site) -> Iterator[Task]:
    """Whole weeks until there are days enough, the last one shorter; or the one week that was asked for."""
    if args.week is not None:
        yield Task(args.site, args.seed, args.week, min(args.days, DAYS), args.faults)
        return
    left = args.days
    for week in count():
        days = min(left, len(hours_of(site, week)[1]))
        if days:
            yield Task(args.site, args.seed, week, days, args.faults)
        left -= days
        if not left:
            return
        if week > left + args.days + 100:
            raise Unusable(f"{args.site}: no service has hours on any working day, so there is nothing to simulate")


def _run(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Every week with its outcome: in order, or as they come when several processes work."""
    if jobs == 1:
        yield from ((task, task.run()) for task in tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        runs = {pool.submit(task.run): task for task in tasks}
        try:
            for done in as_completed(runs):
                yield runs[done], done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moiso simulate",
        description="Days of a centre under virtual time: the real machines, invented people, every promise checked.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    large = Path("examples/large.toml")
    parser.add_argument("--site", type=Path, default=large, metavar="FILE", help=f"the centre (default {large})")
    parser.add_argument("--days", type=_positive, default=DAYS, metavar="N", help=f"working days (default {DAYS})")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="what all chance comes from (default 1)")
    parser.add_argument("--week", type=int, metavar="K", help="only this week of the seed, as a violation names it")
    parser.add_argument("--faults", action="store_true", help="crashes, cut cables, lying clocks, a bad network")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="J", help="processes (default 1)")
    return parser


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: a whole number from 1 on")
    return number


if __name__ == "__main__":
    raise SystemExit(main())
