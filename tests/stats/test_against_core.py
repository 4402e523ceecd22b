"""Random days of the real core, every rule in play: the figures agree with the hub's account after every event.

Two independent folds of one log: the core's (its tallies follow each change) and this room's (intervals, told again
after an undo). At the end the same day without what was taken back gives the same figures.
"""

from copy import deepcopy
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.centre import new_centre
from moiso.core.closing import closing, opening
from moiso.core.decide import decide
from moiso.core.due import due
from moiso.core.evolve import evolve
from moiso.core.hours import Hours, Span, Timetable
from moiso.core.roles import MAY, Role, Sender
from moiso.core.rules import Desk, Rules, Service
from moiso.wire.figures import Line
from stats.figures import Figures, figures
from stats.intervals import Day, fold
from stats.visits import Kind
from tests.stats.fixture_day import at, stamp

HOUR = 3600
HOURS = Hours(issue=(Span(7 * HOUR, 9 * HOUR),), serve=(Span(7 * HOUR, 9 * HOUR),))
RULES = Rules(
    services=(
        Service(code="A", name="Chứng thực", cap=5, bulk="C"),
        Service(code="B", name="Hộ tịch"),
        Service(code="C", name="Đất đai", cap=10),
    ),
    desks=(
        Desk(number=1, label="Quầy 1", services=("A", "B")),
        Desk(number=2, label="Quầy 2", services=("A", "C"), order="preference"),
        Desk(number=3, label="Quầy 3", services=("B",)),
    ),
    timetable=Timetable(zone=ZoneInfo("Asia/Ho_Chi_Minh"), weekly={"A": (HOURS,) * 7}),
)
COUNTS = ("issued", "served", "absent", "void", "expired", "waiting", "held", "at_counters", "after_hours", "outcomes")
#: How often each command comes; all others once.
OFTEN = {
    "issue": 12, "next": 20, "start": 20, "finish": 8, "undo": 12, "hold": 6, "resume": 12, "transfer": 6, "return": 8,
    "recall": 4, "no-show": 3, "restore-service": 3, "reopen-day": 30, "close-day": 0.2, "suspend-service": 0.4,
    "pause": 0.5, "close": 0.5, "lease": 0.1, "notice": 0.1, "print-failed": 0.1, "open-day": 0,
}  # fmt: skip
WEIGHTS = {name: OFTEN.get(name, 1) for name in ask.COMMANDS}

Moment = tuple[did.Event, int, float]


class RandomDay:
    """One day of random presses; `log` has every event with its seq and moment."""

    def __init__(self, seed: int) -> None:
        self.random, self.centre, self.day = Random(seed), new_centre(RULES), Day()
        self.now, self.log = at("08:00"), list[Moment]()
        self.append(did.DayOpened(reason="people"), "2026-11-23")

    def append(self, event: did.Event, label: str | None = None) -> None:
        moment = (event, self.centre.seq + 1, self.now)
        self.log.append(moment)
        evolve(self.centre, event, seq=moment[1], at=self.now, day=label or self.centre.day)
        self.day = told(self.day, moment)

    def live(self, presses: int) -> None:
        """So many presses, seconds to minutes apart, with the accounts compared after each that had an effect."""
        for _ in range(presses):
            self.now += self.random.choice([1, 1, 3, 20, 60, 400])
            before = len(self.log)
            self.press()
            if self.random.random() < 0.01:
                self.jump()
            if len(self.log) > before:
                self.agrees()

    def press(self) -> None:
        command, by = self.command()
        try:
            events = decide(self.centre, command, by, self.now)
        except Rejected:
            events = due(self.centre, self.now, trusted=True)
        for event in events:
            self.append(event)

    def jump(self) -> None:
        shift = self.random.choice([-7200.0, 500.0, 86400.0])
        self.now += shift
        self.append(did.ClockSet(shift=shift))

    def command(self) -> tuple[ask.Command, Sender]:
        [name] = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        role = self.random.choice(sorted(MAY[name]))
        desk = self.random.choice([1, 2, 3]) if role is Role.CLERK else None
        press = f"p{len(self.log)}"
        by = Sender(device=f"counter-{desk}" if desk else role.value, role=role, counter=desk, press=press)
        return ask.COMMANDS[name](**self.arguments(ask.COMMANDS[name])), by

    def arguments(self, kind: type[ask.Command]) -> dict[str, Any]:
        """Whatever the command needs, some of what it may have."""
        pick = self.random.choice
        number = pick([f"{pick('ABC')}{pick(range(1, 30)):03}", *self.centre.tickets])
        values: dict[str, Any] = {
            "service": pick("AABC"), "ticket": number, "text": "", "services": ("A", "B"), "priority_class": "elderly",
            "reason": pick(ask.CALL_REASONS),
        }  # fmt: skip
        given = {name: value for name, value in values.items() if name in kind.__struct_fields__}
        ends = {"outcome": pick([None, *ask.OUTCOMES]), "dossiers": pick([None, 2, 4]), "more": pick([False, True])}
        end = ends if kind is ask.FinishService else {}
        begin = {"dossiers": pick([None, 3, 12, 30])} if kind is ask.StartService else {}
        leftover = {"leftover": pick([None, "expire", "carry-over", "overtime"])} if kind is ask.CloseDay else {}
        return {**given, **end, **begin, **leftover}

    def agrees(self) -> None:
        """Both folds count the same, every line adds up, and the lines make the total."""
        found, account = reckoned(self.day, self.now), self.centre.so_far()
        for name in COUNTS:
            assert getattr(found.total, name) == getattr(account, name), name
        for line in (found.total, *found.services):
            ends = line.served + line.absent + line.void + line.expired
            assert line.issued == ends + line.waiting + line.held + line.at_counters
            assert sum(line.outcomes.values()) == line.served == line.outcome_unknown.whole
        for name in {*COUNTS, "dossiers"} - {"outcomes"}:
            assert sum(getattr(line, name) for line in found.services) == getattr(found.total, name), name

    def without_what_was_taken_back(self) -> list[Moment]:
        """The log as if nothing had ever been undone, and no day closed by mistake; numbers stay given."""
        undone = {seq for event, _, _ in self.log if isinstance(event, did.ActionUndone) for seq in event.undone}
        last = max((seq for event, seq, _ in self.log if isinstance(event, did.DayReopened)), default=0)
        return [
            (event, seq, wall)
            for event, seq, wall in self.log
            if not isinstance(event, did.ActionUndone | did.DayReopened)
            and (seq not in undone or gives(event))
            and not (seq < last and isinstance(event, did.TicketExpired | did.DayClosed))
        ]


