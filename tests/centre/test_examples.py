"""The examples that people copy can be used as they are."""

from datetime import datetime
from pathlib import Path

import pytest

from centre.check import main
from moiso.runtime.site import load


@pytest.mark.parametrize("path", sorted(Path("examples").glob("*.toml")), ids=lambda path: path.name)
def test_example_is_in_order(path, capsys):
    assert main([str(path)]) == 0
    assert "is in order" in capsys.readouterr().out


def test_normal_example_has_the_devices_that_the_contract_names():
    site = load(Path("examples/normal.toml"))
    assert set(site.devices()) == {
        "hub", "stats", "web", "kiosk-1", "display-1", "counter-1", "counter-2", "counter-3", "counter-4",
    }  # fmt: skip
    assert all("A" in counter.services and counter.unit == f"counter-{counter.number}" for counter in site.counters)
    assert site.day.opens is None


def test_large_example_has_every_service_at_two_counters():
    site = load(Path("examples/large.toml"))
    assert (len(site.counters), len(site.kiosks), len(site.displays)) == (7, 2, 2)
    for service in site.services:
        assert sum(service.code in counter.services for counter in site.counters) >= 2, service.code


def test_large_example_shows_what_a_site_may_decide():
    rules = load(Path("examples/large.toml")).rules()
    tuesday, wednesday, holiday = (
        datetime.fromisoformat(f"2027-{day}T09:00+07:00").timestamp() for day in ("04-27", "04-28", "04-30")
    )
    assert [rules.timetable.gives("C", at) for at in (tuesday, wednesday, holiday)] == [True, False, False]
    assert [rules.timetable.gives("A", at) for at in (tuesday, wednesday, holiday)] == [True, True, False]
    land = rules.service("C")
    assert land is not None
    assert land.quota
    assert land.cap
    assert land.bulk == "M"
    assert {desk.order for desk in rules.desks} == {"longest-wait", "preference"}
    assert len({duty.counter for duty in rules.roster}) == 2


def test_normal_example_is_open_at_all_hours_without_quota():
    rules = load(Path("examples/normal.toml")).rules()
    assert not rules.timetable.weekly
    assert all(service.quota is None for service in rules.services)
