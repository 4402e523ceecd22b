"""Random days: the core and the plain queue get the same presses and must always agree."""

from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from moiso.core import commands as ask
from tests.moiso.core.beside_plain import Beside, sender

KIOSKS = st.sampled_from(["kiosk-1", "kiosk-2"])
PEOPLE = st.sampled_from(["greeter", "clerk", "manager"])
SERVICES = st.sampled_from(["A", "B", "K", "A", "B", "X"])
DESKS = st.sampled_from([1, 2, 3])
ANY_DESK = st.sampled_from([1, 2, 3, 1, 2, 3, 9, None])
AGES = st.sampled_from([0.0, 3.0, 61.5, 900.0, 4000.0])
STATES = ("waiting", "held", "absent", "done", "void", "called", "serving")
PILES = st.sampled_from([None, None, 1, 3, 4, 8, 30])


def somebody_stands(days: "Days") -> bool:
    """At some counter; most buttons are of no use otherwise."""
    return any(person["at"] for person in days.both.plain.people)


def somebody_is(*states: str) -> Callable[["Days"], bool]:
    """Somebody is in one of these states."""
    return lambda days: any(person["state"] in states for person in days.both.plain.people)


class Days(RuleBasedStateMachine):
    """Whoever works in a centre, pressing what they may, at moments that matter."""

    def __init__(self) -> None:
        super().__init__()
        self.both = Beside()
        self.pressed = 0
        self.unheard: list[tuple[str, str, str, bool]] = []

    def press(self, command: ask.Command, who: str, counter: int | None = None, press: str | None = None) -> Any:
        self.pressed += 1
        return self.both.press(command, sender(who, counter, press or f"press-{self.pressed}"))

    def number(self, data: st.DataObject, *states: str) -> str:
        """Somebody's number, most often of one in this state; or nobody's."""
        people = self.both.plain.people
        mine = [p["number"] for p in people if p["state"] in (states or STATES)]
        return str(data.draw(st.sampled_from([*mine, *mine, *mine, *[p["number"] for p in people], "A099"])))

    # -- time ---------------------------------------------------------------------------------------------------------

    @initialize(priorities=st.lists(st.booleans(), min_size=3, max_size=7), counters=st.booleans())
    def first_day(self, priorities: list[bool], counters: bool) -> None:
        self.press(ask.OpenDay(), "manager")
        self.rush("kiosk-1", priorities)
        for desk in (1, 2, 3) if counters else ():
            self.next(desk, "nothing said")

    @rule(seconds=st.sampled_from([0.5, 9.0, 26.0, 44.0, 46.0, 80.0, 301.0, 601.0, 2701.0, 4 * 3600.0]))
    def wait(self, seconds: float) -> None:
        self.both.now += seconds
        self.both.look()

    @rule(seconds=st.sampled_from([None, None, -90_000.0, -3.0, 3.25, 7200.0, 4_000_000.125]))
    def clock_is_set_or_free(self, seconds: float | None) -> None:
        if seconds is None:
            self.both.trusted = not self.both.trusted
        else:
            self.both.set_clock(seconds)

    # -- the day ------------------------------------------------------------------------------------------------------

    @rule(training=st.sampled_from([False, False, True]))
    def open_day(self, training: bool) -> None:
        plain = self.both.plain
        if training or not plain.is_open or plain.training:
            self.press(ask.OpenDay(training=training), "manager")

    @precondition(lambda self: self.both.plain.is_open and len(self.both.plain.people) > 4)
    @rule(choice=st.sampled_from([None, "overtime", "expire", "carry-over", "rule"]), then=st.sampled_from("nrot"))
    def day_ends(self, choice: Any, then: str) -> None:
        self.press(ask.PostNotice(text="Hết giờ" if then == "n" else ""), "manager")
        if choice == "rule":
            self.both.close_by_rule()
        else:
            self.press(ask.CloseDay(leftover=choice), "manager")
        if then == "r":
            self.reopen()
        elif then in {"o", "t"}:
            self.press(ask.OpenDay(training=then == "t"), "manager")

    @rule()
    def reopen(self) -> None:
        """The date is judged by the hub, whose calendar the core does not know; so is a day of practice."""
        same_date = (self.both.closed_at + 4 * 3600) // 86400 == (self.both.now + 4 * 3600) // 86400
        if same_date and not self.both.plain.training:
            self.press(ask.ReopenDay(), "manager")

    # -- kiosks -------------------------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(["kiosk-1", "kiosk-2", "greeter", "unit"]), service=SERVICES, priority=st.booleans(),
        kind=st.sampled_from([None, None, "elderly", "handsome"]), heard=st.sampled_from([True, True, False]),
        print_at=st.sampled_from([None, None, "kiosk-1", "kiosk-2", "kiosk-9"]),
    )  # fmt: skip
    def issue(
        self, *, who: str, service: str, priority: bool, kind: str | None, heard: bool, print_at: str | None = None
    ) -> None:
        counter = 1 if who == "unit" else None
        asked = ask.IssueTicket(service=service, priority=priority, priority_class=kind, print_at=print_at)
        self.press(asked, who, counter)
        if not heard and "kiosk" in who:
            self.unheard.append((who, service, f"press-{self.pressed}", priority))

    @rule(kiosk=KIOSKS, priorities=st.lists(st.booleans(), min_size=3, max_size=7))
    def rush(self, kiosk: str, priorities: list[bool]) -> None:
        for n, priority in enumerate(priorities):
            self.both.now += 1.0
            self.press(ask.IssueTicket(service="AB"[n % 2], priority=priority), kiosk)

    @rule(data=st.data())
    def issue_comes_late(self, data: st.DataObject) -> None:
        """The broker delivers an old `issue` again, perhaps after the kiosk printed a number of its own."""
        if self.unheard:
            kiosk, service, press, priority = data.draw(st.sampled_from(self.unheard))
            self.press(ask.IssueTicket(service=service, priority=priority), kiosk, press=press)

    @rule(kiosk=KIOSKS, service=SERVICES, day=st.sampled_from(["today", "today", "next"]), knows=st.booleans())
    def lease(self, kiosk: str, service: str, day: Any, knows: bool) -> None:
        of = self.both.plain.label if knows else None
        self.press(ask.LeaseBlock(service=service, day=day, of=of), kiosk)

    @rule(
        data=st.data(), kiosk=KIOSKS, service=st.sampled_from("AB"), desk=DESKS, ago=AGES,
        fate=st.sampled_from([(), ("call",), ("call", "start"), ("call", "no-show"), ("call", "finish"),
                              ("call", "hold"), ("void",)]),
    )  # fmt: skip
    def reply_is_lost(
        self, *, data: st.DataObject, kiosk: str, service: str, desk: int, ago: float, fate: tuple[str, ...]
    ) -> None:
        """The hub gives a number, nobody hears of it, and much may happen to it before the kiosk reports its own."""
        self.issue(who=kiosk, service=service, priority=False, kind=None, heard=False)
        self.press(ask.LeaseBlock(service=service), kiosk)
        phantom = self.both.plain.people[-1]["number"] if self.both.plain.people else "A999"
        for step in fate:
            self.both.now += 1.0
            if step == "void":
                self.press(ask.VoidTicket(ticket=phantom, reason="lost"), "greeter")
            elif step == "call":
                self.press(ask.CallTicket(ticket=phantom, reason="urgent"), "unit", desk)
            else:
                self.press(ask.COMMANDS[step](), "unit", desk)
        self.report(data, self.unheard[-1], ago)

    @rule(data=st.data(), ago=AGES, fresh=st.booleans())
    def kiosk_prints_by_itself(self, data: st.DataObject, ago: float, fresh: bool) -> None:
        """Whoever heard no reply prints from a block; `fresh`: the hub never saw the press at all."""
        if fresh or not self.unheard:
            self.pressed += 1
            kiosk, service = data.draw(KIOSKS), data.draw(SERVICES)
            self.unheard.append((kiosk, service, f"press-{self.pressed}", data.draw(st.booleans())))
        self.report(data, data.draw(st.sampled_from(self.unheard)), ago)

    def report(self, data: st.DataObject, lost: tuple[str, str, str, bool], ago: float) -> None:
        kiosk, service, press, priority = lost
        loans = [x for x in self.both.plain.loans if (x["kiosk"], x["service"]) == (kiosk, service)]
        lent = [n for loan in loans for n in loan["numbers"]]
        number = f"{service}{data.draw(st.sampled_from([*lent, *lent, 3, 4, 5, 13])):03d}"
        day = data.draw(st.sampled_from([None, None, None, self.both.plain.label, "2026-01-01"]))
        since = data.draw(st.sampled_from([ago, ago, ago, 5 * 3600.0, 26 * 3600.0, None]))
        command = ask.RecordOffline(
            ticket=number,
            service=service,
            seconds_ago=since,
            priority=priority,
            day=day,
            at_least=data.draw(st.sampled_from([False, False, True])),
        )
        self.press(command, kiosk, press=press)

    @rule(data=st.data(), kiosk=KIOSKS, printed=st.booleans())
    def printer_says(self, data: st.DataObject, kiosk: str, printed: bool) -> None:
        number = self.number(data)
        says = ask.ConfirmPrint(ticket=number) if printed else ask.ReportPrintFailure(ticket=number, reason="paper")
        self.press(says, kiosk)

    @rule(data=st.data(), who=PEOPLE, kiosk=st.sampled_from([None, None, "kiosk-2", "kiosk-9"]))
    def paper_again(self, data: st.DataObject, who: str, kiosk: str | None) -> None:
        command = ask.ReprintTicket(ticket=self.number(data), print_at=kiosk)
        self.press(command, who, 1 if who == "clerk" else None)

    @rule(data=st.data(), kiosk=KIOSKS)
    def kiosk_prints_again(self, data: st.DataObject, kiosk: str) -> None:
        self.press(ask.ReprintTicket(ticket=self.number(data)), kiosk)

    # -- people at pages ----------------------------------------------------------------------------------------------

    def spread(self, data: st.DataObject) -> tuple[str, str | None]:
        """A number, or a range of them, that may be known, unknown, lent, or nonsense."""
        service = data.draw(st.sampled_from("ABA"))
        base = 9000 if self.both.plain.training and data.draw(st.booleans()) else 0
        lent = [n for loan in self.both.plain.loans for n in loan["numbers"]]
        first = data.draw(st.sampled_from([*range(base + 1, base + 6), *lent, 41, 42, 45, 60, 160, 400]))
        last = data.draw(st.sampled_from([None, first, first + 1, first + 3, first - 1, first + 600]))
        return f"{service}{first:03d}", None if last is None else f"{service}{last:03d}"

    @rule(data=st.data(), who=PEOPLE, ago=st.sampled_from([None, None, 30.0, 4000.0]), priority=st.booleans())
    def paper_is_typed_in(self, data: st.DataObject, who: str, ago: float | None, priority: bool) -> None:
        first, last = self.spread(data)
        service = data.draw(st.sampled_from([first[0], first[0], first[0], "A", "X"]))
        command = ask.RecordOffline(ticket=first, to=last, service=service, seconds_ago=ago, priority=priority)
        self.press(command, who, 1 if who == "clerk" else None)

    @rule(data=st.data(), who=PEOPLE, preview=st.sampled_from([False, False, True]))
    def served_offline(self, data: st.DataObject, who: str, preview: bool) -> None:
        first, last = self.spread(data)
        self.press(ask.ServedOffline(ticket=first, to=last, preview=preview), who, 1 if who == "clerk" else None)

    @rule(
        data=st.data(), who=st.sampled_from(["kiosk-1", "kiosk-2", "greeter", "clerk", "manager"]),
        many=st.booleans(), preview=st.sampled_from([False, False, True]),
        reason=st.sampled_from(["gave up", "replaced"]),
    )  # fmt: skip
    def void(self, data: st.DataObject, who: str, many: bool, preview: bool, reason: str) -> None:
        first, last = self.spread(data) if many else (self.number(data), None)
        self.press(ask.VoidTicket(ticket=first, to=last, reason=reason, preview=preview), who)

    @rule(who=PEOPLE, counter=ANY_DESK, of=st.sampled_from([None, None, "this", "press-1"]))
    def undo_of_a_range(self, who: str, counter: int | None, of: str | None) -> None:
        deed = self.both.plain.range_deed
        self.press(ask.UndoLast(of=deed["press"] if of == "this" and deed else of), who, counter)

    @rule(data=st.data(), who=st.sampled_from(["kiosk-1", "greeter", "clerk"]), earlier=st.booleans())
    def come_back(self, data: st.DataObject, who: str, earlier: bool) -> None:
        plain = self.both.plain
        slips = [(old["day"], old["ticket"]) for old in plain.carried] + [("2026-12-01", "A001")]
        if earlier:
            day, number = data.draw(st.sampled_from(slips))
        else:
            day, number = data.draw(st.sampled_from([None, plain.label])), self.number(data, "absent", "done", "done")
        self.press(ask.ReturnTicket(ticket=number, day=day), who, 2 if who == "clerk" else None)

    @rule(
        data=st.data(), who=st.sampled_from(["greeter", "clerk"]),
        kind=st.sampled_from(["elderly", "pregnant", "none", "handsome"]),
    )  # fmt: skip
    def priority(self, data: st.DataObject, who: str, kind: str) -> None:
        self.press(ask.GrantPriority(ticket=self.number(data, "waiting"), priority_class=kind), who, 1)

    @precondition(somebody_stands)
    @rule(service=SERVICES, down=st.booleans(), who=PEOPLE)
    def national_software(self, service: str, down: bool, who: str) -> None:
        kind = ask.SuspendService if down else ask.RestoreService
        self.press(kind(service=service), who, 2 if who == "clerk" else None)

    # -- counters -----------------------------------------------------------------------------------------------------

    def at_desk(self, command: ask.Command, desk: int | None, who: str = "unit") -> bool:
        """One press at a counter: whether it changed anything."""
        answer = self.press(command, who, desk)
        return not isinstance(answer, str) and answer != []

    @rule(desk=ANY_DESK, sees=st.sampled_from(["nothing said", "the truth", "an empty counter", "somebody else"]))
    def next(self, desk: int | None, sees: str) -> None:
        self.at_desk(ask.CallNext(**self.view(desk, sees)), desk)

    def view(self, desk: int | None, sees: str) -> dict[str, Any]:
        here = self.both.plain.standing_at(desk) if desk else None
        views = {"the truth": here["number"] if here else None, "an empty counter": None, "somebody else": "A998"}
        return {"after": views[sees]} if sees in views else {}

    @precondition(somebody_is("waiting"))
    @rule(desk=DESKS, times=st.integers(2, 6), pause=st.sampled_from([20.0, 50.0]))
    def busy_counter(self, desk: int, times: int, pause: float) -> None:
        for _ in range(times):
            self.both.now += pause
            self.next(desk, "the truth")

    @precondition(somebody_is("waiting"))
    @rule(desk=DESKS, dossiers=PILES, more=st.booleans(), outcome=st.sampled_from([None, None, "done", "gave-up"]))
    def serve(self, desk: int, dossiers: int | None, more: bool, outcome: Any) -> None:
        """Somebody is called, comes, and is done or not."""
        self.next(desk, "nothing said")
        self.both.now += 12.0
        self.at_desk(ask.StartService(dossiers=dossiers), desk)
        self.both.now += 100.0
        self.at_desk(ask.FinishService(outcome=outcome, more=more), desk)

    @precondition(somebody_is("waiting"))
    @rule(desk=DESKS)
    def call_three_times(self, desk: int) -> None:
        self.next(desk, "nothing said")
        for _ in range(2):
            self.both.now += 25.0
            self.at_desk(ask.RecallTicket(), desk)
            self.both.look()
        self.wait(26.0)

    @precondition(somebody_is("waiting"))
    @rule(
        desk=DESKS, how=st.sampled_from(["said", "said", "too soon", "called three times", "served as well"]),
        away=st.sampled_from([60.0, 2600.0, 2701.0, 3200.0, 9000.0]),
    )  # fmt: skip
    def somebody_is_away(self, desk: int, how: str, away: float) -> None:
        """Called, absent, back after a while, when others wait."""
        self.next(desk, "nothing said")
        here = self.both.plain.standing_at(desk)
        if how == "called three times":
            self.call_three_times(desk)
        elif how == "said":
            self.not_there(desk, "the truth")
        else:
            self.both.now += 20.0
            self.next(desk, "the truth")
        if here and how == "served as well":
            self.at_desk(ask.CallTicket(ticket=here["number"]), desk)
            self.both.now += 50.0
            self.at_desk(ask.FinishService(outcome="done"), desk)
        self.both.now += away
        self.press(ask.ReturnTicket(ticket=here["number"] if here else "A001"), "greeter")

    @precondition(somebody_is("waiting"))
    @rule(desk=DESKS, held=st.booleans(), minutes=st.sampled_from([1.0, 12.0]))
    def outage(self, desk: int, held: bool, minutes: float) -> None:
        """The national software is down while somebody is served, perhaps with a signature missing, and comes back."""
        self.next(desk, "nothing said")
        if held:
            self.at_desk(ask.HoldTicket(), desk)
            self.next(desk, "nothing said")
        for service in ("A", "B"):
            self.national_software(service, True, "greeter")
        self.next(desk, "nothing said")
        self.wait(minutes * 60)
        for service in ("A", "B"):
            self.national_software(service, False, "greeter")

    @rule(close=st.sampled_from(["pause", "close"]), seconds=st.sampled_from([290.0, 301.0]))
    def nobody_is_at_the_counters(self, close: str, seconds: float) -> None:
        for desk in (1, 2, 3):
            self.at_desk(ask.COMMANDS[close](), desk)
        self.wait(seconds)

    @precondition(somebody_is("waiting", "held", "absent"))
    @rule(data=st.data(), desk=ANY_DESK, reason=st.sampled_from([None, "urgent", "ordered", "a friend"]))
    def call(self, data: st.DataObject, desk: int | None, reason: str | None) -> None:
        number = self.number(data, "waiting", "held", "absent")
        self.at_desk(ask.CallTicket(ticket=number, reason=reason), desk)

    @precondition(somebody_stands)
    @rule(data=st.data(), other=DESKS, how=st.sampled_from(["resume", "resume", "call"]), close=st.booleans())
    def signature_is_missing(self, data: st.DataObject, other: int, how: str, close: bool) -> None:
        """Held at one counter, resumed at another, perhaps after the first has closed."""
        desk = self.desk(data)
        here = self.both.plain.standing_at(desk) if desk else None
        self.at_desk(ask.HoldTicket(reason="signature"), desk)
        self.at_desk(ask.CloseCounter() if close else ask.CallNext(), desk)
        self.at_desk(ask.COMMANDS[how](ticket=here["number"] if here else "A001"), other)

    @precondition(somebody_is("held"))
    @rule(data=st.data(), desk=ANY_DESK)
    def resume(self, data: st.DataObject, desk: int | None) -> None:
        self.at_desk(ask.ResumeTicket(ticket=self.number(data, "held")), desk)

    @precondition(somebody_stands)
    @rule(data=st.data(), service=SERVICES, goal=st.sampled_from([None, None, 1, 2, 3, 9]), who=st.booleans())
    def transfer(self, data: st.DataObject, service: str, goal: int | None, who: bool) -> None:
        desk = self.desk(data)
        here = self.both.plain.standing_at(desk) if desk else None
        service = here["service"] if here and goal in {None, 3} else service
        where = {"counter": goal} if who else {"to_counter": goal}
        self.at_desk(ask.TransferTicket(service=service, **where), desk, "unit" if who else "clerk")

    @precondition(somebody_stands)
    @rule(
        data=st.data(), dossiers=PILES, handled=PILES, more=st.booleans(),
        outcome=st.sampled_from([None, "done", "missing-papers", "gave-up"]),
    )  # fmt: skip
    def start_or_finish(
        self, data: st.DataObject, dossiers: int | None, handled: int | None, more: bool, outcome: Any
    ) -> None:
        desk = self.desk(data)
        self.at_desk(ask.StartService(dossiers=dossiers), desk)
        self.at_desk(ask.FinishService(outcome=outcome, dossiers=handled, more=more), desk)

    @precondition(somebody_stands)
    @rule(data=st.data(), sees=st.sampled_from(["nothing said", "the truth", "somebody else"]))
    def no_show(self, data: st.DataObject, sees: str) -> None:
        self.not_there(self.desk(data), sees)

    def not_there(self, desk: int | None, sees: str) -> None:
        self.at_desk(ask.MarkAbsent(**self.view(desk, sees)), desk)

    @precondition(somebody_stands)
    @rule(
        data=st.data(), what=st.sampled_from(["recall", "start", "finish", "hold", "hold", "pause", "close"]),
        sees=st.sampled_from(["nothing said", "the truth", "the truth", "somebody else"]),
    )  # fmt: skip
    def at_the_counter(self, data: st.DataObject, what: str, sees: str) -> None:
        desk = self.desk(data)
        self.at_desk(ask.COMMANDS[what](**self.view(desk, sees)), desk)

    @precondition(somebody_stands)
    @rule(data=st.data())
    def opens(self, data: st.DataObject) -> None:
        self.at_desk(ask.OpenCounter(), self.desk(data))

    def desk(self, data: st.DataObject) -> int | None:
        """Most often a counter where somebody stands."""
        busy = [person["at"] for person in self.both.plain.people if person["at"]]
        return data.draw(st.sampled_from([*busy, *busy, *busy, 1, 2, 3, 9, None]))

    @rule(
        desk=ANY_DESK, who=st.sampled_from(["clerk", "manager"]),
        services=st.none() | st.lists(st.sampled_from(["A", "B", "K", "A", "B", "K", "X"]), max_size=3),
        clerk=st.sampled_from([None, None, "lan", "hoa", "tam"]),
        changed=st.tuples(*[st.lists(st.sampled_from(["A", "B", "K", "X"]), max_size=1)] * 2),
    )  # fmt: skip
    def assign(
        self, desk: int | None, who: str, services: list[str] | None, clerk: str | None, changed: tuple[list[str], ...]
    ) -> None:
        listed, (take, drop) = None if services is None else tuple(services), map(tuple, changed)
        self.at_desk(ask.AssignServices(services=listed, take=take, drop=drop, who=clerk), desk, who)

    @rule(desk=DESKS, of=st.sampled_from([None, None, "press-1"]))
    def undo(self, desk: int, of: str | None) -> None:
        self.press(ask.UndoLast(of=of), "unit", desk)

    @precondition(somebody_stands)
    @rule(
        data=st.data(), what=st.sampled_from(["next", "next", "call", "hold", "transfer", "assign", "other"]),
        late=st.sampled_from([0.0, 10.0, 10.5]), named=st.booleans(),
    )  # fmt: skip
    def taken_back(self, data: st.DataObject, what: str, late: float, named: bool) -> None:
        """A press is taken back before anything else happens: everything stands as it stood."""
        desk, before = self.desk(data), self.both.snapshot()
        if not self.at_desk(self.to_be_taken_back(data, what), desk):
            return
        self.both.now += late
        answer = self.press(ask.UndoLast(of=f"press-{self.pressed}" if named else None), "unit", desk)
        if late > 10:
            assert answer == "undo-too-late"
        else:
            assert not isinstance(answer, str), answer
            self.as_before(before)

    def to_be_taken_back(self, data: st.DataObject, what: str) -> ask.Command:
        match what:
            case "call":
                return ask.CallTicket(ticket=self.number(data, "waiting", "held", "absent"), reason="urgent")
            case "transfer":
                return ask.TransferTicket(service=data.draw(SERVICES), counter=data.draw(st.sampled_from([None, 3])))
            case "assign":
                return ask.AssignServices(services=("K", "A"))
            case "other":
                what = data.draw(st.sampled_from(["start", "recall", "finish", "no-show", "open", "pause", "close"]))
        return ask.COMMANDS[what]()

    def as_before(self, before: dict[str, Any]) -> None:
        after = self.both.snapshot()
        calls = after.pop("calls")
        assert calls == before.pop("calls")[: len(calls)]
        assert after == before

    def teardown(self) -> None:
        self.both.no_number_twice_a_day()
        self.both.folding_again_gives_the_same_bytes()


TestDays = Days.TestCase
TestDays.settings = settings(max_examples=2 * settings().max_examples)


def test_the_morning_is_a_monday() -> None:
    both = Beside()
    assert both.rules.timetable.half(both.now) == ("2026-11-23", 0, "morning")
    assert both.rules.timetable.gives("A", both.now)
    assert not both.rules.timetable.serves("A", both.now)
