"""How numbers are taken out of the plain queue again, one or a range. Pure."""

from centre.simulate.plain_gate import Gate
from centre.simulate.plain_memory import Line
from centre.simulate.plain_sheet import ENDS, PLACES, No
from moiso.core import commands as ask
from moiso.core.roles import Role

LARGEST_RANGE = 500


class Ranges(Gate):
    """Void, and who is in a range."""

    def void(self, c: ask.VoidTicket) -> None:
        """One number, or all of a range that nobody is serving, are taken out."""
        machine = self.by.role is Role.KIOSK
        if machine and c.to is not None:
            raise No("not-your-number")
        gone = [self.one_to_void(c.ticket)] if c.to is None else self.known_in_range(c.ticket, c.to)
        if not gone:
            raise No("nothing-in-range")
        for person in [] if c.preview else gone:
            self.write(person, state="void", at=None)
            self.note("voids")

    def one_to_void(self, number: str) -> Line:
        """A kiosk may void what it gave out itself."""
        person = self.who_or_no(number)
        if self.by.role is Role.KIOSK and person["device"] != self.by.device:
            raise No("not-your-number")
        if person["state"] in ENDS:
            raise No("ticket-ended")
        return person

    def known_in_range(self, first: str, last: str) -> list[Line]:
        """Everybody in the range who waits, is held or was absent."""
        service, values = self.range_or_no(first, last)
        people = [self.who(f"{service}{value:03d}") for value in values]
        return [person for person in people if person and person["state"] in ("waiting", "held", "absent")]

    def range_or_no(self, first: str, last: str | None) -> tuple[str, list[int]]:
        """`A041`, `A047` -> A and 41..47; else `bad-range`, as for more than 500; a single one: `unknown-ticket`."""
        for service in self.rules.services:
            low = self.value_of(service.code, first)
            high = self.value_of(service.code, last or first)
            if low is not None and high is not None and low <= high < low + LARGEST_RANGE:
                return service.code, list(range(low, high + 1))
        raise No("bad-range" if last else "unknown-ticket")

    def taken_back(self, person: Line) -> bool:
        """Whether the number is void only because somebody took a range back; then it may be given after all."""
        return bool(person["state"] == "void" and person["undone"])

    def at_a_desk(self, person: Line) -> bool:
        """Whether somebody is called or served."""
        return person["state"] in PLACES
