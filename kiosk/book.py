"""What the kiosk knows of numbers it gave by itself: the fold of its journal. Pure."""

from collections.abc import Iterable

from kiosk.journal import Given, Leased, Record, Seen, Spoilt, Told
from kiosk.leases import Leases


class Book:
    """The last word of the hub, the blocks, and whatever the hub has not heard of yet, in the order of the presses.

    last: the number that was given last since the hub was heard. spoilt: presses whose number nobody holds. unsure:
    presses whose number is not in the journal for sure yet: nobody may hear of it.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.leases = Leases()
        self.seen: Seen | None = None
        self.last: Given | None = None
        self.untold: dict[str, Given] = {}
        self.spoilt: set[str] = set()
        self.unsure: set[str] = set()
        for record in records:
            self.note(record)

    def note(self, record: Record) -> None:
        """One more record of the journal."""
        match record:
            case Seen():
                self.seen, self.last = record, None
                self.leases.seen(record)
            case Leased():
                self.leases.leased(record)
            case Given():
                self.last = self.untold[record.press] = record
                self.leases.given(record)
            case Spoilt(press=press):
                self.spoilt.add(press)
            case Told(press=press):
                self.untold.pop(press, None)
                self.spoilt.discard(press)

    def kept(self) -> list[Record]:
        """The shortest journal that says the same."""
        spoilt = [Spoilt(press=press) for press in self.untold if press in self.spoilt]
        seen = [self.seen] if self.seen else []
        last = [self.last] if self.last else []
        told = [Told(press=given.press) for given in last if given.press not in self.untold]
        # the blocks are written as they stand after all that, so they come last
        return [*self.untold.values(), *spoilt, *seen, *last, *told, *self.leases.kept()]
