"""The day's account as it is printed and signed: every number, and what became of it. Pure."""

from msgspec import Struct

from moiso.wire.messages import Account
from web.hall import Hall
from web.place import Reader
from web.words import clock, day, listed


class DayAccount(Struct, frozen=True, kw_only=True):
    """The account as texts; the pairs are (what, how many or which).

    balance: the sum that must come out. people: per account its calls out of order, priorities and voids.
    """

    title: str
    upto: str
    ends: list[tuple[str, str]]
    balance: str
    outcomes: list[tuple[str, str]]
    lists: list[tuple[str, str]]
    people: list[tuple[str, str, str, str]]


def day_account(hall: Hall, reader: Reader) -> DayAccount | None:
    """The account as it stands; None before the hub was heard."""
    if hall.day is None or hall.account is None:
        return None
    text, account = reader.text, hall.account
    named = text("web.training_day") if hall.day.training else day(hall.day.label, text)
    done = sorted(account.by_account.items())
    return DayAccount(
        title=text("day.title", day=named),
        upto=text("day.upto" if hall.open else "day.closed", time=clock(hall.day.at)),
        ends=[(text(f"day.{name}"), str(getattr(account, name))) for name in _ENDS],
        balance=text("day.balance", issued=account.issued, **{name: getattr(account, name) for name in _ENDS[1:]}),
        outcomes=[(text(f"outcome.{name.replace('-', '_')}"), str(n)) for name, n in account.outcomes.items() if n],
        lists=_lists(account, reader),
        people=[(who, str(d.out_of_order), str(d.priorities), str(d.voids)) for who, d in done],
    )


#: How numbers stand or ended; the first is the sum of the others.
_ENDS = ("issued", "served", "absent", "void", "expired", "waiting", "held", "at_counters")


def _lists(account: Account, reader: Reader) -> list[tuple[str, str]]:
    """What somebody may ask about, by number."""
    lent = [f"{block.kiosk}: {block.service}{block.first}–{block.service}{block.last}" for block in account.leased]
    said = {
        "carried": listed(account.carried),
        "unheard": listed(account.unheard),
        "leased": ", ".join(lent),
        "after_hours": str(account.after_hours),
        "inferred": str(account.inferred),
    }
    return [(reader.text(f"day.{name}"), value or reader.text("web.none")) for name, value in said.items()]
