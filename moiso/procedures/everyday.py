"""Everyday words: what people call a procedure, beside its official name. Pure; everyday.toml has ours.

A site adds its own in a file of the same form: `moiso procedures import FILE --words own-words.toml`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct

from moiso.procedures.fold import words

#: Of a saying that is still being typed, this share of its letters is enough.
ENOUGH = 0.6


class Saying(Struct, frozen=True, kw_only=True):
    """[[word]]: whoever says one of `say` looks for what official names call one of `means`."""

    say: tuple[str, ...]
    means: tuple[str, ...]


class EverydayWords(Struct, frozen=True, kw_only=True):
    """A file of everyday words. fillers: words that say nothing of what is sought, as in `muốn làm giấy ...`."""

    fillers: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()

    def __add__(self, more: "EverydayWords") -> "EverydayWords":
        return EverydayWords(fillers=self.fillers + more.fillers, sayings=self.sayings + more.sayings)


@dataclass(frozen=True)
class Folded:
    """Everyday words as they are compared: folded, each saying with what it means."""

    fillers: frozenset[str]
    sayings: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]

    @classmethod
    def of(cls, everyday: EverydayWords) -> "Folded":
        """The same, folded."""
        means = [tuple(tuple(words(each)) for each in saying.means) for saying in everyday.sayings]
        pairs = ((say, meant) for saying, meant in zip(everyday.sayings, means, strict=True) for say in saying.say)
        return cls(
            fillers=frozenset(word for filler in everyday.fillers for word in words(filler)),
            sayings=tuple((tuple(words(say)), meant) for say, meant in pairs),
        )

    def without_fillers(self, typed: Sequence[str]) -> list[str]:
        """The words that say something; all of them when none does."""
        return [word for word in typed if word not in self.fillers] or list(typed)

    def meant(self, typed: Sequence[str], same: Callable[[str, str], bool]) -> Iterator[list[str]]:
        """What `typed` becomes with a saying in it replaced; `same`: whether a typed word is one of a saying."""
        for say, means in self.sayings:
            at = _place(typed, say, same)
            if at is not None:
                begin, end = at
                yield from ([*typed[:begin], *meant, *typed[end:]] for meant in means)


def _place(typed: Sequence[str], say: Sequence[str], same: Callable[[str, str], bool]) -> tuple[int, int] | None:
    """Where the saying stands, whole or at the end as far as it has been typed."""
    for begin in range(len(typed)):
        part = typed[begin : begin + len(say)]
        if len(part) == len(say) and all(map(same, part, say)):
            return begin, begin + len(say)
        if begin + len(part) == len(typed) and _begun(part, say):
            return begin, len(typed)
    return None


def _begun(part: Sequence[str], say: Sequence[str]) -> bool:
    typed, whole = " ".join(part), " ".join(say)
    return whole.startswith(typed) and len(typed) >= ENOUGH * len(whole)
