"""What the wall shows at one moment: plain values, no pixels. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One number that was called.

    `ticket` as printed ("A012"), `counter` the counter's label ("Quầy 3"), `age` seconds since the call in the
    hub's time (infinite while that is not known), `recall` true when it was called again, `unspoken` true when
    the voice did not read it (too old, muted, no clips).
    """

    ticket: str
    counter: str
    age: float
    priority: bool = False
    recall: bool = False
    unspoken: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One service's line: `promise` is (low, high) whole minutes or None where nothing can be promised."""

    code: str
    name: str
    waiting: int
    promise: tuple[int, int] | None
    counters_open: int


@dataclass(frozen=True, slots=True)
class WallView:
    """The whole wall.

    `now` is the site's local time and drives the clock and the paging; `recent` holds the calls before
    `call`, newest first; `data_age` is None while the hub is heard, else the seconds since its last word.
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
