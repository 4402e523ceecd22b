"""What docs/site.md shows can be used as it stands."""

import re
import tomllib
from pathlib import Path

from moiso.core.rules import Rules
from moiso.runtime.site_tables import (
    CounterConf,
    DayConf,
    DutyConf,
    ElsewhereConf,
    HoursConf,
    PlainButtonConf,
    ServiceConf,
)
from tests.moiso.runtime.site_text import site

PAGE = (Path(__file__).parents[3] / "docs" / "site.md").read_text(encoding="utf-8")
EXAMPLE = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))


def test_its_blocks_are_one_site_that_is_right(tmp_path: Path) -> None:
    rules = site(tmp_path, EXAMPLE).rules()
    assert [code for code in "ACM" if rules.timetable.weekly[code][5]] == ["A"]
    assert [code for code in "ACM" if rules.timetable.weekly[code][1]] == ["A", "C", "M"]
    assert [code for code in "ACM" if rules.timetable.weekly[code][0]] == ["A"]


def test_the_numbers_it_calls_defaults_are_the_defaults(tmp_path: Path) -> None:
    rules = site(tmp_path, EXAMPLE).rules()
    shown = tomllib.loads(EXAMPLE)["queue"]
    assert rules == Rules(services=rules.services, desks=rules.desks, timetable=rules.timetable, roster=rules.roster)
    assert len(shown) == 9


def test_every_key_of_these_tables_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", PAGE)) | set(re.findall(r"`(\w+) = ", PAGE))
    told_elsewhere = {"code", "name", "name_en", "trust_clock", "number", "label", "device", "pins"}
    for table in (ServiceConf, HoursConf, DayConf, CounterConf, DutyConf, PlainButtonConf, ElsewhereConf):
        assert set(table.__struct_encode_fields__) - told_elsewhere <= explained, table
