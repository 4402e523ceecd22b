"""Ticket numbers: a prefix and three digits, four after 999; a band of them is kept for leases."""

from msgspec import Struct, field

#: Numbers of a day for practice lie above this, their band as well.
TRAINING = 9000


class Numbering(Struct, kw_only=True):
    """What was given out today, per service: the last number on line.

    base: numbers begin after it. missing: numbers below the last that nobody has given or typed in yet.
    """

    base: int = 0
    online: dict[str, int] = field(default_factory=dict)
    missing: dict[str, list[int]] = field(default_factory=dict)

    def last(self, service: str) -> int:
        """The last number given on line."""
        return self.online.get(service, self.base)

    def gave(self, service: str, value: int, band: tuple[int, int]) -> None:
        """A number outside the band was given, on line or on paper; what it jumps over is missing."""
        missing = self.missing.setdefault(service, [])
        if value in missing:
            missing.remove(value)
        missing += [n for n in range(self.last(service) + 1, value) if not band[0] <= n <= band[1]]
        self.online[service] = max(value, self.last(service))


def ticket_number(service: str, value: int) -> str:
    """`("A", 12)` -> `A012`; `("A", 1005)` -> `A1005`."""
    return f"{service}{value:03d}"


def number_value(service: str, number: str) -> int | None:
    """`("A", "A012")` -> 12; None when it is no number of that service."""
    digits = number.removeprefix(service)
    if digits == number or not (digits.isascii() and digits.isdigit()):
        return None
    value = int(digits)
    return value if value > 0 and ticket_number(service, value) == number else None


def next_online(numbering: Numbering, service: str, band: tuple[int, int]) -> int:
    """The next number to give out on line: the one after the last, past the reserved band."""
    value = numbering.last(service) + 1
    return band[1] + 1 if band[0] <= value <= band[1] else value


def free_block(taken: list[tuple[int, int]], band: tuple[int, int], size: int) -> tuple[int, int] | None:
    """The lowest numbers of the band that lie in none of the spans `taken`, at most `size` of them in a row.

    First and last are inclusive everywhere; None when the band is used up.
    """
    first = band[0]
    for low, high in sorted(taken):
        if first < low:
            return first, min(first + size - 1, low - 1)
        first = max(first, high + 1)
    return (first, min(first + size - 1, band[1])) if first <= band[1] else None
