"""Whatever clocks, power and people do: nobody who took a number loses the place, and no name of a day comes twice."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hub.ledger import fingerprint
from hub.machine import Machine
from moiso.core.day import NIGHT
from tests.hub.desk import ALL_HOURS, OFFICE_HOURS, HubOnDesk, local

DAY = 86400.0
#: Longest absence of everybody that is surely no night: nobody may be sent away within it.
SHORT = 2 * 3600.0


class Mornings(RuleBasedStateMachine):
    """`true` is the time that really passes; the hub only sees what its clocks say."""

    @initialize(calendar=st.sampled_from([OFFICE_HOURS, ALL_HOURS]), lag=st.sampled_from([0.0, 3 * DAY, -40 * DAY]))
    def begin(self, calendar: object, lag: float) -> None:
        self.hub = HubOnDesk("2026-11-23 08:00", calendar, synced=lag == 0.0)  # type: ignore[arg-type]
        self.true = local("2026-11-23 08:00")
        self.hub.set_clock(self.true - lag, synced=lag == 0.0)
        self.hub.start()
        self.pressed_at = self.true
        self.line: list[str] = []
        self.day = self.hub.day
        self.closed_by_people = False

    def later_date(self) -> bool:
        """Whether a date began (at three) since anybody pressed."""
        three = local("2026-11-23 03:00")
        return (self.true - three) // DAY > (self.pressed_at - three) // DAY

    def long_pause(self) -> bool:
        """Whether ten hours passed since anybody pressed."""
        return self.true - self.pressed_at >= NIGHT

    def passes(self, seconds: float) -> None:
        self.true += seconds
        self.hub.wait(seconds)

    @rule(seconds=st.sampled_from([1.0, 60.0, 1800.0, SHORT, 5 * 3600.0, 14 * 3600.0]))
    def time_passes(self, seconds: float) -> None:
        self.passes(seconds)

    @rule(jump=st.sampled_from([-400 * DAY, -DAY, -3600.0, -5.0, 5.0, 3600.0, DAY, 30 * DAY]))
    def somebody_sets_a_free_clock(self, jump: float) -> None:
        if not self.hub.synced:
            self.hub.set_clock(self.hub.wall + jump, synced=False)

    @rule()
    def the_network_sets_the_clock(self) -> None:
        self.hub.set_clock(self.true)

    @rule(off=st.sampled_from([5.0, 600.0, 3600.0, 12 * 3600.0]), behind=st.sampled_from([0.0, 60.0, 3600.0]))
    def power_is_cut(self, off: float, behind: float) -> None:
        """The clock comes up as it was saved last, at best when the power went."""
        self.true += off
        self.hub.reboot(off=off, clock=self.hub.wall - behind)

    @rule(off=st.sampled_from([5.0, 600.0, 12 * 3600.0]))
    def power_is_cut_and_the_network_there_at_once(self, off: float) -> None:
        self.true += off
        self.hub.reboot(off=off, clock=self.true, synced=True)

    @rule()
    def program_starts_again(self) -> None:
        self.hub.start()

    @rule(people=st.integers(1, 3))
    def visitors_press(self, people: int) -> None:
        for _ in range(people):
            self.visitor_presses()

    def visitor_presses(self) -> None:
        self.watch()
        reply = self.hub.ask("kiosk-1", "issue", service="A")
        if reply["status"] != "ok":
            assert reply["reason"] == "day-closed"
            closed_today = not (self.later_date() and self.long_pause())
            assert self.closed_by_people or closed_today
            return
        if reply["data"]["day"] != self.day:
            self.new_day(reply["data"]["day"])
            assert reply["data"]["ticket"] == "A001"
        self.line.append(reply["data"]["ticket"])
        self.pressed_at = self.true

    @rule()
    def clerk_presses(self) -> None:
        self.watch()
        reply = self.hub.ask("counter-1", "next")
        if reply["status"] == "ok":
            if self.hub.day != self.day:
                self.new_day(self.hub.day)
            assert reply["data"]["ticket"] == (self.line.pop(0) if self.line else None)
            self.pressed_at = self.true

    @rule()
    def people_close_the_day(self) -> None:
        if self.hub.manager("close-day")["status"] == "ok":
            self.line, self.closed_by_people = [], True

    def new_day(self, day: str | None) -> None:
        self.day, self.line, self.closed_by_people = day, [], False

    @invariant()
    def watch(self) -> None:
        """Everybody keeps day and place; only a real night, or people, end a day with somebody in it."""
        if not hasattr(self, "hub"):
            return
        if self.hub.day != self.day and not self.closed_by_people:
            assert not self.line or self.later_date() or self.long_pause(), f"{self.line} were sent away"
        if self.hub.day != self.day and self.hub.day is not None:
            self.new_day(self.hub.day)
            self.pressed_at = self.true
        if self.hub.day is None:
            self.line = []
        assert self.hub.waiting == self.line

    @invariant()
    def no_days_name_comes_twice(self) -> None:
        if hasattr(self, "hub"):
            names = [row.day for row in self.hub.disk.rows if row.type == "day-opened"]
            assert len(names) == len(set(names))

    @invariant()
    def a_start_folds_to_the_same_bytes(self) -> None:
        if hasattr(self, "hub"):
            again = Machine(self.hub.place, self.hub.disk.memory(), self.hub.disk.read)
            assert fingerprint(again.ledger) == self.hub.fingerprint()


TestMornings = Mornings.TestCase
