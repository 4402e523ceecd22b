"""The kiosks of the campaign, two at the far end of a cable and one beside the hub, each a process of its own."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

from broker_config.prepare import prepare
from tests.conftest import Broker
from tests.whole.centre import end_with_us, free_port, until
from tests.whole.cuts_judge import Dark
from tests.whole.cuts_net import Network
from tests.whole.cuts_sights import Eye, Page, Sights, post
from tests.whole.hall import Hall

SERVICES = ("A", "B", "C")
#: Kiosks behind the cable; the first one has a touch page beside its buttons.
FAR = ("kiosk-1", "kiosk-2")
NEAR = ("kiosk-3",)
#: Seconds between two looks at what a kiosk shows.
LOOK = 0.01
#: Seconds within which a kiosk that starts is ready, with numbers of its own, also on a busy machine.
READY_WITHIN = 180.0

_SITE = """\
[site]
id = "test-site"
name = "Trung tâm thử"
ticket_url = "http://192.0.2.1/t"

# a block lasts for half an hour of people who all want the same
[queue]
band_from = 300
block = 60

[[counter]]
number = 1
services = ["A", "B", "C"]
"""
_SERVICE = '\n[[service]]\ncode = "{0}"\nname = "Việc {0}"\n'
_KIOSK = '\n[[kiosk]]\ndevice = "{0}"\n{1}\n[kiosk.printer]\nwidth = 384\n'
_BUTTON = '\n[[kiosk.button]]\nservice = "{0}"\npin = {1}\nlamp = {2}\n'


class Kiosk:
    """One running kiosk with its fake printer and buttons; `page`: the port of its page, where it has one.

    enter: takes the calling thread to the kiosk's end of the cable. lives: how often it was switched on.
    """

    def __init__(self, name: str, state: Path, enter: Callable[[], None], page: int | None) -> None:
        self.name, self.state, self.enter, self.page = name, state, enter, page
        self.dark: list[Dark] = []
        self.lives = 0
        self._stopping = threading.Event()

    def start(self, before: tuple[str, ...], site: Path, where: tuple[str, int], credentials: Path) -> None:
        """before: what to put before its command line; where: the broker; credentials: where all passwords are."""
        own = self.state / "credentials"
        own.mkdir(parents=True)
        shutil.copy(credentials / self.name, own)
        program = Path(__file__).with_name("cuts_kiosk.py")
        line = [sys.executable, "-P", str(program), "--site", str(site), "--state", str(self.state), "--fake"]
        self._line = [*before, *line, "--device", self.name, "--host", where[0], "--mqtt-port", str(where[1])]
        self._power_on()

    def _power_on(self) -> None:
        self.lives += 1
        with (self.state / "kiosk.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._line,
                stdin=subprocess.PIPE,
                stderr=log,
                preexec_fn=end_with_us,  # noqa: PLW1509  nothing but one system call is done there
            )

    def power_cut(self, seconds: float) -> None:
        """It dies at once, and is started again so many seconds later on what it has on its disk."""
        lamps, died = self.state / "fake" / self.name / "lamps.json", time.time()
        self._process.kill()
        self._process.wait()
        lamps.unlink(missing_ok=True)
        time.sleep(seconds)
        self._power_on()
        until(lambda: "on" in (lamps.read_text() if lamps.exists() else ""), READY_WITHIN, f"{self.name} stays dark")
        self.dark.append(Dark(self.name, died, time.time()))

    def watch(self, sights: Sights) -> None:
        """Note from now on what comes out of it and what it says."""
        eye = Eye(self.name, self.state / "fake" / self.name, sights)
        looks = [eye.look] if self.page is None else [eye.look, Page(self.name, self.page, sights).listen]
        for look in looks:
            threading.Thread(target=self._look, args=(look,), daemon=True).start()

    def does(self, **what: Any) -> None:
        """What a visitor or the printer does, as on the `fake/` topic; a kiosk without power hears nothing."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(what).encode() + b"\n")
            self._process.stdin.flush()

    def touch(self, press: str, service: str) -> None:
        """A finger on the page, from a thread at the kiosk's end; a kiosk without power has none."""
        assert self.page is not None
        with suppress(OSError, HTTPException):
            post(self.page, "/touch", {"press": press, "service": service})

    def end(self) -> None:
        """Ask it to end, and see that it does."""
        self._stopping.set()
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(60)
        self._process.kill()
        self._process.wait()

    @property
    def complaints(self) -> list[str]:
        """What must never stand on its stderr, and a program that has ended."""
        crashed = [f"{self.name} wrote a traceback:\n{self.said}"] if "Traceback" in self.said else []
        return crashed if self._process.poll() is None else [*crashed, f"{self.name} has ended:\n{self.said}"]

    @property
    def said(self) -> str:
        """All that its program wrote on stderr."""
        return (self.state / "kiosk.log").read_text(encoding="utf-8", errors="replace")

    def _look(self, look: Callable[[], None]) -> None:
        self.enter()
        while not self._stopping.wait(LOOK):
            look()


def site_of(folder: Path, page: int) -> Path:
    """The file of the site; the first kiosk's page is at this port."""
    buttons = "".join(_BUTTON.format(service, 5 + n, 12 + n) for n, service in enumerate(SERVICES))
    screens = {FAR[0]: f"screen = true\npage_port = {page}\n"}
    path = folder / "site.toml"
    kiosks = (_KIOSK.format(name, screens.get(name, "")) + buttons for name in (*FAR, *NEAR))
    path.write_text(_SITE + "".join(map(_SERVICE.format, SERVICES)) + "".join(kiosks), encoding="utf-8")
    return path


@contextmanager
def world(folder: Path, net: Network, port: int) -> Iterator[tuple[Hall, list[Kiosk]]]:
    """A hub and every kiosk, ready, as long as the block lasts; port: the broker's."""
    page, brokers, kiosks = free_port(), list[Broker](), list[Kiosk]()
    site = site_of(folder, page)

    def broker(devices: Mapping[str, str], site: str, **more: Any) -> Broker:
        files = prepare(folder / "hub", site, devices, port=port, listen=net.listen, **more)
        brokers.append(Broker(port, folder / "hub", files, site, host=net.listen))
        brokers[0].start()
        return brokers[0]

    hall = Hall(site, broker)
    try:
        hall.start()
        for name in (*FAR, *NEAR):
            far = name in FAR
            kiosk = Kiosk(name, folder / name, net.enter if far else _stay, page if name == FAR[0] else None)
            kiosk.start(
                net.before if far else (), site, net.reach if far else (net.listen, port), brokers[0].files.credentials
            )
            kiosks.append(kiosk)
        _wait_for(hall, kiosks)
        yield hall, kiosks
    finally:
        net.cable.mend()
        for kiosk in kiosks:
            kiosk.end()
        hall.close()
        for each in brokers:
            each.stop()


def _stay() -> None:
    """The near kiosk is where everybody starts."""


def _wait_for(hall: Hall, kiosks: list[Kiosk]) -> None:
    with hall.device("web").listens("status/#") as ear:
        for kiosk in kiosks:
            try:
                ear.hears(f"status/{kiosk.name}", within=READY_WITHIN, state="ready")
            except AssertionError as error:
                raise AssertionError(f"{error}; {kiosk.name} wrote:\n{kiosk.said}") from None
