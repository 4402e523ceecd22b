"""Everyday words: what people call a procedure, beside its official name. Pure; everyday.toml has ours.

A site adds its own in a file of the same form: `moiso procedures import FILE --words own-words.toml`.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct, field

from moiso.procedures.fold import folded, words
from moiso.procedures.slips import near

#: Of a saying that is still being typed, this share of its letters is enough.
ENOUGH = 0.6
#: Sayings that are followed at most, the longest first.
FOLLOWED = 3


class Saying(Struct, frozen=True, kw_only=True):
    """[[word]]: whoever says one of `say` looks for what official names call one of `means`."""

    say: tuple[str, ...]
    means: tuple[str, ...]


class EverydayWords(Struct, frozen=True, kw_only=True):
    """A file of everyday words. fillers: what says nothing of what is sought, as in `tôi muốn làm ...`."""

    fillers: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = field(name="word", default=())

    def __add__(self, more: "EverydayWords") -> "EverydayWords":
        return EverydayWords(fillers=self.fillers + more.fillers, sayings=self.sayings + more.sayings)


@dataclass(frozen=True)
class Folded:
    """Everyday words as they are compared, folded: fillers, each saying with all that it means, and all their words."""

    fillers: tuple[str, ...]
    sayings: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    known: Mapping[str, None]

    @classmethod
    def of(cls, everyday: EverydayWords) -> "Folded":
        """The same, folded."""
        sayings = tuple(
            (folded(say), tuple(tuple(words(each)) for each in saying.means))
            for saying in everyday.sayings
            for say in saying.say
        )
        fillers = sorted(map(folded, everyday.fillers), key=len, reverse=True)
        # Not a set: of two words that are as near, the same is taken on every machine.
        return cls(tuple(fillers), sayings, dict.fromkeys(word for say, _ in sayings for word in say.split()))

    def without_fillers(self, typed: Sequence[str]) -> list[str]:
        """The words that say something; all of them when none does."""
        return self._telling(typed) or list(typed)

    def _telling(self, typed: Sequence[str]) -> list[str]:
        line = f" {'  '.join(typed)} "
        for filler in self.fillers:
            line = line.replace(f" {filler.replace(' ', '  ')} ", " ")
        return line.split()

    def meant(self, typed: Sequence[str], known: Container[str]) -> list[tuple[list[str], list[str]]]:
        """What sayings in `typed` mean, the longest saying first, each with the words that were typed beside it.

        known: words that are no slips of the finger even when no saying has them.
        """
        righted = [self._righted(word, known) for word in typed]
        found = sorted(self._found(righted), key=lambda place: place[0] - place[1])
        longest = [place for place in found if not any(_within(place, other) for other in found)]
        return [
            (list(meant), self._beside(righted[:begin], righted[end:]))
            for begin, end, means in longest[:FOLLOWED]
            for meant in means
        ]

    def _found(self, typed: Sequence[str]) -> Iterator[tuple[int, int, tuple[tuple[str, ...], ...]]]:
        """Where sayings stand (first word, behind the last), whole, or at the end as far as they have been typed."""
        line = f" {' '.join(typed)} "
        tails = tuple(" ".join(typed[begin:]) for begin in range(len(typed)))
        for say, means in self.sayings:
            if f" {say} " in line:
                begin = line[: line.index(f" {say} ")].count(" ")
                yield begin, begin + say.count(" ") + 1, means
            elif say.startswith(tails):
                begun = (at for at, tail in enumerate(tails) if say.startswith(tail) and len(tail) >= ENOUGH * len(say))
                yield from ((at, len(typed), means) for at in begun)

    def _beside(self, before: Sequence[str], behind: Sequence[str]) -> list[str]:
        return [word for part in (before, behind) for word in self._telling(part)]

    def _righted(self, word: str, known: Container[str]) -> str:
        if word in known or word in self.known:
            return word
        return next(near(word, self.known, begins=False), word)


def _within(place: tuple[int, int, object], other: tuple[int, int, object]) -> bool:
    return other[0] <= place[0] and place[1] <= other[1] and other[1] - other[0] > place[1] - place[0]
