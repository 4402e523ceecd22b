"""(e) The same with years of old tickets in the log: issues per second, and from the start to the first ticket."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from centre.bench import history
from centre.bench.crowd import Crowd, crowd
from centre.bench.ground import SITE, Ground
from centre.bench.table import Figure, p50
from centre.bench.whole import whole

Tell = Callable[[str], None]

#: How far a figure with history may be from the one without.
WITHIN = 0.10


def measure(folder: Path, sizes: Sequence[int], rounds: int, seconds: float, tell: Tell) -> list[Figure]:
    """Every size beside the first, which is 0, in turns."""
    with ExitStack() as stack:
        grounds = {size: stack.enter_context(Ground(folder / str(size))) for size in sizes}
        for size, ground in grounds.items():
            history.write(ground.state / "hub.db", size, tell)
        starts = _starts(grounds, rounds, tell)
        rates = _rates(grounds, rounds, seconds, tell)
    return [*_start_figures(starts), *_rate_figures(rates)]


def _starts(grounds: dict[int, Ground], rounds: int, tell: Tell) -> dict[int, list[float]]:
    """Seconds of each start; the first of each, which renders the clips, does not count."""
    taken: dict[int, list[float]] = {size: [] for size in grounds}
    for number in range(rounds + 1):
        for size, ground in grounds.items():
            with whole(ground.state) as centre:
                took = centre.first_ticket()
            tell(f"start {number} with {size} old tickets: {took:.2f} s")
            taken[size].append(took)
    return {size: each[1:] for size, each in taken.items()}


def _rates(grounds: dict[int, Ground], rounds: int, seconds: float, tell: Tell) -> dict[int, list[float]]:
    """Tickets per second; the first round, in which the hubs warm up, does not count."""
    rates: dict[int, list[float]] = {size: [] for size in grounds}
    with ExitStack() as stack:
        crowds = {size: stack.enter_context(_with_hub(ground)) for size, ground in grounds.items()}
        for number in range(rounds + 1):
            for size, kiosks in crowds.items():
                rates[size].append(kiosks.issue(SITE, seconds))
                tell(f"round {number} with {size} old tickets: {rates[size][-1]:.0f} tickets/s")
    return {size: each[1:] for size, each in rates.items()}


@contextmanager
def _with_hub(ground: Ground) -> Iterator[Crowd]:
    with ground.hub(), crowd(ground) as kiosks:
        yield kiosks


def _start_figures(taken: dict[int, list[float]]) -> list[Figure]:
    none, *_ = taken.values()
    figures = []
    for size, each in taken.items():
        took, ratio = p50(each), p50([start / base for start, base in zip(each, none, strict=True)])
        figures.append(Figure("e", f"start to ticket, {size:,} old", took, "s", None, ratio, "<= 2 s", took <= 2.0))
    return [figures[0], *(_within(figure) for figure in figures[1:])]


def _rate_figures(rates: dict[int, list[float]]) -> list[Figure]:
    none, *_ = rates.values()
    figures = []
    for size, each in rates.items():
        ratio = p50([rate / base for rate, base in zip(each, none, strict=True)])
        figures.append(Figure("e", f"durable tickets, {size:,} old", p50(each), "/s", None, ratio))
    return [figures[0], *(_within(figure) for figure in figures[1:])]


def _within(figure: Figure) -> Figure:
    """The aim of a figure with history: about that of the one without."""
    assert figure.ratio is not None
    near = figure.ratio <= 1 + WITHIN if figure.unit == "s" else figure.ratio >= 1 - WITHIN
    aim = f"{figure.aim}, " if figure.aim else ""
    reached = near and figure.reached is not False
    return Figure("e", figure.what, figure.value, figure.unit, None, figure.ratio, f"{aim}within 10 % of 0", reached)
