"""Which tickets somebody may mean who types a number: `A012`, `a12`, `12`. Pure."""

import unicodedata
from collections.abc import Sequence


def tickets_typed(typed: str, codes: Sequence[str]) -> list[str]:
    """The ticket numbers that `typed` can stand for at a centre whose services begin with these codes, likeliest first.

    Case, blanks, points, hyphens and the accents that an input method adds do not matter. Digits alone may mean every
    service; nothing comes back for what is no number.
    """
    plain = _plain(typed)
    whole = [code + _ticket(plain[1:]) for code in codes if plain[:1] == code and len(plain) > _least(code)]
    bare = [code + _ticket(plain) for code in codes]
    return [ticket for ticket in dict.fromkeys([*whole, *bare]) if len(ticket) > 1]


def _plain(typed: str) -> str:
    """`á 12` -> `A12`."""
    letters = unicodedata.normalize("NFD", typed.upper().replace("Đ", "D"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def _least(code: str) -> int:
    """A digit in front names the service only where a whole number follows."""
    return 3 if code.isdecimal() else 1


def _ticket(digits: str) -> str:
    """`12` -> `012`, as tickets are numbered; nothing unless it is a number from 1 to 9999."""
    value = int(digits) if digits.isdecimal() else 0
    return f"{value:03}" if 0 < value <= 9999 else ""
