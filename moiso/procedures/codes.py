"""Codes of procedures in the forms in which people type, scan and store them. Pure."""

import re

#: Excel drops the last zeros of a code that it takes for a number.
_NATIONAL = re.compile(r"([0-9])(?:[.,](?=[0-9]{3})|(?=[0-9]{6}))([0-9]{3,6})(?:\.[A-Za-z0-9.]*)?")
_OWN = re.compile(r"[A-Z][A-Z0-9./-]{1,30}")
_BEGUN = re.compile(r"([0-9])[. ]?([0-9]{1,6})(?:\.[A-Za-z0-9.]*)?")


def code_of(text: str) -> str | None:
    """A code as it is kept: `1.001193.H19`, `1,001193` and `1001193` are 1.001193; a centre's own begins with a letter.

    None: it is no code.
    """
    national, own = _NATIONAL.fullmatch(text.strip()), _OWN.fullmatch(text.strip().upper())
    if national:
        return f"{national[1]}.{national[2].ljust(6, '0')}"
    return own[0] if own else None


def code_begun(text: str) -> str | None:
    """The beginning of a national code that somebody is typing (`10011` -> `1.0011`); None: it is none."""
    found = _BEGUN.fullmatch(text.strip())
    return f"{found[1]}.{found[2]}" if found else None
