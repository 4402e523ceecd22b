"""How well a procedure answers what was typed. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from sys import intern

from moiso.procedures.procedure import Procedure
from moiso.procedures.reading import Reading, Sought

#: What counts beside finding every word: words that stand together, a name that says little else, and who does it.
TOGETHER, FOCUS, HERE, TOLD, COMMUNE = 0.25, 0.3, 0.1, 0.05, 0.1
#: A word that only the field has answers half.
IN_FIELD = 0.5
#: And so does a word that stands among the conditions of a long name only.
BEHIND = 0.5
#: Words of a name that count for its focus: what comes later are conditions.
HEAD = 14
#: Words of a name that are looked at.
LOOKED_AT = 80
#: What leaves no doubt: every word found, and well.
GOOD = 1.25


class Face:
    """One of a procedure's names: its first words, folded, and how much its head says in all."""

    def __init__(self, line: str, weight: Mapping[str, float]) -> None:
        # The same few thousand words stand in all names: one of each is kept.
        self.words = [intern(word) for word in line.split(None, LOOKED_AT)[:LOOKED_AT]]
        self._weight = weight
        self._whole = sum(map(weight.__getitem__, self.words[:HEAD]))

    def places(self, word: str) -> list[int]:
        """Where a word of the name stands."""
        return [at for at, other in enumerate(self.words) if other == word]

    def focus(self, asked: set[int]) -> float:
        """The share of the name that was asked for, by the places of the words that were."""
        said = sum(self._weight[self.words[at]] for at in asked if at < HEAD)
        return said / self._whole if self._whole else 0.0


def score(reading: Reading, faces: Sequence[Face], field: Sequence[str]) -> float:
    """The best that one of a procedure's names scores; every word found counts 1 in all."""
    sought = reading.sought + reading.beside
    return reading.bonus + max(_scored(sought, face, field) for face in faces)


def standing(procedure: Procedure) -> float:
    """What a procedure has before anything is typed: it is done here, or somebody says where."""
    place = HERE if procedure.service else TOLD if procedure.where else 0.0
    return place + (COMMUNE if at_commune(procedure) else 0.0)


def at_commune(procedure: Procedure) -> bool:
    """Whether communes are the first to do it."""
    return procedure.level.casefold().startswith("cấp xã")


def _scored(sought: Sequence[Sought], face: Face, field: Sequence[str]) -> float:
    found = [_found(each, face) for each in sought]
    whole = sum(each.weight for each in sought)
    points = sum(
        each.weight * (quality if at else IN_FIELD * max((each.answers.get(word, 0.0) for word in field), default=0.0))
        for each, (quality, at) in zip(sought, found, strict=True)
    )
    places = [at for _, at in found]
    return points / whole + TOGETHER * _together(places) + FOCUS * face.focus({at for each in places for at in each})


def _found(sought: Sought, face: Face) -> tuple[float, list[int]]:
    """How well the name answers a word, and where."""
    if sought.word in face.words:
        places = face.places(sought.word)
        return _at_head(places[0]), places
    others = [at for at, word in enumerate(face.words) if word in sought.answers]
    return max((sought.answers[face.words[at]] * _at_head(at) for at in others), default=0.0), others


def _at_head(place: int) -> float:
    return 1.0 if place < HEAD else BEHIND


def _together(places: Sequence[Sequence[int]]) -> float:
    """The share of neighbouring words that are neighbours in the name too; one word stands well alone."""
    if len(places) == 1:
        return 1.0 if places[0] else 0.0
    return sum(any(at + 1 in later for at in earlier) for earlier, later in pairwise(places)) / (len(places) - 1)
