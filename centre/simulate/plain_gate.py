"""How a number comes into the plain queue: presses, blocks lent to kiosks. Pure."""

from centre.simulate.plain_memory import Line
from centre.simulate.plain_sheet import ENDS, TRAINING, No, Sheet
from moiso.core import commands as ask
from moiso.core.roles import Role
from moiso.core.rules import PRIORITY_CLASSES


class Gate(Sheet):
    """Numbers given and lent."""

    # numbers

    def band(self) -> tuple[int, int]:
        """First and last number that only kiosks give out, today."""
        low, high = self.rules.band
        return (low + TRAINING, high + TRAINING) if self.training else (low, high)

    def is_reserved(self, value: int) -> bool:
        """Whether the number lies in the band."""
        low, high = self.band()
        return low <= value <= high

    def is_lent(self, service: str, value: int, kiosk: str | None = None) -> bool:
        """Whether a kiosk (this one, if named) has the number in a block of today."""
        return any(
            value in loan["numbers"] for loan in self.loans
            if loan["service"] == service and kiosk in (None, loan["kiosk"])
        )  # fmt: skip

    def value_of(self, service: str, number: str) -> int | None:
        """`A012` of `A` is 12; anything that is not written so is no number of that service."""
        digits = number[len(service) :]
        if not number.startswith(service) or not (digits.isascii() and digits.isdigit()):
            return None
        value = int(digits)
        return value if value > 0 and f"{service}{value:03d}" == number else None

    def given_online(self, service: str) -> list[int]:
        """Every number outside the band that somebody has or had today."""
        values = [person["value"] for person in self.people if person["prefix"] == service]
        return [value for value in values if not self.is_reserved(value)]

    def last_value(self, service: str) -> int:
        """The highest of them; before the first one the number below it."""
        return max([self.floor(), *self.given_online(service)])

    def floor(self) -> int:
        """Numbers of today are above this one."""
        return TRAINING if self.training else 0

    def next_value(self, service: str) -> int:
        """One more than the highest so far; the band is jumped over."""
        value = self.last_value(service) + 1
        return self.band()[1] + 1 if self.is_reserved(value) else value

    # people come in

    def enter(
        self,
        service: str,
        value: int,
        *,
        since: float,
        priority: bool = False,
        source: str = "kiosk",
        code: str | None = None,
    ) -> Line:
        """Somebody new stands on the list, waiting; `code`: on the paper."""
        person: Line = {
            "number": f"{service}{value:03d}", "prefix": service, "value": value, "service": service,
            "device": self.by.device, "given": (self.by.device, self.by.press), "phantom": False, "source": source,
            "carried": None, "priority": priority, "since": since, "rank": self.next_rank(), "behind": 0,
            "issued": since, "state": "waiting", "at": None, "called": 0.0, "last_call": 0.0, "recalls": 0,
            "gone_at": 0.0, "inferred": False, "keeps": False, "bound": None, "turns": 0, "left": None,
            "stopped": False, "outcome": None, "was": None, "late": False, "undone": False, "printer": None,
            "code": code,
        }  # fmt: skip
        self.people.append(person)
        self.look_again()
        self.new.append(person)
        return person

    def holders(self) -> list[Line]:
        """Who got a number by this very press."""
        if self.by.press is None:
            return []
        mine = (self.by.device, self.by.press)
        return [person for person in self.people if person["given"] == mine]

    def issue(self, c: ask.IssueTicket) -> None:
        """A press for a number; the same press has its number already."""
        self.service_or_no(c.service)
        if any(not person["phantom"] for person in self.holders()):
            return
        if c.priority_class not in (None, *PRIORITY_CLASSES):
            raise No("unknown-class")
        self.may_favour_or_no(c.priority)
        somewhere_else = None if self.by.role is Role.KIOSK else c.print_at
        if somewhere_else not in (None, *self.rules.kiosks):
            raise No("unknown-kiosk")
        self.issuing_or_no(c.service)
        number = self.next_value(c.service)
        person = self.enter(c.service, number, since=self.now, priority=c.priority, code=c.token)
        person["printer"] = somewhere_else
        if c.priority:
            self.note("priorities")

    def may_favour_or_no(self, priority: bool) -> None:
        """Only some roles may give priority."""
        if priority and self.by.role not in self.rules.priority_by:
            raise No("priority-not-here")

    def issuing_or_no(self, service: str) -> None:
        """Windows are for kiosks, the end of the day and the quota for everybody."""
        machine = self.by.role is Role.KIOSK and self.trusted
        if self.overtime or (machine and not self.rules.timetable.gives(service, self.now)):
            raise No("issue-closed")
        found = self.rules.service(service)
        given = [p for p in self.people if p["prefix"] == service and p["state"] != "void"]
        if found is not None and found.quota is not None and len(given) >= found.quota:
            raise No("quota-full")

    def lease(self, c: ask.LeaseBlock) -> None:
        """A kiosk takes the lowest numbers of the band that nobody has today or has for the next day."""
        self.service_or_no(c.service)
        ahead = c.day == "next"
        if not ahead:
            self.open_or_no()
        if c.of is not None and (not self.is_open or c.of != self.label):
            raise No("day-not-open")
        low, high = self.rules.band if ahead else self.band()
        numbers = self.not_lent(c.service, list(range(low, high + 1)))
        if not numbers:
            raise No("no-numbers-left")
        for loan in self.loans:
            if (loan["kiosk"], loan["service"]) == (self.by.device, c.service):
                loan["heard"] = True
        loans = self.loans_ahead if ahead else self.loans
        mine: Line = {"kiosk": self.by.device, "service": c.service, "heard": not ahead, "old": False}
        loans.append({**mine, "numbers": numbers})

    def not_lent(self, service: str, band: list[int]) -> list[int]:
        """The first numbers of the band that are free and follow each other, a block at most."""
        loans = [loan for loan in self.loans + self.loans_ahead if loan["service"] == service]
        lent = [value for loan in loans for value in loan["numbers"]]
        free = [value for value in band if value not in lent]
        run = [value for n, value in enumerate(free) if value == free[0] + n]
        return run[: self.rules.block]

    def printer_says(self, c: ask.ConfirmPrint | ask.ReportPrintFailure) -> None:
        """Only the kiosk that gave a number, or prints it for somebody, speaks of its paper; nobody moves."""
        person = self.who_or_no(c.ticket)
        if self.by.device not in (person["device"], person["printer"]):
            raise No("not-your-number")

    def reprint(self, c: ask.ReprintTicket) -> None:
        """Paper once more for somebody who still needs it; whoever prints it speaks of its paper."""
        person = self.who_or_no(c.ticket)
        if person["state"] in ENDS:
            raise No("ticket-ended")
        if self.by.role is Role.KIOSK:
            self.printer_says(ask.ConfirmPrint(ticket=c.ticket))
            return
        kiosk = c.print_at or person["printer"] or person["device"]
        if kiosk not in self.rules.kiosks:
            raise No("unknown-kiosk")
        person["printer"] = kiosk
