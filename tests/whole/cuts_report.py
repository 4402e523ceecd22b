"""What came of a campaign, in figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.whole.cuts_judge import Fate, Seen, wrong


@dataclass
class Report:
    """What was seen, what happened, how long each cut was, and what programs wrote that they must not.

    within: seconds within which a press is answered.
    """

    seen: Seen
    within: float
    happened: Counter[str]
    down: list[float]
    complaints: list[str]

    @property
    def wrong(self) -> list[str]:
        """Every broken promise."""
        return [*wrong(self.seen, self.within), *self.complaints]

    def lines(self) -> list[str]:
        """The figures."""
        seen, fates = self.seen, list(self.seen.fates.values())
        papers, held = sum(slip.paper for slip in seen.slips), {slip.ticket for slip in seen.slips}
        known = [fate for ticket, fate in seen.fates.items() if ticket in held and fate.issued]
        return [
            f"link: cut {len(self.down)} times, {sum(self.down):.0f} s in all, {max(self.down):.1f} s at most",
            f"happened: {_counts(self.happened)}",
            f"people: {len(seen.presses)} pressed, {len(held)} numbers came to their hands, {papers} on paper;"
            f" {len(known)} of them are in the log, {sum(fate.offline for fate in known)} given off line",
            f"the kiosks said: {_counts(Counter(word.said for word in seen.words))}",
            f"log: {sum(len(fate.issued) for fate in fates)} numbers; {_some(fates, 'replaces')} in the place of one"
            f" whose answer was lost; {_some(fates, 'voided')} void; {_some(fates, 'failed')} not surely printed;"
            f" {_some(fates, 'called')} called",
            f"press to answer, seconds: {_spread([p.waited for p in seen.lit if p.waited is not None])}",
            *(f"WRONG: {what}" for what in self.wrong),
        ]


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(counter.items()))


def _some(fates: Sequence[Fate], name: str) -> int:
    return sum(getattr(fate, name) is not None for fate in fates)


def _spread(values: list[float]) -> str:
    ordered = sorted(values) or [0.0]
    return f"p50 {ordered[len(ordered) // 2]:.2f}, p99 {ordered[len(ordered) * 99 // 100]:.2f}, most {ordered[-1]:.2f}"
