"""A hall without machines: the hub's program on a broker of its own, and people who speak with mosquitto_pub alone."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moiso.runtime.site import Site, load
from tests.conftest import Broker
from tests.whole.centre import end_with_us
from tests.whole.talk import PATIENCE, Device, Ear, Heard

#: Events of one replay.
PAGE = 200


def _faketime_library() -> str:
    """What the `faketime` package preloads into a program with threads."""
    return str(next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")))


@dataclass(frozen=True)
class Person:
    """Somebody at a page: the role of the session, a pseudonym, and for a clerk the counter."""

    device: Device
    role: str
    clerk: str | None = None
    counter: int | None = None

    def asks(self, command: str, press: str | None = None, **arguments: Any) -> Heard:
        """Send a command in this person's name and wait for its reply."""
        who = {"role": self.role, "clerk": self.clerk, "counter": self.counter}
        said = {key: value for key, value in who.items() if value is not None}
        return self.device.asks(command, press, **{**said, **arguments})

    def asks_all(self, command: str, many: Sequence[dict[str, Any]]) -> list[Heard]:
        """Send a command several times in this person's name and wait for all replies."""
        return self.device.asks_all(command, [{"role": self.role, "clerk": self.clerk, **one} for one in many])


class Hall:
    """One running hub on a site.toml, and everybody who speaks to it.

    `faketime`: what to add to every clock of the hub, as in FAKETIME="+1d"; takes effect at the next start.
    `program`: what Python runs as the hub.
    """

    program: tuple[str, ...] = ("-m", "hub")

    def __init__(self, site: Path, make_broker: Callable[..., Broker]) -> None:
        self.site: Site = load(site)
        self.path = site
        self.faketime: str | None = None
        self._broker = make_broker(self.site.broker_users(), site=self.site.site.id, topics=self.site.button_topics())
        self._devices: dict[str, Device] = {}
        self._last: dict[str, int] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the hub's program; returns when it says that it is up."""
        broker = self._broker
        where = ["--state", str(broker.state), "--host", broker.host, "--mqtt-port", str(broker.port)]
        line = [sys.executable, "-P", *self.program, "--site", str(self.path), *where]
        # no `faketime` command before it: that one would stand between us and the hub, and be killed alone
        later = {"LD_PRELOAD": _faketime_library(), "FAKETIME": self.faketime} if self.faketime else {}
        with (self._broker.state / "hub.log").open("ab") as log:
            self._process = subprocess.Popen(
                line,
                stderr=log,
                env={**os.environ, **later},
                preexec_fn=end_with_us,  # noqa: PLW1509  nothing but one system call is done there
            )
        with self.device("web").listens("status/hub", "beat") as ear:
            ear.hears("beat", within=2 * PATIENCE)

    def kill(self) -> None:
        """End the hub as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Nothing of it runs any more; the broker belongs to whoever made it."""
        for device in self._devices.values():
            device.close()
        self.kill()

    def device(self, name: str) -> Device:
        """Somebody who has this device's password."""
        if name not in self._devices:
            where = (self._broker.host, self._broker.port)
            self._devices[name] = Device(name, self._broker.password(name), where, self._broker.root)
        return self._devices[name]

    def stranger(self, name: str) -> Device:
        """Somebody with this password who names topics in full: a plain button of another maker."""
        return Device(name, self._broker.password(name), (self._broker.host, self._broker.port), "")

    @property
    def kiosk(self) -> Device:
        """The first kiosk."""
        return self.device("kiosk-1")

    def unit(self, number: int) -> Device:
        """The call unit of a counter."""
        return self.device(f"counter-{number}")

    def clerk(self, counter: int, name: str = "cb-01") -> Person:
        """A clerk at a page, for this counter."""
        return Person(self.device("web"), "clerk", name, counter)

    @property
    def greeter(self) -> Person:
        """Somebody who helps people at the door."""
        return Person(self.device("web"), "greeter", "hd-01")

    @property
    def manager(self) -> Person:
        """Whoever is in charge."""
        return Person(self.device("web"), "manager", "ql-01")

    def listens(self) -> Ear:
        """Hear every event and every state from now on."""
        return self.device("web").listens("event/#", "state/#", "beat")

    def states(self) -> dict[str, Any]:
        """Every snapshot as it stands after all that was answered, without what says only when it was made."""
        web = self.device("web")
        with web.listens("state/#", "beat") as ear:
            # A reply comes before its snapshots. Whoever says a word on a status hears the heart at once, and with it
            # whatever is not said yet; a second beat comes after that.
            for _ in range(2):
                since = len(ear.heard)
                web.says("status/web", {})
                ear.hears("beat", since=since)
            told = [h for h in ear.on("state/") if h.payload]
            return {h.topic: {k: v for k, v in h.body.items() if k not in {"seq", "at"}} for h in told}

    def log(self) -> list[dict[str, Any]]:
        """Every event of the hub's log, as `replay` tells them."""
        events: list[dict[str, Any]] = []
        while more := self.device("web").asks("replay", from_seq=len(events) + 1, limit=PAGE).data["events"]:
            events += more
        return events

    def number(self, service: str, **more: Any) -> str:
        """The number that a new visitor gets at the kiosk."""
        number = str(accepted(self.kiosk.asks("issue", service=service, **more))["ticket"])
        self._last[service] = int(number[1:])
        return number

    def numbers(self, service: str, count: int) -> list[str]:
        """The numbers of several visitors, one after the other."""
        replies = self.kiosk.asks_all("issue", [{"service": service}] * count) if count else []
        numbers = [str(accepted(reply)["ticket"]) for reply in replies]
        self._last[service] = max([self._last.get(service, 0), *(int(number[1:]) for number in numbers)])
        return numbers

    def unused(self, service: str, count: int = 1) -> list[str]:
        """The numbers that come next and that the hub has not given: somebody gives them on paper."""
        first = self._last.get(service, 0) + 1
        self._last[service] = first + count - 1
        return [f"{service}{value:03}" for value in range(first, first + count)]

    def earlier(self, service: str, seconds_ago: float, **more: Any) -> str:
        """A number on paper that was given so long ago, typed in by the greeter."""
        [ticket] = self.unused(service)
        accepted(self.greeter.asks("issued-offline", ticket=ticket, service=service, seconds_ago=seconds_ago, **more))
        return ticket

    def serving(self, counter: int, service: str) -> str:
        """The number of a new visitor who is being served at this counter; nobody else may be waiting for it."""
        number = self.number(service)
        assert accepted(self.unit(counter).asks("next"))["ticket"] == number
        accepted(self.unit(counter).asks("start"))
        return number


def accepted(reply: Heard) -> dict[str, Any]:
    """The data of an answer that says yes."""
    assert reply.body["status"] == "ok", reply.payload
    return reply.data


def refused(reply: Heard, reason: str) -> str:
    """The Vietnamese sentence of an answer that says no for this reason; there is an English one too."""
    assert (reply.body["status"], reply.body["reason"]) == ("rejected", reason), reply.payload
    words = reply.body["message"]
    assert set(words) == {"vi", "en"}
    assert words["vi"].strip()
    assert words["en"].strip()
    assert words["vi"] != words["en"]
    assert "{" not in words["vi"] + words["en"], "a place of the sentence was not filled"
    return str(words["vi"])
