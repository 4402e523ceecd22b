"""What a clerk can do and see at the own counter: buttons, a page, and how the counter stands."""

from collections.abc import Generator
from random import Random
from typing import Any

from centre.simulate.building import Building
from centre.simulate.manner import Manner
from moiso.core.centre import Centre, Counter

#: Seconds pass, and in the end something was pressed or not.
Doing = Generator[float, None, None]


class Hands:
    """Somebody at one counter, with the habits that `chance` gives."""

    def __init__(self, building: Building, counter: int, chance: Random) -> None:
        self.building, self.counter, self.chance = building, counter, chance
        self.time = building.ground.time
        self.name, self.manner = f"cb-{counter:02d}", Manner.of(chance)

    def undo(self) -> Doing:
        """Oh no: taken back in time, or too late."""
        yield self.chance.choice((1.0, 2.0, 3.0, 6.0, 11.0))
        self.ask("undo")
        yield 2.0

    @property
    def centre(self) -> Centre | None:
        """How everything stands, as the pages show it; None while the hub is away."""
        return self.building.shown

    @property
    def seen(self) -> Counter | None:
        """The counter as it is shown; None while the hub is away."""
        centre = self.centre
        return centre.counters[self.counter] if centre else None

    @property
    def here(self) -> str | None:
        """Who stands here as far as is shown."""
        seen = self.seen
        return None if seen is None else seen.ticket

    def still(self, ticket: str) -> bool:
        """Whether that one stands here."""
        return self.here == ticket

    def waiting(self) -> int:
        """How many this counter could call."""
        centre, seen = self.centre, self.seen
        return centre.waiting_for(seen) if centre and seen else 0

    def button(self, button: str, here: str | None) -> None:
        """One of the three buttons, pressed by somebody who sees `here`: on the page, the call unit, or a plain one."""
        if self.chance.random() < self.manner.pages:
            self.ask(button, **({} if button == "recall" else {"after": here}))
        elif self.manner.radio:
            self.building.plain_press(self.counter, button)
        else:
            self.building.press(self.counter, button)

    def ask(self, command: str, **arguments: Any) -> None:
        """A command from the page of this counter."""
        self.building.ask(command, "clerk", self.name, self.counter, **arguments)
