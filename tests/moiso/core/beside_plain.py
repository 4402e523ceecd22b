"""The core and the plain queue side by side: the same presses, the same looks, the same days."""

from typing import Any

import msgspec

from centre.simulate.plain import Plain
from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.asking import Rejected
from moiso.core.centre import CALLS_KEPT, new_centre
from moiso.core.closing import closing
from moiso.core.decide import decide
from moiso.core.due import due
from moiso.core.evolve import evolve
from moiso.core.hours import Hours, Span, Timetable
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Duty, Rules, Service

HOUR = 3600
OFFICE = Hours(
    issue=(Span(7 * HOUR, 11 * HOUR), Span(13 * HOUR, 16 * HOUR)),
    serve=(Span(7 * HOUR + 1800, 11 * HOUR + 1800), Span(13 * HOUR + 1800, 17 * HOUR)),
)
RULES = Rules(
    services=(
        Service(code="A", name="Chứng thực", quota=9),
        Service(code="B", name="Hộ tịch", cap=3, bulk="K"),
        Service(code="K", name="Hồ sơ nhiều", cap=5),
    ),
    desks=(
        Desk(number=1, label="Quầy 1", services=("B", "A"), order="preference"),
        Desk(number=2, label="Quầy 2", services=("A",)),
        Desk(number=3, label="Quầy 3", services=("A", "B", "K")),
    ),
    timetable=Timetable(weekly={"A": (OFFICE,) * 5 + (None, None)}),
    roster=(
        Duty(counter=2, who="lan", services=("A", "K"), weekday=0, half="morning"),
        Duty(counter=2, who="hoa", services=("A", "K"), weekday=0, half="afternoon"),
        Duty(counter=3, who="mai", services=("B",), weekday=1, half="morning"),
    ),
    band=(6, 40),
    block=3,
    priority_by=("kiosk", "greeter", "manager"),
    greeter=False,
    kiosks=("kiosk-1", "kiosk-2"),
)
#: Monday 2026-11-23, 07:20 in Vietnam.
MORNING = 1_795_393_200.0
SAME_BEFORE_AND_AFTER = ("tickets", "lines", "suspended", "notices", "numbering", "blocks")


