"""The core beside the plain queue: every command and everything that time brings is judged twice. Promises 5 and 8.

A turn that the hub loses is lost for the plain queue too: what it was is kept before a turn that may be lost.
"""

import pickle
from collections.abc import Sequence
from random import Random

from centre.simulate.disk import LOG
from centre.simulate.plain import Plain
from centre.simulate.violation import Violation
from centre.simulate.watch import Asked, watch
from centre.simulate.witness import Witness
from hub.ledger import Ledger, fingerprint
from hub.log import Memory, Row
from hub.machine import Machine, Place
from moiso.core import events as did
from moiso.core.commands import OpenDay
from moiso.core.day import Moment
from moiso.core.events import EVENTS, Event
from moiso.core.roles import Role, Sender
from moiso.wire.codec import decode

#: Refusals of the hub's calendar, of which the plain queue knows nothing.
OF_THE_CALENDAR = frozenset({"day-done", "day-over"})
#: One refusal in so many is followed by a look at every byte.
SELDOM = 25
#: The plain queue looks at the clock when the hub does something by rule, and else this often, seconds.
GLANCE = 60.0


class Judge:
    """Watches one hub through all its lives. `commands`: how many reached the core."""

    def __init__(self, place: Place, witness: Witness, chance: Random) -> None:
        self._place, self._witness, self._chance = place, witness, chance
        self._plain = Plain(place.rules)
        self._ledger: Ledger | None = None
        self._stood: bytes | None = None
        self._glanced = 0.0
        self.commands = 0

    # -- the hub's life -----------------------------------------------------------------------------------------

    def begins(self, machine: Machine) -> None:
        """A machine was made from the disk: it must stand where the last one stood."""
        ledger = self._ledger = machine.ledger
        if self._stood is not None and fingerprint(ledger) != self._stood:
            raise Violation(8, "the log does not give the state that was before the crash")
        self._compare(None)
        watch(ledger, self)

    def dies(self) -> None:
        """The hub is gone; this is how it stood, and how it has to stand again."""
        if self._ledger is not None:
            self._stood = fingerprint(self._ledger)

    def keep(self) -> object:
        """How both stand before a turn that may be lost."""
        assert self._ledger is not None
        return fingerprint(self._ledger), pickle.loads(pickle.dumps(self._plain))

    def lose(self, kept: object) -> None:
        """That turn was lost."""
        assert isinstance(kept, tuple)
        self._ledger = None
        self._stood, self._plain = kept

    def committed(self, rows: Sequence[Row]) -> None:
        """These rows are on the disk, and nobody has heard of them yet."""
        if rows:
            self._compare(rows)
            self._witness.committed(rows)

    def compare_all(self) -> None:
        """Everybody and everything, line by line, while the hub lives."""
        if self._ledger is not None:
            self._compare(None)

    def replay(self, rows: Sequence[Row]) -> None:
        """The log, from its first event or from one that opened a day, gives the state as it stands."""
        assert self._ledger is not None
        again = Ledger(self._place.rules, self._place.calendar, Memory(LOG, list(rows)))
        if fingerprint(again) != fingerprint(self._ledger):
            raise Violation(8, "the log does not give the state as it stands")

    def _compare(self, rows: Sequence[Row] | None) -> None:
        """Whoever these rows touch, or (None) everybody."""
        assert self._ledger is not None
        events = [decode(row.data, EVENTS[row.type]) for row in rows or ()]
        touched = {event.ticket for event in events if hasattr(event, "ticket")}
        wrong = self._plain.differences(self._ledger.centre, full=rows is None, touched=touched)
        if wrong:
            raise Violation(5, "; ".join(wrong[:6]))

    # -- what the ledger does -----------------------------------------------------------------------------------

    def answered(self, asked: Asked, refused: str | None, new: Sequence[Row]) -> None:
        """The core has decided: `refused` is its reason, `new` what it appended; the plain queue decides too."""
        self.commands += 1
        self._check_name(asked.by)
        if refused is not None and new:
            raise Violation(0, f"{asked} was refused ({refused}) and appended {[row.type for row in new]}")
        if refused not in OF_THE_CALENDAR:
            self._ask_plain(asked, refused, new)

    def _ask_plain(self, asked: Asked, refused: str | None, new: Sequence[Row]) -> None:
        command, by, at, synced = asked
        opened = [row for row in new if row.type == "day-opened"]
        by_hand = isinstance(command, OpenDay)
        for row in () if by_hand else opened:
            self._day_opened(row)
            at = row.at  # the hub's clock may have been set back over the night
        reason = self._plain.ask(command, by, at, synced)
        # who would have begun the day is told what is wrong with the press, not that no day is open
        if reason != refused and not (refused and reason == "day-closed"):
            raise Violation(5, f"{command} by {by}: the hub says {refused or 'yes'}, the plain queue {reason or 'yes'}")
        for row in opened if by_hand else ():
            self._day_opened(row)
        if refused is None:
            self._check_call(new)

    def _check_call(self, new: Sequence[Row]) -> None:
        """Whom this press called, and by which rule; a number that takes over another's place is not called anew."""
        calls = [decode(row.data, did.TicketCalled) for row in new if row.type == "ticket-called"]
        said = [(call.ticket, call.policy) for call in calls if call.policy != "replaces"]
        plainly = [self._plain.called] if self._plain.called else []
        if said != plainly:
            raise Violation(5, f"the hub calls {said}, the plain queue {plainly}")

    def _check_name(self, by: Sender) -> None:
        """Promise 10: only a page speaks for people; any other device for itself alone."""
        kind, own = self._place.kinds.get(by.device), self._place.counters.get(by.device)
        if kind != "web" and (by.role is not _ROLES.get(kind or "") or by.counter != own or by.person is not None):
            raise Violation(10, f"{by.device}, a {kind}, acts as {by}")

    def look_closely(self) -> bool:
        """Whether to look at every byte this time."""
        return self._chance.random() < 1 / SELDOM

    def time_passed(self, now: Moment, last: float, new: Sequence[Row]) -> None:
        """The clock was looked at, and `new` was appended because of it; `last`: when something happened before."""
        events = [decode(row.data, EVENTS[row.type]) for row in new]
        of_the_day = [n for n, event in enumerate(events) if isinstance(event, _OF_THE_DAY)]
        rest = of_the_day[-1] + 1 if of_the_day else 0
        for row, event in zip(new[:rest], events[:rest], strict=True):
            self._of_the_day(row, event)
        at = max(now.wall, new[rest - 1].at if rest else last)
        self._by_rule(now, at, events[rest:])

    def _of_the_day(self, row: Row, event: Event) -> None:
        if isinstance(event, did.ClockSet):
            self._plain.clock_set(event.shift)
        elif isinstance(event, did.DayClosed):
            self._plain.day_closed_by_rule(row.at)
        elif isinstance(event, did.DayOpened):
            self._day_opened(row)

    def _by_rule(self, now: Moment, at: float, events: list[Event]) -> None:
        if not events and abs(at - self._glanced) < GLANCE:
            return
        self._glanced = at
        hub = sorted((did.type_name(event), str(_subject(event))) for event in events)
        plain = sorted((name, str(subject)) for name, subject in self._plain.elapse(at, now.synced))
        if hub != plain:
            raise Violation(5, f"by rule the hub does {hub}, the plain queue {plain}")

    def _day_opened(self, row: Row) -> None:
        event = decode(row.data, did.DayOpened)
        self._plain.day_opened(row.day or "", row.at, event.training)


_ROLES = {"kiosk": Role.KIOSK, "counter": Role.CLERK}
_OF_THE_DAY = did.ClockSet | did.DayClosed | did.DayOpened


def _subject(event: Event) -> object:
    """Whom an event by rule is about."""
    return next(getattr(event, name) for name in ("ticket", "counter", "service") if hasattr(event, name))
