"""The examples that people copy can be used as they are."""

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
