"""docs/rules.md says what the code does (defaults, roles, picture, sentences), and every rule of it is tried."""

import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import fields

from moiso.core.commands import CALL_REASONS, COMMANDS, OUTCOMES
from moiso.core.roles import GREETERS_WORK, MAY, Role
from moiso.core.tickets import TABLE
from moiso.runtime import site_tables
from moiso.texts import catalogue

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
RULES = dict(re.findall(r"^### (\d\.\d) .*?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
TESTS = sorted((ROOT / "tests" / "contract" / "rules").glob("test_*.py"))
TABLES = (site_tables.QueueConf, site_tables.PriorityConf, site_tables.CounterConf)


def test_the_nine_groups_are_there():
    assert {number[0] for number in RULES} == set("123456789")


@pytest.mark.parametrize("number", RULES)
def test_a_rule_has_reason_default_and_example_in_both_languages(number):
    vietnamese, _, english = RULES[number].partition("\n> ")
    parts = [("**Vì sao.**", "**Mặc định.**", "**Ví dụ.**"), ("**Why.**", "**Default.**", "**Example.**")]
    for text, marks in zip((vietnamese, english), parts, strict=True):
        places = [text.find(mark) for mark in marks]
        assert -1 not in places
        assert places == sorted(places)
    for example in (vietnamese.partition("**Ví dụ.**")[2], english.partition("**Example.**")[2]):
        assert re.search(r"\d", example), "an example has numbers"


def test_a_default_is_the_default():
    said = re.findall(r"`(\w+ = [^`]+)`", PAGE)
    real = {info.encode_name: info.default for table in TABLES for info in fields(table)}
    for line in said:
        [(key, value)] = tomllib.loads(line).items()
        if key != "greeter":
            assert (key, tuple(value) if isinstance(value, list) else value) == (key, real[key])
    assert len(said) > 10


def test_every_number_of_the_policy_is_explained():
    named = set(re.findall(r"`(\w+) = ", PAGE))
    machinery = {"block", "bounce"}
    assert {info.encode_name for info in fields(site_tables.QueueConf)} - machinery <= named


def test_the_picture_is_the_table():
    drawn = set(re.findall(r"^    (\S+) --> (\w+): ", PAGE, re.MULTILINE))
    moves = {(state.value if state else "[*]", to.value) for state, row in TABLE.items() for to in row.values()}
    assert drawn == {(state, to) for state, to in moves if state != to}


def test_the_table_of_roles_is_the_codes():
    columns = (Role.KIOSK, Role.GREETER, Role.CLERK, Role.MANAGER)
    rows = re.findall(r"^\| [^|]*?((?:`[a-z-]+` ?)+)\|(.*)\|$", PAGE.partition("## Ai được làm gì")[2], re.MULTILINE)
    cells = {
        command: [cell.strip() for cell in ticks.split("|")]
        for commands, ticks in rows
        if ticks.count("|") == len(columns) - 1
        for command in re.findall(r"`([a-z-]+)`", commands)
    }
    assert set(cells) == set(COMMANDS)
    for command, ticks in cells.items():
        for role, tick in zip(columns, ticks, strict=True):
            bound = role is Role.CLERK and command in GREETERS_WORK
            expected = "✓" if role in MAY[command] else "○" if bound else ""
            assert tick == expected, (command, role)


def test_the_sentences_are_those_of_the_log():
    """Each row of the last table begins with a policy and the sentence that the log has for it."""
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", PAGE.partition('## "Vì sao')[2], re.MULTILINE))
    texts = catalogue("vi")
    policies = {key.removeprefix("policy.").replace("_", "-") for key in sorted(texts.keys()) if "policy." in key}
    assert set(rows) == policies
    for policy, sentence in rows.items():
        pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(texts.raw(f"policy.{policy.replace('-', '_')}")))
        assert re.fullmatch(pattern, sentence), (policy, sentence)


def test_codes_that_people_choose_from_are_named():
    assert [code for code in (*CALL_REASONS, *OUTCOMES) if f"`{code}`" not in PAGE] == []


def test_every_rule_is_tried_on_the_wire():
    """The first line of each file under tests/contract/rules names the rules that it tries."""
    tried = set()
    for path in TESTS:
        said = path.read_text(encoding="utf-8").splitlines()[0]
        for first, last in re.findall(r"(\d\.\d)(?: to (\d\.\d))?", said):
            tried |= {f"{first[0]}.{n}" for n in range(int(first[2]), int((last or first)[2]) + 1)}
    assert set(RULES) - tried == set()
