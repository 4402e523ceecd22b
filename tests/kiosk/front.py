"""A kiosk with a finger on its buttons, an eye on its lamps, and words of hub and printer given by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any, Literal

import msgspec

from kiosk.journal import Record
from kiosk.machine import Kiosk
from kiosk.paper import PaperStatus
from kiosk.place import Place
from kiosk.ports import Light, Note, NotWritten, Paper, Pressed, Print, Printed, PrintList, Say, Write, Written
from kiosk.screen import Dismissed, Progress, Screen, Touched
from kiosk.words import Letterhead, Receipt
from moiso.core.day import Calendar
from moiso.core.hours import INDOCHINA, Timetable
from moiso.texts import catalogue
from moiso.wire.codec import encode
from moiso.wire.messages import Beat, Offer, Reply, Services, Words
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from moiso.wire.topics import Topics

TOPICS, DEVICE = Topics("an-binh"), "kiosk-1"
NOON = "2026-11-23T12:00:00+07:00"
#: The kiosk's monotonic time at noon by the hub's clock.
START = 100.0
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
    calendar=Calendar(zone=INDOCHINA, opens=time(7), closes=time(17)),
    timetable=Timetable(),
)
Command = tuple[str, dict[str, Any]]
#: What the hub answers to `lease`, from service, "today" or "next", and the open day.
Lender = Callable[[str, str, str | None], dict[str, Any]]


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
    """The machine at a time of its own; `journal`: what an earlier life wrote.

    disk: whether the journal is kept at once, later (`kept` says so) or not at all. boot, wall and synced: the clocks.
    """

    def __init__(self, journal: Sequence[Record] = (), *, first_id: int = 1, **changes: Any) -> None:
        numbers = count(first_id)
        self.machine = Kiosk(replace(PLACE, **changes), lambda: f"id-{next(numbers)}", journal, f"life-{first_id}")
        self.now = START
        self.lamps: dict[str, str] = {}
        self.sent: list[Command] = []
        self.jobs: list[Receipt] = []
        self.notes: list[str] = []
        self.spoken: list[str] = []
        self.lists: list[PrintList] = []
        self.screen = Screen()
        self.complaints: list[Complaint] = []
        self.journal = list(journal)
        self.disk: Literal["ok", "slow", "full"] = "ok"
        self.asked_for: list[tuple[str, str]] = []
        self.lease_ids: set[str] = set()
        self.lends: Lender | None = None
        self.slow: list[str] = []
        self.day: str | None = "2026-11-23"
        self.clock: Literal["synced", "free"] = "synced"

    def turn(self, *items: object, after: float = 0.0) -> list[Command]:
        """One turn `after` seconds later, and those that its journal and its leases bring about; the commands sent."""
        self.now += after
        new: list[Command] = []
        due = list(items)
        while True:
            answers: list[object] = []
            for output in self.machine.handle(due, self.now):
                answers += self._perform(output, new)
            if not answers:
                self.sent += new
                return new
            due = answers

    def _perform(self, output: object, new: list[Command]) -> list[object]:
        match output:
            case Light(service, state):
                self.lamps[service] = state
            case Print(receipt):
                self.jobs.append(receipt)
            case Screen():
                self.screen = output
            case PrintList():
                self.lists.append(output)
            case Say(words):
                self.spoken.append(words.vi)
            case Note(text):
                self.notes.append(text)
            case Complaint():
                self.complaints.append(output)
            case Write():
                return self._write(output)
            case Publish(topic, payload):
                assert topic.startswith(TOPICS.cmd(DEVICE, ""))
                said = topic.rpartition("/")[2], msgspec.json.decode(payload)
                if said[0] != "lease":
                    new.append(said)
                    return []
                return self._lend(said)
        return []

    def _write(self, output: Write) -> list[object]:
        if self.disk == "full":
            return [NotWritten(output.ack, "no space left on device")]
        self.journal = [*([] if output.anew else self.journal), *output.records]
        if output.ack is None:
            return []
        if self.disk == "slow":
            self.slow.append(output.ack)
            return []
        return [Written(output.ack)]

    def kept(self) -> list[Command]:
        """The slow disk is done."""
        acks, self.slow = self.slow, []
        return self.turn(*map(Written, acks))

    def _lend(self, said: Command) -> list[object]:
        _, asked = said
        self.asked_for.append((asked["service"], asked["day"]))
        self.lease_ids.add(asked["id"])
        if self.lends is None:
            return []
        data = self.lends(asked["service"], asked["day"], self.day)
        reply = Reply(re=asked["id"], to="lease", status="ok", data=data)
        return [Arrived(TOPICS.reply(DEVICE), encode(reply))]

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
        at = (datetime.fromisoformat(NOON) + timedelta(seconds=self.now - START)).isoformat()
        return Arrived(TOPICS.beat, encode(Beat(log="k3f9", seq=1, at=at, clock=self.clock)))

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

    def printer_says(self, reason: str | None = None, *, refused: bool = False) -> list[Command]:
        """The printer is done with the last job; `refused`: it took nothing of it."""
        return self.turn(Printed(self.jobs[-1].ticket, reason, refused))


def working(**changes: Any) -> Front:
    """A kiosk that has hub and printer; `changes` to its place."""
    front = Front(**changes)
    front.connect()
    front.paper("ok")
    return front


def printing(ticket: str = "A001", **changes: Any) -> Front:
    """A kiosk whose first ticket is being printed; `changes` to its place."""
    front = working(**changes)
    (asked,) = front.press(ticket[0])
    front.reply(asked, issued(ticket))
    return front
