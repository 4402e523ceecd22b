"""`figures/day` on the wire: the day's figures, retained; what each means stands in the catalogue under [figures].

A share is two counts, so that figures of several services or sites can be added. What grows while nothing happens is
given as the moment since when it grows: a page lets it run by itself.
"""

from typing import Literal

from msgspec import field

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


class Durations(Message, frozen=True, kw_only=True):
    """Service times of the turns that ended, holds left out: so many turns, and their mean in seconds, null for none.

    The turns whose beginning or end nobody pressed stand apart; `inferred_mean` is for where there is no `mean`.
    """

    turns: int
    mean: float | None
    inferred_turns: int
    inferred_mean: float | None


class Line(Message, frozen=True, kw_only=True):
    """The figures of one service, or of all when `service` is null; a number counts where it is now, or ended.

    issued = served + absent + void + expired + waiting + held + at_counters. `from_opening` is null while it is not
    known when the site opened. `longest_since`: since when whoever waits longest has the place, null when nobody
    waits. `outcomes`: of the served, how many ended how, `unknown` where nobody said it; `outcome_unknown`: their
    share. `after_hours`: numbers called outside the hours. `dossiers`: as the clerks counted them.
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
    held: int = 0
    after_hours: int = 0
    dossiers: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    outcome_unknown: Share = Share(part=0, whole=0)
    service_time: Durations | None = None


class DayFigures(Message, frozen=True, kw_only=True):
    """`figures/day`: the business day `label` with every event up to `seq` of `log`, reckoned at `at`.

    opening: the moment `from_opening` counts from; `opening_by`: `hours` = the posted opening hour, `counter` = the
    first counter that opened, null = not opened yet. `open`: the day still runs. `services` in the order of site.toml.
    `training`: a day for practice is in no figure; all are 0 then.
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
    training: bool = False
