"""What a day that is over left behind, as the managers' page shows it. Pure."""

from msgspec import Struct

from moiso.wire.messages import DayState
from web.words import Text, listed


class Closing(Struct, frozen=True, kw_only=True):
    """Numbers that nobody has been served with, and how many of them."""

    carried: str
    carried_count: str
    unheard: str
    unheard_count: str
    leased: str


def closing_of(day: DayState | None, text: Text) -> Closing | None:
    """What is left of a real day that is over; None while one runs."""
    if day is None or day.open or day.training or day.label is None:
        return None
    account, none = day.account, text("web.none")
    blocks = [f"{block.kiosk} ({block.service} {block.first}–{block.last})" for block in account.leased]
    return Closing(
        carried=listed(account.carried) or none,
        carried_count=str(len(account.carried)),
        unheard=listed(account.unheard) or none,
        unheard_count=str(len(account.unheard)),
        leased=", ".join(blocks) or none,
    )
