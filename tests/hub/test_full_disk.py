"""The hub's program while its disk is full: it refuses, beats on, and does not turn in circles."""

import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.store import Store
from moiso.wire.codec import decode
from moiso.wire.messages import Beat, Board
from tests.conftest import PATIENCE, Broker
from tests.faults.conftest import Hub
from tests.faults.crowd import Device


class Listener(Device):
    """Keeps the beats and boards that it hears."""

    beats: list[Beat]
    boards: list[Board]

    def hear(self, topic: str, payload: bytes) -> None:
        if topic.endswith("/beat"):
            self.beats.append(decode(payload, Beat))
        elif topic.endswith("/board"):
            self.boards.append(decode(payload, Board))
        super().hear(topic, payload)

    def until(self, fits: Callable[[], object]) -> None:
        """Listen until it fits."""
        deadline = time.monotonic() + PATIENCE
        while not fits():
            assert time.monotonic() < deadline, f"{len(self.beats)} beats and {len(self.boards)} boards came"
            time.sleep(0.05)


@pytest.fixture
def hub(make_broker: Callable[..., Broker], tmp_path: Path) -> Iterator[Hub]:
    hub = Hub.on(make_broker, tmp_path)
    yield hub
    hub.close()


def cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_it_refuses_beats_on_and_rests(hub: Hub) -> None:
    Listener.beats, Listener.boards = [], []
    kiosk = Listener(hub.broker, "kiosk-1", "beat", "state/board")
    try:
        assert kiosk.ask("issue", "before", service="A")["data"]["ticket"] == "A001"
        resource.prlimit(hub.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        assert kiosk.ask("issue", "meanwhile", service="A")["reason"] == "disk-full"
        time.sleep(1.0)  # repetitions of the press are still under way
        kiosk.beats.clear()
        kiosk.boards.clear()
        used, began = cpu_seconds(hub.pid), time.monotonic()
        kiosk.until(lambda: len(kiosk.beats) >= 3 and kiosk.boards)
        seconds = time.monotonic() - began
        assert cpu_seconds(hub.pid) - used < 0.2 * seconds
        assert {beat.seq for beat in kiosk.beats} == {2}
        assert {board.services[0].waiting for board in kiosk.boards} == {1}, "the wall shows what is stored"
        resource.prlimit(hub.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert kiosk.ask("issue", "afterwards", service="A")["data"]["ticket"] == "A002"
    finally:
        kiosk.close()
    hub.kill()
    assert [row.type for row in Store(hub.database).rows(1, -1)] == ["day-opened", "ticket-issued", "ticket-issued"]
