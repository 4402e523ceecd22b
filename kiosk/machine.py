"""The kiosk's machine: presses, replies and the printer's word in; commands, print jobs and lamps out. Pure.

One press at a time: while a ticket is on its way the other buttons do not count. Every press shows on its lamp
(kiosk/lamps.py), whatever became of it. A number that came too late for its press, when its person had been shown
that nothing comes, is voided. What became of the paper is reported until the hub has answered. Tickets that somebody
at a page has issued are printed in between (kiosk/orders.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kiosk.lamps import Lamps, LampState
from kiosk.orders import Orders, on_paper
from kiosk.paper import ABLE, STOPPED, PaperStatus
from kiosk.words import Letterhead, Receipt
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Beat, Event, Reply, Services
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics

#: Seconds that a person waits for a number before the kiosk gives up on the press.
PATIENCE = 8.0
#: Seconds for which a report on a ticket is repeated: to the end of the longest day.
TO_THE_END = 86400.0


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button of `service` was pressed."""

    service: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of the print of `ticket`: `reason` is None when the printer said it is out."""

    ticket: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """The printer's word about itself."""

    status: PaperStatus


@dataclass(frozen=True, slots=True)
class Print:
    """Print this receipt, then say Printed."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Light:
    """Show a service's lamp."""

    service: str
    state: LampState


@dataclass(frozen=True, slots=True)
class _Press:
    """The press that is being answered: its id, what it is for, and its number once that is being printed."""

    id: str
    service: str
    token: str
    ticket: str | None = None


class Kiosk:
    """One kiosk with a button and a lamp for each of its services."""

    def __init__(
        self, topics: Topics, device: str, buttons: Sequence[str], site: Letterhead, new_id: Callable[[], str]
    ) -> None:
        self._topics, self._device, self._site = topics, device, site
        self._requests, self._new_id = Requests(topics, device, new_id), new_id
        self._pulse, self._lamps, self._orders = Pulse(), Lamps(buttons), Orders(device)
        self._paper, self._mute = PaperStatus.UNKNOWN, True
        self._offered: frozenset[str] | None = None
        self._services = b""
        self._press: _Press | None = None
        self._given_up: set[str] = set()
        self._out: list[object] = []
        self._now = 0.0

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics to hear beside the own status."""
        topics = self._topics
        return [topics.reply(self._device), topics.state("services"), topics.beat, topics.event("ticket-issued")]

    @property
    def ready(self) -> bool:
        """Whether a press gives a ticket now, or would if the centre were open."""
        return not self._pulse.silent(self._now) and self._offered is not None and self._paper not in STOPPED

    @property
    def detail(self) -> dict[str, Any]:
        """What the status says beside `ready`."""
        return {"paper": self._paper.value}

    def handle(self, items: list[object], now: float) -> Sequence[object]:
        """One turn at the monotonic time `now`: Publish, Complaint, Print and Light come out."""
        self._now, self._out = now, []
        for item in items:
            self._take(item, now)
        self._out += self._requests.due(now)
        for command, press in self._requests.given_up(now):
            self._give_up(command, press, now)
        busy = self._press.service if self._press else None
        self._out += [Light(*change) for change in self._lamps.changes(now, busy, self._gives)]
        return self._out

    def deadline(self) -> float | None:
        """When the next turn is wanted at the latest."""
        moments = (self._requests.deadline(), self._lamps.deadline(self._now))
        return min((moment for moment in moments if moment is not None), default=None)

    def _take(self, item: object, now: float) -> None:
        match item:
            case Pressed(service):
                self._pressed(service, now)
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
                self._requests.hurry(now)
            case LinkDown():
                self._offered = None

    def _gives(self, service: str) -> bool:
        """Whether a press would give a ticket now."""
        return self._press is None and self.ready and service in (self._offered or ())

    def _pressed(self, service: str, now: float) -> None:
        if self._press is not None and self._press.service == service:
            return
        if not self._gives(service):
            self._lamps.sorry(service, now)
            return
        self._lamps.thanks(service)
        token = self._new_id()
        press, message = self._requests.send("issue", now, lifetime=PATIENCE, service=service, token=token)
        self._press = _Press(press, service, token)
        self._out.append(message)

    def _arrived(self, item: Arrived, now: float) -> None:
        try:
            match self._topics.below(item.topic):
                case ["beat"]:
                    beat = decode(item.payload, Beat)
                    self._pulse.felt(beat, now)
                    self._orders.beat(beat)
                case ["event", _]:
                    self._ordered(decode(item.payload, Event), now)
                case ["state", "services"]:
                    self._offered = _offered(decode(item.payload, Services))
                    self._services = item.payload
                case ["reply", _]:
                    self._replied(decode(item.payload, Reply), item, now)
        except ValueError as error:
            self._complain(item.topic, str(error))

    def _replied(self, reply: Reply, item: Arrived, now: float) -> None:
        if reply.to == "issue":
            self._answered(reply, item, now)
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

    def _issued(self, press: _Press, reply: Reply, now: float) -> None:
        """The hub has answered our press: print the number, or say on the lamp that there is none."""
        try:
            if reply.status != "ok":
                raise BadMessage(_said(reply))
            receipt = self._site.receipt(reply.data, press.token)
        except BadMessage as error:
            self._complain(self._topics.reply(self._device), f"issue: {error}")
            self._end(press, now, well=False)
            return
        self._press = replace(press, ticket=receipt.ticket)
        self._out.append(Print(receipt))

    def _printed(self, reason: str | None, now: float) -> None:
        press = self._press
        if press is None or press.ticket is None:
            return
        self._report_print(press.ticket, reason, now)
        # A printer that never answers has most likely printed; one that stops answering most likely has not.
        self._end(press, now, well=reason is None or (reason == "unknown" and self._mute))

    def _ordered(self, event: Event, now: float) -> None:
        """Print what somebody at a page has issued for this kiosk, or say at once that it cannot be."""
        issued = self._orders.order(event, self._pulse.hub_time(now))
        if issued is None:
            return
        if not self.ready:
            self._report_print(issued.ticket, self._paper.value if self._paper in STOPPED else "not-ready", now)
            return
        receipt = self._site.ticket(on_paper(issued, event, decode(self._services, Services)))
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

    def _give_up(self, command: str, press_id: str, now: float) -> None:
        """Nobody answered in time; should the number come after all, nobody is there to take it."""
        if command == "issue" and self._press is not None:
            self._given_up.add(press_id)
            self._end(self._press, now, well=False)

    def _end(self, press: _Press, now: float, *, well: bool) -> None:
        self._press = None
        if not well:
            self._lamps.sorry(press.service, now)

    def _complain(self, topic: str, text: str) -> None:
        self._out.append(Complaint(topic, text, self._device))


def _offered(services: Services) -> frozenset[str]:
    """The services of which a press gives a number now."""
    return frozenset(offer.code for offer in services.services if offer.gives) if services.open else frozenset()


def _said(reply: Reply) -> str:
    """Why the hub did not do it, for the log."""
    return reply.message.en if reply.message else reply.reason or reply.status
