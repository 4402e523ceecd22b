"""Numbers that the kiosk gives by itself while the hub is not reached: blocks, journal, reports. Pure.

Nothing is given before it is in the journal for sure, and no block is asked for before the journal knows the day that
the hub talks of: after any power cut the kiosk knows what it may give (docs/adr/0015-kiosk-journal-and-leases.md).
"""

from collections.abc import Iterable
from itertools import count
from typing import Any

import msgspec
from msgspec.structs import replace

from kiosk.book import Book
from kiosk.heard import Heard
from kiosk.journal import Given, Leased, Record, Seen, Spoilt, Told
from kiosk.paperwork import TO_THE_END
from kiosk.place import Place
from kiosk.ports import Write
from kiosk.reports import DAY_IS_OVER, Reports
from kiosk.which_day import Which, hub_time, which_day
from moiso.core.day import Moment
from moiso.wire.codec import BadMessage
from moiso.wire.messages import Lease, Reply
from moiso.wire.ports import Complaint
from moiso.wire.requests import Requests
from moiso.wire.stamp import iso

#: Seconds for which a block is asked for, and the pause after a refusal.
LEASE_LIFETIME, LEASE_PAUSE = 60.0, 60.0
#: Seconds by which the hub's time may drift from what the journal says before that is written anew.
DRIFT = 60.0
#: After so many records the journal is written anew, and so many seconds after it could not be written.
LONG_JOURNAL, TRY_AGAIN = 500, 5.0
#: Begins what says that the journal was written anew; behind it stands the day that it then knows.
ANEW = "anew "
#: So many numbers of days that are over are named in the status.
NAMED = 20


