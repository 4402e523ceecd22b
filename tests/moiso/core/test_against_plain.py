"""Random days: the core and the plain queue get the same presses and must always agree."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from moiso.core import commands as ask
from moiso.core import events as did
from moiso.core.centre import new_centre
from moiso.core.decide import Rejected, decide
from moiso.core.evolve import CALLS_KEPT, evolve
from moiso.core.numbering import ticket_number
from moiso.core.roles import Role, Sender
from moiso.core.rules import Desk, Rules, Service
from tests.moiso.core.plain import No, Plain

RULES = Rules(
    services=(Service(code="A", name="Chứng thực"), Service(code="B", name="Hộ tịch")),
    desks=(
        Desk(number=1, label="Quầy 1", services=("A", "B")),
        Desk(number=2, label="Quầy 2", services=("A",)),
        Desk(number=3, label="Quầy 3", services=("B",)),
    ),
    band=(4, 40),
    block=3,
)
KIOSKS = st.sampled_from(["kiosk-1", "kiosk-2"])
SERVICES = st.sampled_from(["A", "B", "A", "B", "X"])
DESKS = st.sampled_from([1, 2, 3, 1, 2, 3, 9, None])
AGES = st.sampled_from([0.0, 3.0, 61.5, 900.0, 4000.0])


class Days(RuleBasedStateMachine):
    """The centre beside the plain queue; `log` is every event with its place and time."""

    def __init__(self) -> None:
        super().__init__()
        self.centre, self.plain = new_centre(RULES), Plain(RULES)
        self.log: list[tuple[did.Event, int, float, str | None]] = []
        self.now, self.days, self.pressed = 1_800_000_000.0, 0, 0
        self.unheard: list[tuple[str, str, str, bool]] = []

    # -- one step -------------------------------------------------------------------------------------------------

    def both(self, command: ask.Command, by: Sender, plainly: Any) -> tuple[list[did.Event], Any]:
        """Give the command to both; the events of the core and the answer of the plain queue."""
        before = self.bytes()
        try:
            answer, reason = plainly(), None
        except No as no:
            answer, reason = None, str(no)
        events: list[did.Event] = []
        refused = None
        try:
            events = decide(self.centre, command, by, self.now)
        except Rejected as why:
            refused = why.reason
        assert refused == reason, f"{command}: {refused}, plainly {reason}"
        assert self.bytes() == before, "decide has written"
        for event in events:
            self.append(event)
        return events, answer

    def append(self, event: did.Event) -> None:
        self.days += isinstance(event, did.DayOpened)
        day = f"day-{self.days}" if isinstance(event, did.DayOpened) else self.centre.day
        self.log.append((event, len(self.log) + 1, self.now, day))
        evolve(self.centre, event, seq=len(self.log), at=self.now, day=day)

    def bytes(self) -> bytes:
        return msgspec.json.encode(self.centre)

    def when_open(self, plainly: Any) -> Any:
        """While no day is open nothing of this kind is done."""

        def asked() -> Any:
            if not self.plain.is_open:
                raise No("day-closed")
            return plainly()

        return asked

    def clerk(self, desk: int | None) -> Sender:
        return Sender(device=f"counter-{desk}", role=Role.CLERK, counter=desk)

    def at_desk(self, desk: int | None, command: ask.Command, plainly: Any) -> tuple[list[did.Event], Any]:
        def asked() -> Any:
            self.plain.desk_or_no(desk)
            return plainly()

        return self.both(command, self.clerk(desk), self.when_open(asked))

    def some_number(self, data: st.DataObject) -> str:
        numbers = [p["number"] for p in self.plain.people]
        return str(data.draw(st.sampled_from([*numbers, "A999"])))

    # -- the day and the clock --------------------------------------------------------------------------------------

    @initialize()
    def first_day(self) -> None:
        self.open_day()

    @rule(seconds=st.sampled_from([0.0, 0.5, 10.0, 44.0, 46.0, 1800.0, 2701.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(seconds=st.sampled_from([-90_000.0, -3.0, 3.25, 7200.0, 4_000_000.125]))
    def clock_is_set(self, seconds: float) -> None:
        if self.plain.is_open:
            self.now += seconds
            self.append(did.ClockSet(shift=seconds))
            self.plain.shift(seconds)

    @rule()
    def open_day(self) -> None:
        self.both(ask.OpenDay(), Sender(device="web", role=Role.MANAGER), self.plain.open_day)

    @precondition(lambda self: len(self.plain.people) > 5)
    @rule(reopen=st.sampled_from([True, True, False]))
    def day_ends(self, reopen: bool) -> None:
        self.close_day()
        if reopen:
            self.open_day()

    def close_day(self) -> None:
        manager = Sender(device="web", role=Role.MANAGER)
        events, _ = self.both(ask.CloseDay(), manager, self.when_open(self.plain.close_day))
        if events:
            closed = events[-1]
            assert isinstance(closed, did.DayClosed)
            account = closed.account
            assert account.issued == account.served + account.absent + account.void + account.expired
            assert (account.waiting, account.at_counters) == (0, 0)
            assert [(b.kiosk, b.service, b.first, b.last) for b in account.leased] == [
                (x["kiosk"], x["service"], x["numbers"][0], x["numbers"][-1]) for x in self.plain.loans
            ]

    # -- kiosk and greeter ------------------------------------------------------------------------------------------

    @rule(kiosk=KIOSKS, service=SERVICES, priority=st.booleans(), heard=st.sampled_from([True, True, False]))
    def issue(self, kiosk: str, service: str, priority: bool, heard: bool) -> None:
        self.pressed += 1
        self.ask_for_number(kiosk, service, f"press-{self.pressed}", priority)
        if not heard:
            self.unheard.append((kiosk, service, f"press-{self.pressed}", priority))

    def ask_for_number(self, kiosk: str, service: str, press: str, priority: bool) -> None:
        by = Sender(device=kiosk, role=Role.KIOSK, press=press)
        plainly = self.when_open(lambda: self.plain.issue(service, kiosk, press, self.now, priority))
        events, number = self.both(ask.IssueTicket(service=service, priority=priority), by, plainly)
        for event in events:
            assert isinstance(event, did.TicketIssued)
            assert event.ticket == number

    @rule(data=st.data())
    def issue_comes_late(self, data: st.DataObject) -> None:
        """The broker delivers an old `issue` again, perhaps after the kiosk printed a number of its own."""
        if self.unheard:
            self.ask_for_number(*data.draw(st.sampled_from(self.unheard)))

    @rule(kiosk=KIOSKS, service=SERVICES, ahead=st.booleans())
    def lease(self, kiosk: str, service: str, ahead: bool) -> None:
        command = ask.LeaseBlock(service=service, day="next" if ahead else "today")
        by = Sender(device=kiosk, role=Role.KIOSK, press="lease")
        events, span = self.both(command, by, lambda: self.plain.lease(kiosk, service, ahead))
        for event in events:
            assert isinstance(event, did.BlockLeased)
            assert (event.block.first, event.block.last) == span

    @rule(kiosk=KIOSKS, service=st.sampled_from("AB"), priorities=st.lists(st.booleans(), min_size=3, max_size=7))
    def rush(self, kiosk: str, service: str, priorities: list[bool]) -> None:
        for priority in priorities:
            self.now += 1.0
            self.issue(kiosk, service, priority, True)

    @rule(
        data=st.data(), kiosk=KIOSKS, service=st.sampled_from("AB"), desk=st.sampled_from([1, 2, 3]), ago=AGES,
        fate=st.sampled_from([(), ("call",), ("call", "start"), ("call", "no_show"), ("call", "finish"), ("void",)]),
    )  # fmt: skip
    def reply_is_lost(
        self, *, data: st.DataObject, kiosk: str, service: str, desk: int, ago: float, fate: tuple[str, ...]
    ) -> None:
        """The hub gives a number, nobody hears of it, and much may happen to it before the kiosk reports its own."""
        self.issue(kiosk, service, data.draw(st.booleans()), False)
        self.lease(kiosk, service, False)
        phantom = self.plain.people[-1]["number"] if self.plain.people else "A999"
        for step in fate:
            self.now += 1.0
            if step == "void":
                self.void_number(phantom, kiosk, Role.GREETER)
            elif step == "call":
                self.call_number(phantom, desk)
            else:
                self.at_the_counter(desk, step)
        self.report(data, self.unheard[-1], ago)

    @rule(data=st.data(), ago=AGES, fresh=st.booleans())
    def kiosk_prints_by_itself(self, data: st.DataObject, ago: float, fresh: bool) -> None:
        """Whoever heard no reply prints from a block; `fresh`: the hub never saw the press at all."""
        if fresh or not self.unheard:
            self.pressed += 1
            press = (data.draw(KIOSKS), data.draw(SERVICES), f"press-{self.pressed}", data.draw(st.booleans()))
            self.unheard.append(press)
        self.report(data, data.draw(st.sampled_from(self.unheard)), ago)

    def report(self, data: st.DataObject, press: tuple[str, str, str, bool], ago: float) -> None:
        kiosk, service, press_id, priority = press
        lent = [n for x in self.plain.loans if (x["kiosk"], x["service"]) == (kiosk, service) for n in x["numbers"]]
        number = ticket_number(service, data.draw(st.sampled_from([*lent, *lent, 3, 4, 5, 13])))
        by = Sender(device=kiosk, role=Role.KIOSK, press=press_id)
        command = ask.RecordOffline(ticket=number, service=service, seconds_ago=ago, priority=priority)

        def plainly() -> None:
            self.plain.offline(number, service, kiosk, press_id, since=self.now - ago, priority=priority, now=self.now)

        self.both(command, by, self.when_open(plainly))

    @rule(data=st.data(), kiosk=KIOSKS, printed=st.booleans())
    def printer_says(self, data: st.DataObject, kiosk: str, printed: bool) -> None:
        number = self.some_number(data)
        command = ask.ConfirmPrint(ticket=number) if printed else ask.ReportPrintFailure(ticket=number, reason="paper")
        by = Sender(device=kiosk, role=Role.KIOSK)
        self.both(command, by, self.when_open(lambda: self.plain.own_or_no(number, kiosk, True)))

    @rule(data=st.data(), kiosk=KIOSKS, role=st.sampled_from([Role.KIOSK, Role.GREETER]))
    def void(self, data: st.DataObject, kiosk: str, role: Role) -> None:
        self.void_number(self.some_number(data), kiosk, role)

    def void_number(self, number: str, kiosk: str, role: Role) -> None:
        plainly = self.when_open(lambda: self.plain.void(number, kiosk, role is Role.KIOSK))
        self.both(ask.VoidTicket(ticket=number, reason="gave up"), Sender(device=kiosk, role=role), plainly)

    # -- counters ---------------------------------------------------------------------------------------------------

    @rule(desk=DESKS, sees=st.sampled_from(["nothing said", "the truth", "an empty counter", "somebody else"]))
    def next(self, desk: int | None, sees: str) -> None:
        here = self.plain.standing_at(desk) if desk else None
        view: list[Any] = {
            "nothing said": [],
            "the truth": [here["number"] if here else None],
            "an empty counter": [None],
            "somebody else": ["A998"],
        }[sees]
        command = ask.CallNext(after=view[0]) if view else ask.CallNext()
        events, called = self.at_desk(desk, command, lambda: self.plain.next(desk or 0, self.now, view))
        calls = [(e.ticket, e.policy) for e in events if isinstance(e, did.TicketCalled)]
        assert calls == ([called] if called else [])

    @rule(desk=st.sampled_from([1, 2, 3]), times=st.integers(2, 6))
    def busy_counter(self, desk: int, times: int) -> None:
        for _ in range(times):
            self.now += 20.0
            self.next(desk, "the truth")

    @rule(data=st.data(), desk=DESKS)
    def call(self, data: st.DataObject, desk: int | None) -> None:
        self.call_number(self.some_number(data), desk)

    def call_number(self, number: str, desk: int | None) -> None:
        self.at_desk(desk, ask.CallTicket(ticket=number), lambda: self.plain.call(desk or 0, number, self.now))

    @rule(desk=DESKS, what=st.sampled_from(["recall", "start", "finish", "no_show", "open", "pause", "close"]))
    def at_the_counter(self, desk: int | None, what: str) -> None:
        with_time = (self.now,) if what in {"pause", "close"} else ()
        command = ask.COMMANDS[what.replace("_", "-")]()
        self.at_desk(desk, command, lambda: getattr(self.plain, what)(desk, *with_time))

    # -- what must always be so ---------------------------------------------------------------------------------------

    @invariant()
    def everybody_is_where_the_plain_queue_says(self) -> None:
        ends = {"expired absent": "expired"}
        assert {t.number: (t.state.value, t.counter, t.recalls) for t in self.centre.tickets.values()} == {
            p["number"]: (ends.get(p["state"], p["state"]), p["desk"], p["recalls"]) for p in self.plain.people
        }
        assert (self.centre.day is not None) == self.plain.is_open

    @invariant()
    def every_line_is_in_the_order_of_the_presses(self) -> None:
        for code in ("A", "B"):
            plain_line = [p["number"] for p in self.plain.line(code)]
            assert [number for _, number in self.centre.lines[code]] == plain_line
            assert [self.centre.ahead(self.centre.tickets[n]) for n in plain_line] == list(range(len(plain_line)))

    @invariant()
    def every_counter_has_whom_the_plain_queue_says(self) -> None:
        for number, desk in self.plain.desks.items():
            here = self.plain.standing_at(number)
            counter = self.centre.counters[number]
            assert (counter.state, counter.ticket) == (desk["state"], here["number"] if here else None)
            at_it = [t.number for t in self.centre.tickets.values() if t.counter == number]
            assert at_it == ([counter.ticket] if counter.ticket else [])

    @invariant()
    def the_account_is_what_counting_the_people_gives(self) -> None:
        account = msgspec.to_builtins(self.centre.so_far())
        del account["leased"]
        assert account == self.plain.account()

    @invariant()
    def the_wall_shows_only_people_of_today_once(self) -> None:
        shown = [call.ticket for call in self.centre.calls]
        assert len(shown) == len(set(shown))
        assert all(self.plain.who(number)["state"] != "void" for number in shown)  # type: ignore[index]
        seqs = [call.seq for call in self.centre.calls]
        assert seqs == sorted(seqs, reverse=True)
        assert len(shown) <= CALLS_KEPT

    @invariant()
    def no_number_twice_a_day(self) -> None:
        given = [(day, event.ticket) for event, _, _, day in self.log if isinstance(event, did.TicketIssued)]
        assert len(given) == len(set(given))

    @invariant()
    def folding_again_gives_the_same_bytes(self) -> None:
        again = new_centre(RULES)
        starts = [n for n, (event, *_) in enumerate(self.log) if isinstance(event, did.DayOpened)]
        for event, seq, at, day in self.log[starts[-1] if starts else 0 :]:
            stored = msgspec.json.decode(msgspec.json.encode(event), type=type(event))
            evolve(again, stored, seq=seq, at=at, day=day)
        assert msgspec.json.encode(again) == self.bytes()


TestDays = Days.TestCase
