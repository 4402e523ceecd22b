"""The state as the wire shows it: board, services, counters, day. Pure translation."""

from collections.abc import Callable
from typing import Literal, TypeGuard

from hub.ledger import Ledger
from moiso.core.centre import Call, Centre, Ticket
from moiso.core.events import Account, Block
from moiso.core.rules import Service
from moiso.core.tickets import State
from moiso.wire import messages as wire


class Views:
    """Snapshots of one ledger; `stamp` writes a moment (seconds since 1970) as it goes on the wire."""

    def __init__(self, ledger: Ledger, log: str, stamp: Callable[[float], str]) -> None:
        self._ledger, self._log, self.stamp = ledger, log, stamp

    def board(self) -> wire.Board:
        """What the wall shows."""
        centre = self._ledger.centre
        return wire.Board(
            log=self._log,
            seq=centre.seq,
            at=self.stamp(centre.at),
            day=centre.day,
            calls=[self._call(call) for call in centre.calls],
            services=[self._line(service) for service in centre.rules.services],
        )

    def services(self, *, may_open: bool) -> wire.Services:
        """What a kiosk may offer; `may_open`: a press would begin the day."""
        centre = self._ledger.centre
        return wire.Services(
            log=self._log,
            seq=centre.seq,
            at=self.stamp(centre.at),
            day=centre.day,
            open=centre.day is not None or may_open,
            services=[self._offer(service) for service in centre.rules.services],
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
            held=[],
            services=list(counter.services),
            priority=bool(ticket and ticket.priority),
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
        )

    def promise(self, service: str, ahead: int) -> wire.Range | None:
        """The announced range for somebody with `ahead` people before; None when nobody serves."""
        if not self._ledger.centre.open_counters(service):
            return None
        promise = self._ledger.rates[service].promise(ahead)
        return wire.Range(low=promise.low, high=promise.high)

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

    def _line(self, service: Service) -> wire.ServiceLine:
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
            longest_since=self.stamp(centre.lines[code][0][0][0]) if waiting else None,
        )

    def _offer(self, service: Service) -> wire.Offer:
        centre, code = self._ledger.centre, service.code
        waiting = centre.waiting(code)
        return wire.Offer(
            code=code,
            name=service.name,
            name_en=service.name_en,
            waiting=waiting,
            promise=self.promise(code, waiting),
            counters=counters_for(centre, code),
            state=_service_state(centre, code),
        )


def counters_for(centre: Centre, service: str) -> list[int]:
    """The counters to name on a ticket: the open ones, or, when none is, all that could serve it."""
    desks = centre.rules.desks
    return centre.open_counters(service) or [d.number for d in desks if service in d.services]


def _service_state(centre: Centre, code: str) -> str:
    if centre.day is None:
        return "closed"
    return "open" if centre.open_counters(code) else "unstaffed"


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
    )


def _lease(block: Block) -> wire.Lease:
    return wire.Lease(kiosk=block.kiosk, service=block.service, first=block.first, last=block.last)
