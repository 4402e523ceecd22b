"""The kiosk's machine: presses, replies and the printer's word in; commands, print jobs and lamps out. Pure.

One press at a time: while a ticket is on its way the other buttons do not count, and its lamp blinks. A lamp is on
when a press would give a ticket, and off when it would not: hub not reached, centre closed, printer stopped.
A ticket that came too late for its press, when the person was already told to go to the staff, is voided.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kiosk.paper import STOPPED, PaperStatus
from kiosk.words import Letterhead, Receipt
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import Beat, Reply, Services
from moiso.wire.ports import Arrived, Complaint, LinkDown
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics

#: Seconds that a person waits for a number before the kiosk gives up on the press.
PATIENCE = 8.0
#: Seconds for which a report on a ticket is repeated: to the end of the longest day.
TO_THE_END = 86400.0

LampState = Literal["on", "off", "blink"]


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


class Kiosk:
    """One kiosk with a button and a lamp for each of its services."""

    def __init__(
        self, topics: Topics, device: str, buttons: Sequence[str], site: Letterhead, new_id: Callable[[], str]
    ) -> None:
        self._topics, self._device, self._buttons, self._site = topics, device, buttons, site
        self._requests, self._new_id = Requests(topics, device, new_id), new_id
        self._pulse = Pulse()
        self._paper = PaperStatus.UNKNOWN
        self._services: Services | None = None
        self._wanted: tuple[str, str, str] | None = None
        self._printing: str | None = None
        self._given_up: set[str] = set()
        self._lamps: dict[str, LampState] = {}
        self._out: list[object] = []
        self._now = 0.0

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics to hear beside the own status."""
        topics = self._topics
        return [topics.reply(self._device), topics.state("services"), topics.beat]

    @property
    def ready(self) -> bool:
        """Whether a press gives a ticket now, or would if the centre were open."""
        return not self._pulse.silent(self._now) and self._services is not None and self._paper not in STOPPED

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
            self._give_up(command, press)
        self._show_lamps(now)
        return self._out

    def deadline(self) -> float | None:
        """When the next turn is wanted at the latest."""
        return self._requests.deadline()

    def _take(self, item: object, now: float) -> None:
        match item:
            case Pressed(service):
                self._pressed(service, now)
            case Printed(ticket, reason):
                self._printed(ticket, reason, now)
            case Paper(status):
                self._paper = status
            case Arrived():
                self._arrived(item, now)
            case LinkDown():
                self._services = None

    def _pressed(self, service: str, now: float) -> None:
        if not self._can_issue(now):
            return
        token = self._new_id()
        press, message = self._requests.send("issue", now, lifetime=PATIENCE, service=service, token=token)
        self._wanted = (press, service, token)
        self._out.append(message)

    def _can_issue(self, now: float) -> bool:
        busy = self._wanted is not None or self._printing is not None
        open_now = self._services is not None and self._services.open
        return open_now and not busy and not self._pulse.silent(now) and self._paper not in STOPPED

    def _arrived(self, item: Arrived, now: float) -> None:
        try:
            match self._topics.below(item.topic):
                case ["beat"]:
                    self._pulse.felt(decode(item.payload, Beat), now)
                case ["state", "services"]:
                    self._services = decode(item.payload, Services)
                case ["reply", _]:
                    self._replied(decode(item.payload, Reply), item.payload, now)
        except BadMessage as error:
            self._out.append(Complaint(item.topic, str(error), self._device))

    def _replied(self, reply: Reply, payload: bytes, now: float) -> None:
        ours = self._requests.answered(payload) is not None
        if reply.to != "issue" or reply.re is None:
            return
        if self._wanted is not None and self._wanted[0] == reply.re and ours:
            self._issued(reply)
        elif reply.re in self._given_up and reply.status == "ok":
            self._given_up.discard(reply.re)
            self._report("void", now, ticket=str(reply.data.get("ticket")), reason="unclaimed")

    def _issued(self, reply: Reply) -> None:
        """The hub has answered our press: print the ticket, or nothing when it was refused."""
        assert self._wanted is not None
        (_, _, token), self._wanted = self._wanted, None
        if reply.status != "ok":
            said = reply.message.vi if reply.message else reply.reason or reply.status
            self._out.append(Complaint(self._topics.reply(self._device), said, self._device))
            return
        try:
            receipt = self._site.receipt(reply.data, token)
        except BadMessage as error:
            self._out.append(Complaint(self._topics.reply(self._device), str(error), self._device))
            return
        self._printing = receipt.ticket
        self._out.append(Print(receipt))

    def _printed(self, ticket: str, reason: str | None, now: float) -> None:
        self._printing = None
        if reason is None:
            self._report("printed", now, ticket=ticket)
        else:
            self._report("print-failed", now, ticket=ticket, reason=reason)

    def _report(self, command: str, now: float, **arguments: str) -> None:
        self._out.append(self._requests.send(command, now, lifetime=TO_THE_END, **arguments)[1])

    def _give_up(self, command: str, press: str) -> None:
        """Nobody answered in time; should the number come after all, nobody is there to take it."""
        if command == "issue":
            self._given_up.add(press)
            self._wanted = None

    def _show_lamps(self, now: float) -> None:
        for service in self._buttons:
            state = self._lamp(service, now)
            if self._lamps.get(service) != state:
                self._lamps[service] = state
                self._out.append(Light(service, state))

    def _lamp(self, service: str, now: float) -> LampState:
        if self._wanted is not None and self._wanted[1] == service:
            return "blink"
        if self._printing is not None and self._printing.startswith(service):
            return "blink"
        return "on" if self._can_issue(now) else "off"
