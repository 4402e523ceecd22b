"""A hub of its own on a real broker, to be killed and started as often as a test likes."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moiso.runtime.site import load
from tests.conftest import Broker

SITE = """\
[site]
id = "test-site"
name = "Trung tâm thử nghiệm"

[[service]]
code = "A"
name = "Chứng thực"

[[service]]
code = "B"
name = "Hộ tịch"
"""
COUNTER = '\n[[counter]]\nnumber = {0}\nservices = ["A", "B"]\n'
KIOSK = '\n[[kiosk]]\ndevice = "kiosk-{0}"\n'
KIOSKS, COUNTERS = 8, 4


class Hub:
    """The hub's program, started on a site and a broker."""

    def __init__(self, site: Path, broker: Broker) -> None:
        self.site, self.broker = site, broker
        self.database = broker.state / "hub.db"
        self._log = (broker.state / "hub.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def on(cls, make_broker: Callable[..., Broker], folder: Path) -> "Hub":
        """A hub that runs, with a broker, for eight kiosks and four counters."""
        site = folder / "site.toml"
        kiosks = "".join(KIOSK.format(n) for n in range(1, KIOSKS + 1))
        counters = "".join(COUNTER.format(n) for n in range(1, COUNTERS + 1))
        site.write_text(SITE + counters + kiosks, encoding="utf-8")
        hub = cls(site, make_broker(load(site).devices()))
        hub.start()
        return hub

    def command(self) -> list[str]:
        where = ["--site", str(self.site), "--state", str(self.broker.state), "--mqtt-port", str(self.broker.port)]
        return [sys.executable, "-P", "-m", "hub", *where]

    def start(self) -> None:
        self._process = subprocess.Popen(self.command(), stderr=self._log)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> bool:
        """End it as a power cut would; whether it was alive until then."""
        assert self._process is not None
        alive = self._process.poll() is None
        self._process.kill()
        self._process.wait()
        return alive

    def close(self) -> None:
        if self._process is not None:
            self.kill()
        self._log.close()
        self.broker.stop()


@pytest.fixture
def hub(make_broker: Callable[..., Broker], tmp_path: Path) -> Iterator[Hub]:
    """A hub that runs, for one test."""
    hub = Hub.on(make_broker, tmp_path)
    yield hub
    hub.close()
