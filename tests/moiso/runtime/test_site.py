"""site.toml: every mistake at once, each with where it is and what would be right."""

from datetime import time
from pathlib import Path

import pytest

from moiso.runtime.site import load
from moiso.runtime.toml import ConfigError

EXAMPLES = Path(__file__).parents[3] / "examples"
GOOD = """\
[site]
id = "an-binh"
name = "Trung tâm An Bình"

[[service]]
code = "A"
name = "Chứng thực"

[[counter]]
number = 1
services = ["A"]
"""


def errors(folder: Path, text: str) -> list[str]:
    """What `load` finds wrong."""
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as found:
        load(path)
    assert str(found.value).startswith(f"{path}:\n")
    assert all(error in str(found.value) for error in found.value.errors)
    return found.value.errors


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(GOOD, encoding="utf-8")
    site = load(tmp_path / "site.toml")
    assert (site.broker.port, site.web.port, site.queue.band_from, site.queue.band_to) == (1883, 8080, 700, 999)
    assert (site.counters[0].unit, site.counters[0].shown) == ("counter-1", "Quầy 1")
    assert (site.calendar.opens, site.calendar.closes) == (None, None)
    assert site.rules().max_wait == 45 * 60
    assert site.devices() == {"hub": "hub", "stats": "stats", "web": "web", "counter-1": "counter"}


def test_hours(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(GOOD + "[day]\nopens = 07:30:00\ncloses = 17:00:00\n", encoding="utf-8")
    calendar = load(tmp_path / "site.toml").calendar
    assert (calendar.opens, calendar.closes) == (time(7, 30), time(17, 0))


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.name)
def test_the_examples_are_right(example: Path) -> None:
    load(example)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(tmp_path / "site.toml")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(tmp_path)


@pytest.mark.parametrize("raw", [b"[site", b"\xff\xfe[site]", b"id = "])
def test_what_is_no_toml(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "site.toml").write_bytes(raw)
    with pytest.raises(ConfigError, match="is no TOML"):
        load(tmp_path / "site.toml")


def test_an_empty_file_lacks_everything_it_needs(tmp_path: Path) -> None:
    assert errors(tmp_path, "") == ["site: is missing", "service: is missing", "counter: is missing"]


