"""The real program with fake pins, four units in one process, against a real broker and a scripted hub."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import paho.mqtt.publish as single
import pytest

from counter_terminal.machine import GLANCE, WANTED
from moiso.devices.debounce import QUIET
from tests.counter_terminal.line_site import pin_site
from tests.counter_terminal.scripted_hub import PATIENCE, ScriptedHub, until_seen, wait_for

UNITS = ["counter-1", "counter-2", "counter-3", "counter-4"]


class Program:
    """The running program: `press` is a finger, `lamp` an eye."""

    def __init__(self, broker: Any, site: Path, *arguments: str, notify: str = "") -> None:
        self._broker = broker
        self._result: tuple[int, str] | None = None
        command = [sys.executable, "-m", "counter_terminal", "--site", str(site), "--state", str(broker.state)]
        self.process = subprocess.Popen(
            [*command, "--mqtt-port", str(broker.port), *arguments],
            env={**os.environ, "NOTIFY_SOCKET": notify},
            stderr=subprocess.PIPE,
            text=True,
        )

    def tell(self, device: str, payload: str) -> None:
        single.single(
            f"{self._broker.root}fake/{device}",
            payload,
            qos=1,
            hostname=self._broker.host,
            port=self._broker.port,
            auth={"username": "web", "password": self._broker.password("web")},
        )

    def press(self, device: str, button: str) -> None:
        self.tell(device, json.dumps({"press": button}))

    def lamp(self, device: str) -> str | None:
        path = self._broker.state / "fake" / device / "lamps.json"
        return json.loads(path.read_text())["lamp"] if path.exists() else None

    def wait_lamp(self, device: str, lamp: str) -> None:
        wait_for(lambda: self.lamp(device) == lamp)

    def ready(self, *devices: str) -> "Program":
        """Wait until all these units take presses."""
        for device in devices:
            self.wait_lamp(device, "steady")
        return self

    def end(self) -> tuple[int, str]:
        """The exit code after SIGTERM, and what it logged."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """The exit code and what it logged, when it has ended by itself."""
        if not self._result:
            _, errors = self.process.communicate(timeout=PATIENCE)
            self._result = self.process.returncode, errors
        return self._result


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return pin_site(tmp_path, range(1, 5))


@pytest.fixture
def start(broker: Any, site: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def make(*arguments: str, notify: str = "") -> Program:
        programs.append(Program(broker, site, *arguments, notify=notify))
        return programs[-1]

    yield make
    for program in programs:
        program.end()


@pytest.fixture
def hub(broker: Any) -> Iterator[Callable[..., ScriptedHub]]:
    hubs: list[ScriptedHub] = []

    def make(answer: Callable[..., dict[str, Any] | None]) -> ScriptedHub:
        hubs.append(ScriptedHub(broker, answer))
        return hubs[-1]

    yield make
    for each in hubs:
        each.close()


def called(counter: int, _command: str, _payload: dict[str, Any]) -> dict[str, Any]:
    return {"status": "ok", "ticket": f"A{counter:03}"}


def silent(*_: object) -> None:
    return None


def one(start: Callable[..., Program], device: str) -> Program:
    """A program with this unit only, which takes presses."""
    return start("--fake", "--device", device).ready(device)


def test_four_units_in_one_program_each_speak_for_their_own_counter(hub, start):
    it = hub(called)
    for counter in range(1, 5):
        it.show(counter, f"A{counter + 100}")
    program = start("--fake").ready(*UNITS)
    wait_for(lambda: [it.status.get(unit) for unit in UNITS] == ["ready"] * 4)
    for unit, button in zip(UNITS, ["next", "recall", "no-show", "next"], strict=True):
        program.press(unit, button)
    wait_for(lambda: all(it.of(counter) for counter in range(1, 5)))
    assert [it.of(counter)[0][0] for counter in range(1, 5)] == ["next", "recall", "no-show", "next"]
    assert [it.of(counter)[0][1].get("after") for counter in range(1, 5)] == ["A101", None, "A103", "A104"]
    _, _, _, message = it.commands[0]
    assert (message.qos, message.retain) == (1, False)
    program.ready(*UNITS)
    assert program.end() == (0, "")
    wait_for(lambda: [it.status[unit] for unit in UNITS] == ["stopped"] * 4)
    assert {program.lamp(unit) for unit in UNITS} == {"dark"}


def test_one_press_with_chattering_contacts_is_one_command(hub, start):
    it = hub(called)
    program = one(start, "counter-2")
    program.press("counter-2", "next")
    wait_for(lambda: it.of(2))
    time.sleep(GLANCE)
    until_seen(lambda: program.press("counter-2", "recall"), lambda: "recall" in it.names(2))
    assert it.names(2).count("next") == 1


def test_a_finger_that_stays_on_recall_is_an_undo_and_the_lamp_confirms_it(hub, start):
    it = hub(called)
    program = one(start, "counter-2")
    times = until_seen(lambda: program.press("counter-2", "undo"), lambda: program.lamp("counter-2") == "undone")
    program.wait_lamp("counter-2", "steady")
    assert it.names(2) == ["undo"] * times


def test_an_unanswered_press_is_repeated_then_given_up_and_the_lamp_says_so(hub, start):
    it = hub(silent)
    program = one(start, "counter-1")

    def said() -> list[int]:
        return [*Counter(payload["id"] for _, _, payload, _ in it.commands).values()]

    times = until_seen(lambda: program.press("counter-1", "next"), lambda: program.lamp("counter-1") == "blinking")
    program.wait_lamp("counter-1", "fast")
    if max(said(), default=0) <= 1:
        times += until_seen(lambda: program.press("counter-1", "next"), lambda: max(said(), default=0) > 1)
        program.wait_lamp("counter-1", "fast")
    wait_for(lambda: len(said()) == times)
    assert max(said()) <= 3


def test_a_silent_hub_makes_every_lamp_blink(hub, start):
    it = hub(called)
    program = start("--fake").ready(*UNITS)
    it.be_silent()
    for unit in UNITS:
        program.wait_lamp(unit, "blinking")


def test_a_cut_link_concerns_one_unit_and_its_press_is_never_sent_late(hub, start):
    it = hub(called)
    program = start("--fake").ready(*UNITS)
    program.tell("counter-3", '{"link": "down"}')
    program.wait_lamp("counter-3", "blinking")
    wait_for(lambda: it.status["counter-3"] == "lost")
    program.press("counter-3", "next")
    program.press("counter-4", "next")
    wait_for(lambda: it.of(4))
    time.sleep(WANTED + 0.5)
    assert program.lamp("counter-3") == "blinking"
    program.tell("counter-3", '{"link": "up"}')
    program.wait_lamp("counter-3", "fast")
    wait_for(lambda: it.status["counter-3"] == "ready")
    assert it.of(3) == []
    until_seen(lambda: program.press("counter-3", "next"), lambda: program.lamp("counter-3") == "steady")
    assert set(it.names(3)) == {"next"}


def test_a_finger_that_is_held_on_recall_is_an_undo_before_it_leaves(hub, start):
    it = hub(called)
    program = one(start, "counter-2")

    def hold() -> None:
        leave()
        program.press("counter-2", "recall-down")

    def leave() -> None:
        program.press("counter-2", "recall-up")
        time.sleep(4 * QUIET)

    times = until_seen(hold, lambda: program.lamp("counter-2") == "undone")
    leave()
    program.wait_lamp("counter-2", "steady")
    assert it.names(2) == ["undo"] * times
    # A finger is as quick as the machine lets it be: what it held for two seconds is an undo again.
    until_seen(lambda: (hold(), leave()), lambda: it.names(2)[-1] == "recall")


def test_the_broker_may_die_and_come_back(hub, start, broker):
    hub(called)
    program = one(start, "counter-1")
    broker.kill()
    program.wait_lamp("counter-1", "blinking")
    broker.start()
    program.wait_lamp("counter-1", "steady")


def test_nonsense_on_the_fake_topic_is_logged_and_survived(hub, start):
    it = hub(called)
    program = one(start, "counter-1")
    for nonsense in ("{", '{"press": "lunch"}', '{"scan": "012"}', '{"link": "sideways"}', '{"press": ["next"]}', ""):
        program.tell("counter-1", nonsense)
    program.press("counter-1", "recall")
    wait_for(lambda: it.of(1))
    code, errors = program.end()
    assert code == 0
    assert "fake/counter-1: " in errors
    assert "Traceback" not in errors


def test_systemd_hears_that_it_is_ready(start, tmp_path):
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(PATIENCE)
        start("--fake", notify=address)
        assert systemd.recv(100) == b"READY=1"


def test_a_machine_without_pins_is_told_in_one_sentence(start):
    code, errors = start("--device", "counter-1").ended()
    assert code == 78
    assert len(errors.splitlines()) == 1
    assert "--fake" in errors
