"""Commands that should not be sent: in the wrong state, by the wrong role, to a foreign counter, late, doubled."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from centre.simulate.building import Building
from centre.simulate.clock import Process
from centre.simulate.hours import DayHours
from moiso.core.centre import Centre
from moiso.core.commands import CALL_REASONS, COMMANDS, OUTCOMES
from moiso.core.rules import PRIORITY_CLASSES
from moiso.wire.ports import Publish
from moiso.wire.stamp import iso

#: What people hold before a scanner beside their tickets: cards, other addresses, procedures, noise.
CODES = (
    "001099012345|271234567|Nguyễn Văn A|01011960|Nam|Số 1, phố Nhỏ|01012021", "https://so.invalid/t/00000000000000000000",
    "https://so.invalid/elsewhere", "1.001193", "https://dichvucong.gov.vn/p?ma=1.001193", "\x02\x03", "x" * 10_000,
)  # fmt: skip
#: Seconds between two of them, on average.
EVERY = 240.0
ROLES = ("greeter", "clerk", "manager", "clerk", "reader")
Arguments = dict[str, Any]


class Mischief:
    """One day of it. `sent`: how many commands."""

    def __init__(self, building: Building, hours: DayHours) -> None:
        self._building, self._hours = building, hours
        self._time, self._chance = building.ground.time, building.ground.chance(f"mischief {hours.date}")
        self._sent: list[tuple[str, str, str, int | None, str, Arguments]] = []

    def work(self) -> Process:
        """From before the doors open until long after they close."""
        chance = self._chance
        yield max(0.0, self._hours.doors - 1200 - self._time.now)
        while self._time.now < self._hours.end + 4000:
            yield chance.expovariate(1 / EVERY)
            centre = self._building.shown
            if centre is not None:
                kinds = (
                    self._anything, self._anything, self._twice, self._late, self._foreign, self._broken, self._scan,
                )  # fmt: skip
                chance.choice(kinds)(centre)

    def _anything(self, centre: Centre) -> None:
        """Any command by any role at any counter, with arguments that may be right."""
        command = self._chance.choice(_RATHER)
        arguments = _ARGUMENTS.get(command, _none)(self._chance, centre)
        self._send(command, arguments)

    def _send(self, command: str, arguments: Arguments) -> None:
        chance = self._chance
        counter = chance.choice([*self._building.units, 99, None])
        role, name = chance.choice(ROLES), f"cb-{chance.randint(1, 9):02d}"
        press = self._building.ask(command, role, name, counter, **arguments)
        self._sent.append((command, role, name, counter, press, arguments))
        del self._sent[:-40]

    def _twice(self, _centre: Centre) -> None:
        """A command of this morning comes again under its id."""
        if self._sent:
            command, role, name, counter, press, arguments = self._chance.choice(self._sent)
            self._building.ask(command, role, name, counter, press=press, **arguments)

    def _late(self, _centre: Centre) -> None:
        """A press that was long under way, and one for somebody who has gone."""
        wall = self._building.clock.moment().wall - self._chance.choice((1.0, 3.0, 60.0))
        stamp = iso(wall, self._building.ground.site.zone)
        self._send("next", {"at": stamp, "after": self._chance.choice((None, "A001"))})

    def _foreign(self, centre: Centre) -> None:
        """A device sends what is none of its business, straight to the hub."""
        command = self._chance.choice(list(COMMANDS))
        arguments = _ARGUMENTS.get(command, _none)(self._chance, centre)
        payload = {"id": f"foreign-{self._time.now}", "role": "manager", "counter": 1, **arguments}
        self._raw(command, json.dumps(payload).encode())

    def _broken(self, _centre: Centre) -> None:
        """Something that is no command at all."""
        payload = self._chance.choice((b"", b"{", b"[]", b'{"id": 7}', b"\xff\xfe", b'{"id": "x", "ticket": null}'))
        self._raw(self._chance.choice(("next", "issue", "call", "dance", "close-day")), payload)

    def _scan(self, _centre: Centre) -> None:
        """Something that is no business of a scanner, or a ticket of today that still lies in the tray."""
        for stand in self._building.kiosks[:1]:
            slip = next((slip for slip in stand.printer.tray if slip.at > self._hours.midnight), None)
            if slip is not None and slip.code is not None and self._chance.random() < 0.5:
                stand.scan(slip.code, slip.ticket)
            else:
                stand.scan(self._chance.choice(CODES))

    def _raw(self, command: str, payload: bytes) -> None:
        building, chance = self._building, self._chance
        host = chance.choice([*building.units.values(), building.page, *(stand.host for stand in building.kiosks)])
        topic = building.ground.site.topics.cmd(host.device, command)
        building.ground.broker.publish(host.wire, Publish(topic, payload, retain=chance.random() < 0.1))


def _none(_chance: Random, _centre: Centre) -> Arguments:
    return {}


def _ticket(chance: Random, centre: Centre) -> str:
    """A number of today, of yesterday, or of nobody."""
    return chance.choice([*centre.tickets, "A998", "Z001", "A1"]) if centre.tickets else "A001"


def _service(chance: Random, centre: Centre) -> str:
    return chance.choice([*(service.code for service in centre.rules.services), "Z"])


def _range(chance: Random, centre: Centre) -> Arguments:
    """A few numbers in a row, the wrong way round now and then."""
    first = _ticket(chance, centre)
    if chance.random() < 0.5 or not first[1:].isdigit():
        return {"ticket": first}
    return {"ticket": first, "to": f"{first[0]}{int(first[1:]) + chance.choice((0, 1, 2, 3, -1, 600)):03d}"}


def _offline(chance: Random, centre: Centre) -> Arguments:
    service = _service(chance, centre)
    last = centre.numbering.online.get(service, 0)
    number = f"{service}{max(1, last + chance.choice((-2, 1, 1, 2, 5, 500))):03d}"
    return {"service": service, "ticket": number, **({"seconds_ago": 60.0} if chance.random() < 0.5 else {})}


_ARGUMENTS: dict[str, Callable[[Random, Centre], Arguments]] = {
    "issue": lambda chance, centre: {"service": _service(chance, centre), "priority": chance.random() < 0.3},
    "printed": lambda chance, centre: {"ticket": _ticket(chance, centre)},
    "reprint": lambda chance, centre: {"ticket": _ticket(chance, centre)},
    "print-failed": lambda chance, centre: {"ticket": _ticket(chance, centre), "reason": "out"},
    "lease": lambda chance, centre: {"service": _service(chance, centre)},
    "issued-offline": _offline,
    "void": lambda chance, centre: {**_range(chance, centre), "reason": "mistake", "preview": chance.random() < 0.2},
    "served-offline": lambda chance, centre: {**_range(chance, centre), "preview": chance.random() < 0.2},
    "return": lambda chance, centre: chance.choice(({"ticket": _ticket(chance, centre)}, {"token": "0" * 20})),
    "grant-priority": lambda chance, centre: {
        "ticket": _ticket(chance, centre), "class": chance.choice((*PRIORITY_CLASSES, "none", "friend")),
    },
    "call": lambda chance, centre: {
        "ticket": _ticket(chance, centre), "reason": chance.choice((*CALL_REASONS, None, "because")),
    },
    "start": lambda chance, _centre: {"dossiers": chance.choice((1, 3, 30))},
    "finish": lambda chance, _centre: {
        "outcome": chance.choice(OUTCOMES), "dossiers": chance.choice((1, 30)), "more": chance.random() < 0.3,
    },
    "resume": lambda chance, centre: {"ticket": _ticket(chance, centre)},
    "transfer": lambda chance, centre: {
        "service": _service(chance, centre), "to_counter": chance.choice((None, 1, 2, 5, 77)),
    },
    "assign": lambda chance, centre: {"services": [_service(chance, centre) for _ in range(chance.randint(0, 3))]},
    "suspend-service": lambda chance, centre: {"service": _service(chance, centre)},
    "restore-service": lambda chance, centre: {"service": _service(chance, centre)},
    "notice": lambda chance, _centre: {"text": chance.choice(("", "Xin chào"))},
    "open-day": lambda chance, _centre: {"training": chance.random() < 0.3},
    "close-day": lambda _chance, _centre: {},
}  # fmt: skip
#: Every command, those about single tickets and counters more often than those about all.
_RATHER = [*COMMANDS, *(name for name in COMMANDS if not name.endswith("-day") and name != "suspend-service")]