def gives(event: did.Event) -> bool:
    """Whether a number is given by it, for the first time or after all."""
    return isinstance(event, did.TicketIssued) or (isinstance(event, did.TicketReturned) and event.source != "")


def told(day: Day, moment: Moment) -> Day:
    event, seq, wall = moment
    return fold(day, event, seq=seq, at=wall, label="x", synced=True)


def reckoned(day: Day, now: float) -> Figures:
    return figures(day.visits.values(), now, day.first_counter, ("A", "B", "C"), stamp)


def everything(found: Figures) -> dict[str | None, Line]:
    return {line.service: line for line in (found.total, *found.services)}


@pytest.mark.parametrize("seed", range(60))
def test_the_figures_are_the_hubs_account_whatever_is_pressed(seed: int) -> None:
    random = deepcopy(_lived(seed))
    plain = Day()
    for moment in random.without_what_was_taken_back():
        plain = told(plain, moment)
    assert everything(reckoned(random.day, random.now)) == everything(reckoned(plain, random.now))
    if random.centre.day is not None:
        for event in closing(random.centre, "people", "carry-over"):
            random.append(event)
        random.agrees()
    assert reckoned(random.day, random.now).total.waiting == 0


def test_the_random_days_meet_every_event_of_a_ticket() -> None:
    met = {type(event) for seed in range(30) for event, _, _ in _lived(seed).log}
    assert met >= {
        did.TicketHeld, did.TicketResumed, did.TicketTransferred, did.TicketReturned, did.TicketServedOffline,
        did.PriorityGranted, did.ActionUndone, did.DayReopened, did.DayExtended, did.ServiceSuspended,
        did.ServiceRestored, did.TicketVoided, did.TicketMissed, did.ClockSet, did.ServiceUnstaffed,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_intervals_touch_and_none_of_a_suspended_service_is_service_or_walk(seed: int) -> None:
    random = _lived(seed)
    for visit in random.day.visits.values():
        intervals = [interval for leg in visit.legs for interval in leg.intervals]
        for one, after in pairwise(intervals):
            assert one.end == after.begin >= one.begin
    assert not [kind for kind, service in _at_counters(random) if service in random.centre.suspended]


def _at_counters(random: RandomDay) -> list[tuple[Kind, str]]:
    """What runs now, and for which service, of whoever stands at a counter."""
    running = [visit for visit in random.day.visits.values() if visit.last.end is None]
    return [(v.last.kind, v.service) for v in running if v.last.kind in {Kind.WALK, Kind.SERVICE}]


@cache
def _lived(seed: int) -> RandomDay:
    """Lived once for all tests of this file; whoever goes on with it takes a copy."""
    random = RandomDay(seed)
    random.live(300)
    return random


def test_a_new_day_knows_nothing_of_the_last() -> None:
    random = deepcopy(_lived(1))
    random.append(opening(random.centre, "people", {}), "2026-11-24")
    assert reckoned(random.day, random.now).total.issued == 0
