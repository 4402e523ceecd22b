"""What a person must mend is one plain sentence that says what to do, and exit code 78; nothing dies of it."""

import json
import resource
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.machine import NEWCOMER
from hub.store import Store
from tests.faults.crowd import Device
from tests.whole.centre import NORMAL, Centre, free_port, moiso, processes_of, until
from tests.whole.talk import PATIENCE
from tests.whole.talk import Device as Person

EX_CONFIG = 78


def refused(command: list[str]) -> str:
    """The one sentence of a program that will not run as things are."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == EX_CONFIG, (done.returncode, done.stderr)
    lines = [line for line in done.stderr.splitlines() if "mosquitto" not in line and "Warning:" not in line]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("first") / "state", (free_port(), free_port())) as centre:
        centre.start(wait=False)
        until(lambda: centre.find("-m", "web"), PATIENCE, "the centre does not start")
        yield centre


def other(tmp_path: Path, mqtt: int, web: int) -> Centre:
    return Centre(tmp_path / "state", (mqtt, web))


def test_a_second_up_on_the_same_state(centre):
    second = Centre(centre.state, (free_port(), free_port()))
    before = programs(centre.state)
    sentence = refused(second.command)
    assert str(centre.state) in sentence
    assert "already runs" in sentence
    assert "--state" in sentence
    after = processes_of(centre.state)
    assert before.items() <= after.items()
    assert not [words for words in after.values() if str(second.port) in words]


def programs(state: Path) -> dict[int, list[str]]:
    """What runs as long as the centre does: not the program that speaks a sentence for the kiosk's page."""
    return {pid: words for pid, words in processes_of(state).items() if words[0] != "espeak-ng"}


def test_the_brokers_port_is_in_use(centre, tmp_path):
    sentence = refused(other(tmp_path, centre.port, free_port()).command)
    assert f"port {centre.port} is in use" in sentence
    assert "--mqtt-port" in sentence


def test_the_pages_port_is_in_use(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = refused(other(tmp_path, free_port(), port).command)
    assert f"port {port} is in use" in sentence
    assert "--web-port" in sentence


def test_a_state_directory_that_is_none(tmp_path):
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    assert "--state" in refused(other(tmp_path, free_port(), free_port()).command)


def test_a_site_that_is_not_there(tmp_path):
    missing = tmp_path / "missing.toml"
    done = subprocess.run(moiso("up", "--site", missing), capture_output=True, text=True, check=False)
    assert done.returncode == EX_CONFIG
    assert str(missing) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_newer_database(hub):
    with_version(hub, 99)
    sentence = refused(hub.command())
    assert str(hub.database) in sentence
    assert "newer" in sentence
    assert "format 99" in sentence


def test_up_ends_when_its_hub_cannot_run(tmp_path):
    """Not a restart for ever: nobody is helped by a centre that gives no numbers."""
    state = tmp_path / "state"
    state.mkdir()
    Store(state / "hub.db").close()
    with sqlite3.connect(state / "hub.db") as database:
        database.execute("PRAGMA user_version = 99")
    sentence = refused(other(tmp_path, free_port(), free_port()).command)
    assert "newer" in sentence
    until(lambda: not processes_of(state), PATIENCE, "somebody lives on")


def test_an_unreadable_database(hub):
    hub.kill()
    hub.database.write_bytes(b"this is no database" * 1000)
    sentence = refused(hub.command())
    assert str(hub.database) in sentence
    assert "backup" in sentence


def test_a_database_with_a_log_that_cannot_be(hub):
    press(hub)
    hub.kill()
    with sqlite3.connect(hub.database) as database:
        database.execute("""UPDATE event SET data = '{"ticket": 5}' WHERE type = 'ticket-issued'""")
    assert "backup" in refused(hub.command())


def test_a_second_hub_on_another_database(hub):
    """The newcomer goes; the first one stays, and what it said stands."""
    press(hub)
    time.sleep(NEWCOMER)
    before = states(hub)
    copy = hub.broker.state.with_name(hub.broker.state.name + "-copy")
    shutil.copytree(hub.broker.state / "credentials", copy / "credentials")
    command = [str(copy) if word == str(hub.broker.state) else word for word in hub.command()]
    assert "another hub" in refused(command)
    until(lambda: states(hub) == before, PATIENCE, "what the second hub said stands")
    assert hub.kill(), "the first hub went"


def states(hub) -> dict[str, dict[str, Any]]:
    """Everything that the hub has said and the broker keeps, but for the heads of the states."""
    broker = hub.broker
    with Person("web", broker.password("web"), (broker.host, broker.port), broker.root).listens("state/#") as ear:
        return {h.topic: {**h.body, "seq": 0, "at": ""} for h in ear.heard if h.retain and h.payload}


def test_a_second_hub_on_the_same_database(hub):
    press(hub)
    assert "already works" in refused(hub.command())
    assert hub.kill(), "the first hub went"


def test_no_password(hub, tmp_path):
    command = [str(tmp_path) if word == str(hub.broker.state) else word for word in hub.command()]
    sentence = refused(command)
    assert "no password for hub" in sentence
    assert "moiso up" in sentence


def test_a_full_disk(hub):
    """Who asks is told so; nothing changes; and when there is room again, the hub goes on without a restart."""
    kiosk = Device(hub.broker, "kiosk-1")
    try:
        first = kiosk.ask("issue", "before", service="A")["data"]["ticket"]
        fill(hub)
        refusal = kiosk.ask("issue", "meanwhile", service="A")
        assert (refusal["status"], refusal["reason"]) == ("error", "disk-full")
        assert "disk" in refusal["message"]["en"]
        make_room(hub)
        until(lambda: given(kiosk) > {first}, PATIENCE, "it does not go on")
        # a slow answer has a press said again, and that one is then taken too as soon as there is room
        numbers = sorted(given(kiosk))
        assert numbers == [f"A{number:03}" for number in range(1, len(numbers) + 1)]
    finally:
        kiosk.close()


def given(kiosk: Device) -> set[str]:
    """Every number that the kiosk was told of, and of one more visitor."""
    kiosk.ask("issue", f"visitor-{len(kiosk.replies)}", service="A")
    said = [json.loads(reply) for replies in list(kiosk.replies.values()) for reply in list(replies)]
    return {reply["data"]["ticket"] for reply in said if reply["status"] == "ok"}


def fill(hub) -> None:
    """From now on no file of the hub may grow."""
    resource.prlimit(hub.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def make_room(hub) -> None:
    resource.prlimit(hub.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def press(hub) -> None:
    """The hub runs and has given a number."""
    kiosk = Device(hub.broker, "kiosk-1")
    try:
        assert kiosk.ask("issue", "one", service="A")["status"] == "ok"
    finally:
        kiosk.close()


def with_version(hub, version: int) -> None:
    press(hub)
    hub.kill()
    with sqlite3.connect(hub.database) as database:
        database.execute(f"PRAGMA user_version = {version}")


def test_the_example_is_in_order():
    done = subprocess.run(moiso("check", NORMAL), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
