"""Who is next at a counter, and by which rule. One place, so that every call can be explained."""

from typing import NamedTuple

from moiso.core.centre import Centre, Counter, Ticket


class Choice(NamedTuple):
    """The ticket to call and the rule that chose it: `oldest`, `priority` or `max-wait`."""

    ticket: Ticket
    policy: str


def choose(centre: Centre, counter: Counter, now: float) -> Choice | None:
    """The next ticket of this counter's services, or None when nobody waits.

    The oldest goes first, but: a priority ticket goes before once `priority_ratio` ordinary ones were called at
    this counter since the last; and whoever has waited past `max_wait` goes before everybody. So priority never
    makes anybody wait longer than an ordinary ticket would have.
    """
    oldest = _oldest(centre, counter, priority=False)
    if oldest is None:
        return None
    if now - oldest.order[0] > centre.rules.max_wait:
        return Choice(oldest, "max-wait")
    favoured = _oldest(centre, counter, priority=True)
    if favoured is None or favoured is oldest or counter.normal_calls < centre.rules.priority_ratio:
        return Choice(oldest, "oldest")
    return Choice(favoured, "priority")


def _oldest(centre: Centre, counter: Counter, *, priority: bool) -> Ticket | None:
    """The longest waiting ticket this counter may call; with `priority` the longest waiting of those."""
    firsts = [_first(centre, code, priority=priority) for code in counter.services]
    return min((t for t in firsts if t is not None), key=lambda t: t.order, default=None)


def _first(centre: Centre, code: str, *, priority: bool) -> Ticket | None:
    waiting = (centre.tickets[number] for _, number in centre.lines.get(code, ()))
    return next((t for t in waiting if t.priority or not priority), None)
