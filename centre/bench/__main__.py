"""`make bench`: every figure of the bench in one run, beside floors measured in the same run."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from centre.bench import calls
from centre.bench.ground import Ground
from centre.bench.table import Figure, table

PARTS = "abcdef"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print the table; 0 whatever the figures say."""
    args = _parser().parse_args(argv)
    build = Path("build")
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        figures = [figure for part in args.only for figure in _part(part, Path(folder), quick=args.quick)]
    print(table(figures))
    return 0


def _part(part: str, folder: Path, *, quick: bool) -> list[Figure]:
    tell = _teller(part)
    tell("begins")
    with Ground(folder / part, ["bench"]) as ground:
        return calls.measure(ground, "bench", 40 if quick else 400, tell)


def _teller(part: str) -> Callable[[str], None]:
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
