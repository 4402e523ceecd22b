"""A clerk at a counter, with the habits of a real one: calls, serves, forgets, presses twice, goes to lunch."""

from collections.abc import Generator
from dataclasses import dataclass
from random import Random
from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Hall
from centre.simulate.hours import DayHours
from centre.simulate.load import Person, service_time
from moiso.core.centre import Centre, Counter
from moiso.core.commands import CALL_REASONS, OUTCOMES

#: Seconds pass, and in the end something was pressed or not.
Doing = Generator[float, None, None]


@dataclass(frozen=True)
class Manner:
    """How a clerk works.

    pages: how often a page is used and not the call unit; radio: a plain button instead of it. starts, outcomes: how
    often *start* and an outcome are given. slips: how often a press goes wrong. lunch, evening: what happens then.
    """

    pages: float
    radio: bool
    starts: float
    outcomes: float
    slips: float
    lunch: str
    evening: str

    @staticmethod
    def of(chance: Random) -> "Manner":
        """Somebody's."""
        return Manner(
            pages=chance.choice((0.0, 0.2, 0.5, 1.0)),
            radio=chance.random() < 0.1,
            starts=chance.choice((0.0, 0.5, 0.95)),
            outcomes=chance.choice((0.0, 0.4, 0.9)),
            slips=chance.choice((0.01, 0.03, 0.06)),
            lunch=chance.choice(("pause", "pause", "close", "nothing")),
            evening=chance.choice(("close", "close", "nothing")),
        )


