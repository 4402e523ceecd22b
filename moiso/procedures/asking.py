"""A reading as the text of an FTS5 query, all words or most of them. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from moiso.procedures.reading import Reading, Sought


def asked(reading: Reading) -> Iterator[str]:
    """Queries for a reading, each wider than the one before: every word, all but any one, and any two neighbours."""
    terms = [_term(each) for each in reading.sought]
    yield _all(terms)
    if len(terms) > 1:
        yield " OR ".join(f"({_all(terms[:at] + terms[at + 1 :])})" for at in range(len(terms)))
    if len(terms) > 3:
        yield " OR ".join(f"({_all(list(pair))})" for pair in pairwise(terms))


def _all(terms: list[str]) -> str:
    return " AND ".join(terms)


def _term(sought: Sought) -> str:
    """The word, its continuations, or what it may have been meant for; words are a-z and 0-9 only."""
    word = f'"{sought.word}"*' if sought.begun else f'"{sought.word}"'
    slips = [f'"{slip}"' for slip in sought.slips]
    return f"({' OR '.join([word, *slips])})"
