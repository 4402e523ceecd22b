"""The hub's machine on a desk: bytes in, bytes out, a clock that is moved by hand, a disk made of lists."""

import json
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hub.ledger import fingerprint
from hub.log import Answer, Batch, Memory, Row
from hub.machine import Machine, Place, Turn
from moiso.core.day import Calendar, Moment
from moiso.core.rules import Desk, Rules, Service
from moiso.wire.ports import Arrived, LinkUp, Publish
from moiso.wire.topics import Topics

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROOT = "moiso/1/an-binh/"
OFFICE_HOURS = Calendar(zone=ZONE, opens=time(7, 30), closes=time(17, 0))
ALL_HOURS = Calendar(zone=ZONE)
RULES = Rules(
    services=(Service(code="A", name="Chứng thực"), Service(code="B", name="Hộ tịch")),
    desks=(Desk(number=1, label="Quầy 1", services=("A", "B")), Desk(number=2, label="Quầy 2", services=("A",))),
)
KINDS = {"kiosk-1": "kiosk", "kiosk-2": "kiosk", "counter-1": "counter", "counter-2": "counter"}
KINDS |= {"web": "web", "stats": "stats", "display-1": "display", "hub": "hub"}


@dataclass
class Disk:
    """What was committed; it forgets like the store does."""

    rows: list[Row] = field(default_factory=list)
    answers: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    last: Moment | None = None
    alive: Moment | None = None

    def commit(self, batch: Batch) -> None:
        if batch.forget_answers:
            self.answers.clear()
        self.rows += batch.rows
        self.answers |= {answer.key: answer for answer in batch.answers}
        self.last, self.alive = batch.last or self.last, batch.alive or self.alive

    def memory(self) -> Memory:
        opened = [n for n, row in enumerate(self.rows) if row.type == "day-opened"]
        return Memory(
            "log-1", self.rows[opened[-1] if opened else 0 :], [*self.answers.values()], self.last, self.alive
        )

    def read(self, first: int, limit: int) -> list[Row]:
        return [row for row in self.rows if row.seq >= first][:limit]


def local(stamp: str) -> float:
    """`"2026-11-23 07:30"` at the site -> seconds since 1970."""
    return datetime.fromisoformat(stamp).replace(tzinfo=ZONE).timestamp()


class HubOnDesk:
    """A hub that lives, dies and starts again; `wall` is its clock, which may lie, `mono` is the time that passes."""

    def __init__(
        self,
        stamp: str = "2026-11-23 07:30",
        calendar: Calendar = ALL_HOURS,
        rules: Rules = RULES,
        *,
        synced: bool = True,
    ) -> None:
        counters = {f"counter-{desk.number}": desk.number for desk in rules.desks}
        self.place = Place(topics=Topics("an-binh"), rules=rules, calendar=calendar, kinds=KINDS, counters=counters)
        self.disk = Disk()
        self.wall, self.mono, self.boot, self.synced = local(stamp), 1000.0, "boot-1", synced
        self.presses = 0
        self.start()

    def start(self) -> None:
        """The program starts, or starts again after a crash, and is connected."""
        self.machine = Machine(self.place, self.disk.memory(), self.disk.read)
        self.said = self.turn(LinkUp())

    def reboot(self, *, off: float, clock: float | None = None, synced: bool = False) -> None:
        """The power was cut for `off` seconds; `clock`: what the wall clock shows then, None: the truth."""
        self.wall = self.wall + off if clock is None else clock
        self.mono, self.boot, self.synced = 12.0, self.boot + "+", synced
        self.start()

    def moment(self) -> Moment:
        return Moment(wall=self.wall, mono=self.mono, boot=self.boot, synced=self.synced)

    def turn(self, *items: object) -> Turn:
        turn = self.machine.handle(list(items), self.moment())
        self.disk.commit(turn.batch)
        return turn

    def wait(self, seconds: float) -> Turn:
        """Time passes, and then the hub looks about once."""
        self.wall += seconds
        self.mono += seconds
        return self.turn()

    def told(self, *items: object) -> dict[str, Any]:
        """The snapshots that a turn brings, at once or within half a second."""
        found = states(self.turn(*items))
        while self.machine.deadline() < self.mono + 0.5:
            found |= states(self.wait(max(0.0, self.machine.deadline() - self.mono)))
        return found

    def set_clock(self, to: float, *, synced: bool = True) -> Turn:
        self.wall, self.synced = to, synced
        return self.turn()

    def arrives(self, topic: str, payload: bytes, *, retained: bool = False) -> Turn:
        return self.turn(Arrived(ROOT + topic, payload, retained, "hub"))

    def ask(self, device: str, command: str, press: str | None = None, **arguments: Any) -> dict[str, Any]:
        """Send a command; its reply."""
        self.presses += 1
        payload = json.dumps({"id": press or f"press-{self.presses}", **arguments}).encode()
        return only_reply(self.arrives(f"cmd/{device}/{command}", payload), device)

    def issue(self, service: str = "A", **arguments: Any) -> str:
        reply = self.ask("kiosk-1", "issue", service=service, **arguments)
        assert reply["status"] == "ok", reply
        return str(reply["data"]["ticket"])

    def next(self, counter: int = 1, **arguments: Any) -> str | None:
        reply = self.ask(f"counter-{counter}", "next", **arguments)
        assert reply["status"] == "ok", reply
        return reply["data"]["ticket"]  # type: ignore[no-any-return]

    def manager(self, command: str, **arguments: Any) -> dict[str, Any]:
        return self.ask("web", command, role="manager", clerk="m1", **arguments)

    @property
    def day(self) -> str | None:
        return self.machine.ledger.centre.day

    @property
    def ask_people(self) -> bool:
        return bool(self.state("day")["ask"])

    @property
    def waiting(self) -> list[str]:
        lines = self.machine.ledger.centre.lines.values()
        return [number for _, number in sorted(entry for line in lines for entry in line)]

    def state(self, name: str) -> dict[str, Any]:
        """The snapshot as somebody hears it who connects now."""
        turn = self.turn(LinkUp())
        return dict(states(turn)[f"state/{name}"])

    def types(self) -> list[str]:
        return [row.type for row in self.disk.rows]

    def fingerprint(self) -> bytes:
        return fingerprint(self.machine.ledger)


def only_reply(turn: Turn, device: str) -> dict[str, Any]:
    [reply] = turn.replies
    assert reply.topic == f"{ROOT}reply/{device}"
    assert (reply.qos, reply.retain) == (1, False)
    return dict(json.loads(reply.payload))


def states(turn: Turn) -> dict[str, Any]:
    """The snapshots of a turn by the end of their topic."""
    said: list[Publish] = [p for p in turn.states if p.topic.startswith(f"{ROOT}state/") and p.payload]
    assert all(p.retain and p.qos == 1 for p in said)
    return {p.topic.removeprefix(ROOT): json.loads(p.payload) for p in said}
