"""The kiosk's machine: presses, touches, replies, the printer's word in; commands, prints, lamps, the page out. Pure.

One press at a time: while a ticket is on its way nobody else's counts. A button shows on its lamp what became of it
(kiosk/lamps.py), a touch on the page (kiosk/press.py, kiosk/showing.py). A number that came too late for its press,
when its person had been shown that nothing comes, is voided. What became of the paper is reported until the hub has
answered. Tickets that somebody at a page has issued are printed in between (kiosk/orders.py).
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from kiosk.crowd import Crowd
from kiosk.heard import Heard
from kiosk.lamps import Lamps
from kiosk.orders import Orders, on_paper
from kiosk.paper import ABLE, STOPPED, PaperStatus
from kiosk.place import Place
from kiosk.ports import Light, Note, Paper, Pressed, Print, Printed
from kiosk.press import LONGEST_SHOWN, PATIENCE, Press
from kiosk.scanning import Scanning
from kiosk.scans import Scanned, ScannerFound
from kiosk.screen import Dismissed, Mode, Screen, Touched
from kiosk.showing import compose, why_none
from kiosk.words import read_issued
from moiso.texts import both
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Beat, Event, Reply, Services, Words
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp
from moiso.wire.requests import Requests

#: Seconds for which a report on a ticket is repeated: to the end of the longest day.
TO_THE_END = 86400.0
#: So many presses are remembered, so that a page may repeat a touch.
REMEMBERED = 50


class Kiosk:
    """One kiosk with a button and a lamp for some of its services, and perhaps a touch page for all of them."""

    def __init__(self, place: Place, new_id: Callable[[], str]) -> None:
        self._place, self._new_id = place, new_id
        self._requests = Requests(place.topics, place.device, new_id)
        self._heard, self._lamps, self._orders = Heard(), Lamps(place.buttons), Orders(place.device)
        self._crowd = Crowd(place.crowd_tickets, place.crowd_within)
        self._scanning = Scanning(place.topics, place.device, new_id)
        self._scanner: dict[str, str] = {}
        self._paper, self._mute = PaperStatus.UNKNOWN, True
        self._press: Press | None = None
        self._known: deque[str] = deque(maxlen=REMEMBERED)
        self._given_up: set[str] = set()
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
        ]

    @property
    def ready(self) -> bool:
        """Whether a press gives a ticket now, or would if the centre were open."""
        return self._heard.reached(self._now) and self._paper not in STOPPED

    @property
    def detail(self) -> dict[str, Any]:
        """What the status says beside `ready`."""
        return {"paper": self._paper.value, **self._scanner, **({"crowd": True} if self._crowd.on else {})}

    def handle(self, items: list[object], now: float) -> Sequence[object]:
        """One turn at the monotonic time `now`: Publish, Complaint and what kiosk/ports.py has come out."""
        self._now, self._out = now, []
        for item in items:
            self._take(item, now)
        self._out += [*self._requests.due(now), *self._scanning.due(now)]
        for command, press in self._requests.given_up(now):
            self._give_up(command, press, now)
        self._look(now)
        busy = self._press.service if self._busy and self._press else None
        self._out += [Light(*change) for change in self._lamps.changes(now, busy, self._gives)]
        self._show(now)
        return self._out

    def deadline(self) -> float | None:
        """When the next turn is wanted at the latest."""
        parts = (self._requests, self._crowd, self._scanning)
        moments = (self._lamps.deadline(self._now), *(part.deadline() for part in parts))
        return min((moment for moment in moments if moment is not None), default=None)

    # -- what comes in ----------------------------------------------------------------------------------------

    def _take(self, item: object, now: float) -> None:
        match item:
            case Pressed(service):
                self._pressed(service, now)
            case Touched():
                self._touched(item, now)
            case Dismissed(press) if self._press is not None and self._press.id == press and not self._busy:
                self._press = None
            case Dismissed(scan):
                self._scanning.dismissed(scan)
            case Scanned():
                self._out += self._scanning.take(item, now, reached=self._heard.reached(now))
            case ScannerFound(works):
                self._scanner = {"scanner": "ready" if works else "absent"}
            case Printed(ticket, reason) if ticket in self._orders.printing:
                self._orders.printing.discard(ticket)
                self._report_print(ticket, reason, now)
            case Printed(_, reason):
                self._printed(reason, now)
            case Paper(status):
                self._paper = status
                self._mute &= status not in ABLE
            case Arrived():
                self._arrived(item, now)
            case LinkUp():
                self._heard.link(up=True)
                self._requests.hurry(now)
            case LinkDown():
                self._heard.link(up=False)

    def _look(self, now: float) -> None:
        """What time alone brings."""
        if self._press is not None and not self._busy and now - self._press.since > LONGEST_SHOWN:
            self._press = None
        if self._scanning.turned_away() and not self._place.screen:
            for service in self._place.buttons:
                self._lamps.sorry(service, now)
        if self._crowd.turned(now):
            self._out.append(Note("a crowd: nobody is asked twice" if self._crowd.on else "the crowd is over"))

    def _show(self, now: float) -> None:
        if not self._place.screen:
            return
        press = self._press
        screen = compose(
            self._place,
            self._heard,
            self._mode(now),
            press,
            self._scanning.shown,
            crowd=self._crowd.on,
            gives=self._gives_next,
        )
        if screen != self._shown:
            self._shown = screen
            self._out.append(screen)

    def _mode(self, now: float) -> Mode:
        """How it stands with hub and paper."""
        if self._heard.services is None:
            return "starting"
        if not self._heard.reached(now):
            return "ask-staff"
        if not self._heard.services.open:
            return "closed"
        return "paper-out" if self._paper in STOPPED else "ready"

    # -- a press begins ---------------------------------------------------------------------------------------

    @property
    def _busy(self) -> bool:
        return self._press is not None and self._press.busy

    def _gives(self, service: str) -> bool:
        """Whether a press would give a ticket now."""
        return not self._busy and self._gives_next(service)

    def _gives_next(self, service: str) -> bool:
        """The same, once the ticket that is on its way is out."""
        paper = self._place.screen or self._paper not in STOPPED
        return paper and self._heard.reached(self._now) and self._heard.gives(service)

    def _pressed(self, service: str, now: float) -> None:
        if self._busy and self._press is not None:
            if self._press.service != service:
                self._lamps.sorry(service, now)
        elif self._gives(service):
            self._begin(service, now)
        else:
            self._lamps.sorry(service, now)
            if self._place.screen:
                self._refuse(self._new_press(service, now), self._why_none(service), now)

    def _touched(self, touch: Touched, now: float) -> None:
        """A finger on the page; what the page says again, or says while a ticket is on its way, counts nothing."""
        asked = self._press is not None and self._press.stage == "again" and self._press.id == touch.press
        if self._busy or (touch.press in self._known and not (asked and touch.again)):
            return
        last = None if touch.again else self._crowd.slip(touch.service, now)
        if last is not None:
            press = self._new_press(touch.service, now, touch)
            press.last = last
            press.becomes("again", both("kiosk.again", ticket=last), now)
        elif self._gives(touch.service):
            self._begin(touch.service, now, touch)
        else:
            self._refuse(self._new_press(touch.service, now, touch), self._why_none(touch.service), now)

    def _why_none(self, service: str) -> Words:
        return why_none(self._place, self._heard, self._mode(self._now), service)

    def _new_press(self, service: str, now: float, touch: Touched | None = None) -> Press:
        token = self._new_id()
        press_id = touch.press if touch else self._new_id()
        self._known.append(press_id)
        self._press = Press(press_id, service, token, now, both("kiosk.asking"), touched=touch is not None)
        return self._press

    def _begin(self, service: str, now: float, touch: Touched | None = None) -> None:
        press = self._new_press(service, now, touch)
        self._lamps.thanks(service)
        more = {"procedure": touch.procedure, "language": touch.language} if touch else {}
        asked = {"service": service, "token": press.token, **{k: v for k, v in more.items() if v is not None}}
        self._out.append(self._requests.send("issue", now, lifetime=PATIENCE, press=press.id, **asked)[1])

    # -- the hub answers --------------------------------------------------------------------------------------

    def _arrived(self, item: Arrived, now: float) -> None:
        try:
            match self._place.topics.below(item.topic):
                case ["beat"]:
                    beat = decode(item.payload, Beat)
                    self._heard.felt(beat, now)
                    self._orders.beat(beat)
                case ["event", _]:
                    self._ordered(decode(item.payload, Event), now)
                case ["state", "services"]:
                    self._heard.offered(decode(item.payload, Services))
                case ["reply", _]:
                    self._replied(decode(item.payload, Reply), item, now)
        except ValueError as error:
            self._complain(item.topic, str(error))

    def _replied(self, reply: Reply, item: Arrived, now: float) -> None:
        if reply.to == "issue":
            self._answered(reply, item, now)
        elif reply.to == "return":
            self._scanning.replied(reply, item, now)
        elif reply.reason != "disk-full" and self._requests.answered(item.payload) and reply.status != "ok":
            self._complain(item.topic, f"{reply.to}: {_said(reply)}")

    def _answered(self, reply: Reply, item: Arrived, now: float) -> None:
        """The answer to a press: to the one that is waited for, or to one that came too late."""
        ours = self._requests.answered(item.payload) is not None
        if ours and self._press is not None and self._press.id == reply.re:
            self._issued(self._press, reply, now)
        elif reply.re in self._given_up and reply.status == "ok":
            self._given_up.discard(reply.re)
            self._report("void", now, ticket=str(reply.data.get("ticket")), reason="unclaimed")

    def _issued(self, press: Press, reply: Reply, now: float) -> None:
        """The hub has answered our press: print the number, or say that there is none."""
        site = self._place.letterhead
        try:
            if reply.status != "ok":
                raise BadMessage(_said(reply))
            press.issued = read_issued(reply.data)
            press.receipt = site.ticket(press.issued, press.token)
        except BadMessage as error:
            self._complain(self._place.topics.reply(self._place.device), f"issue: {error}")
            self._refuse(press, reply.message or both("kiosk.ask_staff"), now)
            return
        self._give(press, now)

    # -- the number, the paper --------------------------------------------------------------------------------

    def _give(self, press: Press, now: float) -> None:
        """There is a number: on paper, or large on the page while there is no paper."""
        assert press.receipt is not None
        self._crowd.given(press.service, press.receipt.ticket, now)
        if self._paper in STOPPED and self._place.screen:
            self._report_print(press.receipt.ticket, self._paper.value, now)
            press.becomes("shown", both("kiosk.shown", ticket=press.receipt.ticket), now)
            return
        press.becomes("printing", both("kiosk.printing", ticket=press.receipt.ticket), now)
        self._out.append(Print(press.receipt))

    def _printed(self, reason: str | None, now: float) -> None:
        press = self._press
        if press is None or press.stage != "printing" or press.ticket is None:
            return
        self._report_print(press.ticket, reason, now)
        # A printer that never answers has most likely printed; one that stops answering most likely has not.
        if reason is None or (reason == "unknown" and self._mute):
            press.becomes("printed", both("kiosk.printed", ticket=press.ticket), now)
        else:
            self._lamps.sorry(press.service, now)
            press.becomes("shown", both("kiosk.shown", ticket=press.ticket), now)

    def _ordered(self, event: Event, now: float) -> None:
        """Print what somebody at a page has issued for this kiosk, or say at once that it cannot be."""
        issued = self._orders.order(event, self._heard.pulse.hub_time(now))
        if issued is None:
            return
        if not self.ready or self._heard.services is None:
            self._report_print(issued.ticket, self._paper.value if self._paper in STOPPED else "not-ready", now)
            return
        receipt = self._place.letterhead.ticket(on_paper(issued, event, self._heard.services))
        self._orders.printing.add(receipt.ticket)
        self._out.append(Print(receipt))

    def _report_print(self, ticket: str, reason: str | None, now: float) -> None:
        """What became of the paper: out when there is no reason why not."""
        if reason is None:
            self._report("printed", now, ticket=ticket)
        else:
            self._report("print-failed", now, ticket=ticket, reason=reason)

    def _report(self, command: str, now: float, **arguments: str) -> None:
        self._out.append(self._requests.send(command, now, lifetime=TO_THE_END, **arguments)[1])

    # -- no number --------------------------------------------------------------------------------------------

    def _give_up(self, command: str, press_id: str, now: float) -> None:
        """Nobody answered in time; should the number come after all, nobody is there to take it."""
        if command == "issue" and self._press is not None:
            self._given_up.add(press_id)
            self._refuse(self._press, both("kiosk.ask_staff"), now)

    def _refuse(self, press: Press, words: Words, now: float) -> None:
        self._lamps.sorry(press.service, now)
        press.becomes("refused", words, now)

    def _complain(self, topic: str, text: str) -> None:
        self._out.append(Complaint(topic, text, self._place.device))


def _said(reply: Reply) -> str:
    """Why the hub did not do it, for the log."""
    return reply.message.en if reply.message else reply.reason or reply.status
