"""Years of closed days, written straight into a hub's log."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from hub.log import Batch, Row, data_of
from hub.store import Store
from moiso.core import events as did

#: Tickets of a past day, and of which services.
A_DAY, SERVICES = 1000, "ABCHK"
#: The first of them, and its beginning in seconds since 1970; the seconds of a day.
FIRST, BEGAN, DAY = date(2010, 1, 4), 1_262_563_200.0, 86400.0


def write(path: Path, tickets: int, tell: Callable[[str], None]) -> None:
    """Fill a new log with so many tickets, rounded up to whole days, as an outbox that was emptied."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = Store(path)
    template = [(did.type_name(event), data_of(event)) for event in _day()]
    for number in range(-(-tickets // A_DAY)):
        first = number * len(template) + 1
        store.commit(Batch(rows=list(_rows(template, number, first))), taken=first + len(template) - 1)
        if number % 100 == 99:
            tell(f"{(number + 1) * A_DAY} old tickets written")
    store.close()


def _rows(template: list[tuple[str, bytes]], number: int, first: int) -> Iterator[Row]:
    label, began = (FIRST + timedelta(days=number)).isoformat(), BEGAN + number * DAY
    for place, (kind, data) in enumerate(template):
        yield Row(first + place, began + 5 * place, True, label, kind, data)


def _day() -> Iterator[did.Event]:
    """A quiet day: everybody comes, is called and is served."""
    yield did.DayOpened(reason="rule")
    for number in range(1, A_DAY // len(SERVICES) + 1):
        for counter, service in enumerate(SERVICES):
            yield from _visit(f"{service}{number:03}", service, counter % 4 + 1)
    yield did.DayClosed(reason="rule", account=did.Account(issued=A_DAY, served=A_DAY))


def _visit(ticket: str, service: str, counter: int) -> Iterator[did.Event]:
    press, token = f"{ticket}-0123456789ab", "0" * 64
    yield did.TicketIssued(ticket=ticket, service=service, device="kiosk-1", press=press, token_sha256=token)
    yield did.TicketPrinted(ticket=ticket)
    yield did.TicketCalled(ticket=ticket, counter=counter, service=service, policy="oldest")
    yield did.ServiceStarted(ticket=ticket, counter=counter)
    yield did.ServiceFinished(ticket=ticket, counter=counter)
