"""`figures/day` on the wire: the day's figures, retained; what each means stands in the catalogue under [figures].

A share is two counts, so that figures of several services or sites can be added. What grows while nothing happens is
given as the moment since when it grows: a page lets it run by itself.
"""

from typing import Literal

from moiso.wire.messages import Message, Stamp


class Share(Message, frozen=True, kw_only=True):
    """`part` of `whole`; nothing can be said when `whole` is 0."""

    part: int
    whole: int


class Waits(Message, frozen=True, kw_only=True):
    """Waits to the first call, counted from one beginning; `mean` and `p90` in seconds, null when nobody was called."""

    called: int
    mean: float | None
    p90: float | None
    within_15: Share
    within_30: Share


class Line(Message, frozen=True, kw_only=True):
    """The figures of one service, or of all when `service` is null.

    issued = served + absent + void + expired + waiting + at_counters. `from_opening` is null while it is not known
    when the site opened. `longest_since`: the press of whoever waits longest now, null when nobody waits.
    """

    service: str | None
    issued: int
    served: int
    absent: int
    void: int
    expired: int
    waiting: int
    at_counters: int
    inferred: Share
    from_issue: Waits
    from_opening: Waits | None
    longest_since: Stamp | None


class DayFigures(Message, frozen=True, kw_only=True):
    """`figures/day`: the business day `label` with every event up to `seq` of `log`, reckoned at `at`.

    opening: the moment `from_opening` counts from; `opening_by`: `hours` = the posted opening hour, `counter` = the
    first counter that opened, null = not opened yet. `open`: the day still runs. `services` in the order of site.toml.
    """

    log: str
    seq: int
    at: Stamp
    label: str | None
    open: bool
    opening: Stamp | None
    opening_by: Literal["hours", "counter"] | None
    total: Line
    services: list[Line]
