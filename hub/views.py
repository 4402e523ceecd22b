"""The state as the wire shows it: board, services, counters, day. Pure translation."""

from collections.abc import Callable
from typing import Literal, TypeGuard

from hub.ledger import Ledger
from moiso.core.centre import Call, Centre, Ticket, leftover
from moiso.core.day import Moment
from moiso.core.events import Account, Block
from moiso.core.hours import Break
from moiso.core.rules import Service
from moiso.core.tickets import State
from moiso.texts import both
from moiso.wire import messages as wire

#: So long before lunch the wall says who is still expected before it, seconds.
LUNCH_NOTICE = 1800.0
#: More people than that are not named one by one in a snapshot.
MOST_NAMED = 200
#: So many of those who wait for a counter are named there.
MOST_IN_LINE = 12
#: With so few numbers left a kiosk's button says so.
FEW_LEFT = 10


class Views:
    """Snapshots of one ledger; `stamp` writes a moment (seconds since 1970) as it goes on the wire."""

    def __init__(self, ledger: Ledger, log: str, stamp: Callable[[float], str]) -> None:
        self._ledger, self._log, self.stamp = ledger, log, stamp

    def board(self, now: Moment) -> wire.Board:
        """What the wall shows."""
        centre, lunch = self._ledger.centre, self._lunch(now)
        return wire.Board(
            log=self._log,
            seq=centre.seq,
            at=self.stamp(centre.at),
            day=centre.day,
            calls=[self._call(call) for call in centre.calls],
            services=[self._line(service, lunch, now.wall) for service in centre.rules.services],
            notices=list(centre.notices),
            lunch=None if lunch is None else wire.Lunch(begins=self.stamp(lunch.begins), ends=self.stamp(lunch.ends)),
            training=_in_training(centre),
            overtime=_in_overtime(centre),
        )

    def services(self, now: Moment) -> wire.Services:
        """What a kiosk may offer."""
        centre = self._ledger.centre
        return wire.Services(
            log=self._log,
            seq=centre.seq,
            at=self.stamp(centre.at),
            day=centre.day,
            open=centre.day is not None or self._ledger.may_open(now),
            services=[self._offer(service, now) for service in centre.rules.services],
            training=_in_training(centre),
        )

    def counter(self, number: int) -> wire.CounterState:
        """One counter."""
        centre = self._ledger.centre
        counter = centre.counters[number]
        ticket = centre.tickets[counter.ticket] if counter.ticket else None
        return wire.CounterState(
            log=self._log,
            seq=centre.seq,
            at=self.stamp(centre.at),
            day=centre.day,
            counter=number,
            label=counter.label,
            state=counter.state,  # type: ignore[arg-type]
            ticket=counter.ticket,
            phase=_phase(ticket),
            since=None if counter.since is None else self.stamp(counter.since),
            waiting=centre.waiting_for(counter),
            held=centre.held_for(counter),
            services=list(counter.services),
            priority=bool(ticket and ticket.priority),
            idle=counter.idle,
            undo_until=self._undo_until(number),
            on_duty=counter.who,
            line=[self._waiting(ticket) for ticket in centre.line_of(counter, MOST_IN_LINE)],
            service=ticket.service if ticket else None,
        )

    def has_counter(self, number: int | None) -> TypeGuard[int]:
        """Whether there is such a counter."""
        return number in self._ledger.centre.counters

    def day(self, *, ask: bool) -> wire.DayState:
        """The business day and its account so far."""
        centre = self._ledger.centre
        return wire.DayState(
            log=self._log,
            seq=centre.seq,
            at=self.stamp(centre.at),
            day=centre.day,
            label=centre.last_day,
            open=centre.day is not None,
            account=_account(centre.so_far()),
            ask=ask,
            training=_in_training(centre),
            overtime=_in_overtime(centre),
            leftover=[] if centre.day is None else leftover(centre, MOST_NAMED),
            alarms=[_alarm(centre, code) for code in centre.alarms],
        )

    def warning(self, service: str) -> wire.Words | None:
        """What somebody who takes a number of this service now should know."""
        centre = self._ledger.centre
        if service in centre.suspended:
            return both("warning.suspended")
        return both("warning.unstaffed") if service in centre.alarms else None

    def promise(self, service: str, ahead: int) -> wire.Range | None:
        """The announced range for somebody with `ahead` people before; None when nobody serves."""
        if not self._ledger.centre.open_counters(service):
            return None
        promise = self._ledger.rates[service].promise(ahead)
        return wire.Range(low=promise.low, high=promise.high)

    def _waiting(self, ticket: Ticket) -> wire.Waiting:
        return wire.Waiting(
            ticket=ticket.number,
            service=ticket.service,
            since=self.stamp(ticket.waits_since),
            priority=ticket.priority,
        )

    def _call(self, call: Call) -> wire.Call:
        return wire.Call(
            ticket=call.ticket,
            counter=call.counter,
            label=self._ledger.centre.counters[call.counter].label,
            at=self.stamp(call.at),
            seq=call.seq,
            recall=call.recall,
            priority=call.priority,
        )

    def _line(self, service: Service, lunch: Break | None, now: float) -> wire.ServiceLine:
        centre, code = self._ledger.centre, service.code
        waiting = centre.waiting(code)
        return wire.ServiceLine(
            code=code,
            name=service.name,
            name_en=service.name_en,
            waiting=waiting,
            promise=self.promise(code, waiting),
            counters_open=len(centre.open_counters(code)),
            state=_service_state(centre, code),
            longest_since=self.stamp(centre.tickets[centre.lines[code][0][1]].waits_since) if waiting else None,
            alarm=code in centre.alarms,
            left=centre.left(code),
            last_before_lunch=None if lunch is None else self._last_before(code, lunch.begins - now),
        )

    def _lunch(self, now: Moment) -> Break | None:
        """Today's lunch, from half an hour before it until it ends; None while nobody knows what time it is."""
        centre = self._ledger.centre
        lunch = centre.rules.timetable.lunch(now.wall) if now.synced and centre.day is not None else None
        return lunch if lunch and lunch.begins - LUNCH_NOTICE <= now.wall < lunch.ends else None

    def _last_before(self, code: str, seconds: float) -> str | None:
        """The last number expected within so many seconds; None: all of them, empty: nobody more."""
        centre = self._ledger.centre
        line = centre.lines[code]
        expected = int(seconds // self._ledger.rates[code].gap) if centre.open_counters(code) else 0
        if seconds <= 0 or expected >= len(line):
            return None
        return line[expected - 1][1] if expected else ""

    def _undo_until(self, number: int) -> str | None:
        centre = self._ledger.centre
        deed = centre.deeds.get(number)
        until = None if deed is None else deed.at + centre.rules.undo_within
        return self.stamp(until) if until is not None and until >= centre.at else None

    def _offer(self, service: Service, now: Moment) -> wire.Offer:
        centre, code = self._ledger.centre, service.code
        waiting, note = centre.waiting(code), self._note(service, now)
        return wire.Offer(
            code=code,
            name=service.name,
            name_en=service.name_en,
            waiting=waiting,
            promise=self.promise(code, waiting),
            counters=counters_for(centre, code),
            state=_service_state(centre, code),
            gives=note not in _GIVES_NONE,
            left=centre.left(code),
            note=None if note is None else both(f"offer.{note}", n=centre.left(code)),
        )

    def _note(self, service: Service, now: Moment) -> str | None:
        """What a kiosk's button says beside its name."""
        centre, left = self._ledger.centre, self._ledger.centre.left(service.code)
        if centre.overtime and centre.day is not None:
            return "overtime"
        if now.synced and not centre.rules.timetable.gives(service.code, now.wall):
            return "issue_closed"
        if left == 0:
            return "full"
        if service.code in centre.suspended:
            return "suspended"
        if service.code in centre.alarms:
            return "unstaffed"
        return "left" if left is not None and left <= FEW_LEFT else None


#: The notes of a button that gives no number.
_GIVES_NONE = frozenset({"overtime", "issue_closed", "full"})


def counters_for(centre: Centre, service: str) -> list[int]:
    """The counters to name on a ticket: the open ones, or, when none is, all that could serve it."""
    desks = centre.rules.desks
    return centre.open_counters(service) or [d.number for d in desks if service in d.services]


def _service_state(centre: Centre, code: str) -> str:
    if centre.day is None:
        return "closed"
    if code in centre.suspended:
        return "suspended"
    return "open" if centre.open_counters(code) else "unstaffed"


def _in_training(centre: Centre) -> bool:
    return centre.training and centre.day is not None


def _in_overtime(centre: Centre) -> bool:
    return centre.overtime and centre.day is not None


def _alarm(centre: Centre, code: str) -> wire.Alarm:
    return wire.Alarm(service=code, waiting=centre.waiting(code), counters=list(centre.alarms[code]))


def _phase(ticket: Ticket | None) -> Literal["called", "serving"] | None:
    if ticket is None:
        return None
    return "serving" if ticket.state is State.SERVING else "called"


def _account(account: Account) -> wire.Account:
    return wire.Account(
        issued=account.issued,
        served=account.served,
        inferred=account.inferred,
        absent=account.absent,
        void=account.void,
        expired=account.expired,
        waiting=account.waiting,
        at_counters=account.at_counters,
        leased=[_lease(block) for block in account.leased],
        held=account.held,
        after_hours=account.after_hours,
        unheard=list(account.unheard),
        carried=list(account.carried),
        outcomes=account.outcomes,
        by_account={
            name: wire.Doings(out_of_order=d.out_of_order, priorities=d.priorities, voids=d.voids)
            for name, d in account.by_account.items()
        },
        training=account.training,
    )


def _lease(block: Block) -> wire.Lease:
    return wire.Lease(kiosk=block.kiosk, service=block.service, first=block.first, last=block.last)
