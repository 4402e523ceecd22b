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
    this counter since the last; and whoever has waited past `max_wait` goes before everybody.
    """
    oldest = _oldest(centre, counter, priority=None)
    if oldest is None:
        return None
    if now - oldest.order[0] > centre.rules.max_wait:
        return Choice(oldest, "max-wait")
    favoured = _oldest(centre, counter, priority=True)
    if favoured is None:
        return Choice(oldest, "oldest")
    return _between(centre, counter, favoured)


def _between(centre: Centre, counter: Counter, favoured: Ticket) -> Choice:
    """Priority and ordinary people both may wait: the ratio decides."""
    ordinary = _oldest(centre, counter, priority=False)
    if ordinary is None or counter.normal_calls >= centre.rules.priority_ratio:
        return Choice(favoured, "priority")
    return Choice(ordinary, "oldest")


def _oldest(centre: Centre, counter: Counter, *, priority: bool | None) -> Ticket | None:
    """The longest waiting ticket this counter may call; with `priority` only of that kind."""
    firsts = [_first(centre, code, priority) for code in counter.services]
    return min((t for t in firsts if t is not None), key=lambda t: t.order, default=None)


def _first(centre: Centre, code: str, priority: bool | None) -> Ticket | None:
    waiting = (centre.tickets[number] for _, number in centre.lines.get(code, ()))
    return next((t for t in waiting if priority is None or t.priority == priority), None)
