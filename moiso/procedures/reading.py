"""What a typed line may mean: each word with all that it may have been meant for, and how much it says. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from moiso.procedures.everyday import Folded
from moiso.procedures.fold import words
from moiso.procedures.slips import near, parted, slipped

#: How well a word of a name answers what was typed.
EXACT, BEGUN, SLIP = 1.0, 0.9, 0.6
#: An everyday saying says more than its letters, which without marks may stand in any name (`so do`: số, sở, độ, do).
SAYING = 0.2


@dataclass(frozen=True)
class Sought:
    """A typed word: `answers` are words of names -> how well they answer it; `weight`: how much it says."""

    answers: Mapping[str, float]
    weight: float


@dataclass(frozen=True)
class Reading:
    """One meaning of a typed line; `bonus` is added to what a name scores by it."""

    sought: tuple[Sought, ...]
    bonus: float = 0.0


@dataclass(frozen=True)
class Lexicon:
    """The words of a catalogue: `count` is word -> how many of its `total` procedures have it."""

    count: Mapping[str, int]
    total: int
    everyday: Folded

    def weight(self, word: str) -> float:
        """How much a word says: the rarer, the more."""
        return log(1 + self.total / max(1, self.count.get(word, 0)))

    def readings(self, text: str, *, guess: bool) -> list[Reading]:
        """All meanings of what was typed, the last word perhaps unfinished. guess: slips of the finger too."""
        typed = list(self._parted(words(text)))
        if not typed:
            return []
        plain = self.everyday.without_fillers(typed)
        meant = [Reading(self._all(each, False, False), SAYING) for each in self.everyday.meant(typed, self._same)]
        return [Reading(self._all(plain, not text[-1].isspace(), guess)), *meant]

    def _parted(self, typed: Sequence[str]) -> Iterator[str]:
        for word, last in _with_last(typed):
            strange = word not in self.count and not (last and self._begins(word))
            parts = parted(word, self.count, begins=last) if strange and not self._near(word, last) else []
            yield from parts or [word]

    def _all(self, typed: Sequence[str], unfinished: bool, guess: bool) -> tuple[Sought, ...]:
        return tuple(self._sought(word, last and unfinished, guess) for word, last in _with_last(typed))

    def _sought(self, word: str, unfinished: bool, guess: bool) -> Sought:
        answers = {word: EXACT}
        if guess:
            answers |= dict.fromkeys(near(word, self.count, begins=unfinished), SLIP)
        if unfinished:
            answers |= dict.fromkeys((known for known in self.count if known.startswith(word)), BEGUN)
        answers[word] = EXACT
        return Sought(answers, self._worth(word, answers))

    def _worth(self, word: str, answers: Mapping[str, float]) -> float:
        if word in self.count:
            return self.weight(word)
        found = sum(self.count.get(answer, 0) for answer in answers)
        return log(1 + self.total / max(1, min(found, self.total)))

    def _begins(self, word: str) -> bool:
        return any(known.startswith(word) for known in self.count)

    def _near(self, word: str, last: bool) -> bool:
        return next(near(word, self.count, begins=last), None) is not None

    def _same(self, typed: str, said: str) -> bool:
        return typed == said or (len(said) > 2 and typed not in self.count and slipped(typed, said))


def _with_last(typed: Sequence[str]) -> Iterator[tuple[str, bool]]:
    yield from ((word, at == len(typed)) for at, word in enumerate(typed, 1))
