"""Figures of the bench and the table they stand in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADS = ("", "figure", "measured", "floor", "ratio", "aim", "reached")


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    part: the letter under which the line is asked for; value and floor are in `unit`; ratio: value to floor, or to
    whatever `aim` speaks of; reached: None when there is no aim.
    """

    part: str
    what: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    aim: str = ""
    reached: bool | None = None


def quantile(samples: Sequence[float], share: float) -> float:
    """The sample below which `share` (0 to 1) of them lie; there must be one."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def p50(samples: Sequence[float]) -> float:
    """The median."""
    return quantile(samples, 0.5)


def p99(samples: Sequence[float]) -> float:
    """The sample that one in a hundred exceeds."""
    return quantile(samples, 0.99)


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, columns aligned."""
    rows = [HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    return [
        cell.rjust(width) if head in {"measured", "floor", "ratio"} else cell.ljust(width)
        for head, cell, width in zip(HEADS, row, widths, strict=True)
    ]


def _cells(figure: Figure) -> tuple[str, ...]:
    reached = {None: "", True: "yes", False: "NO"}[figure.reached]
    floor = "" if figure.floor is None else f"{_short(figure.floor)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return (figure.part, figure.what, f"{_short(figure.value)} {figure.unit}", floor, ratio, figure.aim, reached)


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
