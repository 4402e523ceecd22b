"""The manager: opens and closes the day, moves services, writes notices, and now and then makes a mistake."""

from random import Random
from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Hall
from centre.simulate.hours import DayHours

#: How often on a day: practice before it, opened by hand, closed by mistake, closed by hand at the end.
TRAINING, BY_HAND, MISTAKE, CLOSES = 0.12, 0.25, 0.2, 0.7
#: How often at a look a clerk goes to help at another counter.
SWAPPED, CLERKS = 0.01, ("cb-01", "cb-04", "cb-21")
#: How often at a look a service that stands still is found to work again: after three quarters of an hour or so.
FORGOTTEN = 0.04
#: How often a manager who looks at a day that somebody has closed opens it again.
REOPENS = 0.6


class Manager:
    """Whoever leads the centre on one day."""

    def __init__(self, building: Building, hall: Hall, hours: DayHours) -> None:
        self._building, self._hall, self._hours = building, hall, hours
        self._time, self._chance = building.ground.time, building.ground.chance(f"manager {hours.date}")

    def work(self) -> Process:
        """From the practice before the doors open to the account."""
        hours, chance = self._hours, self._chance
        if chance.random() < TRAINING:
            yield max(0.0, hours.doors - 4800 - self._time.now)
            yield from self._practise()
        elif chance.random() < BY_HAND:
            yield max(0.0, hours.doors - 2400 - self._time.now)
            self._ask("open-day")
        yield max(0.0, hours.begin - self._time.now)
        mistake = hours.after + chance.uniform(600, 9000) if chance.random() < MISTAKE else float("inf")
        while self._time.now < hours.end + 900:
            self._mind_the_day()
            self._mind_the_alarms()
            if chance.random() < SWAPPED:
                self._ask("assign", counter=chance.choice(self._building.rules.desks).number, who=chance.choice(CLERKS))
            if self._time.now > mistake:
                mistake = float("inf")
                yield from self._close_by_mistake()
            if chance.random() < 0.02:
                self._ask("notice", text=chance.choice(("", "Mất điện lúc 15 giờ", "Quầy 3 phục vụ đất đai")))
            yield chance.uniform(60, 180)
        if chance.random() < CLOSES:
            yield from self._close()

    # -- the day --------------------------------------------------------------------------------------------------

    def _practise(self) -> Process:
        """Two numbers called for practice; a real day ends it."""
        rules = self._building.rules
        self._ask("open-day", training=True)
        yield 10.0
        for desk in rules.desks[:2]:
            self._building.ask("issue", "greeter", "hd-01", service=desk.services[0])
            self._building.ask("next", "clerk", f"cb-{desk.number:02d}", desk.number)
            yield 20.0
        if self._chance.random() < 0.5:
            self._ask("close-day")
            yield 60.0
        self._ask("open-day")

    def _close(self) -> Process:
        """The account; whoever still waits is asked about, and served, sent home or promised the morning."""
        yield self._chance.uniform(0, 1500)
        for _ in range(4):
            press = self._ask("close-day")
            yield 5.0
            reply = self._building.reply(press)
            if reply is not None and reply.reason != "still-waiting":
                return
            leftover = self._chance.choice(("overtime", "carry-over", "carry-over", "carry-over", "expire"))
            self._ask("close-day", leftover=leftover)
            yield 5.0
            if leftover != "overtime":
                return
            yield self._chance.uniform(900, 2400)

    def _close_by_mistake(self) -> Process:
        """The wrong key in the afternoon, noticed minutes later."""
        self._ask("close-day", leftover=self._chance.choice(("expire", "carry-over")))
        yield self._chance.uniform(30, 240)
        for _ in range(3):
            press = self._ask("reopen-day")
            yield 10.0
            reply = self._building.reply(press)
            if reply is not None and reply.status != "error":
                return

    def _mind_the_day(self) -> None:
        """Somebody closed the day in the middle of it: it goes on, most of the time."""
        centre = self._building.shown
        closed = centre is not None and centre.day is None
        if closed and self._time.now < self._hours.end and self._chance.random() < REOPENS:
            self._ask("reopen-day")

    # -- services -------------------------------------------------------------------------------------------------

    def _mind_the_alarms(self) -> None:
        """A service without anybody: the first counter that could takes it, most of the time."""
        centre = self._building.shown
        if centre is None or centre.day is None:
            return
        for service in centre.suspended:
            if self._chance.random() < FORGOTTEN:
                self._ask("restore-service", service=service)
        for service in sorted(centre.alarms):
            able = [counter for counter in centre.counters.values() if counter.state == "open"]
            if able and self._chance.random() < 0.6:
                counter = _pick(self._chance, able)
                self._ask("assign", counter=counter.number, take=[service])

    def _ask(self, command: str, **arguments: Any) -> str:
        return self._building.ask(command, "manager", "ql-01", **arguments)


def _pick(chance: Random, counters: list[Any]) -> Any:
    """Whoever has least to do: the one with the fewest services, or any."""
    return min(counters, key=lambda counter: (len(counter.services), chance.random()))
