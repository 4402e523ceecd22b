"""The ground of the bench: one real broker, on it several sites side by side, each with a real hub or an echo."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from os import environ
from pathlib import Path
from types import TracebackType

from broker_config.acl import render_acl
from broker_config.prepare import command, prepare
from centre.bench.peer import PATIENCE, Peer
from moiso.runtime.link import Address
from moiso.runtime.site import Site, load
from moiso.wire.topics import Topics

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "normal.toml"
KIOSKS = 8
#: The site whose commands are answered without a queue behind: the floor.
ECHO = "echo"


class Ground:
    """A folder, a free port, and a broker on it as long as the `with` block lasts.

    The sites named share devices and passwords: examples/normal.toml with eight kiosks.
    """

    def __init__(self, folder: Path, sites: Sequence[str]) -> None:
        self.folder, self.port = folder, free_port()
        for name in sites:
            self.state(name).mkdir(parents=True, exist_ok=True)
            self.site_file(name).write_text(_site_text(name), encoding="utf-8")
        devices = self.site(sites[0]).devices()
        self._files = prepare(folder, sites[0], devices, port=self.port)
        access = "\n".join(render_acl(name, devices) for name in (*sites, ECHO))
        self._files.acl.write_text(access, encoding="utf-8")

    def __enter__(self) -> "Ground":
        self._broker = subprocess.Popen(command(self._files))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        end(self._broker)

    def state(self, site: str) -> Path:
        """The site's own directory."""
        return self.folder / site

    def site_file(self, site: str) -> Path:
        """Its site.toml."""
        return self.state(site) / "site.toml"

    def site(self, name: str) -> Site:
        """Its configuration."""
        return load(self.site_file(name))

    def address(self, device: str) -> Address:
        """The broker, and the device's password."""
        password = (self._files.credentials / device).read_text(encoding="utf-8").strip()
        return Address("127.0.0.1", self.port, device, password)

    @contextmanager
    def hub(self, site: str) -> Iterator[None]:
        """A real hub of this site; it beats when the block begins."""
        where = ("--site", str(self.site_file(site)), "--state", str(self.state(site)))
        line = [sys.executable, "-P", "-m", "hub", *where, "--host", "127.0.0.1", "--mqtt-port", str(self.port)]
        with running(line, CREDENTIALS_DIRECTORY=str(self._files.credentials)):
            self._await(Topics(site).beat)
            yield

    @contextmanager
    def echo(self, shape: str) -> Iterator[None]:
        """An echo in the hub's place at the site ECHO; see echo.py for `shape`."""
        address = self.address("hub")
        line = [sys.executable, "-P", "-m", "centre.bench.echo", str(self.port), address.password, shape]
        with running(line):
            self._await(Topics(ECHO).beat)
            yield

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
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _site_text(name: str) -> str:
    text = re.sub(r'^id = ".*"$', f'id = "{name}"', EXAMPLE.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    return text + "".join(f'\n[[kiosk]]\ndevice = "kiosk-{number}"\n' for number in range(2, KIOSKS + 1))
