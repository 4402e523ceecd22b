"""A whole centre as people start it: `moiso up --fake`, with its processes under control."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from moiso.runtime.site import load
from tests import ports
from tests.whole.talk import PATIENCE, Device

NORMAL = Path(__file__).parents[2] / "examples" / "normal.toml"
READY = "Ctrl-C ends everything."

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)

T = TypeVar("T")

free_port = ports.free_port


def until(look: Callable[[], T], within: float, complaint: str) -> T:
    """What `look` gives as soon as it is true."""
    deadline = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < deadline, complaint
        time.sleep(0.01)
    return found


def moiso(*words: str | Path) -> list[str]:
    """A `moiso` command line."""
    return [sys.executable, "-P", "-m", "centre.cli", *map(str, words)]


def processes_of(state: Path) -> dict[int, list[str]]:
    """The running processes, id -> command line, that have to do with a state directory."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if any(str(state) in word for word in words) and lives(int(entry.name)):
            found[int(entry.name)] = words
    return found


def lives(pid: int) -> bool:
    """Whether there is such a process, and not only what is left of one until somebody asks how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def end_with_us() -> None:
    """A test run that is killed leaves no centre behind."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_ready(status: dict[str, Any]) -> bool:
    return status["state"] == "ready" and lives(status["detail"]["pid"])


class Centre:
    """`moiso up --fake` on a state directory of its own; it may be started and ended again and again.

    Before the first start a test may set `host` (where its broker is reached), `within` (what to put before every
    command line) and `more` (arguments of `moiso up`).
    """

    host: str
    within: tuple[str, ...]
    more: tuple[str, ...]

    def __init__(self, state: Path, ports: tuple[int, int], site: Path = NORMAL) -> None:
        """`ports`: the broker's and the pages'."""
        self.state, self.ports, self.site = state, ports, load(site)
        self.host, self.within, self.more = "127.0.0.1", (), ()
        self.site_path = site
        self._process: subprocess.Popen[bytes] | None = None
        self._devices: dict[str, Device] = {}

    def __enter__(self) -> "Centre":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def command(self) -> list[str]:
        mqtt, web = map(str, self.ports)
        line = moiso("up", "--fake", "--site", self.site_path, "--state", self.state)
        return [*self.within, *line, "--mqtt-port", mqtt, "--web-port", web, *self.more]

    @property
    def log(self) -> Path:
        return self.state.with_suffix(".log")

    def start(self, *, wait: bool = True) -> None:
        """Start, and return when it says that everything runs."""
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_us,  # noqa: PLW1509  nothing but one system call is done there
            )
        if wait:
            until(lambda: READY in self.said, PATIENCE, "the centre does not get ready")
            self.all_ready()

    def all_ready(self) -> None:
        """Wait until every device runs and says that it can do its whole job."""
        until(lambda: all(map(_is_ready, self.statuses().values())), PATIENCE, "not all get ready")

    @property
    def said(self) -> str:
        """All that it printed since it was started."""
        return self.log.read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def end(self, by: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end, and the exit code."""
        assert self._process is not None
        self._process.send_signal(by)
        return self._process.wait(PATIENCE)

    def close(self) -> None:
        """Whatever happened: nothing of it runs any more."""
        for device in self._devices.values():
            device.close()
        if self._process is not None and self._process.poll() is None:
            self.end()
        for pid in processes_of(self.state):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    @property
    def port(self) -> int:
        """The broker's."""
        return self.ports[0]

    @property
    def root(self) -> str:
        return self.site.topics.root

    def password(self, device: str) -> str:
        return (self.state / "credentials" / device).read_text().strip()

    def device(self, name: str) -> Device:
        """Somebody who has this device's password."""
        if name not in self._devices:
            self._devices[name] = Device(name, self.password(name), (self.host, self.port), self.root, self.within)
        return self._devices[name]

    def stranger(self, name: str) -> Device:
        """Somebody with this password who names topics in full: a plain button of another maker."""
        return Device(name, self.password(name), (self.host, self.port), "", self.within)

    def status(self, device: str) -> dict[str, Any]:
        """What stands on a device's status topic now."""
        with self.device("web").listens(f"status/{device}") as ear:
            return ear.hears(f"status/{device}").body

    def kill(self, device: str, by: signal.Signals = signal.SIGKILL) -> int:
        """Kill the program of a device; returns its process id once it is gone."""
        pid: int = self.status(device)["detail"]["pid"]
        os.kill(pid, by)
        until(lambda: not lives(pid), PATIENCE, f"{device} does not die")
        return pid

    @contextmanager
    def without(self, device: str) -> Iterator[None]:
        """The program of this device is dead as long as the block lasts: whoever starts it again stands still."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            self.kill(device)
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def statuses(self) -> dict[str, dict[str, Any]]:
        """What stands on the status topic of every device now."""
        with self.device("web").listens("status/#") as ear:
            return {device: ear.hears(f"status/{device}").body for device in self.site.devices()}

    def find(self, *words: str) -> int | None:
        """The id of the process that has all these words in its command line."""
        found = [pid for pid, line in processes_of(self.state).items() if all(word in line for word in words)]
        return found[0] if found else None

    def fake(self, device: str) -> Path:
        """Where the fake device writes what it did."""
        return self.state / "fake" / device
