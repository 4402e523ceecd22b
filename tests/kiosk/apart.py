"""A kiosk that is now and then apart from its hub: clocks that are set or not, blocks that are lent, a journal."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kiosk.journal import Record
from kiosk.ports import Clocks
from kiosk.press import DOUBLE
from moiso.core.day import Moment
from moiso.core.hours import INDOCHINA
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, Services
from moiso.wire.ports import Arrived, LinkUp
from moiso.wire.stamp import iso
from tests.kiosk.front import DEVICE, TOPICS, Command, Front, offers

FRIDAY, MONDAY = "2026-11-20", "2026-11-23"
BLOCK = 20


def wall(day: str, clock: str) -> float:
    """`("2026-11-20", "16:30")` in seconds since 1970."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=INDOCHINA).timestamp()


class Apart(Front):
    """A kiosk at the true time `at`; `off`: by how much its own clock is wrong, which is `synced` or not."""

    def __init__(
        self,
        at: float,
        journal: Sequence[Record] = (),
        *,
        boot: str = "boot-1",
        synced: bool = True,
        off: float = 0.0,
        **changes: Any,
    ) -> None:
        super().__init__(journal, first_id=1 + 10_000 * int(boot[5:]), **changes)
        self.began, self.boot, self.synced, self.off = at - self.now, boot, synced, off
        self.lends, self.day, self.hub_off = self.lend, FRIDAY, 0.0
        self.log, self.taken = "k3f9", 0.0
        self.lent: dict[tuple[str, str | None], int] = defaultdict(lambda: 700)

    @property
    def true(self) -> float:
        """The true time."""
        return self.began + self.now

    def moment(self) -> Moment:
        return Moment(wall=self.true + self.off, mono=self.now, boot=self.boot, synced=self.synced)

    def turn(self, *items: object, after: float = 0.0) -> list[Command]:
        self.now += after
        return super().turn(Clocks(self.moment()), *items)

    def beat_now(self) -> Arrived:
        at = iso(self.true + self.hub_off, INDOCHINA)
        return Arrived(TOPICS.beat, encode(Beat(log=self.log, seq=1, at=at, clock=self.clock)))

    def lend(self, service: str, day: str, label: str | None) -> dict[str, Any]:
        """The next block of the band, one row of blocks for both days."""
        first = self.lent[service, None]
        self.lent[service, None] = first + BLOCK
        span = {"service": service, "from": first, "to": first + BLOCK - 1}
        return {**span, "day": "next", "after": label} if day == "next" else {**span, "day": label}

    def offered(self, **changes: Any) -> Services:
        """What the hub says when `day` is open."""
        more = {"day": self.day, "log": self.log, "at": iso(self.true, INDOCHINA)} | changes
        return Services(**{**{f: getattr(offers(), f) for f in Services.__struct_fields__}, **more})

    def connect(self, **changes: Any) -> list[Command]:
        told = Arrived(TOPICS.state("services"), encode(self.offered(**changes)), retained=True)
        return self.turn(LinkUp(DEVICE), told, self.beat_now())

    def hear(self, **changes: Any) -> None:
        """The hub says anew what is offered."""
        self.offer(self.offered(**changes))

    def take(self, service: str = "A") -> str | None:
        """Somebody presses while the hub is not reached, and the printer prints; the number, if there is one."""
        before = len(self.jobs)
        self.turn(after=max(0.0, self.taken + DOUBLE - self.now))
        self.press(service)
        self.taken = self.now
        if len(self.jobs) == before:
            return None
        self.printer_says()
        return self.jobs[-1].ticket

    def restarted(self, *, boot: str | None = None, **changes: Any) -> "Apart":
        """The program starts again, after a power cut (a new `boot`) with a clock that may not be right."""
        clocks = {"synced": self.synced, "off": self.off, **changes}
        after = Apart(self.true, self.journal, boot=boot or self.boot, **clocks)
        after.now, after.began = (self.now, self.began) if boot is None else (100.0, self.true - 100.0)
        after.lent, after.day, after.clock = self.lent, self.day, self.clock
        return after


def stocked(at: float | None = None, **changes: Any) -> Apart:
    """A kiosk on Friday afternoon with hub, printer and numbers for today and for the next day."""
    kiosk = Apart(wall(FRIDAY, "16:30") if at is None else at, **changes)
    kiosk.connect()
    kiosk.paper("ok")
    return kiosk


def reports(said: list[Command]) -> list[dict[str, object]]:
    """The numbers that are reported in these commands."""
    return [told for command, told in said if command == "issued-offline"]


def back(kiosk: Apart, **changes: object) -> list[dict[str, object]]:
    """The hub is heard again; the numbers that are reported."""
    return reports(kiosk.connect(**changes))
