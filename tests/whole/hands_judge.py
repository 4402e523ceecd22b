"""What the log must say of hands that press at the same instant. Pure: presses and calls in, broken promises out.

Every press says whom it sends away: `after`. Of all presses that send the same person away exactly one calls somebody,
the next in order; all others are told no: that they were stale, or (on a machine that stood still) too old. A press
that was made after its sender saw the new number is a press of its own, and sends that one away.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

#: The answers that a press may get beside `ok`; nothing: nobody answered in time.
NO = frozenset({"stale", "too-old", ""})
#: The `after` of a press that says nothing of what its sender sees.
UNSAID = "unsaid"


@dataclass(frozen=True)
class Press:
    """A *next* as it went over the wire; `answer`: `ok`, why not, or nothing; `ticket`: whom an `ok` names."""

    round: int
    sender: str
    after: str | None
    answer: str
    ticket: str | None = None


def skipped(waiting: Sequence[str], calls: Sequence[str]) -> list[str]:
    """Who was never called although somebody behind was, or not in the order of the numbers."""
    reached = max((waiting.index(ticket) for ticket in calls if ticket in waiting), default=-1)
    missing = [ticket for ticket in waiting[: reached + 1] if ticket not in calls]
    first = list(dict.fromkeys(calls))
    return missing or [a for a, b in zip(first, waiting, strict=False) if a != b]


def sent_away(calls: Sequence[str], presses: Sequence[Press]) -> list[str]:
    """Who was called and then sent away by a press that was meant for somebody before."""
    meant = {press.after for press in presses}
    return [ticket for ticket in calls[:-1] if ticket not in meant]


def twice(calls: Sequence[str]) -> list[str]:
    """Who was called more than once."""
    return [ticket for ticket, times in Counter(calls).items() if times > 1]


def wrong(waiting: Sequence[str], calls: Sequence[str], presses: Sequence[Press]) -> list[str]:
    """Every broken promise. waiting: the numbers in the order in which they were given; calls: as the log has them."""
    by_after: defaultdict[str | None, list[Press]] = defaultdict(list)
    for press in presses:
        by_after[press.after].append(press)
    came: dict[str | None, str] = dict(zip([None, *calls], calls, strict=False))
    return [
        *(f"{ticket} was skipped" for ticket in skipped(waiting, calls)),
        *(f"{ticket} was called twice" for ticket in twice(calls)),
        *(f"{ticket} was sent away, and nobody asked" for ticket in sent_away(calls, presses)),
        *(words for after, group in by_after.items() for words in _of_one(after, group, came.get(after))),
    ]


def _of_one(after: str | None, group: Sequence[Press], came: str | None) -> list[str]:
    """What is wrong with the presses that all send `after` away; `came`: who came next."""
    oks = [press for press in group if press.answer == "ok"]
    named = [press.ticket for press in oks]
    others = {press.answer for press in group} - NO - {"ok"}
    silence = any(not press.answer for press in group)
    complaints = {
        f"a press of {group[0].sender} does not say what it sees": after == UNSAID,
        f"after {after} nobody came, and {named} were told of": bool(oks) and came is None,
        f"after {after} {len(oks)} presses were told that they called": len(oks) > 1,
        f"after {after} nobody was told that {came} came": came is not None and not oks and not silence,
        f"after {after} {came} came, and somebody was told of {named}": any(each != came for each in named),
        f"after {after} somebody was told {sorted(others)}": bool(others),
    }
    return [f"round {group[0].round}: {words}" for words, so in complaints.items() if so]
