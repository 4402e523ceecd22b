"""A plain queue on one Monday, worked in words; the examples of the rulebook are written with it."""

from typing import Any

from centre.simulate.plain import Plain
from moiso.core import commands as ask
from moiso.core.hours import Hours, Span, Timetable
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Rules, Service

HOUR = 3600
#: Monday 2026-11-23, midnight in Vietnam.
MIDNIGHT = 1_795_366_800.0
OFFICE = Hours(
    issue=(Span(7 * HOUR, 11 * HOUR), Span(13 * HOUR, 16 * HOUR)),
    serve=(Span(7 * HOUR + 1800, 11 * HOUR + 1800), Span(13 * HOUR + 1800, 17 * HOUR)),
)
HOURS = Timetable(weekly={"A": (OFFICE,) * 5 + (None, None)})


def rules(**changes: Any) -> Rules:
    """Two lines and a lane for big piles, three desks; everything else as a site has it that says nothing."""
    usual: dict[str, Any] = {
        "services": (
            Service(code="A", name="Chứng thực"),
            Service(code="B", name="Đất đai", cap=5),
            Service(code="K", name="Hồ sơ nhiều", cap=10),
        ),
        "desks": (
            Desk(number=1, label="Quầy 1", services=("A", "B")),
            Desk(number=2, label="Quầy 2", services=("A",)),
            Desk(number=3, label="Quầy 3", services=("B", "K")),
        ),
    }
    return Rules(**(usual | changes))


class Book:
    """`now` moves only by `at` and `later`; a refused press gives its reason, an accepted one None."""

    def __init__(self, **changes: Any) -> None:
        self.plain = Plain(rules(**changes))
        self.presses = 0
        self.trusted = True
        self.at(7, 30)
        self.plain.day_opened("2026-11-23", self.now)

    def at(self, hour: int, minute: int = 0) -> None:
        self.now = MIDNIGHT + hour * HOUR + minute * 60

    def later(self, seconds: float) -> list[tuple[str, object]]:
        """Time passes and the clerk looks up."""
        self.now += seconds
        return self.plain.elapse(self.now, self.trusted)

    def do(self, by: Sender, name: str, **arguments: Any) -> str | None:
        arguments = {{"kind": "priority_class"}.get(key, key): value for key, value in arguments.items()}
        return self.plain.ask(ask.COMMANDS[name](**arguments), by, self.now, self.trusted)

    def press(self) -> str:
        self.presses += 1
        return f"p{self.presses}"

    def desk(self, number: int, name: str, **arguments: Any) -> str | None:
        """A button at a counter."""
        by = Sender(device=f"counter-{number}", role=Role.CLERK, counter=number, press=self.press())
        return self.do(by, name, **arguments)

    def kiosk(self, name: str, press: str | None = None, device: str = "kiosk-1", **arguments: Any) -> str | None:
        return self.do(Sender(device=device, role=Role.KIOSK, press=press or self.press()), name, **arguments)

    def page(self, role: str, name: str, counter: int | None = None, **arguments: Any) -> str | None:
        """Somebody at a page, in an own name."""
        by = Sender(device="web", role=Role(role), counter=counter, press=self.press(), person=role)
        return self.do(by, name, **arguments)

    def give(self, service: str = "A", count: int = 1, *, priority: bool = False, apart: float = 1.0) -> str:
        """So many people take a number; the last of the numbers."""
        for _ in range(count):
            assert self.kiosk("issue", service=service, priority=priority) is None
            self.now += apart
        return str(self.plain.people[-1]["number"])

    def serve(self, desk: int) -> str | None:
        """`next`, and the person comes and sits down."""
        assert self.desk(desk, "next") is None
        self.now += 10
        number = self.here(desk)
        if number is not None:
            assert self.desk(desk, "start") is None
        self.now += 60
        return number

    def here(self, desk: int) -> str | None:
        person = self.plain.standing_at(desk)
        return person["number"] if person else None

    def state(self, number: str) -> str:
        return str(self.plain.who_or_no(number)["state"])

    def line(self, service: str = "A") -> list[str]:
        return [person["number"] for person in self.plain.line((service,))]

    def called(self, desk: int) -> tuple[str, str] | None:
        """Press `next`; who is called, and by which rule."""
        assert self.desk(desk, "next") is None
        return self.plain.called
