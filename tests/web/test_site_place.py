"""What the pages take from site.toml."""

from pathlib import Path

from moiso.runtime.site import load
from tests.web.scenes import SITE_TOML
from web.place import Place, PlainButton, Seat
from web.site_place import place_of, readers_of

MORE = """
[[line]]
name = "quay"
port = "/dev/ttyUSB0"

[[counter]]
number = 3
services = ["A"]
keypad = { line = "quay", address = 3 }
sign = { line = "quay", address = 13 }

[[button]]
device = "bell-1"
counter = 1
topic = "zigbee2mqtt/quay-1"
field = "action"
payloads = { single = "next", hold = "no-show", release = "nothing" }

[[button]]
device = "nut-1"
counter = 2
"""


def place(folder: Path) -> Place:
    path = folder / "site.toml"
    path.write_text(SITE_TOML + MORE, encoding="utf-8")
    return place_of(load(path))


def test_the_elderly_are_named_with_the_age_that_the_site_has_chosen(tmp_path: Path):
    path = tmp_path / "site.toml"
    path.write_text(SITE_TOML + "[priority]\nage = 80\n", encoding="utf-8")
    vi, en = readers_of(load(path)).values()
    assert vi.priority_class("elderly") == "người cao tuổi (từ 80 tuổi)"
    assert en.priority_class("elderly") == "elderly (80 and over)"
    assert vi.priority_class("with-child") == "người có trẻ nhỏ đi cùng"
    assert (vi.names["A"], en.names["A"]) == ("Chứng thực", "Certified copies")


def test_keypads_and_signs_and_the_line_they_hang_on(tmp_path: Path):
    known = place(tmp_path)
    assert [desk.keypad for desk in known.units.values()] == [None, None, Seat("quay", 3)]
    assert known.units["counter-3"].sign == Seat("quay", 13)
    assert known.lines == {"quay": ["counter-3"]}


def test_a_plain_button_has_the_payloads_that_do_something(tmp_path: Path):
    assert place(tmp_path).plain["bell-1"] == PlainButton(1, {"single": "next", "hold": "no-show"})


def test_a_plain_button_without_a_topic_says_commands(tmp_path: Path):
    assert [*place(tmp_path).plain["nut-1"].says] == ["next", "recall", "no-show"]
