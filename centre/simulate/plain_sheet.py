"""The paper of the plain queue: one line a person, one a desk. Pure.

A person or a desk is a dict. Who is where is found by walking down the list. Every change goes through `write`
(plain_memory.py), which keeps a copy of the line as it was: that copy is all that an undo needs.
"""

from collections.abc import Callable
from operator import itemgetter

from centre.simulate.plain_memory import Line, Memory
from moiso.core.roles import Role, Sender
from moiso.core.rules import Rules

Place = tuple[float, int, int]
#: Where a line of the list stands, from the line.
PLACE: Callable[[Line], Place] = itemgetter("since", "rank", "behind")

PLACES = ("called", "serving")
ENDS = ("done", "void", "expired")
#: Numbers of a training day begin above this one, the reserved band too.
TRAINING = 9000


class No(Exception):  # noqa: N818
    """The plain queue refuses; str() is the reason code."""


class Sheet(Memory):
    """The people and desks of one day, who asks now, and what the present press has changed."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.label: str | None = None
        self.is_open = self.training = self.overtime = False
        self.opened_at = 0.0
        self.closed_at: float | None = None
        self.loans_ahead: list[Line] = []
        self.carried_over: list[Line] = []
        self.now, self.trusted = 0.0, True
        self.by = Sender(device="", role=Role.READER)
        self.begin(loans=[])

    def begin(self, loans: list[Line]) -> None:
        """A new sheet; `loans` are the blocks of numbers lent to kiosks for this day."""
        self.people: list[Line] = []
        self.look_again()
        self.desks = {desk.number: self._desk(desk.number) for desk in self.rules.desks}
        self.loans = loans
        self.carried: list[Line] = []
        self.suspended: list[str] = []
        self.alarmed: list[str] = []
        self.staffed: dict[str, float] = {}
        self.staffed_before: dict[str, float] = {}
        self.doings: dict[str, dict[str, int]] = {}
        self.rank = 0
        self.notice = ""
        self.forget_all()
        self.start_press()

    def _desk(self, number: int) -> Line:
        found = self.rules.desk(number)
        assert found is not None
        return {
            "desk": number, "state": "closed", "serves": found.services, "ordinary": self.rules.priority_ratio,
            "idle": False, "pressed": 0.0, "wanted": None, "half": None, "who": None,
        }  # fmt: skip

    def this_deed(self) -> Line:
        """The present press as something that may be taken back."""
        return {
            "at": self.now, "press": self.by.press, "staffed": self.staffed_before, "before": self.before,
            "new": self.new, "lines": [line for line, _ in self.before] + self.new,
        }  # fmt: skip

    # looking things up by walking

    def who(self, number: str | None) -> Line | None:
        """The person with this number today."""
        for person in self.people:
            if person["number"] == number:
                return person
        return None

    def who_or_no(self, number: str) -> Line:
        """The person with this number, or `unknown-ticket`."""
        person = self.who(number)
        if person is None:
            raise No("unknown-ticket")
        return person

    def here(self) -> list[Line]:
        """Everybody without an end: the others are crossed out, and passed over."""
        if self.unended is None:
            self.unended = [person for person in self.people if person["state"] not in ENDS]
        return self.unended

    def standing_at(self, desk: int) -> Line | None:
        """Whoever is called to the desk or served there; more than one is a fault of this model."""
        found = [person for person in self.here() if person["at"] == desk]
        assert len(found) < 2
        return found[0] if found else None

    def line(self, services: tuple[str, ...]) -> list[Line]:
        """Who waits for one of these services, in the order they will be served."""
        return [person for person in self.waiting() if person["service"] in services]

    def waiting(self) -> list[Line]:
        """Everybody who waits, in the order of their presses."""
        if self.in_order is None:
            waiting = [person for person in self.here() if person["state"] == "waiting"]
            self.in_order = sorted(waiting, key=PLACE)
        return self.in_order

    def place(self, person: Line) -> Place:
        """The moment of the press, who pressed first at that moment, and who came back behind that one."""
        return PLACE(person)

    def desks_for(self, service: str, *states: str) -> list[int]:
        """The desks in one of these states that serve it now."""
        return [n for n, desk in self.desks.items() if desk["state"] in states and service in desk["serves"]]

    def next_rank(self) -> int:
        """Later ones stand behind, at the same moment."""
        self.rank += 1
        return self.rank

    def service_or_no(self, code: str) -> None:
        """`unknown-service` unless the site has it."""
        if self.rules.service(code) is None:
            raise No("unknown-service")

    def open_or_no(self) -> None:
        """`day-closed` unless a business day is open."""
        if not self.is_open:
            raise No("day-closed")

    def desk_or_no(self, number: int | None) -> Line:
        """The sender's desk, or `no-counter`, `unknown-counter`."""
        if number is None:
            raise No("no-counter")
        if number not in self.desks:
            raise No("unknown-counter")
        return self.desks[number]

    def note(self, what: str) -> None:
        """One stroke for the sender: `out_of_order`, `priorities` or `voids`."""
        mine = self.doings.setdefault(self.by.account, {"out_of_order": 0, "priorities": 0, "voids": 0})
        mine[what] += 1
