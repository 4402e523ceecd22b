"""The numbers that kiosks gave by themselves, as people hold them: promises 1 and 2 while the hub is away.

What is true of such a number is known here from the kiosk's records, the paper and the true time, and from nothing that
hub or kiosk make of it later.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from centre.simulate.clock import HubClock
from centre.simulate.violation import Violation
from centre.simulate.witness import Witness
from hub.log import Row
from kiosk.journal import Given, Record, Spoilt, Told
from moiso.core import events as did
from moiso.core.day import Calendar, Moment
from moiso.core.tickets import FINAL

#: Seconds by which the moment of a press may be wrong in the log: the press was answered, its report under way.
UNDER_WAY = 12.0


@dataclass(eq=False)
class Own:
    """A number of a kiosk's block. day: the one on the record, None where the kiosk could not know.

    pressed: the true time; given: what the kiosk's clocks said; held: somebody has it. filed: the day under which it is
    in the log, and place: where, in the hub's time of that `era`.
    """

    kiosk: str
    press: str
    ticket: str
    service: str
    day: str | None
    pressed: float
    given: Moment
    held: bool = False
    spoilt: bool = False
    filed: str | None = None
    era: tuple[str, int] = ("", 0)
    place: tuple[float, int] = (0.0, 0)


class OwnNumbers:
    """All of them of today. `clock` tells the true time; given, dropped, lost: how many ever."""

    def __init__(self, clock: HubClock, calendar: Calendar, witness: Witness) -> None:
        self._clock, self._calendar, self._witness = clock, calendar, witness
        self._untold: dict[str, Own] = {}
        self._told: dict[str, Own] = {}
        self._hands: set[tuple[str, str]] = set()
        self._opened: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._clocks: dict[str, Moment] = {}
        self._clock_sets = 0
        self._wrote = clock.true
        self.given = self.dropped = self.lost = 0
        witness.on_event.append(self._event)

    @property
    def silent(self) -> float:
        """Seconds since the hub last wrote anything into its log."""
        return self._clock.true - self._wrote

    # -- what the kiosk does ------------------------------------------------------------------------------------

    def looks_at_clock(self, kiosk: str, moment: Moment) -> None:
        """What the kiosk knows of the time."""
        self._clocks[kiosk] = moment

    def switched_on(self, kiosk: str, records: Sequence[Record]) -> None:
        """A program of the kiosk begins with these records; what is in no journal is in nobody's hand."""
        known = {record.press for record in records if isinstance(record, Given)}
        for own in self._of(kiosk):
            if own.press not in known:
                del self._untold[own.press]
                if own.held:
                    raise Violation(2, f"{own.ticket} is on paper, and {kiosk} knows nothing of it after a power cut")

    def recorded(self, kiosk: str, records: Sequence[Record], dropped: Sequence[str]) -> None:
        """The kiosk writes these into its journal; `dropped`: what its status says of days that are over."""
        for record in records:
            match record:
                case Given() if record.press not in self._untold:
                    self._gives(kiosk, record)
                case Spoilt(press=press):
                    self._is_spoilt(press)
                case Told(press=press):
                    self._is_told(press, dropped)

    def held(self, kiosk: str, ticket: str) -> bool:
        """Somebody got this number, on paper or from the page; False when it is none of the kiosk's own."""
        own = next((own for own in self._of(kiosk) if own.ticket == ticket), None)
        if own is None or own.held:
            return own is not None
        own.held = True
        self.given += 1
        if own.spoilt:
            raise Violation(2, f"{ticket} is spoilt, and somebody gets it")
        self._check_day(own)
        self._in_hand(own.day or own.filed or f"a day after {self._date()}", ticket)
        return True

    def refused(self, kiosk: str, ticket: str) -> bool:
        """The printer refused this number of the kiosk's own, and there is no page to show it: nobody gets it."""
        ours = [own for own in (*self._of(kiosk), *self._told.values()) if (own.kiosk, own.ticket) == (kiosk, ticket)]
        for own in ours:
            own.spoilt = True
        return bool(ours)

    def check_spoilt(self, kiosk: str) -> None:
        """The kiosk has been heard for a while: what nobody has is void."""
        for own in self._told.values():
            if own.kiosk == kiosk:
                self._must_be_over(own)

    def lose(self, kiosk: str) -> None:
        """The kiosk's journal is gone: what it has not told is on paper only."""
        for own in self._of(kiosk):
            self.lost += own.held and own.filed is None
            del self._untold[own.press]

    def unheard(self, kiosk: str) -> Own | None:
        """A number in somebody's hand of which the hub has not heard."""
        return next((own for own in self._of(kiosk) if own.held and own.filed is None), None)

    def check(self, kiosk: str) -> None:
        """The kiosk has been heard for minutes: what is of the open day is told, and what nobody has is void.

        A number of the next day waits as long as people leave the last one open.
        """
        label = self._witness.open_day
        for own in self._of(kiosk):
            ahead = own.day is None and self._date(own.pressed) != self._opened.get(label or "")
            if own.held and own.filed is None and label is not None and not ahead:
                raise Violation(2, f"{own.ticket} of {own.day}, given by {kiosk}, is in no log, and {label} is open")
        self.check_spoilt(kiosk)

    # -- what the hub does --------------------------------------------------------------------------------------

    def _event(self, row: Row, event: did.Event) -> None:
        self._wrote = self._clock.true
        match event:
            case did.DayOpened():
                self._opened[row.day or ""] = self._date()
                self._told.clear()
            case did.ClockSet():
                self._clock_sets += 1
            case did.TicketIssued():
                self._last[row.day or ""] = self._date()
                self._issued(row, event)

    def _issued(self, row: Row, event: did.TicketIssued) -> None:
        if not event.offline:
            return
        for own in self._untold.values():
            if own.ticket == event.ticket and own.filed is None and _is_about(event, own, row.day):
                own.filed = row.day
                self._check_filed(own, row.day or "", event)
                if event.source == "kiosk":
                    own.era, own.place = self._era(), (row.at - event.seconds_ago, row.seq)
                    self._check_order(own)

    # -- inside -------------------------------------------------------------------------------------------------

    def _of(self, kiosk: str) -> list[Own]:
        return [own for own in self._untold.values() if own.kiosk == kiosk]

    def _date(self, true: float | None = None) -> str:
        return self._calendar.date_of(self._clock.true if true is None else true).isoformat()

    def _era(self) -> tuple[str, int]:
        """As long as it lasts the hub's clock goes on as time does."""
        return self._clock.moment().boot, self._clock_sets

    def _gives(self, kiosk: str, record: Given) -> None:
        self._untold[record.press] = Own(
            kiosk=kiosk,
            press=record.press,
            ticket=record.ticket,
            service=record.service,
            day=record.day,
            pressed=self._clock.true,
            given=record.moment,
            filed=self._typed_in(record),
        )

    def _typed_in(self, record: Given) -> str | None:
        """The day under which somebody typed in the number before anybody had it."""
        label = self._witness.open_day
        return label if self._witness.issued[record.ticket] and record.day in {None, label} else None

    def _is_spoilt(self, press: str) -> None:
        own = self._untold.get(press) or self._told.get(press)
        if own is None:
            return
        own.spoilt = True
        if own.held:
            raise Violation(2, f"{own.ticket} is spoilt, and somebody has it")

    def _is_told(self, press: str, dropped: Sequence[str]) -> None:
        own = self._untold.pop(press, None)
        if own is None:
            return
        self._told[press] = own
        if own.filed is not None:
            self._must_be_over(own)
            return
        if own.ticket not in dropped:
            raise Violation(2, f"{own.ticket} of {own.kiosk} is in no log and the kiosk does not say so")
        self.dropped += 1
        if self._is_of_today(own):
            raise Violation(2, f"{own.ticket} of {own.kiosk} is dropped, and its day {self._witness.day} is open")

    def _must_be_over(self, own: Own) -> None:
        """A number that nobody has, and of which its kiosk has told everything, waits for nobody."""
        state = self._witness.states.get(own.ticket)
        if own.spoilt and own.filed == self._witness.open_day and state is not None and state not in FINAL:
            raise Violation(0, f"{own.ticket} is {state}, and {own.kiosk} knows that nobody has it")

    def _is_of_today(self, own: Own) -> bool:
        """Whether a number that was dropped is of the day that is open, as far as its kiosk could know."""
        label = self._witness.open_day
        if own.day is not None or label is None:
            return own.day is not None and own.day == label
        return self._is_age_known(own) and self._date(own.pressed) == self._opened.get(label)

    def _check_day(self, own: Own) -> None:
        """Nobody gets a number of a day that is over."""
        last, today = self._last.get(own.day or ""), self._date()
        if own.day is not None and last not in {None, today}:
            raise Violation(1, f"{own.kiosk} gives {own.ticket} of {own.day} on {today}; the last was given on {last}")

    def _in_hand(self, day: str, ticket: str) -> None:
        if (day, ticket) in self._hands:
            raise Violation(1, f"{ticket} of {day} is in two hands")
        self._hands.add((day, ticket))

    def _check_filed(self, own: Own, label: str, event: did.TicketIssued) -> None:
        """Under its own day, and with its own moment."""
        if own.day not in {None, label}:
            raise Violation(2, f"{own.ticket} of {own.day} is filed under {label}")
        if own.day is None and own.held:
            self._in_hand(label, own.ticket)
        if event.source != "kiosk":
            return
        pressed, opened = self._date(own.pressed), self._opened.get(label)
        known = self._is_age_known(own)
        if known and own.day is None and pressed not in {opened, self._date()}:
            raise Violation(2, f"{own.ticket}, given on {pressed}, is filed under {label}, which began on {opened}")
        age = self._clock.true - own.pressed
        if event.seconds_ago > age + UNDER_WAY or (known and event.seconds_ago < age - UNDER_WAY):
            raise Violation(0, f"{own.ticket} was pressed {age:.0f} s ago, and the log says {event.seconds_ago:.0f} s")

    def _is_age_known(self, own: Own) -> bool:
        """Whether the kiosk can tell how long ago it gave the number."""
        now = self._clocks[own.kiosk]
        return now.boot == own.given.boot or (now.synced and own.given.synced)

    def _check_order(self, own: Own) -> None:
        """Of one kiosk whoever pressed first stands first."""
        for other in [*self._told.values(), *self._of(own.kiosk)]:
            if (other.kiosk, other.service, other.filed, other.era) == (own.kiosk, own.service, own.filed, own.era):
                first, second = sorted((own, other), key=lambda one: one.pressed)
                if first.pressed < second.pressed and first.place > second.place > (0.0, 0):
                    raise Violation(5, f"{first.ticket} was pressed before {second.ticket} and stands behind it")


def _is_about(event: did.TicketIssued, own: Own, label: str | None) -> bool:
    """Whether the event tells of this number: by its own press, or of what somebody typed in from the paper."""
    return event.press == own.press if event.source == "kiosk" else own.day in {None, label}
