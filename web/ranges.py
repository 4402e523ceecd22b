"""A range of numbers as somebody types it in after an outage. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moiso.core.numbering import number_value, ticket_number
from web.typed import tickets_typed

#: What can be done with a range, and the command that does it.
KINDS = {"paper": "issued-offline", "served": "served-offline", "void": "void"}


@dataclass(frozen=True, slots=True)
class RangeTyped:
    """A range and what to do with it; `numbers`: every number from the first to the last."""

    kind: str
    numbers: tuple[str, ...]
    arguments: Mapping[str, Any]

    @property
    def command(self) -> str:
        """The command that does it."""
        return KINDS[self.kind]


def range_typed(form: Mapping[str, str], codes: Sequence[str]) -> RangeTyped | str:
    """The range that a form asks for, or the key of the sentence (of [numbers]) that says what is wrong with it."""
    kind, first, last = form.get("kind", ""), form.get("first", ""), form.get("last", "").strip()
    found = tickets_typed(first, codes)
    if kind not in KINDS or not found:
        return "wrong_first"
    if len(found) > 1:
        return "which_service"
    ends = [each for each in tickets_typed(last, codes) if each[0] == found[0][0]] if last else found
    numbers = _between(found[0], ends[0]) if ends else ()
    if not numbers:
        return "wrong_last"
    minutes = form.get("minutes", "").strip()
    if minutes and not minutes.isdecimal():
        return "wrong_minutes"
    return RangeTyped(kind, numbers, _arguments(kind, numbers, minutes, form.get("reason", "").strip()))


def _between(first: str, last: str) -> tuple[str, ...]:
    prefix = first[0]
    low, high = number_value(prefix, first), number_value(prefix, last)
    if low is None or high is None or not low <= high <= low + 499:
        return ()
    return tuple(ticket_number(prefix, value) for value in range(low, high + 1))


def _arguments(kind: str, numbers: Sequence[str], minutes: str, reason: str) -> dict[str, Any]:
    said: dict[str, Any] = {"ticket": numbers[0], "to": numbers[-1]}
    if kind == "paper":
        return said | {"service": numbers[0][0]} | ({"seconds_ago": 60.0 * int(minutes)} if minutes else {})
    return said | ({"reason": reason} if kind == "void" else {})
