"""A kiosk with a finger on its buttons, an eye on its lamps, and words of hub and printer given by hand."""

from dataclasses import replace
from itertools import count
from typing import Any

import msgspec

from kiosk.machine import Kiosk
from kiosk.paper import PaperStatus
from kiosk.place import Place
from kiosk.ports import Light, Note, Paper, Pressed, Print, Printed
from kiosk.screen import Dismissed, Progress, Screen, Touched
from kiosk.words import Letterhead, Receipt
from moiso.texts import catalogue
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, Offer, Reply, Services, Words
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from moiso.wire.topics import Topics

TOPICS, DEVICE = Topics("an-binh"), "kiosk-1"
NOON = "2026-11-23T12:00:00+07:00"
LETTERHEAD = Letterhead(
    centre="Trung tâm Phục vụ hành chính công phường An Bình",
    address="12 đường Trần Hưng Đạo",
    hours="7:30–11:30",
    hotline="1900 1234",
    services={"A": "Chứng thực", "B": "Hộ tịch"},
    labels={1: "Quầy 1", 2: "Quầy Hộ tịch"},
    ticket_url="http://an-binh.local/t/",
    text=catalogue("vi").text,
)
PLACE = Place(
    topics=TOPICS,
    device=DEVICE,
    buttons=["A", "B"],
    services={"A": Words(vi="Chứng thực", en="Certified copies"), "B": Words(vi="Hộ tịch", en="Civil status")},
    letterhead=LETTERHEAD,
)
Command = tuple[str, dict[str, Any]]


def issued(ticket: str, **changes: Any) -> dict[str, Any]:
    """The data of an accepted `issue`."""
    data = {"ticket": ticket, "service": ticket[0], "day": "2026-11-23", "at": NOON, "ahead": 0}
    return data | {"promise": {"low": 0, "high": 5}, "counters": [1]} | changes


def offers(codes: str = "AB", *, is_open: bool = True, gives: str = "AB") -> Services:
    """The hub's `state/services`; `gives`: the services that give numbers now."""
    state = "open" if is_open else "closed"
    offered = [
        Offer(code=code, name=code, waiting=0, promise=None, counters=[1], state=state, gives=code in gives)
        for code in codes
    ]
    return Services(log="k3f9", seq=1, at=NOON, day="2026-11-23", open=is_open, services=offered)


class Front:
    """The machine at a time of its own."""

    def __init__(self, **changes: Any) -> None:
        numbers = count(1)
        self.machine = Kiosk(replace(PLACE, **changes), lambda: f"id-{next(numbers)}")
        self.now = 100.0
        self.lamps: dict[str, str] = {}
        self.sent: list[Command] = []
        self.jobs: list[Receipt] = []
        self.notes: list[str] = []
        self.screen = Screen()
        self.complaints: list[Complaint] = []

    def turn(self, *items: object, after: float = 0.0) -> list[Command]:
        """One turn `after` seconds later; the commands it sent, as (command, payload)."""
        self.now += after
        new = []
        for output in self.machine.handle(list(items), self.now):
            match output:
                case Light(service, state):
                    self.lamps[service] = state
                case Print(receipt):
                    self.jobs.append(receipt)
                case Screen():
                    self.screen = output
                case Note(text):
                    self.notes.append(text)
                case Complaint():
                    self.complaints.append(output)
                case Publish(topic, payload):
                    assert topic.startswith(TOPICS.cmd(DEVICE, ""))
                    new.append((topic.rpartition("/")[2], msgspec.json.decode(payload)))
        self.sent += new
        return new

    def wait(self, seconds: float, *, beating: bool = True, step: float = 0.5) -> list[Command]:
        """Let time pass; what was said meanwhile."""
        before = len(self.sent)
        for _ in range(round(seconds / step)):
            self.turn(*([self.beat_now()] if beating else []), after=step)
        return self.sent[before:]

    def press(self, service: str = "A", after: float = 0.0) -> list[Command]:
        return self.turn(Pressed(service), after=after)

    def touch(self, service: str = "A", press: str = "touch-1", after: float = 0.0, **more: Any) -> list[Command]:
        return self.turn(Touched(press, service, **more), after=after)

    def dismiss(self, press: str = "touch-1") -> None:
        self.turn(Dismissed(press))

    @property
    def progress(self) -> Progress:
        """The press that the page shows."""
        assert self.screen.progress is not None
        return self.screen.progress

    def beat_now(self) -> Arrived:
        return Arrived(TOPICS.beat, encode(Beat(log="k3f9", seq=1, at=NOON, clock="synced")))

    def connect(self) -> None:
        self.turn(LinkUp(DEVICE), Arrived(TOPICS.state("services"), encode(offers()), retained=True), self.beat_now())

    def cut(self) -> None:
        self.turn(LinkDown(DEVICE))

    def offer(self, services: Services) -> None:
        self.turn(Arrived(TOPICS.state("services"), encode(services)))

    def paper(self, status: str) -> None:
        self.turn(Paper(PaperStatus(status)))

    def reply(
        self, command: Command, data: dict[str, Any] | None = None, *, status: str = "ok", reason: str | None = None
    ) -> list[Command]:
        """The hub answers this command; what the kiosk says to that."""
        message = Words(vi="Không được.", en="Not so.") if reason else None
        name, asked = command
        reply = Reply(re=asked["id"], to=name, status=status, reason=reason, message=message, data=data or {})  # type: ignore[arg-type]
        return self.turn(Arrived(TOPICS.reply(DEVICE), encode(reply)))

    def printer_says(self, reason: str | None = None) -> list[Command]:
        """The printer is done with the last job."""
        return self.turn(Printed(self.jobs[-1].ticket, reason))


def working(**changes: Any) -> Front:
    """A kiosk that has hub and printer; `changes` to its place."""
    front = Front(**changes)
    front.connect()
    front.paper("ok")
    return front


def printing(ticket: str = "A001") -> Front:
    """A kiosk whose first ticket is being printed."""
    front = working()
    (asked,) = front.press(ticket[0])
    front.reply(asked, issued(ticket))
    return front
