"""The people in the hall: who holds which number, who comes when called, who wants what of the greeter."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from centre.simulate.load import Person


@dataclass(frozen=True)
class Errand:
    """Something a visitor wants done by the greeter: `issue`, `return`, `grant-priority` or `void`."""

    what: str
    person: Person


@dataclass
class Hall:
    """Everybody of one centre; `now` is the world's time, `later` lets something happen after so many seconds."""

    chance: Random
    now: Callable[[], float]
    later: Callable[[float, Callable[[], None]], None]
    holders: dict[str, Person] = field(default_factory=dict)
    errands: deque[Errand] = field(default_factory=deque)
    day: str | None = None
    carried: list[Person] = field(default_factory=list)

    def new_day(self, day: str | None) -> None:
        """Numbers begin anew; whoever holds one of another day has it in the pocket."""
        self.day = day
        self.holders.clear()
        self.errands.clear()

    def closed(self, carried: Iterable[str]) -> None:
        """These were promised the first place on the next day; nobody is promised more than once."""
        self.carried = [self.holders[number] for number in carried if number in self.holders]

    def come_again(self) -> None:
        """A new morning: most of those who were carried over come with their old number."""
        for person in self.carried:
            if self.chance.random() < 0.7:
                person.heeds = 0.97
                self.later(self.chance.uniform(0, 7200), partial(self.want, "return", person))
        self.carried = []

    def gets(self, person: Person, ticket: str, code: str | None = None) -> None:
        """Somebody holds a number now, and waits until the patience ends; `code`: on its paper."""
        person.ticket, person.day, person.code = ticket, self.day, code
        self.holders[ticket] = person
        if person.patience < 4 * 3600:
            self.later(person.patience, lambda: self._gives_up(person))
        if person.priority and self.chance.random() < 0.7:
            self.later(self.chance.uniform(20, 200), lambda: self.want("grant-priority", person))

    def want(self, what: str, person: Person) -> None:
        """Somebody asks the greeter."""
        self.errands.append(Errand(what, person))

    def comes(self, ticket: str) -> float | None:
        """Somebody is called: seconds until they stand at the counter, None when nobody comes."""
        person = self.holders.get(ticket)
        if person is None or person.given_up:
            return None
        if self.chance.random() > person.heeds:
            self.later(self.chance.uniform(60, 4500), lambda: self._returns(person))
            return None
        return self.chance.uniform(6, 40)

    def _returns(self, person: Person) -> None:
        """Whoever did not hear the call is back, and comes at the next one."""
        person.heeds = 1.0
        self.want("return", person)

    def _gives_up(self, person: Person) -> None:
        if self.holders.get(person.ticket or "") is person:
            person.given_up = True
            if self.chance.random() < 0.1:
                self.want("void", person)
