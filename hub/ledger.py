"""The ledger: the state, the rows that are to be committed, the day and the clock. Pure.

Whatever happens is appended here and folded into the state at once; the shell commits the rows before anybody hears
of them.
"""

import msgspec

from hub.keeper import Keeper
from hub.log import Answer, Aside, Batch, Memory, Row, data_of
from hub.why import why
from moiso.core.asking import Rejected
from moiso.core.centre import Centre, new_centre
from moiso.core.closing import closing, opening
from moiso.core.commands import (
    CallNext,
    CallTicket,
    Command,
    GrantPriority,
    IssueTicket,
    LeaseBlock,
    OpenCounter,
    OpenDay,
    RecordOffline,
    ReopenDay,
    ReturnTicket,
)
from moiso.core.day import Calendar, Moment, Verdict
from moiso.core.decide import decide
from moiso.core.due import due
from moiso.core.events import (
    ActionUndone,
    ClockSet,
    DayClosed,
    DayOpened,
    Event,
    ServiceSuspended,
    TicketCalled,
    TicketIssued,
    type_name,
)
from moiso.core.evolve import evolve
from moiso.core.roles import Sender
from moiso.core.rules import Rules
from moiso.promise.rate import CallRate

#: Per service its measured call rate.
Rates = dict[str, CallRate]

#: Commands whose first one of the morning begins the day.
_BEGIN_DAY = (IssueTicket, RecordOffline, LeaseBlock, CallNext, CallTicket, OpenCounter)


