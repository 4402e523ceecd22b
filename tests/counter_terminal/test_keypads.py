"""The real program with keypads and signs on a serial line (a pseudo terminal), a real broker and a scripted hub."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from counter_terminal.exchange import Face
from counter_terminal.fake_line import FakeLine
from counter_terminal.fake_unit import LOST
from counter_terminal.machine import Lamp
from tests.counter_terminal.line_site import line_site
from tests.counter_terminal.scripted_hub import ScriptedHub, until_seen, wait_for
from tests.counter_terminal.test_process import Program, called

COUNTERS = (1, 2, 3, 4)


class Keypads:
    """The program on a line that the test holds in its hands."""

    def __init__(self, broker, folder: Path, counters: Sequence[int]) -> None:
        self.hub = ScriptedHub(broker, called)
        for n in counters:
            self.hub.show(n, f"A{n + 100}")
        self.line = FakeLine(folder, [n for k in counters for n in (k, 10 + k)], 9600, lambda *_: None)
        self.line.start()
        self.program = Program(broker, line_site(folder, self.line.port, counters))

    def shows(self, n: int, ticket: str, lamp: Lamp = Lamp.STEADY) -> bool:
        return self.line.face(n) == self.line.face(10 + n) == Face(lamp, ticket)

    def sees(self, n: int, ticket: str, lamp: Lamp = Lamp.STEADY) -> None:
        wait_for(lambda: self.shows(n, ticket, lamp))

    def press(self, keys: dict[int, str]) -> None:
        """Press these keys until their commands came: a unit that a busy program leaves alone takes and keeps none."""

        def missing() -> list[int]:
            return [n for n, key in keys.items() if key not in self.hub.names(n)]

        until_seen(lambda: [self.line.press(n, keys[n]) for n in missing()], lambda: not missing())

    def close(self) -> tuple[int, str]:
        ended = self.program.end()
        self.line.stop()
        self.hub.close()
        return ended


@pytest.fixture
def keypads(broker, tmp_path, request) -> Iterator[Keypads]:
    it = Keypads(broker, tmp_path, getattr(request, "param", COUNTERS))
    yield it
    it.close()


def test_keys_lamps_and_signs_of_four_counters_without_any_pin(keypads):
    for n in COUNTERS:
        keypads.sees(n, f"A{n + 100}")
    until_seen(lambda: keypads.line.press(4, "undo"), lambda: keypads.shows(4, "A004", Lamp.UNDONE))
    keypads.press({1: "next", 2: "recall", 3: "no-show"})
    assert [set(keypads.hub.names(n)) for n in COUNTERS] == [{"next"}, {"recall"}, {"no-show"}, {"undo"}]
    for n in COUNTERS:
        keypads.sees(n, f"A{n:03}")
    assert keypads.close() == (0, "")


def test_a_silent_hub_leaves_dashes_on_every_sign(keypads):
    keypads.sees(1, "A101")
    keypads.hub.be_silent()
    for n in COUNTERS:
        keypads.sees(n, "----", Lamp.BLINKING)


def test_the_adapter_out_and_in_again_needs_no_restart(keypads):
    keypads.sees(2, "A102")
    wait_for(lambda: keypads.hub.detail("counter-2") == {"keypad": "ready", "sign": "ready"})
    for ticket in ("A111", "A112", "A113"):
        keypads.line.adapter(plugged=False)
        wait_for(lambda: keypads.hub.detail("counter-2") == {"keypad": "no-line", "sign": "no-line"})
        assert keypads.hub.status["counter-2"] == "stopped"
        keypads.hub.show(2, ticket)
        keypads.line.adapter(plugged=True)
        keypads.sees(2, ticket)
        wait_for(lambda: keypads.hub.status["counter-2"] == "ready")
    code, errors = keypads.close()
    assert code == 0
    assert errors.count("trying again until it can") == errors.count("can be used again") == 3
    assert "Traceback" not in errors


def test_a_unit_alone_shows_dashes_and_a_program_that_died_leaves_no_number_standing(keypads):
    keypads.sees(1, "A101")
    keypads.program.process.kill()
    wait_for(lambda: keypads.line.face(1) == keypads.line.face(11) == LOST)


@pytest.mark.parametrize("keypads", [[3]], indirect=True, ids=["few addresses are looked at soon"])
def test_a_second_keypad_at_an_address_is_said_to_whoever_reads_the_status(keypads):
    keypads.sees(3, "A103")
    keypads.line.twin(3, plugged=True)
    wait_for(lambda: keypads.hub.detail("counter-3").get("keypad") == "two")
    wait_for(lambda: keypads.hub.status["counter-3"] == "ready")
    keypads.press({3: "next"})


def test_a_line_that_is_not_there_is_waited_for(broker, tmp_path):
    hub = ScriptedHub(broker, called)
    program = Program(broker, line_site(tmp_path, tmp_path / "port", COUNTERS))
    wait_for(lambda: hub.detail("counter-1").get("keypad") == "no-line")
    hub.close()
    code, errors = program.end()
    assert code == 0
    assert errors.count("cannot be used") == 1
    assert str(tmp_path / "port") in errors


def test_with_fake_the_line_comes_along_and_is_told_what_happens_to_it(broker, tmp_path):
    hub = ScriptedHub(broker, called)
    hub.show(1, "A101")
    program = Program(broker, line_site(tmp_path, "/dev/ttyUSB0", [1]), "--fake").ready("counter-1")
    sign = broker.state / "fake" / "counter-1" / "sign.json"
    wait_for(lambda: json.loads(sign.read_text()) == {"text": "A101"})
    until_seen(lambda: program.press("counter-1", "undo"), lambda: hub.of(1))
    happenings = [("unplug", "absent"), ("plug", "ready"), ("adapter-out", "no-line"), ("adapter-in", "ready")]
    for happening, state in happenings:
        program.tell("counter-1", json.dumps({"line": happening}))
        wait_for(lambda state=state: hub.detail("counter-1").get("keypad") == state)
        assert happening in done_to(broker, "counter-1") + done_to(broker, "line-quay")
    program.tell("counter-1", '{"press": "lunch"}')
    program.tell("counter-1", '{"line": "lunch"}')
    hub.close()
    code, errors = program.end()
    assert code == 0
    assert "counter-1 has no key 'lunch'; it has next, recall, no-show, undo, start, finish, hold" in errors
    assert "Traceback" not in errors


def done_to(broker, what: str) -> list[str]:
    return [*json.loads((broker.state / "fake" / what / "line.json").read_text()).values()]


def test_with_fake_the_second_keypad_is_a_keypad_though_the_counter_has_a_sign(broker, tmp_path):
    hub = ScriptedHub(broker, called)
    hub.show(1, "A101")
    program = Program(broker, line_site(tmp_path, "/dev/ttyUSB0", [1]), "--fake").ready("counter-1")
    for happening, state in [("twin", "two"), ("alone", "ready")]:
        program.tell("counter-1", json.dumps({"line": happening}))
        wait_for(lambda state=state: hub.detail("counter-1") == {"keypad": state, "sign": "ready"})
        assert done_to(broker, "counter-1") == ["plug", happening]
    hub.close()
    assert program.end()[0] == 0
