"""`moiso up` when its programs die, and what is left when it dies itself."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import Device as Crowd
from tests.faults.crowd import Reader, Work
from tests.whole.centre import Centre, free_port, processes_of, until
from tests.whole.talk import PATIENCE


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("supervised") / "state", (free_port(), free_port())) as centre:
        centre.start()
        yield centre


def spoken(centre: Centre) -> list[str]:
    file = centre.fake("display-1") / "spoken.jsonl"
    return [json.loads(line)["ticket"] for line in file.read_text().splitlines()] if file.exists() else []


def a_call(centre: Centre, service: str = "B", counter: int = 1) -> str:
    """Somebody takes a number and is called at once."""
    number = centre.device("kiosk-1").asks("issue", service=service).data["ticket"]
    assert centre.device(f"counter-{counter}").asks("next").data["ticket"] == number
    return number


def test_a_dead_program_is_back_and_nothing_is_said_twice(centre):
    """How soon it is back, the tests of `centre.children` ask on a clock of their own."""
    number = a_call(centre)
    until(lambda: number in spoken(centre), PATIENCE, "the call is not spoken")
    for device, module in (("display-1", "display"), ("kiosk-1", "kiosk"), ("counter-1", "counter_terminal"),
                           ("stats", "stats"), ("web", "web"), ("hub", "hub")):  # fmt: skip
        dead = centre.kill(device)
        until(lambda m=module, d=dead: centre.find("-m", m) not in {None, d}, PATIENCE, f"{module} is not back")
    centre.all_ready()
    # The next call is spoken, once; what was said before the deaths is not said again before it.
    later = a_call(centre)
    until(lambda: later in spoken(centre), PATIENCE, "the wall does not speak any more")
    assert spoken(centre) == [number, later]


def test_who_dies_again_and_again_comes_back_again_and_again(centre):
    for _ in range(2):
        centre.kill("kiosk-1")
        until(lambda: centre.find("-m", "kiosk"), PATIENCE, "the kiosk is not started again")
        centre.all_ready()


def test_the_broker_is_killed_during_traffic(centre):
    """Everybody finds it again; no number is lost or given twice; who follows the log misses nothing."""
    issued: dict[str, str] = {}
    reader, kiosk, work = Reader(centre, "display-1"), Crowd(centre, "kiosk-1"), Work()
    try:
        work.begin(lambda: _issue(kiosk, issued))
        for _ in range(3):
            before = len(issued)
            until(lambda b=before: len(issued) >= b + 3, PATIENCE, "nobody gets a number any more")
            broker = until(lambda: centre.find(str(centre.state / "broker" / "mosquitto.conf")), PATIENCE, "no broker")
            os.kill(broker, signal.SIGKILL)
        work.end()
        centre.all_ready()
        assert len(set(issued.values())) == len(issued)
        _issue(kiosk, issued)
        last = list(issued.values())[-1]
        until(lambda: _issued(reader).get(last), PATIENCE, "the reader does not hear the last number")
    finally:
        kiosk.close()
        reader.close()
    logged = {press: ticket for ticket, press in _issued(reader).items()}
    assert {press: logged.get(press) for press in issued} == issued
    assert [event.seq for event in reader.events] == list(range(1, len(reader.events) + 1))


def _issue(kiosk: Crowd, issued: dict[str, str]) -> None:
    press = f"storm-{len(issued)}"
    issued[press] = kiosk.ask("issue", press, service="C")["data"]["ticket"]


def _issued(reader: Reader) -> dict[str, str]:
    """Ticket -> press id, of everything that the reader heard."""
    data = [json.loads(bytes(event.data)) for event in list(reader.events) if event.type == "ticket-issued"]
    return {each["ticket"]: each["press"] for each in data}


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_leaves_no_process(short_lived, by):
    assert short_lived.end(by) == 0
    until(lambda: not processes_of(short_lived.state), PATIENCE, "somebody lives on")
    assert "ended (" not in short_lived.said, "who ends because it is asked to is not said to have died"


def test_killed_it_leaves_no_process(short_lived):
    os.kill(short_lived.pid, signal.SIGKILL)
    until(lambda: not processes_of(short_lived.state), PATIENCE, "somebody lives on")


@pytest.fixture
def short_lived(tmp_path: Path) -> Iterator[Centre]:
    """A centre that has just started: hub and kiosk run, the others may still be on their way."""
    with Centre(tmp_path / "state", (free_port(), free_port())) as centre:
        centre.start(wait=False)
        until(lambda: centre.find("-m", "display") and centre.find("-m", "web"), PATIENCE, "the centre does not start")
        yield centre
