"""A ticket printer under virtual time: takes its seconds, runs out, stands open, dies in the middle of a ticket."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from centre.simulate.ground import Ground
from kiosk.paper import STOPPED, PaperStatus
from kiosk.ports import Paper, Printed
from kiosk.words import Receipt

#: Seconds between two questions to an idle printer, and tickets on a new roll.
ASK_EVERY, ROLL = 3.0, 400
#: So few tickets are left when the printer warns.
NEARLY = 25


@dataclass(frozen=True)
class Slip:
    """A ticket on paper, as it lies in the tray, or a number read from the page.

    code: what its QR code says. at: when it was printed, 0 for one from the page.
    """

    ticket: str
    code: str | None = None
    at: float = 0.0


@dataclass
class Printer:
    """One kiosk's printer and the tray in front of it; `tell` is the kiosk's inbox.

    `printed` is called with every ticket that really came out. `dies`: it dies in the middle of the next ticket.
    `ends`: the paper ends just before it.
    """

    ground: Ground
    kiosk: str
    tell: Callable[[object], None]
    printed: Callable[[Receipt], None]
    left: int = ROLL
    state: PaperStatus = PaperStatus.OK
    dies: bool = False
    ends: bool = False
    tray: list[Slip] = field(default_factory=list)
    _jobs: list[Receipt] = field(default_factory=list)
    _busy: bool = False
    _life: int = 0
    _said: PaperStatus | None = None

    def __post_init__(self) -> None:
        self._chance = self.ground.chance(f"printer {self.kiosk}")

    def start(self) -> None:
        """Switched on, or asked by a program that has just started; what it was to print is forgotten."""
        self._jobs, self._said = [], None
        self._ask()

    def add(self, receipt: Receipt) -> None:
        """Print this after what is printing now."""
        self._jobs.append(receipt)
        if not self._busy:
            self._begin()

    def lose(self) -> None:
        """The power fails: what it was printing is not out."""
        self._jobs, self._busy, self._life = [], False, self._life + 1

    def become(self, state: PaperStatus) -> None:
        """Somebody opened the cover, closed it, took the paper out or put a new roll in."""
        if state is PaperStatus.OK:
            self.left = max(self.left, ROLL)
        self.state = state
        self.ground.time.after(self._chance.uniform(0.0, ASK_EVERY), self._ask)

    def take(self) -> Slip | None:
        """Somebody takes the oldest ticket out of the tray."""
        return self.tray.pop(0) if self.tray else None

    def fetch(self, ticket: str | None) -> None:
        """Somebody looks for this ticket in the tray, and takes it out if it is there."""
        self.tray = [slip for slip in self.tray if slip.ticket != ticket]

    def _begin(self) -> None:
        self._busy = bool(self._jobs)
        if self._busy:
            receipt = self._jobs.pop(0)
            self.ground.time.after(self._chance.uniform(1.2, 2.6), partial(self._end, receipt, self._life))

    def _end(self, receipt: Receipt, life: int) -> None:
        if life != self._life:
            return
        reason = self._print(receipt)
        self.tell(Printed(receipt.ticket, reason, refused=reason is not None and reason != "unknown"))
        self._ask()
        self._begin()

    def _print(self, receipt: Receipt) -> str | None:
        """What the driver says of this ticket: None when it is out."""
        if self.dies:
            self.dies = False
            if self._chance.random() < 0.5:
                self._lay(receipt)
            return "unknown"
        if self.ends:
            self.ends, self.state = False, PaperStatus.OUT
        if self.state in STOPPED:
            return self.state.value
        self._lay(receipt)
        return None

    def _lay(self, receipt: Receipt) -> None:
        self.tray.append(Slip(receipt.ticket, receipt.url, self.ground.time.now))
        self.printed(receipt)
        self.left -= 1
        if self.left <= 0:
            self.state = PaperStatus.OUT
        elif self.left <= NEARLY:
            self.state = PaperStatus.NEAR

    def _ask(self) -> None:
        if self.state is not self._said:
            self._said = self.state
            self.tell(Paper(self.state))
