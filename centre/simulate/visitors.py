"""The crowd before the kiosks: people press, wait for their paper, press again, and ask the greeter in the end."""

from collections import deque
from collections.abc import Generator, Sequence

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Hall
from centre.simulate.kiosk_stand import KioskStand
from centre.simulate.load import Person
from centre.simulate.printer import Slip
from kiosk.screen import Progress

#: Seconds pass, and in the end there is a number or none.
Getting = Generator[float, None, Slip | None]
#: How often: a nervous second press, the wrong button first, the page instead of a button, an answer that comes late.
TWICE, WRONG, TOUCH, LATE = 0.05, 0.02, 0.6, 0.03
#: How often somebody who may have the number already wants one more; and leaves without a word to the page.
ONE_MORE, LEAVES = 0.8, 0.3


class Visitors:
    """Everybody of one day on their way to a number."""

    def __init__(self, building: Building, hall: Hall, people: Sequence[Person]) -> None:
        self._building, self._hall, self._people = building, hall, people
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
            place = min(range(len(self._queues)), key=lambda n: (len(self._queues[n]), self._chance.random()))
            self._queues[place].append(person)
            if place not in self._busy:
                self._busy.add(place)
                self._time.start(self._at_kiosk(place))

    def _at_kiosk(self, place: int) -> Process:
        stand = self._building.kiosks[place]
        while self._queues[place]:
            yield from self._get_number(stand, self._queues[place].popleft())
        self._busy.discard(place)

    def _get_number(self, stand: KioskStand, person: Person) -> Process:
        for _ in range(3):
            yield self._chance.uniform(2.0, 6.0)
            if self._chance.random() < LATE:
                stand.delay_next_reply(self._chance.uniform(0.5, 6.0))
            got = yield from self._try(stand, person)
            if got is not None:
                self._hall.gets(person, got.ticket, got.code)
                return
            if not stand.gives(person.service):
                break  # the lamps say that there is no use in a second press
        self._hall.want("issue", person)

    def _try(self, stand: KioskStand, person: Person) -> Getting:
        if stand.screen and self._chance.random() < TOUCH:
            if person.priority and self._chance.random() < 0.5:
                return self._favour(stand, person)
            return self._touch(stand, person)
        return self._press(stand, person)

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
                return slip
        return None

    def _touch(self, stand: KioskStand, person: Person) -> Getting:
        """The page: said again until it answers; the number from the tray, or from the page where it stands large."""
        press = stand.finger(person.service)
        for _ in range(9):
            yield self._chance.uniform(0.4, 1.2)
            shown = stand.progress(press)
            if shown is None:
                stand.finger(person.service, press)
            elif shown.stage == "again":
                if self._chance.random() > ONE_MORE:
                    stand.dismiss(press)
                    return None
                stand.finger(person.service, press, again=True)
            elif shown.stage in {"printed", "shown", "refused"}:
                return self._leave(stand, shown)
        return None

    def _leave(self, stand: KioskStand, shown: Progress) -> Slip | None:
        stand.printer.fetch(shown.ticket)
        if self._chance.random() > LEAVES:
            stand.dismiss(shown.press)
        return None if shown.stage == "refused" or shown.ticket is None else Slip(shown.ticket, shown.url)

    def _favour(self, stand: KioskStand, person: Person) -> Getting:
        """A number with priority, which no kiosk has a button for yet."""
        press = stand.ask("issue", lifetime=2.0, service=person.service, priority=True, **{"class": person.priority})
        yield 2.0
        reply = stand.reply(press)
        if reply is None or reply.status != "ok":
            return None
        ticket = str(reply.data["ticket"])
        if self._chance.random() < 0.9:
            stand.ask("printed", lifetime=3600.0, ticket=ticket)
        else:
            stand.ask("print-failed", lifetime=3600.0, ticket=ticket, reason="out")
        return Slip(ticket)
