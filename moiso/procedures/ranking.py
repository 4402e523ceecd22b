"""How well a procedure answers what was typed. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from moiso.procedures.procedure import Procedure
from moiso.procedures.reading import Lexicon, Reading, Sought

#: What counts beside finding every word: words that stand together, a name that says little else, and who does it.
TOGETHER, FOCUS, HERE, TOLD, COMMUNE = 0.25, 0.3, 0.1, 0.05, 0.1
#: A word that only the field has answers half.
IN_FIELD = 0.5
#: Words of a name that count for its focus: what comes later are conditions.
HEAD = 14


def covers(reading: Reading, faces: Sequence[Sequence[str]]) -> bool:
    """Whether one of the names answers every word, none of them by a guess."""
    return any(all(any(word in s.answers for word in face) for s in reading.sought) for face in faces)


def score(reading: Reading, faces: Sequence[Sequence[str]], field: Sequence[str], lexicon: Lexicon) -> float:
    """The best that one of a procedure's names (`faces`, folded words) scores; every word found counts 1."""
    return reading.bonus + max(_face(reading.sought, face, field, lexicon) for face in faces)


def standing(procedure: Procedure) -> float:
    """What a procedure has before anything is typed: it is done here, or somebody says where."""
    place = HERE if procedure.service else TOLD if procedure.where else 0.0
    return place + (COMMUNE if procedure.level.casefold().startswith("cấp xã") else 0.0)


def _face(sought: Sequence[Sought], face: Sequence[str], field: Sequence[str], lexicon: Lexicon) -> float:
    places = [[at for at, word in enumerate(face) if word in each.answers] for each in sought]
    answered = [_answer(each, face, at, field) for each, at in zip(sought, places, strict=True)]
    whole = sum(each.weight for each in sought)
    found = sum(each.weight * answer for each, answer in zip(sought, answered, strict=True)) / whole
    return found + TOGETHER * _together(places) + FOCUS * _focus(places, face, lexicon)


def _answer(sought: Sought, face: Sequence[str], at: Sequence[int], field: Sequence[str]) -> float:
    if at:
        return max(sought.answers[face[place]] for place in at)
    return IN_FIELD * max((sought.answers.get(word, 0.0) for word in field), default=0.0)


def _together(places: Sequence[Sequence[int]]) -> float:
    """The share of neighbouring words that are neighbours in the name too; one word stands well alone."""
    if len(places) == 1:
        return 1.0 if places[0] else 0.0
    return sum(any(at + 1 in later for at in earlier) for earlier, later in pairwise(places)) / (len(places) - 1)


def _focus(places: Sequence[Sequence[int]], face: Sequence[str], lexicon: Lexicon) -> float:
    """The share of the name that was asked for."""
    asked = {at for each in places for at in each}
    head = [(lexicon.weight(word), at in asked) for at, word in enumerate(face[:HEAD])]
    whole = sum(weight for weight, _ in head)
    return sum(weight for weight, hit in head if hit) / whole if whole else 0.0
