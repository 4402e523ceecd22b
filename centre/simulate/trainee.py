"""A trainee: does something at a counter or to a number, sees that it was wrong, and takes it back."""

from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hours import DayHours
from moiso.core.centre import Centre, Ticket
from moiso.core.tickets import State

#: Seconds between two mistakes, on average.
EVERY = 420.0
#: What can be done wrongly to somebody in each state, by the commands' names.
MISTAKES: dict[str, tuple[str, ...]] = {
    State.WAITING: ("call", "void", "served-offline"),
    State.CALLED: ("recall", "start", "finish", "no-show", "hold", "transfer", "void", "next"),
    State.SERVING: ("finish", "hold", "transfer", "void", "next", "pause", "close"),
    State.HELD: ("resume", "call", "void", "served-offline"),
    State.ABSENT: ("call", "void", "served-offline"),
}
#: Done from the greeter's page, to any number.
TO_NUMBERS = frozenset({"void", "served-offline"})


class Trainee:
    """Whoever learns the pages on one day."""

    def __init__(self, building: Building, hours: DayHours) -> None:
        self._building, self._hours = building, hours
        self._time, self._chance = building.ground.time, building.ground.chance(f"trainee {hours.date}")

    def work(self) -> Process:
        """A mistake every few minutes, taken back while that is possible, or a little too late."""
        yield max(0.0, self._hours.begin - self._time.now)
        while self._time.now < self._hours.end:
            yield self._chance.expovariate(1 / EVERY)
            centre = self._building.shown
            ticket = self._somebody(centre) if centre is not None else None
            if centre is not None and ticket is not None:
                yield from self._err(centre, ticket)

    def _somebody(self, centre: Centre) -> Ticket | None:
        """Somebody in a state that is drawn first, so that rare ones come as often as the others."""
        state = self._chance.choice(list(MISTAKES))
        tickets = [ticket for ticket in centre.tickets.values() if ticket.state == state]
        return self._chance.choice(tickets) if tickets else None

    def _err(self, centre: Centre, ticket: Ticket) -> Process:
        mistake = self._chance.choice(MISTAKES[ticket.state])
        role, counter = "greeter", None
        if mistake not in TO_NUMBERS:
            role, counter = "clerk", ticket.counter or self._counter(centre, ticket)
        press = self._building.ask(mistake, role, "tt-01", counter, **self._arguments(centre, mistake, ticket))
        yield self._chance.choice((1.5, 3.0, 5.0, 9.0, 10.5))
        which: dict[str, Any] = {"of": press} if self._chance.random() < 0.5 else {}
        self._building.ask("undo", role, "tt-01", counter, **which)

    def _counter(self, centre: Centre, ticket: Ticket) -> int:
        able = [counter.number for counter in centre.counters.values() if ticket.service in counter.services]
        return self._chance.choice(able or list(centre.counters))

    def _arguments(self, centre: Centre, mistake: str, ticket: Ticket) -> dict[str, Any]:
        match mistake:
            case "call":
                return {"ticket": ticket.number, "reason": "overlooked"}
            case "resume" | "served-offline":
                return {"ticket": ticket.number}
            case "void":
                return {"ticket": ticket.number, "reason": "wrong number"}
            case "transfer":
                others = [service.code for service in centre.rules.services if service.code != ticket.service]
                return {"service": self._chance.choice(others or [ticket.service])}
        return {}
