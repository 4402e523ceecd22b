"""What a typed line may mean: each word with all that it may have been meant for, and how much it says. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, product
from math import log

from moiso.procedures.everyday import Folded
from moiso.procedures.fold import words
from moiso.procedures.slips import WAYS, near, parted

#: How well a word of a name answers what was typed.
EXACT, BEGUN, SLIP = 1.0, 0.9, 0.6
#: An everyday saying says more than its letters, which without marks may stand in any name (`so do`: số, sở, độ, do).
SAYING = 0.2
#: Words of a line that are looked at, the last ones.
MOST = 8
#: Words whose possible slips are remembered.
KEPT = 200


@dataclass(frozen=True)
class Sought:
    """A typed word. begun: it may be unfinished. slips: other words that may have been meant.

    answers: every word of the catalogue that answers it -> how well. weight: how much it says.
    """

    word: str
    begun: bool
    slips: tuple[str, ...]
    answers: Mapping[str, float]
    weight: float


@dataclass(frozen=True)
class Reading:
    """One meaning of a typed line.

    sought: the words that a name must answer, as far as it can. beside: words that only add to what it scores. bonus:
    is added too.
    """

    sought: tuple[Sought, ...]
    beside: tuple[Sought, ...] = ()
    bonus: float = 0.0


class Lexicon:
    """The words of a catalogue: `count` is word -> how many of its `total` procedures have it."""

    def __init__(self, count: Mapping[str, int], total: int, everyday: Folded) -> None:
        self._total, self._everyday = total, everyday
        self.weight: dict[str, float] = {word: self._says(having) for word, having in count.items()}
        self._count = count
        # Of a line that grows by a letter, only the last word is new.
        self._slips = lru_cache(KEPT)(self._near)

    def lines(self, text: str) -> list[list[str]]:
        """The words that were typed; several times when a missing space can stand in several places."""
        typed = words(text)[-MOST:]
        ways = [self._parted(word, last) for word, last in _with_last(typed)]
        return [list(chain(*line)) for line in islice(product(*ways), WAYS)] if typed else []

    def readings(self, typed: Sequence[str], begun: bool) -> list[Reading]:
        """What the words say, and what the everyday sayings in them mean; `begun`: the last may be unfinished."""
        plain = Reading(tuple(self._sought(*each) for each in self._plain(typed, begun)))
        meant = self._everyday.meant(typed, self._count)
        return [plain, *(Reading(self._whole(means), self._whole(beside), SAYING) for means, beside in meant)]

    def guess(self, typed: Sequence[str], begun: bool) -> Reading:
        """What the words may have been meant for, when fingers slipped."""
        return Reading(tuple(self._guessed(*each) for each in self._plain(typed, begun)))

    def _whole(self, typed: Sequence[str]) -> tuple[Sought, ...]:
        return tuple(self._sought(word, False) for word in typed)

    def _plain(self, typed: Sequence[str], begun: bool) -> Iterator[tuple[str, bool]]:
        for word, last in _with_last(self._everyday.without_fillers(typed)):
            yield word, last and begun

    def _parted(self, word: str, last: bool) -> list[list[str]]:
        """The words that were typed without a space between them."""
        if word in self._count or word in self._everyday.known or (last and self._begins(word)):
            return [[word]]
        if self._slips(word, last):
            return [[word]]
        return parted(word, self._count, begins=last) or [[word]]

    def _sought(self, word: str, begun: bool) -> Sought:
        answers = dict.fromkeys(self._beginning(word), BEGUN) if begun else {}
        return Sought(word, begun, (), answers | {word: EXACT}, self._weight(word, answers))

    def _guessed(self, word: str, begun: bool) -> Sought:
        slips = self._slips(word, begun)
        sure = self._sought(word, begun)
        return Sought(word, begun, slips, dict.fromkeys(slips, SLIP) | dict(sure.answers), sure.weight)

    def _near(self, word: str, begun: bool) -> tuple[str, ...]:
        return tuple(near(word, self._count, begins=begun))

    def _beginning(self, word: str) -> list[str]:
        return [known for known in self._count if known.startswith(word)]

    def _weight(self, word: str, answers: Mapping[str, float]) -> float:
        known = self.weight.get(word)
        return known if known is not None else self._says(sum(self._count[answer] for answer in answers))

    def _says(self, having: int) -> float:
        """How much a word says that so many procedures have: the fewer, the more."""
        return log(1 + self._total / min(max(1, having), self._total))

    def _begins(self, word: str) -> bool:
        return any(known.startswith(word) for known in self._count)


def _with_last(typed: Sequence[str]) -> Iterator[tuple[str, bool]]:
    yield from ((word, at == len(typed)) for at, word in enumerate(typed, 1))
