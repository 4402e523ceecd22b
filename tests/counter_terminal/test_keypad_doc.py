"""docs/keypad.md is enough to build a unit: its example is replayed, its tables and times are held against the code."""

import re
from pathlib import Path

import pytest

from counter_terminal.exchange import KEYS, LAMPS, Face, Hello, Poll, answer, asked
from counter_terminal.fake_unit import ALONE, KEPT, FakeUnit
from counter_terminal.frame import MOST, Decoder, Kind, encode
from counter_terminal.machine import Lamp
from tests.counter_terminal.line_world import LineWorld

PAGE = Path("docs/keypad.md").read_text(encoding="utf-8")
LINES = re.findall(r"^([<>]) ([0-9a-f ]+)$", PAGE, re.MULTILINE)


def exchanges() -> list[tuple[bytes, bytes]]:
    said = [bytes.fromhex(text) for _, text in LINES]
    assert [who for who, _ in LINES] == [">", "<"] * (len(said) // 2)
    return list(zip(said[::2], said[1::2], strict=True))


def test_a_unit_built_from_the_page_says_what_the_example_says():
    unit, decoder, now = FakeUnit(lambda: 0x1A2B), Decoder(), 100.0
    seen = []
    for n, (question, expected) in enumerate(exchanges()):
        if n == 2:
            assert unit.press("next", now)
            now += 0.12
        [frame] = decoder.feed(question)
        seen.append(asked(frame))
        state = unit.hear(seen[-1], now)
        assert state is not None
        assert encode(answer(3, frame.seq, state)).hex(" ") == expected.hex(" ")
    face = Face(Lamp.STEADY, "A012")
    assert seen == [Hello(1, 0), Poll(0x1A2B, 0, 1, face), Poll(0x1A2B, 0), Poll(0x1A2B, 1)]
    assert (unit.face(now), [key.name for key in unit.acked]) == (face, ["next"])


def test_the_tables_have_the_codes_of_the_program():
    for code, key in KEYS.items():
        assert re.search(rf"\| {code} \| {key} \|", PAGE), key
    for code, lamp in enumerate(LAMPS):
        word = {"undone": "short flashes"}.get(lamp.value, lamp.value)
        assert re.search(rf"\| {code} \| {word}", PAGE), lamp
    for kind in Kind:
        assert re.search(rf"\| `{kind:02X}` \| {kind.name} \|", PAGE), kind
    assert f"0 to {MOST}" in PAGE
    assert f"For {ALONE:.0f} s not asked by its boot word" in PAGE
    assert f"After {KEPT:.0f} s nobody wants it" in PAGE
    assert f"now - asked < {ALONE:.0f} s" in PAGE
    assert f"now - pressed >= {KEPT:.0f} s" in PAGE


@pytest.mark.parametrize(
    ("keypads", "signs", "baud", "row"),
    [
        (4, 4, 9600, "4 keypads, 4 signs, 9600"),
        (8, 8, 9600, "8 keypads, 8 signs, 9600"),
        (8, 8, 38400, "8 keypads, 8 signs, 38400"),
    ],
)
def test_keys_are_as_fast_as_the_page_says(keypads, signs, baud, row):
    half, most = map(float, re.search(rf"{row}.*\| ([\d.]+) s, ([\d.]+) s \|", PAGE).groups())  # type: ignore[union-attr]
    world = LineWorld(keypads, signs, baud=baud).plug_in().run(3.0)
    ways = []
    for _ in range(30):
        pressed = world.now
        assert world.press(world.chance.randrange(1, keypads + 1))
        world.run(world.chance.uniform(1.2, 1.5))
        ways.append(world.taken[-1][0] - pressed)
    assert len(world.taken) == 30
    assert half / 2 < sorted(ways)[15] <= half * 1.3
    assert most / 3 < max(ways) <= most