class Clerk:
    """Whoever works at one counter on one day."""

    def __init__(self, building: Building, hall: Hall, counter: int, hours: DayHours) -> None:
        self._building, self._hall, self._counter, self._hours = building, hall, counter, hours
        self._time = building.ground.time
        self._chance = building.ground.chance(f"clerk {counter} {hours.date}")
        self._name, self._manner = f"cb-{counter:02d}", Manner.of(self._chance)
        self._held: dict[str, float] = {}

    # -- the day --------------------------------------------------------------------------------------------------

    def work(self) -> Process:
        """From the morning to the end of whoever still waits at five."""
        hours, manner, chance = self._hours, self._manner, self._chance
        yield max(0.0, hours.begin + chance.uniform(-600, 900) - self._time.now)
        yield from self._until(hours.noon)
        if manner.lunch != "nothing":
            self._ask(manner.lunch)
        yield max(0.0, hours.after + chance.uniform(-120, 600) - self._time.now)
        yield from self._until(hours.end)
        yield from self._overtime()
        if manner.evening != "nothing":
            self._ask("close")

    def _until(self, end: float) -> Doing:
        self._ask("open")
        yield 2.0
        while self._time.now < end:
            yield from self._turn()

    def _overtime(self) -> Doing:
        """Those who wait at five are served by some, until half past."""
        if self._chance.random() < 0.5:
            while self._time.now < self._hours.end + 1800 and self._waiting():
                yield from self._turn()

    def _turn(self) -> Doing:
        """One look at the counter, and what follows from it."""
        centre, counter = self._centre, self._seen
        if centre is None or centre.day is None or counter is None:
            yield self._chance.uniform(20, 60)
        elif counter.ticket is not None:
            yield from self._attend(counter.ticket)
        else:
            yield from self._call(centre, counter)

    # -- calling --------------------------------------------------------------------------------------------------

    def _call(self, centre: Centre, counter: Counter) -> Doing:
        back = [ticket for ticket, due in self._held.items() if due <= self._time.now]
        if back:
            yield from self._resume(back[0])
        elif not centre.waiting_for(counter) and self._chance.random() < 0.8:
            yield self._chance.uniform(15, 60)
        elif self._chance.random() < 0.04:
            yield from self._call_somebody(centre)
        else:
            yield from self._press_next()
            if self._here is None:
                yield self._chance.uniform(10, 30)

    def _press_next(self) -> Doing:
        """*Next*, sometimes twice, sometimes again after four seconds, sometimes taken back."""
        slip, here = self._chance.random() < self._manner.slips, self._here
        self._button("next", here)
        if slip and self._chance.random() < 0.6:
            yield self._chance.choice((0.05, 0.3, 0.9, 1.5, 4.0))
            self._button("next", here if self._chance.random() < 0.7 else self._here)
        yield self._chance.uniform(1.0, 4.0)
        if slip:
            yield from self._undo()

    def _call_somebody(self, centre: Centre) -> Doing:
        """A number out of turn with a reason, or somebody absent or held."""
        numbers = [number for number, ticket in centre.tickets.items() if ticket.state in {"waiting", "absent", "held"}]
        if numbers:
            reason = self._chance.choice((*CALL_REASONS, CALL_REASONS[0], "no-reason", None))
            self._ask("call", ticket=self._chance.choice(numbers), reason=reason)
        yield 2.0

    def _resume(self, ticket: str) -> Doing:
        del self._held[ticket]
        self._ask("resume", ticket=ticket)
        yield 2.0

    # -- serving --------------------------------------------------------------------------------------------------

    def _attend(self, ticket: str) -> Doing:
        """Somebody was called: they come, or not."""
        coming = self._hall.comes(ticket)
        if coming is None:
            yield from self._nobody(ticket)
            return
        yield coming
        person = self._hall.holders.get(ticket)
        if person is not None and self._still(ticket):
            yield from self._serve(ticket, person)

    def _nobody(self, ticket: str) -> Doing:
        """Nobody comes: called again, and then a button, the rule or the next press says so."""
        for _ in range(self._chance.choice((0, 1, 2, 2, 2, 3))):
            yield self._chance.uniform(20, 30)
            if not self._still(ticket):
                return
            self._button("recall", ticket)
        yield self._chance.uniform(5, 40)
        if self._still(ticket):
            what = self._chance.choice(("no-show", "next", "wait"))
            if what != "wait":
                self._button(what, ticket)
        yield 3.0

    def _serve(self, ticket: str, person: Person) -> Doing:
        chance, manner = self._chance, self._manner
        if chance.random() < manner.starts:
            counted = {"dossiers": person.dossiers} if chance.random() < 0.7 else {}
            self._ask("start", **counted)
            if chance.random() < manner.slips:
                yield from self._undo()
                self._ask("start")
        yield min(person.needs, 5400.0) * 0.5
        if chance.random() < 0.08 and self._still(ticket):
            yield from self._interrupt(ticket, person)
        yield min(person.needs, 5400.0) * 0.5
        if self._still(ticket):
            yield from self._end(ticket, person)

    def _interrupt(self, ticket: str, person: Person) -> Doing:
        """A signature is missing, or this is another office's work."""
        chance = self._chance
        if chance.random() < 0.6:
            self._ask("hold", reason="signature")
            self._held[ticket] = self._time.now + chance.uniform(120, 1800)
            person.needs *= 0.4
        else:
            self._ask("transfer", **self._elsewhere(person))
            person.needs = service_time(chance)
        yield 2.0
        if chance.random() < 3 * self._manner.slips:
            yield from self._undo()

    def _elsewhere(self, person: Person) -> dict[str, Any]:
        """Another service, or the same at one counter; some of it impossible."""
        chance, rules = self._chance, self._building.rules
        service = chance.choice([s.code for s in rules.services if s.code != person.service] or [person.service])
        desks = [desk.number for desk in rules.desks if service in desk.services]
        if desks and chance.random() < 0.5:
            return {"service": service, "to_counter": chance.choice([*desks, rules.desks[0].number])}
        return {"service": service}

    def _end(self, ticket: str, person: Person) -> Doing:
        """Said, with or without an outcome; or left to the next press."""
        chance = self._chance
        if chance.random() < self._manner.outcomes:
            said = self._outcome(person)
            self._ask("finish", **said)
            yield 2.0
            if chance.random() < (0.3 if "more" in said else self._manner.slips):
                yield from self._undo()
            if self._still(ticket):
                self._ask("finish")
                yield 2.0
        else:
            person.dossiers = 1
            yield from self._press_next()

    def _outcome(self, person: Person) -> dict[str, Any]:
        """What is said at the end; of a pile of files only as many as one turn takes."""
        chance = self._chance
        service = self._building.rules.service(person.service)
        cap = service.cap if service and service.cap else person.dossiers
        done = min(cap, person.dossiers) if chance.random() < 0.9 else person.dossiers
        said: dict[str, Any] = {"outcome": chance.choice(OUTCOMES), "dossiers": done}
        if person.dossiers > done:
            person.dossiers -= done
            said |= {"more": True}
        return said

    # -- hands and eyes -------------------------------------------------------------------------------------------

    def _undo(self) -> Doing:
        """Oh no: taken back in time, or too late."""
        yield self._chance.choice((1.0, 2.0, 3.0, 6.0, 11.0))
        self._ask("undo")
        yield 2.0

    @property
    def _centre(self) -> Centre | None:
        return self._building.shown

    @property
    def _seen(self) -> Counter | None:
        """The counter as it is shown; None while the hub is away."""
        centre = self._centre
        return centre.counters[self._counter] if centre else None

    @property
    def _here(self) -> str | None:
        """Who stands here as far as is shown."""
        seen = self._seen
        return None if seen is None else seen.ticket

    def _still(self, ticket: str) -> bool:
        return self._here == ticket

    def _waiting(self) -> int:
        centre, seen = self._centre, self._seen
        return centre.waiting_for(seen) if centre and seen else 0

    def _button(self, button: str, here: str | None) -> None:
        """One of the three buttons, pressed by somebody who sees `here`: on the page, the call unit, or a plain one."""
        if self._chance.random() < self._manner.pages:
            self._ask(button, **({} if button == "recall" else {"after": here}))
        elif self._manner.radio:
            self._building.plain_press(self._counter, button)
        else:
            self._building.press(self._counter, button)

    def _ask(self, command: str, **arguments: Any) -> None:
        self._building.ask(command, "clerk", self._name, self._counter, **arguments)
