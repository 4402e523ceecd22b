"""Slips of the finger: one letter wrong, missing, too many, or two in the wrong order; or no space. Pure."""

from collections.abc import Collection, Iterator

#: Shorter words have too many neighbours to guess.
SHORTEST = 3
#: Ways of parting that are followed at most.
WAYS = 4


def slipped(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with one slip."""
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    mine, theirs = typed[at:], word[at:]
    return mine[1:] == theirs[1:] or mine == theirs[1:] or mine[1:] == theirs or _swapped(mine, theirs)


def slipped_begin(typed: str, word: str) -> bool:
    """Whether `typed` is a beginning of `word` with one slip."""
    return any(slipped(typed, word[:length]) for length in range(len(typed) - 1, len(typed) + 2) if length <= len(word))


def parted(typed: str, known: Collection[str], *, begins: bool) -> list[list[str]]:
    """The ways in which `typed` is made of known words, as few as possible, when its spaces are missing.

    begins: the last word may be unfinished. None: it cannot be parted.
    """
    best: dict[int, list[list[str]]] = {0: [[]]}
    for end in range(1, len(typed) + 1):
        begun = begins and end == len(typed)
        starts = [start for start in best if _may(typed[start:end], known, begun)]
        ways = [[*way, typed[start:end]] for start in starts for way in best[start]]
        if ways:
            fewest = min(map(len, ways))
            best[end] = [way for way in ways if len(way) == fewest][:WAYS]
    return best.get(len(typed), [])


def _may(part: str, known: Collection[str], begins: bool) -> bool:
    if len(part) < 2:
        return False
    return part in known or (begins and any(word.startswith(part) for word in known))


def _swapped(mine: str, theirs: str) -> bool:
    return len(mine) == len(theirs) and mine[2:] == theirs[2:] and mine[:2] == theirs[1::-1]


def near(typed: str, known: Collection[str], *, begins: bool) -> Iterator[str]:
    """The known words that `typed` may have been meant for; `begins`: also their beginnings."""
    if len(typed) < SHORTEST:
        return
    for word in known:
        longer = len(word) - len(typed)
        if (-1 <= longer <= 1 and slipped(typed, word)) or (begins and longer > 1 and slipped_begin(typed, word)):
            yield word