class OffLine:
    """`records`: the journal as it was found; `life`: an id that no other life of this program has."""

    def __init__(self, place: Place, records: Iterable[Record], requests: Requests, life: str) -> None:
        self._place, self._services, self._requests, self._life = place, place.gives, requests, life
        self.book = Book(records)
        self._reports = Reports(place.topics, place.device, self.book)
        self._clocks: Moment | None = None
        self._acks, self._known_by, self._awaited = count(1), "", ""
        self._asked: dict[tuple[str, str], float] = {}
        self._lent: dict[tuple[str, str, str | None], int] = {}
        self._written, self._tried = 0, 0.0
        self._out: list[object] = []
        self._unprinted: dict[str, str] = {}
        self.trouble: str | None = None
        self.dropped: list[str] = []

    # -- what comes in ----------------------------------------------------------------------------------------

    def clocks(self, moment: Moment) -> None:
        """What the clocks say."""
        self._clocks = moment
        self._reports.begin(moment)

    def linked(self) -> None:
        """The link is back."""
        self._reports.hurry()

    def written(self, ack: str) -> None:
        """Some records are in the journal for sure."""
        self.book.unsure.discard(ack)
        if ack.startswith("day-"):
            self._known_by = ack
        elif ack.startswith(ANEW):
            self._known_by, self.trouble = ack.removeprefix(ANEW), None
            self.book.unsure.clear()

    def not_written(self, why: str, now: float) -> None:
        """The journal cannot be kept: nothing can be given until it can, and all of it is then written anew."""
        self.trouble, self._tried = why, now

    def replied(self, reply: Reply, now: float) -> bool:
        """Whether this was a reply about a number of our own."""
        given = self._reports.answered(reply, now)
        if given is not None:
            self._told(given, reply, now)
        return given is not None or (reply.re in self.book.untold and reply.to in {"issued-offline", "void"})

    def lent(self, reply: Reply) -> None:
        """A block; one that was lent on another day than the one we know is left alone, for nobody knows whose it is.

        Raises BadMessage when the reply tells of none.
        """
        try:
            lease = msgspec.convert({"kiosk": self._place.device, **reply.data}, Lease)
        except msgspec.ValidationError as error:
            raise BadMessage(str(error)) from None
        day, after = reply.data.get("day"), reply.data.get("after")
        ahead, label = day == "next", self.book.seen.label if self.book.seen else None
        if (label not in {None, after}) if ahead else day != label:
            return
        asked = (lease.service, "next" if ahead else "today")
        self._asked.pop(asked, None)
        self._lent[*asked, label] = self._lent.get((*asked, label), 0) + 1
        self._keep(
            Leased(
                service=lease.service,
                first=lease.first,
                last=lease.last,
                size=lease.last - lease.first + 1,
                day=None if ahead else label,
                after=after if ahead else None,
            )
        )

    # -- numbers ----------------------------------------------------------------------------------------------

    def which(self, now: float) -> Which:
        """Of which day numbers can be given without the hub."""
        return which_day(self._place.calendar, self.book.seen, self.book.last, self._moment(now))

    def gives(self, service: str, heard: Heard, now: float) -> bool:
        """Whether a press can be answered without the hub."""
        which = self.which(now)
        if self.trouble or which in {Which.CLOSED, Which.UNKNOWN} or not self._in_hours(service, now):
            return False
        if which is Which.TODAY and heard.full(service):
            return False
        return self._next(service, which) is not None

    def closed(self, now: float) -> bool:
        """Whether no numbers are given at this hour, as far as the kiosk knows."""
        which = self.which(now)
        return which is Which.CLOSED or (
            which is not Which.UNKNOWN and not any(self._in_hours(service, now) for service in self._services)
        )

    def give(self, press: str, service: str, token: str, pressed: float, now: float) -> Given | None:
        """The next number, once the journal has it: a Write with the press as its ack is on its way; None = none.

        pressed: the moment of the finger.
        """
        which, moment = self.which(now), self._moment(pressed)
        found = self._next(service, which)
        if found is None or moment is None:
            return None
        ticket, number = found
        given = Given(
            press=press,
            ticket=ticket,
            service=service,
            number=number,
            token=token,
            moment=moment,
            day=self._day(which),
        )
        self.book.unsure.add(press)
        self._keep(given, ack=press)
        return given

    def spoil(self, press: str) -> bool:
        """Nobody holds the number of this press: it is reported all the same, and then voided.

        So the phantom of a lost reply goes with it, and the log says what became of the number. False when the hub has
        it already: it has to be voided at once then.
        """
        if press not in self.book.untold:
            return False
        self._keep(Spoilt(press=press))
        return True

    def not_printed(self, press: str, ticket: str, reason: str, now: float) -> None:
        """The paper of this press is not, or perhaps not, out: the hub hears of it after the number itself."""
        if press in self.book.untold:
            self._unprinted[press] = reason
        else:
            self._tell_of_paper(ticket, reason, now)

    def hub_time(self, heard: Heard, now: float) -> str | None:
        """The hub's time as it goes on wire and paper, None when nobody knows it."""
        stamp = heard.pulse.stamp(now)
        moment = self._moment(now)
        if stamp is not None or self.book.seen is None or moment is None:
            return stamp
        wall = hub_time(self.book.seen, moment)
        return None if wall is None else iso(wall, self._place.calendar.zone)

    # -- turns ------------------------------------------------------------------------------------------------

    def turn(self, heard: Heard, now: float) -> list[object]:
        """What has to be written and said now."""
        moment = self._moment(now)
        if self.trouble and now - self._tried >= TRY_AGAIN:
            self._tried = now
            self._write_anew()
        if moment is not None and heard.reached(now):
            self._note_day(heard, moment)
            self._ask_for_blocks(now)
            self._out += self._reports.due(moment, heard.pulse.stamp(now))
        out, self._out = self._out, []
        return out

    def deadline(self, heard: Heard, now: float) -> float | None:
        """When it wants a turn at the latest."""
        return self._reports.deadline() if heard.reached(now) else None

    @property
    def stocked(self) -> bool:
        """Whether every service has numbers for the day that is open, or for the next."""
        seen = self.book.seen
        label = seen.label if seen else None
        return seen is not None and not self.trouble and all(self.book.leases.left(s, label) for s in self._services)

    @property
    def detail(self) -> dict[str, Any]:
        """What the status says: numbers left by service, those the hub has not heard of, those it never will."""
        label = self.book.seen.label if self.book.seen else None
        left = {service: self.book.leases.left(service, label) for service in self._services}
        trouble = {"journal": self.trouble} if self.trouble else {}
        dropped = {"dropped": self.dropped} if self.dropped else {}
        return {"leases": left, "unheard": len(self.book.untold), **dropped, **trouble}

    # -- inside -----------------------------------------------------------------------------------------------

    def _moment(self, now: float) -> Moment | None:
        clocks = self._clocks
        return clocks and replace(clocks, wall=clocks.wall + now - clocks.mono, mono=now)

    def _day(self, which: Which) -> str | None:
        return self.book.seen.label if which is Which.TODAY and self.book.seen else None

    def _next(self, service: str, which: Which) -> tuple[str, int] | None:
        return self.book.leases.next(service, self._day(which))

    def _in_hours(self, service: str, now: float) -> bool:
        """Whether the hours let a kiosk give numbers now; a clock that nobody has set closes nothing."""
        seen, moment = self.book.seen, self._moment(now)
        wall = hub_time(seen, moment) if seen and moment and seen.synced else None
        return wall is None or self._place.timetable.gives(service, wall)

    def _keep(self, *records: Record, ack: str | None = None) -> None:
        for record in records:
            self.book.note(record)
        self._written += len(records)
        self._out.append(Write(records, ack))
        if self._written >= LONG_JOURNAL:
            self._write_anew()

    def _write_anew(self) -> None:
        self._written = 0
        self._out.append(Write(tuple(self.book.kept()), f"{ANEW}{self._awaited}", anew=True))

    def _note_day(self, heard: Heard, moment: Moment) -> None:
        """Write down what the hub says of the day, when it is news."""
        seen = _seen(heard, moment)
        if seen is None or (self.book.seen is not None and not _is_news(self.book.seen, seen)):
            return
        if self.book.seen is None or seen.label != self.book.seen.label:
            self._asked.clear()
            self._reports.hurry()
        ack = f"day-{next(self._acks)}"
        self._awaited = ack
        self._keep(seen, ack=ack)

    def _ask_for_blocks(self, now: float) -> None:
        seen = self.book.seen
        if seen is None or self._known_by != self._awaited:
            return
        days = [(None, "next")] if seen.label is None else [(seen.label, "today"), (None, "next")]
        for service in self._services:
            for label, day in days:
                low = self.book.leases.runs_low(service, label) if label else not self.book.leases.left(service, None)
                if low and self._asked.get((service, day), now) <= now:
                    self._asked[service, day] = now + LEASE_PAUSE
                    self._ask_for(service, day, seen.label, now)

    def _ask_for(self, service: str, day: str, label: str | None, now: float) -> None:
        """Asked again it is the same request: a block whose reply was lost is the one that is lent then."""
        press = f"{self._life}-{service}-{day}-{label}-{self._lent.get((service, day, label), 0)}"
        asked = {"service": service, "day": day, **({"of": label} if label else {})}
        self._out.append(self._requests.send("lease", now, lifetime=LEASE_LIFETIME, press=press, **asked)[1])

    def _told(self, given: Given, reply: Reply, now: float) -> None:
        """The hub has answered; whatever it will not take is gone."""
        self._keep(Told(press=given.press))
        reason = self._unprinted.pop(given.press, None)
        if reply.status == "ok" or reply.to == "void":
            if reason is not None:
                self._tell_of_paper(given.ticket, reason, now)
            return
        self.dropped = [*self.dropped, given.ticket][-NAMED:]
        why = "its day is over" if reply.reason in DAY_IS_OVER else f"the hub does not take it ({reply.reason})"
        self._out.append(Complaint(f"{given.ticket} ({given.day or 'next day'})", why, self._place.device))

    def _tell_of_paper(self, ticket: str, reason: str, now: float) -> None:
        sent = self._requests.send("print-failed", now, lifetime=TO_THE_END, ticket=ticket, reason=reason)
        self._out.append(sent[1])


def _seen(heard: Heard, moment: Moment) -> Seen | None:
    services, beat, at = heard.services, heard.pulse.beat, heard.pulse.hub_time(moment.mono)
    if services is None or beat is None or at is None:
        return None
    return Seen(
        log=services.log,
        label=services.day,
        open=services.open,
        training=services.training,
        at=at,
        synced=beat.clock == "synced",
        moment=moment,
    )


def _is_news(before: Seen, now: Seen) -> bool:
    """Whether the journal would mislead whoever reads it after a power cut."""
    same = replace(now, at=before.at, moment=before.moment) == before
    clocks = (now.moment.boot, now.moment.synced) == (before.moment.boot, before.moment.synced)
    expected = hub_time(before, now.moment)
    return not same or not clocks or expected is None or abs(expected - now.at) > DRIFT
