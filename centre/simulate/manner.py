"""The habits of one clerk. Chance is passed in."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Manner:
    """How a clerk works.

    pages: how often a page is used and not the call unit; radio: a plain button instead of it. starts, outcomes: how
    often *start* and an outcome are given. slips: how often a press goes wrong. lunch, evening: what happens then.
    """

    pages: float
    radio: bool
    starts: float
    outcomes: float
    slips: float
    lunch: str
    evening: str

    @staticmethod
    def of(chance: Random) -> "Manner":
        """Somebody's."""
        return Manner(
            pages=chance.choice((0.0, 0.2, 0.5, 1.0)),
            radio=chance.random() < 0.2,
            starts=chance.choice((0.0, 0.5, 0.95)),
            outcomes=chance.choice((0.0, 0.4, 0.9)),
            slips=chance.choice((0.01, 0.03, 0.06)),
            lunch=chance.choice(("pause", "pause", "close", "nothing")),
            evening=chance.choice(("close", "close", "nothing")),
        )
