"""A clerk at a counter, with the habits of a real one: calls, serves, forgets, presses twice, goes to lunch."""

from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Hall
from centre.simulate.hands import Doing, Hands
from centre.simulate.hours import DayHours
from centre.simulate.load import Person, service_time
from moiso.core.centre import Centre, Counter
from moiso.core.commands import CALL_REASONS, OUTCOMES


class Clerk(Hands):
    """Whoever works at one counter on one day."""

    def __init__(self, building: Building, hall: Hall, counter: int, hours: DayHours) -> None:
        super().__init__(building, counter, building.ground.chance(f"clerk {counter} {hours.date}"))
        self._hall, self._hours = hall, hours
        self._held: dict[str, float] = {}

    # -- the day --------------------------------------------------------------------------------------------------

    def work(self) -> Process:
        """From the morning to the end of whoever still waits at five."""
        hours, manner, chance = self._hours, self.manner, self.chance
        yield max(0.0, hours.begin + chance.uniform(-600, 900) - self.time.now)
        yield from self._until(hours.noon)
        if manner.lunch != "nothing":
            self.ask(manner.lunch)
        yield max(0.0, hours.after + chance.uniform(-120, 600) - self.time.now)
        yield from self._until(hours.end)
        yield from self._overtime()
        if manner.evening != "nothing":
            self.ask("close")

    def _until(self, end: float) -> Doing:
        self.ask("open")
        yield 2.0
        while self.time.now < end:
            yield from self._turn()

    def _overtime(self) -> Doing:
        """Those who wait at five are served by some, until half past."""
        if self.chance.random() < 0.3:
            while self.time.now < self._hours.end + 1800 and self.waiting():
                yield from self._turn()

    def _turn(self) -> Doing:
        """One look at the counter, and what follows from it."""
        centre, counter = self.centre, self.seen
        if centre is None or centre.day is None or counter is None:
            yield self.chance.uniform(20, 60)
        elif counter.ticket is not None:
            yield from self._attend(counter.ticket)
        else:
            yield from self._call(centre, counter)

    # -- calling --------------------------------------------------------------------------------------------------

    def _call(self, centre: Centre, counter: Counter) -> Doing:
        back = [ticket for ticket, due in self._held.items() if due <= self.time.now]
        if back:
            yield from self._resume(back[0])
        elif not centre.waiting_for(counter) and self.chance.random() < 0.8:
            yield self.chance.uniform(15, 60)
        elif self.chance.random() < 0.04:
            yield from self._call_somebody(centre)
        else:
            yield from self._press_next()
            if self.here is None:
                yield self.chance.uniform(10, 30)

    def _press_next(self) -> Doing:
        """*Next*, sometimes twice, sometimes again after four seconds, sometimes taken back."""
        slip, here = self.chance.random() < self.manner.slips, self.here
        self.button("next", here)
        if slip and self.chance.random() < 0.6:
            yield self.chance.choice((0.05, 0.3, 0.9, 1.5, 4.0))
            self.button("next", here if self.chance.random() < 0.7 else self.here)
        yield self.chance.uniform(1.0, 4.0)
        if slip:
            yield from self.undo()

    def _call_somebody(self, centre: Centre) -> Doing:
        """A number out of turn with a reason, or somebody absent or held."""
        numbers = [number for number, ticket in centre.tickets.items() if ticket.state in {"waiting", "absent", "held"}]
        if numbers:
            reason = self.chance.choice((*CALL_REASONS, CALL_REASONS[0], "no-reason", None))
            self.ask("call", ticket=self.chance.choice(numbers), reason=reason)
        yield 2.0

    def _resume(self, ticket: str) -> Doing:
        del self._held[ticket]
        self.ask("resume", ticket=ticket)
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
        if person is not None and self.still(ticket):
            yield from self._serve(ticket, person)

    def _nobody(self, ticket: str) -> Doing:
        """Nobody comes: called again, and then a button, the rule or the next press says so."""
        for _ in range(self.chance.choice((0, 1, 2, 2, 2, 3))):
            yield self.chance.uniform(20, 30)
            if not self.still(ticket):
                return
            self.button("recall", ticket)
        yield self.chance.uniform(5, 40)
        if self.still(ticket):
            what = self.chance.choice(("no-show", "next", "wait"))
            if what != "wait":
                self.button(what, ticket)
        yield 3.0

    def _serve(self, ticket: str, person: Person) -> Doing:
        chance, manner = self.chance, self.manner
        if chance.random() < manner.starts:
            counted = {"dossiers": person.dossiers} if chance.random() < 0.7 else {}
            self.ask("start", after=ticket, **counted)
            if chance.random() < manner.slips:
                yield from self.undo()
                self.ask("start", after=ticket)
        yield min(person.needs, 5400.0) * 0.5
        if chance.random() < 0.08 and self.still(ticket):
            yield from self._interrupt(ticket, person)
        yield min(person.needs, 5400.0) * 0.5
        if self.still(ticket):
            yield from self._end(ticket, person)

    def _interrupt(self, ticket: str, person: Person) -> Doing:
        """A signature is missing, or this is another office's work."""
        chance = self.chance
        if chance.random() < 0.6:
            self.ask("hold", after=ticket, reason="signature")
            self._held[ticket] = self.time.now + chance.uniform(120, 1800)
            person.needs *= 0.4
        else:
            self.ask("transfer", after=ticket, **self._elsewhere(person))
            person.needs = service_time(chance)
        yield 2.0
        if chance.random() < 3 * self.manner.slips:
            yield from self.undo()

    def _elsewhere(self, person: Person) -> dict[str, Any]:
        """Another service, or the same at one counter; some of it impossible."""
        chance, rules = self.chance, self.building.rules
        service = chance.choice([s.code for s in rules.services if s.code != person.service] or [person.service])
        desks = [desk.number for desk in rules.desks if service in desk.services]
        if desks and chance.random() < 0.5:
            return {"service": service, "to_counter": chance.choice([*desks, rules.desks[0].number])}
        return {"service": service}

    def _end(self, ticket: str, person: Person) -> Doing:
        """Said, with or without an outcome; or left to the next press."""
        chance = self.chance
        if chance.random() < self.manner.outcomes:
            said = self._outcome(person)
            self.ask("finish", after=ticket, **said)
            yield 2.0
            if chance.random() < (0.3 if "more" in said else self.manner.slips):
                yield from self.undo()
            if self.still(ticket):
                self.ask("finish", after=ticket)
                yield 2.0
        else:
            person.dossiers = 1
            yield from self._press_next()

    def _outcome(self, person: Person) -> dict[str, Any]:
        """What is said at the end; of a pile of files only as many as one turn takes."""
        chance = self.chance
        service = self.building.rules.service(person.service)
        cap = service.cap if service and service.cap else person.dossiers
        done = min(cap, person.dossiers) if chance.random() < 0.9 else person.dossiers
        said: dict[str, Any] = {"outcome": chance.choice(OUTCOMES), "dossiers": done}
        if person.dossiers > done:
            person.dossiers -= done
            said |= {"more": True}
        return said
