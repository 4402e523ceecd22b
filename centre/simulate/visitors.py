"""The crowd before the kiosks: people press, wait for their paper, press again, and ask the greeter in the end."""

from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Hall
from centre.simulate.journal import Journal
from centre.simulate.kiosk_stand import KioskStand
from centre.simulate.load import Person
from kiosk.paper import STOPPED

#: Seconds pass, and in the end there is a number or none.
Getting = Generator[float, None, str | None]
#: How often: a nervous second press, the wrong button first, the touch page instead of a button, a reply that is lost.
TWICE, WRONG, TOUCH, LOST = 0.05, 0.02, 0.12, 0.1
#: Seconds that a kiosk waits for the hub before it gives a number of its own.
PATIENCE = 0.8


class Visitors:
    """Everybody of one day on their way to a number."""

    def __init__(self, building: Building, hall: Hall, journals: Sequence[Journal], people: Sequence[Person]) -> None:
        self._building, self._hall, self._journals, self._people = building, hall, journals, people
        self._time, self._chance = building.ground.time, building.ground.chance(f"visitors {building.ground.time.now}")
        self._queues: list[deque[Person]] = [deque() for _ in building.kiosks]
        self._busy: set[int] = set()

    def come(self) -> Process:
        """They arrive one after the other and stand before the shorter queue."""
        for person in self._people:
            yield max(0.0, person.arrives - self._time.now)
            if not self._queues:
                self._hall.want("issue", person)
                continue
            place = min(range(len(self._queues)), key=lambda n: len(self._queues[n]))
            self._queues[place].append(person)
            if place not in self._busy:
                self._busy.add(place)
                self._time.start(self._at_kiosk(place))

    def _at_kiosk(self, place: int) -> Process:
        stand = self._building.kiosks[place]
        while self._queues[place]:
            yield from self._get_number(stand, self._journals[place], self._queues[place].popleft())
        self._busy.discard(place)

    def _get_number(self, stand: KioskStand, journal: Journal, person: Person) -> Process:
        for _ in range(3):
            yield self._chance.uniform(2.0, 6.0)
            if self._chance.random() < TOUCH:
                got = yield from self._touch(stand, journal, person)
            else:
                got = yield from self._press(stand, person)
            if got is not None:
                self._hall.gets(person, got)
                return
            if self._building.shown is None or stand.printer.state in STOPPED:
                break  # the lamps say that there is no use in a second press
        self._hall.want("issue", person)

    def _press(self, stand: KioskStand, person: Person) -> Getting:
        if self._chance.random() < WRONG:
            stand.press(self._chance.choice(stand.conf.button).service)
        stand.press(person.service)
        if self._chance.random() < TWICE:
            yield self._chance.uniform(0.1, 1.5)
            stand.press(person.service)
        for _ in range(5):
            yield 1.8
            slip = stand.printer.take()
            if slip is not None:
                return slip.ticket
        return None

    def _touch(self, stand: KioskStand, journal: Journal, person: Person) -> Getting:
        """The touch page: whatever the hub says within 0.8 s, else a number of the kiosk's block."""
        asked: dict[str, Any] = {"service": person.service, "language": "vi", "token": f"token-{person.arrives}"}
        if person.priority:
            asked |= {"priority": True, "class": person.priority}
        press = stand.ask("issue", lifetime=PATIENCE, **asked)
        yield PATIENCE
        reply = stand.reply(press)
        if reply is None or self._chance.random() < LOST:
            return journal.give(person.service, press)
        if reply.status != "ok":
            return None
        ticket = str(reply.data["ticket"])
        if self._chance.random() < 0.9:
            stand.ask("printed", lifetime=3600.0, ticket=ticket)
        else:
            stand.ask("print-failed", lifetime=3600.0, ticket=ticket, reason="out")
        return ticket
