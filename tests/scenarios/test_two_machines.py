"""A second machine joins with a bundle and one command: two network namespaces with a cable between them."""

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.whole.cable import HERE, Cable
from tests.whole.centre import NORMAL, Centre, free_port, moiso, processes_of, until
from tests.whole.talk import PATIENCE, Device, Ear

REMOTE = {"kiosk-2": "kiosk", "counter-2": "counter", "display-2": "display"}
#: Seconds after which a press that nothing came of was not heard, on a busy machine too.
LOST = 10.0
MORE_DEVICES = """
[[kiosk]]
device = "kiosk-2"

[[kiosk.button]]
service = "A"
pin = 5
lamp = 12

[[display]]
device = "display-2"
width = 1366
height = 768
"""


@pytest.fixture(scope="module")
def cable() -> Iterator[Cable]:
    if os.geteuid() != 0:
        pytest.skip("two network namespaces can be made by root only")
    cable = Cable()
    try:
        cable.lay()
        yield cable
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        pytest.fail(f"this machine does not let root make network namespaces (is iproute2 installed?): {said}")
    finally:
        cable.close()


@pytest.fixture(scope="module")
def centre(cable: Cable, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """The centre's main machine, with one call unit; it listens where the cable ends."""
    folder = tmp_path_factory.mktemp("two-machines")
    site = folder / "site.toml"
    text = NORMAL.read_text(encoding="utf-8").replace("[broker]\n", f'[broker]\nlisten = "{HERE}"\n')
    site.write_text(text + MORE_DEVICES, encoding="utf-8")
    with Centre(folder / "main", (free_port(), free_port()), site) as centre:
        centre.host, centre.within = HERE, ("ip", "netns", "exec", cable.here)
        centre.more = ("--device", "counter-1")
        centre.start(wait=False)
        until(lambda: "Ctrl-C ends everything." in centre.said, PATIENCE, "the centre does not start")
        yield centre


class Second:
    """The second machine: one bundle and one command for each of its devices."""

    def __init__(self, centre: Centre, cable: Cable, folder: Path) -> None:
        self.state, self._folder = folder / "second", folder
        self._centre, self._within = centre, ["ip", "netns", "exec", cable.there]
        self._running: list[subprocess.Popen[bytes]] = []

    def joins_as(self, device: str) -> None:
        bundle = self._folder / f"{device}.moiso"
        make = moiso("bundle", device, "--site", self._centre.site_path, "--state", self._centre.state, "--out", bundle)
        made = subprocess.run([*self._centre.within, *make], capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        join = moiso("join", bundle, "--state", self.state / device, "--fake")
        self._running.append(subprocess.Popen([*self._within, *join], stdout=subprocess.DEVNULL))

    def file(self, device: str, name: str) -> Path:
        return self.state / device / "fake" / device / name

    def close(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def second(centre: Centre, cable: Cable, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Second]:
    machine = Second(centre, cable, tmp_path_factory.mktemp("second-machine"))
    try:
        for device in REMOTE:
            machine.joins_as(device)
        with centre.device("web").listens("status/#") as ear:
            for device in REMOTE:
                ear.hears(f"status/{device}", state="ready")
        yield machine
    finally:
        machine.close()


def a_hand_at(at: Device, key: str, ear: Ear, event: str, **expected: Any) -> str:
    """Press this key of a fake device; the ticket of the event that follows.

    The door through which a fake device hears its hands comes back a little after the device; until then a press is
    lost, as it is on a button whose wire is off, and the hand presses again.
    """
    topic = f"event/{event}"
    for _ in range(4):
        at.says(f"fake/{at.name}", {"press": key})
        with contextlib.suppress(AssertionError):
            return str(ear.hears(topic, within=LOST, **expected).data["ticket"])
    return str(ear.hears(topic, **expected).data["ticket"])


def press_on_the_other_machine(centre: Centre, second: Second) -> str:
    """A visitor takes a number at the second machine's kiosk; the number on the paper."""
    with centre.device("web").listens("event/#") as ear:
        # the printed number counts: where the hub answers late, the kiosk gives one of its own
        number = a_hand_at(centre.device("kiosk-2"), "A", ear, "ticket-printed", by="kiosk-2")
        ear.hears("event/ticket-issued", ticket=number, device="kiosk-2")
    assert second.file("kiosk-2", f"tickets/{number}.escpos").exists()
    return number


def call_from_the_other_machine(centre: Centre) -> str:
    """A clerk presses next at the second machine's call unit; the number that is called."""
    with centre.device("web").listens("event/#") as ear:
        return a_hand_at(centre.device("counter-2"), "next", ear, "ticket-called", counter=2)


def is_spoken(second: Second, number: str) -> bool:
    lines = second.file("display-2", "spoken.jsonl")
    return lines.exists() and number in [json.loads(line)["ticket"] for line in lines.read_text().splitlines()]


def lamp(second: Second) -> str:
    return json.loads(second.file("counter-2", "lamps.json").read_text())["lamp"]


def test_a_press_there_is_a_ticket_a_call_and_a_voice_there(centre, second):
    number = press_on_the_other_machine(centre, second)
    assert call_from_the_other_machine(centre) == number
    until(lambda: is_spoken(second, number), PATIENCE, f"{number} is not spoken on the second machine")
    assert second.file("display-2", "screen.png").exists()


def test_nothing_but_its_own_password_is_on_the_second_machine(second):
    for device in REMOTE:
        assert [file.name for file in (second.state / device / "credentials").iterdir()] == [device]


def test_the_main_machine_leaves_the_others_devices_alone(centre):
    assert centre.find("-m", "kiosk") is None
    assert centre.find("-m", "display") is None
    programs = ["up", "broker", "hub", "counters", "buttons", "stats", "web"]
    until(lambda: len(processes_of(centre.state)) == len(programs), PATIENCE, "others run")


def test_a_cut_cable_is_noticed_and_a_mended_one_goes_on(centre, second, cable):
    with centre.device("web").listens("status/#") as ear:
        cable.cut()
        for device in REMOTE:
            ear.hears(f"status/{device}", state="lost")
        until(lambda: lamp(second) == "blinking", PATIENCE, "the lamp does not say that the hub is out of reach")
        since = len(ear.heard)
        cable.mend()
        for device in REMOTE:
            ear.hears(f"status/{device}", since=since, state="ready")
    until(lambda: lamp(second) == "steady", PATIENCE, "the lamp does not say that the hub is back")
    number = press_on_the_other_machine(centre, second)
    assert call_from_the_other_machine(centre) == number
    until(lambda: is_spoken(second, number), PATIENCE, f"{number} is not spoken after the cut")
