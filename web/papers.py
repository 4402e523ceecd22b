"""What became of the paper of the tickets that were printed last, as the hub's events tell it. Pure."""

from moiso.core.events import TicketPrinted, TicketPrintFailed
from moiso.wire.codec import event_data
from moiso.wire.messages import Event

#: So many tickets are remembered: whoever issued an older one has long seen the paper.
KEPT = 50


class Papers:
    """The last tickets of a day; a new day begins with none."""

    def __init__(self) -> None:
        self._day: str | None = None
        self._fates: dict[str, str] = {}

    @property
    def fates(self) -> dict[str, str]:
        """By ticket `printed`, or why it was not: the reason of `ticket-print-failed`."""
        return dict(self._fates)

    def take(self, event: Event) -> None:
        """Fold an event; others than those of paper say nothing here. Raises BadMessage for one that is none."""
        said = event_data(event)
        if not isinstance(said, TicketPrinted | TicketPrintFailed):
            return
        if event.day != self._day:
            self._day, self._fates = event.day, {}
        self._fates.pop(said.ticket, None)
        self._fates[said.ticket] = said.reason if isinstance(said, TicketPrintFailed) else "printed"
        if len(self._fates) > KEPT:
            del self._fates[next(iter(self._fates))]
