"""A small centre for tests: commands in words, events folded as the hub does it."""

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.centre import Centre, Ticket, new_centre
from moiso.core.decide import decide
from moiso.core.due import due
from moiso.core.evolve import evolve
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Rules, Service

A, B = Service(code="A", name="Chứng thực"), Service(code="B", name="Hộ tịch")
RULES = Rules(
    services=(A, B),
    desks=(Desk(number=1, label="Quầy 1", services=("A", "B")), Desk(number=2, label="Quầy 2", services=("A",))),
)


class Hall:
    """A centre whose clock stands until `now` is moved."""

    def __init__(self, rules: Rules = RULES, *, open_day: bool = True) -> None:
        self.centre: Centre = new_centre(rules)
        self.now = 1_800_000_000.0
        self.presses = 0
        if open_day:
            self.append(did.DayOpened(reason="people"), "2027-01-15")

    def append(self, event: did.Event, day: str | None = None) -> None:
        evolve(self.centre, event, seq=self.centre.seq + 1, at=self.now, day=day or self.centre.day)

    def do(self, command: ask.Command, by: Sender) -> list[did.Event]:
        events = decide(self.centre, command, by, self.now)
        for event in events:
            self.append(event)
        return events

    def kiosk(self, command: ask.Command, device: str = "kiosk-1", press: str | None = None) -> list[did.Event]:
        self.presses += press is None
        return self.do(command, Sender(device=device, role=Role.KIOSK, press=press or f"p{self.presses}"))

    def clerk(self, counter: int, command: ask.Command) -> list[did.Event]:
        return self.do(command, Sender(device=f"counter-{counter}", role=Role.CLERK, counter=counter))

    def person(self, command: ask.Command, role: Role = Role.GREETER, press: str | None = None) -> list[did.Event]:
        """Somebody at a page, without a counter."""
        self.presses += press is None
        return self.do(command, Sender(device="web", role=role, press=press or f"p{self.presses}", person="hoa"))

    def wait(self, seconds: float, *, trusted: bool = True) -> list[did.Event]:
        """Time passes; what it alone brings."""
        self.now += seconds
        events = due(self.centre, self.now, trusted=trusted)
        for event in events:
            self.append(event)
        return events

    def refused(self, counter: int, command: ask.Command) -> str:
        """The reason why a clerk may not."""
        with pytest.raises(Rejected) as refusal:
            self.clerk(counter, command)
        return refusal.value.reason

    def ticket(self, number: str) -> Ticket:
        return self.centre.tickets[number]

    def states(self) -> dict[str, str]:
        return {number: ticket.state.value for number, ticket in self.centre.tickets.items()}

    def line(self, service: str = "A") -> list[str]:
        return [number for _, number in self.centre.lines[service]]

    def issue(self, service: str = "A", *, priority: bool = False) -> str:
        [event] = self.kiosk(ask.IssueTicket(service=service, priority=priority))
        assert isinstance(event, did.TicketIssued)
        self.now += 1.0
        return event.ticket

    def called(self, counter: int = 1) -> tuple[str, str] | None:
        """Press `next`: the number that is called and the rule that chose it."""
        events = self.clerk(counter, ask.CallNext())
        calls = [(e.ticket, e.policy) for e in events if isinstance(e, did.TicketCalled)]
        return calls[0] if calls else None
