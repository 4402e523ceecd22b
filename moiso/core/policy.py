"""Who is next at a counter, and by which rule. One place, so that every call can be explained."""

from collections.abc import Iterator
from typing import NamedTuple

from moiso.core.centre import Centre, Counter, Ticket


class Choice(NamedTuple):
    """The ticket to call and the rule that chose it: `oldest`, `preference`, `priority` or `max-wait`."""

    ticket: Ticket
    policy: str


def choose(centre: Centre, counter: Counter, now: float) -> Choice | None:
    """The next ticket of this counter's services, or None when nobody waits.

    The oldest goes first, or the oldest of the first service in the counter's own order. But a priority ticket goes
    before once `priority_ratio` ordinary ones were called at this counter since the last; and whoever has waited past
    `max_wait` goes before everybody. So neither priority nor preference makes anybody wait for ever.
    """
    firsts = [t for code in counter.services if (t := _first(centre, counter, code, priority=False))]
    oldest = min(firsts, key=lambda t: t.order, default=None)
    if oldest is None:
        return None
    if now - oldest.order[0] > centre.rules.max_wait:
        return Choice(oldest, "max-wait")
    ordinary = firsts[0] if _prefers(centre, counter) else oldest
    favoured = _favoured(centre, counter)
    if favoured is not None and favoured is not ordinary and counter.normal_calls >= centre.rules.priority_ratio:
        return Choice(favoured, "priority")
    return Choice(ordinary, "oldest" if ordinary is oldest else "preference")


def _favoured(centre: Centre, counter: Counter) -> Ticket | None:
    """The longest waiting priority ticket that this counter may call."""
    if not centre.tally.get("favoured", 0):
        return None
    found = (_first(centre, counter, code, priority=True) for code in counter.services)
    return min((t for t in found if t is not None), key=lambda t: t.order, default=None)


def _first(centre: Centre, counter: Counter, code: str, *, priority: bool) -> Ticket | None:
    """The first of a line whom this counter may call; with `priority` the first of those whom that rule favours."""
    return next((t for t in _callable(centre, counter, code) if t.favoured or not priority), None)


def _callable(centre: Centre, counter: Counter, code: str) -> Iterator[Ticket]:
    """A line without those who wait for another counter; nobody while the service is suspended."""
    if code in centre.suspended:
        return
    for _, number in centre.lines.get(code, ()):
        ticket = centre.tickets[number]
        if centre.may_call(counter, ticket):
            yield ticket


def _prefers(centre: Centre, counter: Counter) -> bool:
    desk = centre.rules.desk(counter.number)
    return desk is not None and desk.order == "preference"
