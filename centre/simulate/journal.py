"""A kiosk that gives numbers of its own while the hub does not answer, as the contract has it (docs/mqtt.md).

It leases blocks, waits 0.8 s for the hub, then gives a number of its block, and reports it until it is answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from centre.simulate.clock import Process
from centre.simulate.kiosk_stand import KioskStand
from centre.simulate.receipts import Receipts
from centre.simulate.violation import Violation
from moiso.core.numbering import ticket_number

#: Seconds between two looks at what has not been answered yet; at nothing.
LOOK, IDLE = 7.0, 60.0
#: With these the hub may refuse a number of a block: its day is over.
DAY_IS_OVER = frozenset({"day-closed", "other-day"})


@dataclass
class Given:
    """A number that the kiosk gave by itself, for the press `press`.

    tells: when the kiosk reaches the hub again, as far as it knows; said: its report is on its way.
    """

    service: str
    ticket: str
    press: str
    at: float
    tells: float
    said: bool = False


@dataclass
class Journal:
    """The blocks and the journal of one kiosk; `day` tells the open business day."""

    stand: KioskStand
    receipts: Receipts
    chance: Random
    day: Callable[[], str | None]
    _numbers: dict[str, list[int]] = field(default_factory=dict)
    _ahead: dict[str, list[int]] = field(default_factory=dict)
    _given: list[Given] = field(default_factory=list)
    _of: str | None = None

    def new_day(self, training: bool) -> None:
        """The hub has opened a day: what was leased for it counts now, what is left of the last one does not."""
        self._given.clear()
        self._of = self.day()
        self._numbers = {}
        if not training:
            self._numbers, self._ahead = self._ahead, {}

    def keep_supplied(self, services: tuple[str, ...]) -> Process:
        """Lease blocks in the morning, and more when one runs low; one for the next day before the evening."""
        while True:
            for service in services if self.day() is not None else ():
                if len(self._numbers.get(service, ())) < 5:
                    yield from self._lease(service, "today", self._numbers)
            if self.chance.random() < 0.1:
                service = self.chance.choice(services)
                if not self._ahead.get(service):
                    yield from self._lease(service, "next", self._ahead)
            yield self.chance.uniform(600, 1500)

    def give(self, service: str, press: str) -> str | None:
        """A number of the block for a press that the hub has not answered; None when there is none."""
        numbers = self._numbers.get(service)
        if not numbers or self._of is None or self.day() != self._of:
            return None
        ticket = ticket_number(service, numbers.pop(0))
        self.receipts.journalled(ticket, self._of)
        now = self.stand.ground.time.now
        self._given.append(Given(service, ticket, press, now, now + self.chance.choice((0.0, 0.0, 60.0, 600.0))))
        return ticket

    def unheard(self) -> Given | None:
        """A number that is on paper in somebody's hand and that the hub has not heard of."""
        return next((given for given in self._given if not given.said), None)

    def report(self) -> Process:
        """Say again what is not answered, for as long as it takes."""
        while True:
            for given in list(self._given):
                if given.tells <= self.stand.ground.time.now:
                    self._report(given)
            yield LOOK if self._given else IDLE

    def _lease(self, service: str, day: str, into: dict[str, list[int]]) -> Process:
        opened = self._of
        press = self.stand.ask("lease", service=service, day=day)
        yield 3.0
        reply = self.stand.reply(press)
        if reply is not None and reply.status == "ok" and self._of == opened:
            into.setdefault(service, []).extend(range(reply.data["from"], reply.data["to"] + 1))

    def _report(self, given: Given) -> None:
        reply = self.stand.reply(given.press) if given.said else None
        if reply is not None and reply.to == "issued-offline" and reply.status != "error":
            self._answered(given, reply.status, reply.reason)
        elif not given.said or reply is not None:
            ago = round(self.stand.ground.time.now - given.at, 1)
            given.said = True
            asked = {"ticket": given.ticket, "service": given.service, "seconds_ago": ago, "day": self._of}
            self.stand.ask("issued-offline", lifetime=86400.0, press=given.press, **asked)

    def _answered(self, given: Given, status: str, reason: str | None) -> None:
        self._given.remove(given)
        if status != "ok" and reason not in DAY_IS_OVER:
            raise Violation(2, f"{given.ticket}, a number of the kiosk's own block, is refused: {reason}")
