"""The ground of the bench: a real broker, and on it two sites side by side: one with a real hub, one with an echo."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from os import environ
from pathlib import Path
from random import randrange
from types import TracebackType

from broker_config.acl import render_acl
from broker_config.prepare import command, prepare
from centre.bench.peer import PATIENCE, Peer
from moiso.runtime.address import Address
from moiso.runtime.site import load
from moiso.wire.topics import Topics

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "normal.toml"
KIOSKS = 8
#: The site with a hub, and the one whose commands are answered without a queue behind: the floor.
SITE, ECHO = "bench", "echo"


class Ground:
    """A folder, a free port, and a broker on it as long as the `with` block lasts.

    Both sites have the devices and passwords of examples/normal.toml, with eight kiosks.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.state.mkdir(parents=True, exist_ok=True)
        self._site_file = self.state / "site.toml"
        self._site_file.write_text(_site_text(), encoding="utf-8")
        devices = load(self._site_file).devices()
        self._files = prepare(folder, SITE, devices, port=self.port)
        access = "\n".join(render_acl(name, devices) for name in (SITE, ECHO))
        self._files.acl.write_text(access, encoding="utf-8")

    def __enter__(self) -> "Ground":
        self._broker = subprocess.Popen(command(self._files))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        end(self._broker)

    @property
    def state(self) -> Path:
        """The hub's own directory."""
        return self.folder / "state"

    @property
    def credentials(self) -> Path:
        """Where the devices' passwords are."""
        return self._files.credentials

    def address(self, device: str) -> Address:
        """The broker, and the device's password."""
        password = (self.credentials / device).read_text(encoding="utf-8").strip()
        return Address("127.0.0.1", self.port, device, password)

    @contextmanager
    def hub(self) -> Iterator[None]:
        """A real hub; it beats when the block begins."""
        where = ("--site", str(self._site_file), "--state", str(self.state))
        line = [sys.executable, "-P", "-m", "hub", *where, "--host", "127.0.0.1", "--mqtt-port", str(self.port)]
        with running(line, CREDENTIALS_DIRECTORY=str(self.credentials)):
            self._await(Topics(SITE).beat)
            yield

    @contextmanager
    def echo(self, shape: str) -> Iterator[None]:
        """An echo in the hub's place at the site ECHO; see echo.py for `shape`."""
        address = self.address("hub")
        line = [sys.executable, "-P", "-m", "centre.bench.echo", str(self.port), address.password, shape]
        with running(line):
            self._await(Topics(ECHO).beat)
            yield

    @contextmanager
    def pages(self) -> Iterator[tuple[int, Path]]:
        """The pages of the site SITE: their port, and the file with everybody's PINs; both are ready."""
        port, accounts = free_port(), self.state / "fake" / "web" / "accounts.json"
        where = ("--site", str(self._site_file), "--state", str(self.state), "--mqtt-port", str(self.port))
        line = [sys.executable, "-P", "-m", "web", "--fake", "--web-port", str(port), *where]
        with running(line, CREDENTIALS_DIRECTORY=str(self.credentials)):
            self._await(Topics(SITE).status("web"))
            yield port, accounts

    def _await(self, topic: str) -> None:
        """Wait until somebody says something there."""
        heard: list[bytes] = []
        peer = Peer(self.address("web"), "bench-waits", [topic], lambda _topic, payload: heard.append(payload))
        until = time.monotonic() + PATIENCE
        while not heard and time.monotonic() < until:
            time.sleep(0.01)
        peer.close()
        if not heard:
            raise TimeoutError(f"nothing is said on {topic}: see the messages above")


@contextmanager
def running(line: Sequence[str], **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """A process of ours as long as the block lasts, its stdin and stdout in our hands."""
    process = subprocess.Popen(
        line,
        env={**environ, **environment},
        cwd=EXAMPLE.parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        end(process)


def end(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """Ask it to end, and wait."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port on loopback that nobody listens on, below those that the kernel gives to clients.

    One of the kernel's own would not do: a client that tries a port of its own before the broker listens there meets
    itself.
    """
    while True:
        port = randrange(20000, 30000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _site_text() -> str:
    text = re.sub(r'^id = ".*"$', f'id = "{SITE}"', EXAMPLE.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    return text + "".join(f'\n[[kiosk]]\ndevice = "kiosk-{number}"\n' for number in range(2, KIOSKS + 1))
