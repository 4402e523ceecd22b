"""The hall as it stands, for pages that say beforehand what an action will bring about. Pure."""

from msgspec import Struct

from moiso.wire.messages import Account, CounterState, DayState, ServiceLine
from web.view import View

#: Under this key lies the hall; the same in every language.
HALL = ("hall", "")


class Hall(Struct, frozen=True, kw_only=True):
    """The counters by number, the services by code, the business day; `notices`: what the wall says to everybody."""

    counters: dict[int, CounterState]
    services: dict[str, ServiceLine]
    day: DayState | None
    notices: list[str]

    @property
    def account(self) -> Account | None:
        """How the numbers of the day stand or ended; None before the hub was heard."""
        return self.day.account if self.day else None

    @property
    def open(self) -> bool:
        """Whether a business day runs."""
        return self.day is not None and self.day.open

    def waits(self, code: str) -> int:
        """How many wait for this service."""
        return self.services[code].waiting if code in self.services else 0

    def serving(self, code: str) -> list[int]:
        """The counters that are open and serve this service."""
        return [number for number, state in self.counters.items() if state.state == "open" and code in state.services]


def hall_of(view: View) -> Hall:
    """The hall as the view has it."""
    return Hall(
        counters=dict(sorted(view.counters.items())),
        services={line.code: line for line in view.board.services} if view.board else {},
        day=view.day,
        notices=list(view.board.notices) if view.board else [],
    )