class Beside:
    """Whatever is done is done to both, and they must agree; `log` is every event with seq, time and day."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules = rules
        self.centre, self.plain = new_centre(rules), Plain(rules)
        self.log: list[tuple[did.Event, int, float, str | None]] = []
        self.now, self.trusted, self.days = MORNING, True, 0
        self.closed_at = 0.0

    def press(self, command: ask.Command, by: Sender) -> list[did.Event] | str:
        """Give the command to both: the core's events, or the reason why not."""
        before = self.bytes()
        plainly = self.plain.ask(command, by, self.now, self.trusted)
        events, refused = self.decided(command, by)
        assert refused == plainly, f"{command} by {by}: {refused}, plainly {plainly}"
        assert self.bytes() == before, "decide has written"
        events = [] if getattr(command, "preview", False) else events
        self.append_all(events)
        calls = [(e.ticket, e.policy) for e in events if isinstance(e, did.TicketCalled)]
        if type(command) in {ask.CallNext, ask.CallTicket} and refused is None:
            assert calls == ([self.plain.called] if self.plain.called else []), f"{calls}, plainly {self.plain.called}"
        self.agree(events)
        return refused or events

    def decided(self, command: ask.Command, by: Sender) -> tuple[list[did.Event], str | None]:
        try:
            return decide(self.centre, command, by, self.now, trusted=self.trusted), None
        except Rejected as why:
            return [], why.reason

    def look(self) -> None:
        """What time alone has brought by now."""
        plainly = self.plain.elapse(self.now, self.trusted)
        events = due(self.centre, self.now, trusted=self.trusted) if self.centre.day else []
        really = [_found(event) for event in events]
        assert sorted(map(str, plainly)) == sorted(map(str, really)), f"{really}, plainly {plainly}"
        self.append_all(events)
        self.agree(events)

    def set_clock(self, seconds: float) -> None:
        if self.plain.is_open:
            self.now += seconds
            self.append(did.ClockSet(shift=seconds))
            self.plain.clock_set(seconds)
            self.agree([])

    def close_by_rule(self) -> None:
        if self.plain.is_open:
            self.plain.day_closed_by_rule(self.now)
            events = closing(self.centre, "rule", "carry-over")
            self.append_all(events)
            self.agree(events)

    def append_all(self, events: list[did.Event]) -> None:
        for event in events:
            self.append(event)
        for event in events:
            if isinstance(event, did.DayOpened):
                self.plain.day_opened(str(self.centre.day), self.now, event.training)

    def append(self, event: did.Event) -> None:
        day = self.centre.day or self.centre.last_day
        if isinstance(event, did.DayOpened):
            self.days += 1
            day = f"2026-12-{self.days:02d}"
        self.closed_at = self.now if isinstance(event, did.DayClosed) else self.closed_at
        self.log.append((event, len(self.log) + 1, self.now, day))
        evolve(self.centre, event, seq=len(self.log), at=self.now, day=day)

    def bytes(self) -> bytes:
        return msgspec.json.encode(self.centre, enc_hook=str)

    def snapshot(self) -> dict[str, Any]:
        """What an undo must bring back."""
        state = msgspec.to_builtins(self.centre, enc_hook=str)
        for counter in state["counters"].values():
            for key in ("active", "wanted", "idle"):
                del counter[key]
        return {key: state[key] for key in (*SAME_BEFORE_AND_AFTER, "counters", "calls")}

    # -- what must always be so ---------------------------------------------------------------------------------------

    def agree(self, events: list[did.Event]) -> None:
        found = self.plain.differences(self.centre)
        assert not found, "\n".join(found)
        self.no_counter_has_two()
        self.the_wall_shows_people_of_today_once()
        self.the_account_balances(events)

    def no_counter_has_two(self) -> None:
        for counter in self.centre.counters.values():
            at_it = [t.number for t in self.centre.tickets.values() if t.counter == counter.number]
            assert at_it == ([counter.ticket] if counter.ticket else [])

    def the_wall_shows_people_of_today_once(self) -> None:
        shown = [call.ticket for call in self.centre.calls]
        assert len(shown) == len(set(shown)) <= CALLS_KEPT
        assert not [number for number in shown if self.centre.tickets[number].state.value == "void"]
        seqs = [call.seq for call in self.centre.calls]
        assert seqs == sorted(seqs, reverse=True)

    def the_account_balances(self, events: list[did.Event]) -> None:
        for account in (event.account for event in events if isinstance(event, did.DayClosed)):
            assert account.issued == account.served + account.absent + account.void + account.expired
            if not any(isinstance(event, did.DayOpened) for event in events):
                assert account == self.centre.so_far()

    def no_number_twice_a_day(self) -> None:
        given = [(day, event.ticket) for event, _, _, day in self.log if isinstance(event, did.TicketIssued)]
        assert len(given) == len(set(given))

    def folding_again_gives_the_same_bytes(self) -> None:
        again = new_centre(self.rules)
        starts = [n for n, (event, *_) in enumerate(self.log) if isinstance(event, did.DayOpened)]
        for event, seq, at, day in self.log[starts[-1] if starts else 0 :]:
            stored = msgspec.json.decode(msgspec.json.encode(event), type=type(event))
            evolve(again, stored, seq=seq, at=at, day=day)
        assert msgspec.json.encode(again, enc_hook=str) == self.bytes()


def _found(event: did.Event) -> tuple[str, object]:
    for key in ("ticket", "service", "counter"):
        if hasattr(event, key):
            return did.type_name(event), getattr(event, key)
    raise AssertionError(event)


KIOSKS = ("kiosk-1", "kiosk-2")


def sender(who: str, counter: int | None = None, press: str | None = None) -> Sender:
    """`kiosk-1`, `unit` (the call unit of a counter), `clerk` (at a page), `greeter`, `manager`."""
    if who in KIOSKS:
        return Sender(device=who, role=Role.KIOSK, press=press)
    if who == "unit":
        return Sender(device=f"counter-{counter}", role=Role.CLERK, counter=counter, press=press)
    return Sender(device="web", role=Role(who), counter=counter, press=press, person=f"{who}-{counter}")
