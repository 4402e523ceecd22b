"""The kiosk's machine: fingers, scans, replies, the printer's word in; commands, prints, lamps, the page out. Pure.

kiosk/serving.py answers one press after the other, kiosk/offline.py has the numbers that the kiosk gives by itself,
kiosk/paperwork.py tells the hub what became of the paper, kiosk/scanning.py reads codes. A button shows on its lamp
what became of its press (kiosk/lamps.py), a touch on the page (kiosk/showing.py).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kiosk.heard import Heard
from kiosk.journal import Record
from kiosk.offline import OffLine
from kiosk.paperwork import Paperwork
from kiosk.place import Place
from kiosk.ports import Clocks, Light, Note, NotWritten, Paper, Pressed, Printed, Say, Written
from kiosk.scanning import Scanning
from kiosk.scans import Scanned, ScannerFound
from kiosk.screen import Dismissed, ListWanted, Mode, PageOpened, ReprintWanted, Scan, Screen, Touched
from kiosk.serving import Serving, said
from kiosk.sheets import SheetPrinted
from kiosk.showing import compose, why_none
from kiosk.which_day import Which
from kiosk.wishes import Wishes
from moiso.wire.codec import decode
from moiso.wire.messages import Beat, Event, Reply, Services, Words
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp
from moiso.wire.requests import Requests


class Kiosk:
    """One kiosk with a button and a lamp for some of its services, and perhaps a touch page for all of them.

    journal: what an earlier life wrote down; life: an id of this one.
    """

    def __init__(
        self, place: Place, new_id: Callable[[], str], journal: Iterable[Record] = (), life: str | None = None
    ) -> None:
        life = life or new_id()
        self._place = place
        self._requests = Requests(place.topics, place.device, new_id)
        self._heard, self._paperwork = Heard(), Paperwork(place, self._requests)
        self._offline = OffLine(place, journal, self._requests, life)
        self._serving = Serving(
            place=place,
            heard=self._heard,
            paperwork=self._paperwork,
            offline=self._offline,
            requests=self._requests,
            new_id=new_id,
        )
        self._serving.why_none = self._why_none
        self._wishes = Wishes(place, self._serving, self._paperwork)
        self._scanning = Scanning(place.topics, place.device, new_id)
        self._parts: dict[str, str] = {}
        self._shown = Screen()
        self._out: list[object] = []
        self._now = 0.0

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics to hear beside the own status."""
        topics = self._place.topics
        return [
            topics.reply(self._place.device),
            topics.state("services"),
            topics.beat,
            topics.event("ticket-issued"),
            topics.event("ticket-reprinted"),
            topics.event("clock-set"),
        ]

    @property
    def ready(self) -> bool:
        """Whether a press gives a ticket now and without the hub too, or would if the centre were open."""
        return self._heard.reached(self._now) and not self._paperwork.stopped and self._offline.stocked

    @property
    def detail(self) -> dict[str, Any]:
        """What the status says beside `ready`."""
        crowd = {"crowd": True} if self._serving.crowd.on else {}
        return {"paper": self._paperwork.status.value, **self._parts, **crowd, **self._offline.detail}

    def handle(self, items: list[object], now: float) -> Sequence[object]:
        """One turn at the monotonic time `now`: Publish, Complaint, Screen and what kiosk/ports.py has come out."""
        self._now, self._out = now, []
        for item in items:
            self._take(item, now)
        self._out += [*self._requests.due(now), *self._scanning.due(now)]
        for command, press in self._requests.given_up(now):
            if command == "issue":
                self._serving.given_up(press, now)
        self._look(now)
        self._out += [*self._serving.drain(), *self._offline.turn(self._heard, now)]
        self._light(now)
        self._show(now)
        return self._out

    def deadline(self) -> float | None:
        """When the next turn is wanted at the latest."""
        serving = self._serving
        parts = (self._requests, serving.crowd, serving, self._scanning)
        own = self._offline.deadline(self._heard, self._now)
        moments = (own, serving.lamps.deadline(self._now), *(part.deadline() for part in parts))
        return min((moment for moment in moments if moment is not None), default=None)

    # -- what comes in ----------------------------------------------------------------------------------------

    def _take(self, item: object, now: float) -> None:
        """What people do, and what the printer says."""
        match item:
            case Pressed(service):
                self._serving.pressed(service, now)
            case Scanned():
                self._out += self._scanning.take(item, now, reached=self._heard.reached(now))
            case Printed():
                self._printed(item, now)
            case SheetPrinted():
                self._wishes.list_printed(item, now)
            case Paper(status):
                self._paperwork.said(status)
            case Touched() | Dismissed() | ReprintWanted() | ListWanted():
                self._take_of_the_page(item, now)
            case _:
                self._take_of_the_machine(item, now)

    def _take_of_the_page(self, item: Touched | Dismissed | ReprintWanted | ListWanted, now: float) -> None:
        match item:
            case Touched():
                self._serving.touched(item, now)
            case Dismissed(shown):
                self._serving.dismissed(shown)
                self._scanning.dismissed(shown)
            case ReprintWanted(press):
                self._out += self._wishes.reprint(press, now)
            case ListWanted():
                self._out += self._wishes.list(item, now)

    def _take_of_the_machine(self, item: object, now: float) -> None:
        """What its parts say, clocks, disk and line."""
        match item:
            case Arrived():
                self._arrived(item, now)
            case ScannerFound(works):
                self._parts["scanner"] = "ready" if works else "absent"
            case PageOpened(address):
                self._parts["page"] = address
            case Clocks(moment):
                self._offline.clocks(moment)
            case Written(ack):
                self._offline.written(ack)
                self._serving.written(ack, now)
            case NotWritten(ack, why):
                self._offline.not_written(why, now)
                self._serving.not_written(ack, now)
            case LinkUp():
                self._heard.link(up=True)
                self._requests.hurry(now)
                self._offline.linked()
            case LinkDown():
                self._heard.link(up=False)
                self._serving.hub_lost(now)

    def _printed(self, outcome: Printed, now: float) -> None:
        ordered = self._paperwork.printed(outcome.ticket, outcome.reason, now)
        if ordered is None:
            self._serving.printed(outcome, now)
        else:
            self._out += ordered

    def _arrived(self, item: Arrived, now: float) -> None:
        try:
            match self._place.topics.below(item.topic):
                case ["beat"]:
                    beat = decode(item.payload, Beat)
                    self._heard.felt(beat, now)
                    self._paperwork.beat(beat)
                case ["event", "clock-set"]:
                    self._heard.pulse.clock_set(decode(item.payload, Event), now)
                case ["event", _]:
                    self._out += self._paperwork.ordered(decode(item.payload, Event), self._heard, now)
                case ["state", "services"]:
                    self._heard.offered(decode(item.payload, Services))
                case ["reply", _]:
                    self._replied(decode(item.payload, Reply), item, now)
        except ValueError as error:
            self._complain(item.topic, str(error))

    def _replied(self, reply: Reply, item: Arrived, now: float) -> None:
        if reply.to == "issue":
            self._serving.answered(reply, now, ours=self._requests.answered(item.payload) is not None)
        elif reply.to == "return":
            self._scanning.replied(reply, item, now)
        elif self._offline.replied(reply, now) or reply.reason == "disk-full":
            pass  # it is said again until the hub can keep it
        elif self._requests.answered(item.payload):
            self._settled(reply, item.topic)

    def _settled(self, reply: Reply, topic: str) -> None:
        """A request of ours has its answer."""
        if reply.status != "ok":
            self._complain(topic, f"{reply.to}: {said(reply)}")
        elif reply.to == "lease":
            self._offline.lent(reply)

    # -- what goes out ----------------------------------------------------------------------------------------

    def _look(self, now: float) -> None:
        """What time alone brings."""
        serving = self._serving
        serving.look(now)
        scanned = self._scanning.news()
        if scanned is not None and not self._place.screen:
            self._answer_scan(scanned, now)
        if serving.crowd.turned(now):
            self._out.append(Note("a crowd: nobody is asked twice" if serving.crowd.on else "the crowd is over"))

    def _answer_scan(self, scan: Scan, now: float) -> None:
        """A kiosk without a page says aloud what came of a code."""
        if scan.words is not None:
            self._out.append(Say(scan.words))
        if not scan.well:
            for service in self._place.buttons:
                self._serving.lamps.sorry(service, now)

    def _light(self, now: float) -> None:
        serving, press = self._serving, self._serving.press
        busy = press.service if press is not None and press.busy else None
        alarm = not self._heard.reached(now) and (self._paperwork.stopped or self._is_out_of_numbers(now))
        changes = serving.lamps.changes(
            now, busy, lambda s: busy is None and serving.gives(s, now), alarm=alarm, near=self._paperwork.near
        )
        self._out += [Light(*change) for change in changes]

    def _is_out_of_numbers(self, now: float) -> bool:
        return self._mode(now) == "ask-staff" and self._offline.which(now) is not Which.UNKNOWN

    def _show(self, now: float) -> None:
        if not self._place.screen:
            return
        press = self._serving.press
        screen = compose(
            self._place,
            self._heard,
            self._mode(now),
            press,
            self._scanning.shown,
            paper=self._paperwork.status,
            crowd=self._serving.crowd.on,
            reprint=press is not None and self._wishes.may_reprint(press, now),
            gives=lambda service: self._serving.gives(service, now),
        )
        if screen != self._shown:
            self._shown = screen
            self._out.append(screen)

    def _mode(self, now: float) -> Mode:
        """How it stands with hub and paper."""
        if self._heard.reached(now):
            if self._heard.services is not None and not self._heard.services.open:
                return "closed"
            return "paper-out" if self._paperwork.stopped else "ready"
        if any(self._offline.gives(service, self._heard, now) for service in self._place.gives):
            return "paper-out" if self._paperwork.stopped else "offline"
        if self._offline.closed(now):
            return "closed"
        return "starting" if self._heard.services is None and self._offline.book.seen is None else "ask-staff"

    def _why_none(self, service: str) -> Words:
        return why_none(self._place, self._heard, self._mode(self._now), self._paperwork.status, service)

    def _complain(self, topic: str, text: str) -> None:
        self._out.append(Complaint(topic, text, self._place.device))
