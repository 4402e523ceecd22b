"""What became of the presses at all kiosks of a day, and which of the hard cases were among them. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

#: The hard cases of kiosks without the hub, as a run counts them; each names one thing that must come about.
MET = (
    "journals torn within a record",
    "journals lost",
    "presses with an empty block",
    "numbers after days without the hub",
    "numbers of two kiosks alone at once",
    "numbers under a wrong clock",
    "numbers on a Monday before the hub",
    "presses on such a Monday without a clock",
    "half hours alone beside a kiosk on line",
    "phantoms replaced at a counter",
    "spoilt numbers",
    "own codes scanned",
)
#: Seconds between the presses at two kiosks that were at once; that a clock is wrong; that a cut is long.
AT_ONCE, WRONG, LONG = 120.0, 60.0, 1800.0
#: The hub was not heard for so many seconds when people talk of days: from an evening to the next but one morning.
DAYS = 1.4 * 86400.0


@dataclass(frozen=True)
class Got:
    """Somebody got a number at a kiosk.

    at: the true time, seconds since 1970. alone: the kiosk gave it by itself. silent: seconds since the hub last wrote
    into its log. wrong: by how many seconds a clock that nobody has set was wrong, None when it was set.
    """

    kiosk: str
    ticket: str
    service: str
    at: float
    monday: bool = False
    alone: bool = False
    silent: float = 0.0
    wrong: float | None = None


class Presses:
    """Those of one day, in order."""

    def __init__(self) -> None:
        self._got: dict[tuple[str, str], Got] = {}

    def add(self, got: Got) -> None:
        """One more; a number that is on the page and on paper is one."""
        self._got.setdefault((got.kiosk, got.ticket), got)

    def evening(self) -> Counter[str]:
        """How often each hard case was met on this day; the next one begins with none."""
        alone = [got for got in self._got.values() if got.alone]
        found = Counter(name for got in alone for name in self._cases(got, alone))
        found["half hours alone beside a kiosk on line"] = sum(self._long_cuts())
        self._got.clear()
        return +found

    def _cases(self, got: Got, alone: list[Got]) -> Iterator[str]:
        if got.silent > DAYS:
            yield "numbers on a Monday before the hub" if got.monday else "numbers after days without the hub"
        if any(other.kiosk != got.kiosk and abs(other.at - got.at) < AT_ONCE for other in alone):
            yield "numbers of two kiosks alone at once"
        if got.wrong is not None and abs(got.wrong) > WRONG:
            yield "numbers under a wrong clock"

    def _long_cuts(self) -> Iterator[int]:
        """Per run of numbers of a kiosk's own: whether it is half an hour long, beside one that had the hub."""
        for kiosk in sorted({got.kiosk for got in self._got.values()}):
            for run in _runs([got for got in self._got.values() if got.kiosk == kiosk]):
                yield int(run[-1].at - run[0].at >= LONG and self._beside(run))

    def _beside(self, run: list[Got]) -> bool:
        served = {got.service for got in run}
        return any(
            not other.alone and other.service in served and run[0].at < other.at < run[-1].at
            for other in self._got.values()
        )


def _runs(numbers: list[Got]) -> Iterator[list[Got]]:
    """The numbers that a kiosk gave alone, without one of the hub's between them."""
    run: list[Got] = []
    for got in numbers:
        if got.alone:
            run.append(got)
        elif run:
            yield run
            run = []
    if run:
        yield run
