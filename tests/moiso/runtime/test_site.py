"""site.toml: every mistake at once, each with where it is and what would be right."""

from datetime import time
from pathlib import Path

import pytest

from moiso.core.hours import Timetable
from moiso.core.rules import Desk, Rules, Service
from moiso.runtime.site import load
from moiso.runtime.toml import ConfigError
from tests.moiso.runtime.site_text import GOOD, TWO, changed, errors, site

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    centre = site(tmp_path, GOOD)
    assert (centre.broker.port, centre.web.port) == (1883, 8080)
    assert (centre.counters[0].unit, centre.counters[0].shown) == ("counter-1", "Quầy 1")
    assert (centre.calendar.opens, centre.calendar.closes) == (None, None)
    assert centre.devices() == {"hub": "hub", "stats": "stats", "web": "web", "counter-1": "counter"}
    assert centre.priority.age == 75


def test_rules_have_the_cores_defaults(tmp_path: Path) -> None:
    centre = site(tmp_path, GOOD)
    assert centre.rules() == Rules(
        services=(Service(code="A", name="Chứng thực"),),
        desks=(Desk(number=1, label="Quầy 1", services=("A",)),),
        timetable=Timetable(zone=centre.zone),
    )


def test_every_number_of_the_policy_reaches_the_rules(tmp_path: Path) -> None:
    text = """
[queue]
calls = 2
call_gap = 20
return_within_minutes = 30
return_behind = 1
undo_within = 5
unstaffed_after_minutes = 3
idle_after_minutes = 4
priority_ratio = 1
max_wait_minutes = 20

[priority]
granted_by = ["greeter"]
age = 80
"""
    centre = site(tmp_path, GOOD + text)
    rules = centre.rules()
    assert (rules.calls, rules.call_gap, rules.grace, rules.return_behind) == (2, 20, 1800, 1)
    assert (rules.undo_within, rules.unstaffed_after, rules.idle_after) == (5, 180, 240)
    assert (rules.priority_ratio, rules.max_wait, rules.priority_by) == (1, 1200, ("greeter", "manager"))
    assert centre.priority.age == 80


@pytest.mark.parametrize(
    ("kiosks", "more", "block"), [(1, "", 40), (3, "", 40), (4, "", 33), (8, "", 17), (2, "[queue]\nblock = 60\n", 60)]
)
def test_many_kiosks_share_the_band(tmp_path: Path, kiosks: int, more: str, block: int) -> None:
    tables = "".join(f'[[kiosk]]\ndevice = "kiosk-{n}"\n' for n in range(1, kiosks + 1))
    assert site(tmp_path, GOOD + more + tables).rules().block == block


def test_what_services_and_counters_decide_reaches_the_rules(tmp_path: Path) -> None:
    text = changed('"Chứng thực"', '"Chứng thực"\nquota = 30\ndossier_cap = 5\nbulk = "C"', TWO)
    rules = site(tmp_path, changed("number = 2", 'number = 2\norder = "preference"', text)).rules()
    assert rules.services[0] == Service(code="A", name="Chứng thực", quota=30, cap=5, bulk="C")
    assert [desk.order for desk in rules.desks] == ["longest-wait", "preference"]


