"""Which tickets somebody may mean who types a number: `A012`, `a12`, `12`. Pure."""

import unicodedata
from collections.abc import Iterable


def tickets_typed(typed: str, codes: Iterable[str]) -> list[str]:
    """The ticket numbers that `typed` can stand for at a centre whose services begin with these codes, likeliest first.

    Case, blanks, points, hyphens and the accents that an input method adds do not matter. Digits alone may mean every
    service; nothing comes back for what is no number.
    """
    plain = _plain(typed)
    whole = [code + ticket for code in codes if plain[:1] == code and (ticket := _digits(plain[1:], shortest=_least(code)))]
    bare = _digits(plain)
    return list(dict.fromkeys([*whole, *(code + bare for code in codes if bare)]))


def _plain(typed: str) -> str:
    """`á 12` -> `A12`."""
    letters = unicodedata.normalize("NFD", typed.upper().replace("Đ", "D"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def _least(code: str) -> int:
    """A digit in front is the service's only where the rest is a whole number of its own."""
    return 3 if code.isdigit() else 1


def _digits(text: str, shortest: int = 1) -> str:
    """`12` -> `012`, as tickets are numbered; nothing when it is no number from 1 to 9999."""
    digits = text.lstrip("0") if len(text) <= 4 and text.isdecimal() and len(text) >= shortest else ""
    return digits.rjust(3, "0") if digits else ""
