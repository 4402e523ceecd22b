"""A real mosquitto for whoever needs one, as `moiso up` would set it up, and a real browser, one for a whole run."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from broker_config.prepare import BrokerFiles, command, prepare
from tests import ports
from tests.browser import launch
from tests.whole.talk import PATIENCE

settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("ci"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

expect.set_options(timeout=1000 * PATIENCE)
SITE = "test-site"
DEVICES = {
    "hub": "hub",
    "kiosk-1": "kiosk",
    "counter-1": "counter",
    "counter-2": "counter",
    "counter-3": "counter",
    "counter-4": "counter",
    "display-1": "display",
    "stats": "stats",
    "web": "web",
    "bell-1": "button",
}


@dataclass
class Broker:
    """A mosquitto on loopback; `start`, `stop` and `kill` may be called again and again, the port stays."""

    port: int
    state: Path
    files: BrokerFiles
    site: str = SITE
    host: str = "127.0.0.1"
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def root(self) -> str:
        """What every topic of the site begins with, slash included."""
        return f"moiso/1/{self.site}/"

    def password(self, device: str) -> str:
        """The device's password, as the device itself finds it."""
        return (self.files.credentials / device).read_text(encoding="utf-8").strip()

    def start(self) -> None:
        """Start the broker and return when it accepts connections."""
        self.process = subprocess.Popen(command(self.files), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not _accepts(self.host, self.port):
            assert self.process.poll() is None, "mosquitto ended at once: try its command line by hand"
            assert time.monotonic() < deadline, "mosquitto does not listen"
            time.sleep(0.002)

    def stop(self) -> None:
        """End the broker politely."""
        self._end(lambda process: process.terminate())

    def kill(self) -> None:
        """End the broker as a power cut does."""
        self._end(lambda process: process.kill())

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        if self.process is not None:
            how(self.process)
            self.process.wait(PATIENCE)
            self.process = None


def _accepts(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


@pytest.fixture
def free_port() -> int:
    """A TCP port on loopback that nobody listens on."""
    return ports.free_port()


@pytest.fixture(scope="session")
def make_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Broker]]:
    """`make_broker(devices, site=..., topics=...)` starts one more broker with its own state directory."""
    brokers: list[Broker] = []

    def make(devices: Mapping[str, str] = DEVICES, site: str = SITE, **more: Any) -> Broker:
        state, port = tmp_path_factory.mktemp("state"), ports.free_port()
        broker = Broker(port, state, prepare(state, site, devices, port=port, **more), site)
        brokers.append(broker)
        broker.start()
        return broker

    yield make
    for broker in brokers:
        broker.stop()


@pytest.fixture
def broker(make_broker: Callable[..., Broker]) -> Iterator[Broker]:
    """A broker of its own for one test, with the devices of the examples and one plain button."""
    made = make_broker()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