def test_opening_and_closing_hour(tmp_path: Path) -> None:
    calendar = site(tmp_path, GOOD + "[day]\nopens = 07:30:00\ncloses = 17:00:00\n").calendar
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
    "a key like no other": (
        GOOD + "[day]\nzzz = 1\n",
        "day.zzz: is not known; known here: opens, closes, trust_clock, holidays, make_up",
    ),
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
    "a style that does not exist": (
        GOOD + '[voice]\nstyle = "song"\n',
        "voice.style: Invalid enum value 'song', known here: digits, number, hybrid, found 'song'",
    ),
    "a code that begins no number": (
        changed('"A"\nname', '"Đ"\nname'), "service[1].code: Expected one letter A to Z or a digit 1 to 9, found 'Đ'",
    ),
    "one entry of a list": (
        changed('["A"]', '["A", 5]'), "counter[1].services[2]: Expected `str`, got `int`, found 5",
    ),
    "a quota of nothing": (
        changed('"Chứng thực"', '"Chứng thực"\nquota = 0'), "service[1].quota: Expected `int` >= 1, found 0",
    ),
    "an age that is none": (GOOD + "[priority]\nage = 59\n", "priority.age: Expected `int` >= 60, found 59"),
    "a role that grants nothing": (
        GOOD + '[priority]\ngranted_by = ["display"]\n',
        "priority.granted_by[1]: Invalid enum value 'display', known here: kiosk, greeter, clerk",
    ),
    "bulk that is no service": (
        changed('"Chứng thực"', '"Chứng thực"\ndossier_cap = 3\nbulk = "Z"'),
        "service A: bulk names 'Z', which is no service; known: A",
    ),
    "bulk to itself": (
        changed('"Chứng thực"', '"Chứng thực"\ndossier_cap = 3\nbulk = "A"'), "service A: bulk names itself",
    ),
    "bulk without a cap": (
        changed('"Chứng thực"', '"Chứng thực"\nbulk = "C"', TWO), "service A: has bulk but no dossier_cap",
    ),
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
    "blocks without room": (
        GOOD + "[queue]\nband_from = 700\nband_to = 739\nblock = 21\n[[kiosk]]\n",
        "queue.block: two blocks for each of the kiosks (1) do not fit into 40 numbers; give it 20 or fewer, or",
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


def test_contradictions_are_told_beside_wrong_types_where_nothing_is_guessed(tmp_path: Path) -> None:
    """The counters are wrong themselves: that nobody serves C cannot be known. The rest can."""
    text = TWO.replace('["A", "C"]', '["A"]').replace("number = 2", 'number = "two"')
    text += '[queue]\nband_from = 9\nband_to = 8\n[[service]]\ncode = "C"\nname = "Again"\n'
    assert errors(tmp_path, text) == [
        "counter[2].number: Expected `int`, got `str`, found 'two'",
        "queue.band_from: is above queue.band_to",
        "service: the code 'C' is used twice",
    ]


def test_all_contradictions_are_told_at_once(tmp_path: Path) -> None:
    text = changed('["A"]', '["X"]') + '[queue]\nband_from = 9\nband_to = 8\n[[kiosk]]\ndevice = "web"\n'
    assert len(errors(tmp_path, text)) == 4


def with_codes(codes: str, bulk: str = "") -> str:
    """A site with these services at its counter; `bulk` = `"AC CA"`: from A to C, from C to A."""
    to = dict(tuple(pair) for pair in bulk.split())
    services = (
        f'[[service]]\ncode = "{code}"\nname = "{code}"\n'
        + (f'dossier_cap = 1\nbulk = "{to[code]}"\n' if code in to else "")
        for code in codes
    )
    head, tail = GOOD[: GOOD.index("[[service]]")], GOOD[GOOD.index("[[counter]]") :]
    return head + "".join(services) + changed('["A"]', f"{list(codes)}", tail)


@pytest.mark.parametrize("alike", ["BD", "BP", "BT", "BV", "DP", "PT", "TV", "DV"])
def test_two_prefixes_that_sound_alike(tmp_path: Path, alike: str) -> None:
    assert errors(tmp_path, with_codes(alike + "AK")) == [
        f"service: {alike[0]} and {alike[1]} sound alike when a number is called (B, D, Đ, P, T, V);"
        " keep one of them, choose from H, M, L, 1 for the others"
    ]


def test_all_that_sound_alike_are_named(tmp_path: Path) -> None:
    [error] = errors(tmp_path, with_codes("AVBT"))
    assert error.startswith("service: B, T and V sound alike")


@pytest.mark.parametrize("codes", ["ABCEHKLM", "DCGE", "1P2"])
def test_one_of_those_letters_is_fine(tmp_path: Path, codes: str) -> None:
    site(tmp_path, with_codes(codes))


def test_bulk_that_leads_back(tmp_path: Path) -> None:
    assert errors(tmp_path, with_codes("ACHK", bulk="AC CH HA")) == [
        "service A: bulk leads back to it (A to C to H to A); end the chain at one of them"
    ]
    [error] = errors(tmp_path, with_codes("KAC", bulk="KA AC CA"))
    assert error.startswith("service A: bulk leads back to it (A to C to A)")
    [error] = errors(tmp_path, with_codes("AC", bulk="AA"))
    assert error.startswith("service A: bulk names itself")
    site(tmp_path, with_codes("ACHK", bulk="AC CH"))
