"""Numbers on paper: written while the hub is away, typed in when it is back, those served meanwhile ticked off."""

from random import Random
from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hall import Hall
from centre.simulate.load import Person
from moiso.core.centre import Centre
from moiso.core.numbering import number_value, ticket_number

#: How often the pages of the pad are typed in in any order.
DISORDER = 0.6


class PaperPad:
    """The greeter's pad: numbers that nobody has typed in yet, per service in the order of writing."""

    def __init__(self, building: Building, hall: Hall, chance: Random) -> None:
        self._building, self._hall, self._chance = building, hall, chance
        self._written: dict[str, list[int]] = {}
        self._began: float | None = None
        self._outage = False

    def write(self, person: Person) -> None:
        """A number of the service that nobody in the hall has: the next, one further on, or one left out before."""
        known = {number_value(person.service, number) or 0 for number in self._hall.holders}
        low, high = self._building.rules.band
        last = max((n for n in known if not low <= n <= high), default=0)
        left_out = [n for n in range(max(1, last - 20), last) if n not in known]
        value = self._chance.choice((last + 1, last + 1, last + self._chance.randint(1, 12), *left_out[-2:]))
        self._written.setdefault(person.service, []).append(value)
        self._began = self._began or self._building.ground.time.now
        self._outage = self._outage or self._building.shown is None
        self._hall.gets(person, ticket_number(person.service, value))

    def type_in(self) -> Process:
        """Everything that was written, range by range; then whoever was served, with a look before."""
        written, self._written = self._written, {}
        began, self._began = self._began, None
        for service, values in written.items():
            for first, last in self._pages(values):
                yield from self._range(service, first, last, began)
        if self._outage:
            self._outage = False
            yield from self._tick_off()

    def _pages(self, values: list[int]) -> list[tuple[int, int]]:
        """The numbers page by page; now and then a later page is typed in before an earlier one."""
        pages = [page for run in _runs(values) for page in self._page_or_two(*run)]
        if self._chance.random() < DISORDER:
            self._chance.shuffle(pages)
        return pages

    def _page_or_two(self, first: int, last: int) -> list[tuple[int, int]]:
        """A run of numbers stands on one page, or goes on overleaf."""
        if first == last or self._chance.random() < 0.5:
            return [(first, last)]
        foot = self._chance.randint(first, last - 1)
        return [(first, foot), (foot + 1, last)]

    def _range(self, service: str, first: int, last: int, began: float | None) -> Process:
        asked: dict[str, Any] = {"service": service, "ticket": ticket_number(service, first)}
        if last > first:
            asked["to"] = ticket_number(service, last)
        if began is not None and self._chance.random() < 0.4:
            asked["seconds_ago"] = round(self._building.ground.time.now - began, 1)
        press = self._ask("issued-offline", **asked)
        yield self._chance.uniform(4, 9)
        if self._chance.random() < 0.15:
            self._ask("undo", of=press)
            yield 3.0
            self._ask("issued-offline", **asked)
        elif last > first and self._used(press):
            for value in range(first, last + 1):
                yield from self._range(service, value, value, began)

    def _used(self, press: str) -> bool:
        """Whether a kiosk was faster: then the rest is typed in one by one."""
        reply = self._building.reply(press)
        return reply is not None and reply.reason == "number-used"

    def _tick_off(self) -> Process:
        """The clerks went on with the line while nothing worked: the first of those who waited were served."""
        centre = self._building.shown
        yield 3.0
        for service, first, last in _fronts(centre, self._chance) if centre else ():
            asked = {"ticket": ticket_number(service, first), "to": ticket_number(service, last)}
            self._ask("served-offline", preview=True, **asked)
            yield 5.0
            press = self._ask("served-offline", **asked)
            yield 4.0
            if self._chance.random() < 0.2:
                self._ask("undo", of=press)
                yield 4.0

    def _ask(self, command: str, **arguments: Any) -> str:
        return self._building.ask(command, "greeter", "hd-01", **arguments)


def _runs(values: list[int]) -> list[tuple[int, int]]:
    """`[3, 4, 5, 9]` as `[(3, 5), (9, 9)]`."""
    runs: list[tuple[int, int]] = []
    for value in sorted(values):
        if runs and runs[-1][1] == value - 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs


def _fronts(centre: Centre, chance: Random) -> list[tuple[str, int, int]]:
    """Per service the numbers from the first that waits to one not far behind."""
    fronts = []
    for service, line in centre.lines.items():
        values = sorted(v for _, number in line if (v := number_value(service, number)))
        if values and chance.random() < 0.7:
            fronts.append((service, values[0], values[0] + chance.randint(0, 5)))
    return fronts
