"""What the wall shows at one moment: plain values, no pixels. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One number that was called.

    `ticket` as printed ("A012"), `counter` the counter's label ("Quầy 3"), `age` seconds since the call in the
    hub's time (infinite while that is not known), `recall` true when it was called again, `unspoken` true when
    the voice did not read it (too old, muted, no clips). `withdrawn`: the call was taken back `age` seconds ago and its
    visitor is asked to wait; it has no counter then.
    """

    ticket: str
    counter: str
    age: float
    priority: bool = False
    recall: bool = False
    unspoken: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One service's line: `promise` is (low, high) whole minutes or None where nothing can be promised.

    `alarm`: people wait and nobody has come for minutes. `left`: numbers left today, None without a quota.
    `last_before_lunch`: the last number expected before the break, empty when none is, None while nobody has to wait
    until after it.
    """

    code: str
    name: str
    waiting: int
    promise: tuple[int, int] | None
    counters_open: int
    suspended: bool = False
    alarm: bool = False
    left: int | None = None
    last_before_lunch: str | None = None


@dataclass(frozen=True, slots=True)
class Lunch:
    """Today's break in local time; the wall knows of it from half an hour before."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class WallView:
    """The whole wall.

    `now` is the site's local time and drives the clock and the paging; `recent` holds the calls before
    `call`, newest first; `data_age` is None while the hub is heard, else the seconds since its last word.
    `training`: a day for practice; `overtime`: no new numbers, those who wait are still served.
    """

    centre: str
    now: datetime
    call: Call | None = None
    recent: Sequence[Call] = ()
    services: Sequence[Service] = ()
    notices: Sequence[str] = ()
    data_age: float | None = None
    muted: bool = False
    trial: bool = False
    training: bool = False
    overtime: bool = False
    lunch: Lunch | None = None

    @property
    def on_break(self) -> bool:
        """Whether the centre has its midday break now."""
        return self.lunch is not None and self.lunch.begins <= self.now < self.lunch.ends