class Ledger:
    """State and pending rows of one hub; `memory` is what the log held at the start."""

    def __init__(self, rules: Rules, calendar: Calendar, memory: Memory) -> None:
        self.centre = new_centre(rules)
        self.rates: Rates = {}
        self._new_rates({})
        self.keeper = Keeper(calendar, memory.last, memory.alive)
        self.batch = Batch()
        self._answers = {answer.key: answer.reply for answer in memory.answers}
        for row in memory.rows:
            self._fold(row.event(), row)

    def first_answer(self, device: str, command: str, press: str) -> bytes | None:
        """The answer that this press got already today, or None."""
        return self._answers.get((device, command, press))

    def remember(self, answer: Answer) -> None:
        """Keep the answer of an accepted command for its repetitions."""
        self._answers[answer.key] = answer.reply
        self.batch.answers.append(answer)

    def carry_out(self, command: Command, by: Sender, now: Moment) -> list[Event]:
        """Decide and append; the events.

        Raises Rejected; then nothing has changed.
        """
        between_days = self.centre.day is None
        if between_days:
            self._morning(command, by, now)
        of_yesterday = self.centre.day is None or self.verdict(now) is Verdict.ASK
        events = self.preview(command, by, now)
        for event in events:
            if isinstance(event, DayOpened):
                self._open_day(event, now)
            else:
                self._append(event, now)
        self._note_asides(command, events)
        # who says that yesterday is over has not closed today
        said_over = self.centre.day is None and of_yesterday
        # what a kiosk asks for by itself is no press: it must not keep yesterday alive through the night
        by_itself = isinstance(command, LeaseBlock) and not between_days
        if not said_over and not by_itself:
            self._pressed(now)
        return events

    def preview(self, command: Command, by: Sender, now: Moment) -> list[Event]:
        """What the command would bring about in the open day; nothing changes.

        Raises Rejected.
        """
        return decide(self.centre, command, by, max(now.wall, self.centre.at), trusted=now.synced)

    def may_open(self, now: Moment) -> bool:
        """Whether a day may begin: people have not closed today's already; practice does not count."""
        return self.centre.training or self.keeper.may_open(now)

    def _morning(self, command: Command, by: Sender, now: Moment) -> None:
        """No day is open: a press that would be obeyed begins one, unless people have closed today's already."""
        may_open = self.may_open(now)
        if isinstance(command, ReopenDay) and may_open:
            raise Rejected("day-over", day=self.centre.last_day or "-")
        if isinstance(command, OpenDay) and not may_open and not command.training:
            raise Rejected("day-done", day=self.centre.last_day)
        if may_open and _begins_day(command):
            decide(self._dawn(now), command, by, now.wall, trusted=now.synced)
            self._open_day(opening(self.centre, "press", {}), now)

    def _note_asides(self, command: Command, events: list[Event]) -> None:
        """Keep beside the log why somebody has priority, and the language of a ticket."""
        tickets = [event.ticket for event in events if isinstance(event, TicketIssued)]
        if isinstance(command, GrantPriority):
            self.batch.asides.append(Aside(command.ticket, "class", command.priority_class))
        elif isinstance(command, IssueTicket) and tickets:
            known = {"class": command.priority_class, "language": command.language}
            self.batch.asides += [Aside(tickets[0], what, value) for what, value in known.items() if value]

    def _dawn(self, now: Moment) -> Centre:
        """The state as it would be when the day had just begun."""
        centre = new_centre(self.centre.rules)
        begun = opening(self.centre, "press", {})
        evolve(centre, begun, seq=self.centre.seq + 1, at=now.wall, day=self.keeper.label(self.centre, now))
        return centre

    def keep_time(self, now: Moment) -> None:
        """A clock that was set is noted; a day that is over ends; a day whose time has come begins."""
        shift = self.keeper.jumped(now)
        if shift is not None:
            self.batch.alive = now
            # a day that is closed may be opened again, and its people must not have aged meanwhile
            if self.centre.last_day is not None:
                self._append(ClockSet(shift=round(shift, 3)), now)
        if self.verdict(now) is Verdict.OVER:
            for event in closing(self.centre, "rule", "carry-over"):
                self._append(event, now)
        if self._should_open(now):
            self._open_day(opening(self.centre, "rule", {}), now)
            self._pressed(now)
        for event in due(self.centre, max(now.wall, self.centre.at), trusted=now.synced):
            self._append(event, now)

    def _should_open(self, now: Moment) -> bool:
        """Whether a day begins without a press: on a working day, in the hours."""
        if self.centre.day is not None or not self.keeper.should_open(now):
            return False
        return not now.synced or self.centre.rules.timetable.works(now.wall)

    def verdict(self, now: Moment) -> Verdict:
        """What is to be done with the open day; KEEP when none is open."""
        return Verdict.KEEP if self.centre.day is None else self.keeper.verdict(self.centre, now)

    def _open_day(self, opened: DayOpened, now: Moment) -> None:
        gaps = {code: round(rate.gap, 1) for code, rate in self.rates.items()}
        practice = f"training-{self.centre.seq + 1}"
        label = practice if opened.training else self.keeper.label(self.centre, now)
        self._append(msgspec.structs.replace(opened, gaps=gaps), now, label)
        self._answers.clear()
        self.batch.answers.clear()
        self.batch.forget_answers = True

    def _append(self, event: Event, now: Moment, day: str | None = None) -> None:
        """Put an event at the log's end and into the state; its time never runs backwards within a day."""
        centre = self.centre
        if isinstance(event, TicketCalled):
            event = msgspec.structs.replace(event, why=why(centre, event, max(now.wall, centre.at)))
        elif isinstance(event, DayOpened | DayClosed):
            self.batch.asides.clear()
            self.batch.forget_asides = True
        may_run_back = isinstance(event, ClockSet | DayOpened)
        at = round(now.wall if may_run_back else max(now.wall, centre.at), 3)
        row = Row(centre.seq + 1, at, now.synced, day or centre.day, type_name(event), data_of(event))
        self.batch.rows.append(row)
        self._fold(event, row)

    def _fold(self, event: Event, row: Row) -> None:
        evolve(self.centre, event, seq=row.seq, at=row.at, day=row.day)
        if isinstance(event, TicketCalled):
            still_waiting = self.centre.waiting(event.service) > 0
            self.rates.setdefault(event.service, CallRate()).called(row.at, still_waiting=still_waiting)
        elif isinstance(event, ServiceSuspended):
            self._measure_nothing(event.service)
        elif isinstance(event, ActionUndone):
            for standing in event.tickets:
                self._measure_nothing(standing.service)
        elif isinstance(event, DayOpened):
            self._new_rates(event.gaps)
        elif isinstance(event, ClockSet):
            self._shift_rates(event.shift)

    def _new_rates(self, gaps: dict[str, float]) -> None:
        for service in self.centre.rules.services:
            prior = gaps.get(service.code)
            self.rates[service.code] = CallRate() if prior is None else CallRate(prior=prior)

    def _measure_nothing(self, service: str) -> None:
        """The time to the next call says nothing of how fast the service is."""
        self.rates.setdefault(service, CallRate()).since = None

    def _shift_rates(self, shift: float) -> None:
        for rate in self.rates.values():
            rate.since = None if rate.since is None else rate.since + shift

    def _pressed(self, now: Moment) -> None:
        self.keeper.pressed(now)
        self.batch.last = now


def _begins_day(command: Command) -> bool:
    if isinstance(command, LeaseBlock):
        return command.day == "today"
    if isinstance(command, ReturnTicket):
        return command.day is not None
    return isinstance(command, _BEGIN_DAY)


def fingerprint(ledger: Ledger) -> bytes:
    """The whole state as bytes: two folds of one log give the same."""
    return msgspec.json.encode((ledger.centre, ledger.rates), enc_hook=str)
