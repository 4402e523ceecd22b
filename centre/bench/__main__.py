"""`make bench`: every figure of the bench in one run, beside floors measured in the same run."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from centre.bench import calls, crowd, days, finder, memory, open_pages, screens, sounds, years
from centre.bench.ground import Ground
from centre.bench.table import Figure, table

Tell = Callable[[str], None]

PARTS = "abcdefghi"
#: Old tickets in the log.
FEW, MANY = (0, 10_000), (0, 100_000, 1_000_000)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print the table; 0 whatever the figures say."""
    args = _parser().parse_args(argv)
    build = Path("build")
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        figures = [figure for part in args.only for figure in _part(part, Path(folder) / part, quick=args.quick)]
    print(table(figures))
    return 0


def _part(part: str, folder: Path, *, quick: bool) -> list[Figure]:
    """Measure one part; `folder` does not exist yet."""
    tell = _teller(part)
    tell("begins")
    measures = (_calls, _screens, _sounds, _crowd, _years, _memory, _days, _open_pages, _finder)
    return measures[PARTS.index(part)](folder, quick, tell)


def _calls(folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    with Ground(folder) as ground:
        return calls.measure(ground, 40 if quick else 300, tell)


def _screens(_folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    return screens.measure(20 if quick else 100, tell)


def _sounds(folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    return sounds.measure(folder, 5 if quick else 30, tell)


def _crowd(folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    with Ground(folder) as ground:
        return crowd.measure(ground, *_turns(quick), tell)


def _years(folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    return years.measure(folder, FEW if quick else MANY, *_turns(quick), tell)


def _memory(folder: Path, _quick: bool, tell: Tell) -> list[Figure]:
    return memory.measure(folder, tell)


def _days(_folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    return days.measure(1 if quick else 5, tell)


def _open_pages(folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    with Ground(folder) as ground:
        return open_pages.measure(ground, *((2, 20) if quick else (6, 100)), tell)


def _finder(folder: Path, quick: bool, tell: Tell) -> list[Figure]:
    return finder.measure(folder, 1 if quick else 10, tell)


def _turns(quick: bool) -> tuple[int, float]:
    """How many rounds, and the seconds of each."""
    return (2, 1.0) if quick else (8, 3.0)


def _teller(part: str) -> Tell:
    return lambda text: print(f"bench ({part}): {text}", file=sys.stderr, flush=True)


def _parts(text: str) -> list[str]:
    parts = [part for part in text.split(",") if part]
    if not parts or any(part not in PARTS for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r}: letters of {', '.join(PARTS)}, with commas")
    return parts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m centre.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds and a small history")
    parser.add_argument("--only", type=_parts, default=list(PARTS), metavar="a,d", help="these parts only")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
