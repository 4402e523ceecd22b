"""What the pages read of `figures/day`, which the statistics publish. Pure."""

from moiso.wire.messages import Message, Stamp


class Share(Message, frozen=True, kw_only=True):
    """`part` of `whole`; nothing can be said when `whole` is 0."""

    part: int
    whole: int


class Waits(Message, frozen=True, kw_only=True):
    """Waits to the first call, counted from one beginning; `mean` and `p90` in seconds."""

    mean: float | None
    p90: float | None
    within_15: Share
    within_30: Share


class Line(Message, frozen=True, kw_only=True):
    """One service, or all of them when `service` is null."""

    service: str | None
    issued: int
    served: int
    absent: int
    waiting: int
    inferred: Share
    from_issue: Waits
    from_opening: Waits | None = None
    at_counters: int = 0
    void: int = 0
    expired: int = 0
    longest_since: Stamp | None = None


class DayFigures(Message, frozen=True, kw_only=True):
    """What this page reads of `figures/day`; more keys may come."""

    at: Stamp
    label: str | None
    total: Line
    services: list[Line]
    open: bool = True
    opening: Stamp | None = None
    opening_by: str | None = None