ONE_MISTAKE = {
    "a typing slip in a table": (GOOD + "[brokr]\nport = 1\n", "brokr: is not known; did you mean 'broker'?"),
    "a typing slip in a key": (
        GOOD + "[queue]\nbandfrom = 7\n", "queue.bandfrom: is not known; did you mean 'band_from'?",
    ),
    "a key like no other": (GOOD + "[day]\nzzz = 1\n", "day.zzz: is not known; known here: opens, closes, trust_clock"),
    "a slip in the second counter": (
        GOOD + '[[counter]]\nnumber = 2\nservice = ["A"]\nservices = ["A"]\n',
        "counter[2].service: is not known; did you mean 'services'?",
    ),
    "a slip below a counter": (
        GOOD + "[counter.pins]\nnxt = 4\n", "counter[1].pins.nxt: is not known; did you mean 'next'?",
    ),
    "a missing key": (changed('name = "Chứng thực"\n', ""), "service[1].name: is missing"),
    "a word for a number": (GOOD + '[broker]\nport = "1883"\n', "broker.port: Expected `int`, got `str`, found '1883'"),
    "a truth for a number": (GOOD + "[broker]\nport = true\n", "broker.port: Expected `int`, got `bool`, found True"),
    "a port that is none": (GOOD + "[web]\nport = 70000\n", "web.port: Expected `int` <= 65535, found 70000"),
    "a table for a list": (changed("[[counter]]", "[counter]"), "counter: Expected `array`, got `object`"),
    "a value for a table": ("day = 5\n" + GOOD, "day: Expected `object`, got `int`, found 5"),
    "a word for a time": (GOOD + '[day]\nopens = "early"\n', "day.opens: Invalid RFC3339 encoded time, found 'early'"),
    "a style that does not exist": (GOOD + '[voice]\nstyle = "song"\n', "voice.style: Invalid enum value 'song'"),
    "an unknown service": (changed('["A"]', '["A", "X"]'), "counter 1: serves 'X', which is no service; known: A"),
    "nobody serves it": (GOOD + '[[service]]\ncode = "B"\nname = "B"\n', "service B: no counter serves it"),
    "a service twice": (GOOD + '[[service]]\ncode = "A"\nname = "B"\n', "service: the code 'A' is used twice"),
    "a service twice at a counter": (changed('["A"]', '["A", "A"]'), "counter 1: serves 'A' twice"),
    "a counter twice": (
        GOOD + '[[counter]]\nnumber = 1\ndevice = "other"\nservices = ["A"]\n', "counter 1: is there twice",
    ),
    "a device twice": (GOOD + '[[kiosk]]\ndevice = "counter-1"\n', "device 'counter-1': is used twice"),
    "a device called hub": (GOOD + '[[display]]\ndevice = "hub"\n', "device 'hub': is used twice"),
    "a button without a service": (
        GOOD + '[[kiosk]]\n[[kiosk.button]]\nservice = "Z"\npin = 4\n',
        "kiosk-1: has a button for 'Z', which is no service; known: A",
    ),
    "a pin twice": (
        GOOD + '[[kiosk]]\n[[kiosk.button]]\nservice = "A"\npin = 4\nlamp = 4\n', "kiosk-1: pin 4 is used twice",
    ),
    "a pin twice at a counter": (GOOD + "[counter.pins]\nrecall = 17\n", "counter 1: pin 17 is used twice"),
    "a band the wrong way round": (
        GOOD + "[queue]\nband_from = 800\nband_to = 799\n", "queue.band_from: is above queue.band_to",
    ),
    "hours the wrong way round": (
        GOOD + "[day]\nopens = 17:00:00\ncloses = 07:30:00\n", "day.opens: is not before day.closes",
    ),
    "no time zone": (
        changed('"an-binh"', '"an-binh"\ntime_zone = "Hanoi"'),
        "site.time_zone: 'Hanoi' is no time zone; Asia/Ho_Chi_Minh is one",
    ),
    "a counter without a service": (changed('["A"]', "[]"), "counter 1: serves nothing; known: A"),
    "no counter": ("counter = []\n" + GOOD[: GOOD.index("[[counter]]")], "counter: at least one is needed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), ONE_MISTAKE.values(), ids=ONE_MISTAKE)
def test_one_mistake(tmp_path: Path, text: str, sentence: str) -> None:
    assert any(error.startswith(sentence) for error in errors(tmp_path, text)), errors(tmp_path, text)


@pytest.mark.parametrize("site_id", ["An Binh", "an_binh", "-an", "an-", "", "a" * 41, "an/binh", "an+", "ấn"])
def test_a_site_id_that_cannot_stand_in_a_topic(tmp_path: Path, site_id: str) -> None:
    [error] = errors(tmp_path, changed('"an-binh"', f'"{site_id}"'))
    assert error.startswith("site.id: ")
    assert repr(site_id) in error


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = changed('id = "an-binh"', "id = 5").replace("number = 1", 'numbr = "one"')
    assert errors(tmp_path, text + "[broker]\nport = 0\n[colour]\n") == [
        "colour: is not known; did you mean 'counter'?",
        "site.id: Expected `str`, got `int`, found 5",
        "broker.port: Expected `int` >= 1, found 0",
        "counter[1].numbr: is not known; did you mean 'number'?",
        "counter[1].number: is missing",
    ]


def test_all_contradictions_are_told_at_once(tmp_path: Path) -> None:
    text = changed('["A"]', '["X"]') + '[queue]\nband_from = 9\nband_to = 8\n[[kiosk]]\ndevice = "web"\n'
    assert len(errors(tmp_path, text)) == 4
