"""Whether every press at a kiosk is felt at once and answered in time: with a number, or with where to get one."""

from collections.abc import Callable, Sequence
from functools import partial

from centre.simulate.clock import Time
from centre.simulate.violation import Violation
from kiosk.lamps import LampState
from kiosk.ports import Light, Pressed, Print
from kiosk.press import BUSY, DOUBLE
from kiosk.scanning import PATIENCE
from kiosk.scans import Scanned
from kiosk.screen import Scan, Screen, Touched

#: Seconds within which a press is answered; the paper takes its own time.
ANSWERED = 1.5
#: Seconds within which somebody who is back hears whether the place is kept.
WELCOMED = PATIENCE + 0.5
#: What a lamp shows of a press that counts, and of one that gave nothing.
SEEN: frozenset[LampState] = frozenset({"blink", "flicker"})


class Answers:
    """Looks at one kiosk's lamps and page; `shown` is called with every number that stands on the page alone.

    scanned: the number on the paper that was last held before the scanner.
    """

    def __init__(self, time: Time, shown: Callable[[str], None]) -> None:
        self._time, self._shown = time, shown
        self.lamps: dict[str, LampState] = {}
        self.screen = Screen()
        self.scanned: str | None = None
        self._waits: tuple[str, float] | None = None
        self._gave: dict[str, float] = {}

    def forget(self) -> None:
        """A program that has died, or has just started, owes nobody an answer."""
        self.lamps.clear()
        self._gave.clear()
        self.screen, self._waits = Screen(), None

    def turn(self, items: Sequence[object], outputs: Sequence[object]) -> None:
        """One turn of the kiosk."""
        for output in outputs:
            self._saw(output)
        for output in outputs:
            if isinstance(output, Print):
                self._prints(output.receipt.ticket)
        for item in items:
            if isinstance(item, Pressed | Touched):
                self._must_be_felt(item)
            elif isinstance(item, Scanned):
                self._must_be_seen(item)

    def _saw(self, output: object) -> None:
        match output:
            case Light(service, state):
                self.lamps[service] = state
                self._stands(service, waits=state == "blink")
            case Screen():
                self._saw_page(output)

    def _saw_page(self, screen: Screen) -> None:
        before, self.screen = self.screen.progress, screen
        self._saw_scan(screen.scan)
        now = screen.progress
        if now is None:
            return
        self._stands(now.service, waits=now.stage == "asking")
        if now.stage == "shown" and now.ticket is not None and (before is None or before.stage != "shown"):
            self._gave[now.service] = self._time.now
            self._shown(now.ticket)

    def _prints(self, ticket: str) -> None:
        service = ticket.rstrip("0123456789")
        self._gave[service] = self._time.now
        self._stands(service, waits=False)

    def _stands(self, service: str, *, waits: bool) -> None:
        """How it stands with the press for this service."""
        mine = self._waits is not None and self._waits[0] == service
        if waits and not mine:
            self._waits = service, self._time.now
            self._time.after(ANSWERED, partial(self._late, self._waits))
        elif mine and not waits:
            self._waits = None

    def _late(self, press: tuple[str, float]) -> None:
        if self._waits == press:
            raise Violation(0, f"a press for {press[0]} is not answered after {ANSWERED} s")

    def _must_be_felt(self, finger: Pressed | Touched) -> None:
        """A finger sees at once what it did, unless somebody else's ticket is on its way."""
        progress = self.screen.progress
        if "blink" in self.lamps.values() or (progress is not None and progress.stage in BUSY):
            return
        if isinstance(finger, Touched):
            felt = progress is not None
        else:
            felt = self.lamps.get(finger.service) in SEEN or self._just_gave(finger.service)
        if not felt:
            raise Violation(0, f"nothing is seen of a press for {finger.service}")

    def _just_gave(self, service: str) -> bool:
        """A double tap counts once; so does whoever goes on drumming."""
        gave = self._gave.get(service)
        if gave is None or self._time.now - gave > DOUBLE:
            return False
        self._gave[service] = self._time.now
        return True

    # -- codes ------------------------------------------------------------------------------------------------

    def _saw_scan(self, scan: Scan | None) -> None:
        """Nobody is told of somebody else's number."""
        if scan is not None and scan.kind == "return" and scan.ticket not in {None, self.scanned}:
            raise Violation(0, f"the code of {self.scanned} was scanned, and the page tells of {scan.ticket}")

    def _must_be_seen(self, code: Scanned) -> None:
        """A page says at once what a code is, and within seconds what came of it."""
        scan = self.screen.scan
        kind = "return" if code.kind == "ticket" else code.kind
        if self.screen.choices and (scan is None or scan.kind != kind):
            raise Violation(0, f"nothing is seen of a {code.kind} code")
        if scan is not None and _asks(scan):
            self._time.after(WELCOMED, partial(self._unanswered, scan.id))

    def _unanswered(self, scan: str) -> None:
        shown = self.screen.scan
        if shown is not None and shown.id == scan and _asks(shown):
            raise Violation(0, f"whoever is back is not answered after {WELCOMED} s")


def _asks(scan: Scan) -> bool:
    """Whether the hub is still asked about it."""
    return scan.kind == "return" and scan.ticket is None and scan.well
