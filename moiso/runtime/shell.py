"""The shell of a program that decides: pure machines, one per device, between the inbox and their MQTT links.

A program's main builds its machines and drivers, then: `Shell(ctx, machines, perform, press).run()`. Drivers put what
happens on `shell.inbox`. Each turn of the loop every machine gets its items and the time; what it publishes goes out
over the link of its device, anything else to `perform`. The shell itself does birth, will and farewell, logs
complaints once a minute, tells systemd, and with --fake hears the `fake/` topics and cuts and mends the links.
"""

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from moiso.runtime import loop, systemd
from moiso.runtime.fake_door import Faked, FakeDoor
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Link
from moiso.runtime.logs import Seldom
from moiso.runtime.program import Context, new_id
from moiso.wire.messages import FakePress
from moiso.wire.ports import Arrived, Complaint, LinkUp, Publish
from moiso.wire.session import Session

log = logging.getLogger("shell")


class Machine(Protocol):
    """What decides for one device. It imports no device, clock, thread, file or network."""

    @property
    def subscriptions(self) -> Sequence[str]:
        """The topics it wants to hear, beside its own status."""

    @property
    def ready(self) -> bool:
        """Whether the device can do its whole job now."""

    @property
    def detail(self) -> dict[str, Any]:
        """What its status says beside that."""

    def handle(self, items: list[object], now: float) -> Sequence[object]:
        """One turn at the monotonic time `now`: what happened since the last one, perhaps nothing, in order.

        Items are Arrived, LinkUp, LinkDown, and whatever the program's drivers put on the inbox. Returns Publish,
        Complaint, and outputs of the program's own.
        """

    def deadline(self) -> float | None:
        """The monotonic moment at which it wants a turn at the latest; there is one each second anyway."""


class Part(Protocol):
    """Something that several devices of a program share, as a serial line."""

    def handle(self, items: Sequence[object], now: float) -> list[object]:
        """Takes what is its own of this turn; gives the rest, and what it has for the machines."""

    def deadline(self) -> float | None:
        """The monotonic moment at which it wants a turn at the latest."""


@dataclass(slots=True)
class _Member:
    machine: Machine
    session: Session
    link: Link


class Shell:
    """Runs the machines of a program until SIGTERM.

    machines: by device; each device has its own connection.
    perform(device, output): does what a machine wants done that is no message; called from the loop.
    press(device, what): does to a fake device what somebody asked for (only `link` is done here); raises ValueError
    with a sentence when there is no such thing to do.
    parts: have their turn before the machines.
    """

    def __init__(
        self,
        ctx: Context,
        machines: Mapping[str, Machine],
        perform: Callable[[str, Any], None],
        press: Callable[[str, FakePress], None],
        parts: Sequence[Part] = (),
    ) -> None:
        self.inbox, self._parts = Inbox(), parts
        self._perform, self._press, self._seldom = perform, press, Seldom(log)
        doors = [device for device in machines if ctx.fake]
        self._doors = {device: FakeDoor(ctx.address(device), ctx.site.topics, self.inbox) for device in doors}
        self._members = {device: self._member(ctx, device, machine) for device, machine in machines.items()}

    def run(self) -> None:
        """Connect, say that we are up, work until SIGTERM, say goodbye."""
        for link in self._links():
            link.start()
        systemd.notify("READY=1")
        loop.run(self.inbox, self._turn)
        for door in self._doors.values():
            door.link.stop()
        for member in self._members.values():
            member.link.stop(member.session.farewell())

    def _links(self) -> Iterable[Link]:
        yield from (door.link for door in self._doors.values())
        yield from (member.link for member in self._members.values())

    def _member(self, ctx: Context, device: str, machine: Machine) -> _Member:
        session = Session(ctx.site.topics, device, ctx.site.devices()[device], new_id(), pid=os.getpid())
        subscribe = [session.topic, *machine.subscriptions]
        # A fake device that says it is ready hears what hands do to it.
        after = self._doors[device].link.standing if ctx.fake else None
        link = Link(ctx.address(device), self.inbox, subscribe=subscribe, will=session.will, after=after)
        return _Member(machine, session, link)

    def _turn(self, items: list[object], now: float) -> float | None:
        for part in self._parts:
            items = part.handle(items, now)
        for item in items:
            if isinstance(item, Faked):
                self._faked(item, now)
            elif isinstance(item, Complaint):
                self._complain(item, now)
        for device, member in self._members.items():
            self._one_turn(device, member, [item for item in items if _concerns(item, device)], now)
        awaited: list[Part | Machine] = [*self._parts, *(member.machine for member in self._members.values())]
        return min((moment for it in awaited if (moment := it.deadline()) is not None), default=None)

    def _one_turn(self, device: str, member: _Member, items: list[object], now: float) -> None:
        for output in member.machine.handle(items, now):
            if isinstance(output, Publish):
                member.link.publish(output)
            elif isinstance(output, Complaint):
                self._complain(output, now)
            else:
                self._perform(device, output)
        for message in _said_of_itself(member, items):
            member.link.publish(message)

    def _faked(self, item: Faked, now: float) -> None:
        link = self._members[item.device].link
        if item.what.link is not None:
            (link.cut if item.what.link == "down" else link.mend)()
            return
        try:
            self._press(item.device, item.what)
        except ValueError as error:
            self._complain(Complaint(f"fake/{item.device}", str(error), item.device), now)

    def _complain(self, complaint: Complaint, now: float) -> None:
        self._seldom.warn(complaint.topic, now, f"{complaint.topic}: {complaint.text}")


def _concerns(item: object, device: str) -> bool:
    """What names no device concerns all of them; what somebody faked comes back from the driver."""
    return not isinstance(item, Faked | Complaint) and getattr(item, "device", "") in {"", device}


def _said_of_itself(member: _Member, items: list[object]) -> list[Publish]:
    """The words on the device's status topic that this turn calls for."""
    session = member.session
    said = session.now(ready=member.machine.ready, **member.machine.detail)
    if any(isinstance(item, LinkUp) for item in items):
        return said or [session.birth()]
    heard = [item.payload for item in items if isinstance(item, Arrived) and item.topic == session.topic]
    return said or (session.seen(heard[-1]) if heard else [])
