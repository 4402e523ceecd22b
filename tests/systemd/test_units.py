"""Every unit as `moiso install` leaves it: understood by systemd without a word, and at 3.0 or better."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from centre import install as module
from centre.units import ROLES, render

UNITS = sorted(module.TEMPLATES.glob("*.service"))
#: A browser: not our program, behind walls of its own, which it could not build behind ours.
SCREEN = "moiso-screen@.service"
OURS = [file for file in UNITS if file.name != SCREEN]
LONG_RUNNING = {"Restart": "always", "RestartSec": "1", "RestartPreventExitStatus": "78", "User": "moiso"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A directory with all units, templates as an instance, started from this very environment."""
    folder = tmp_path_factory.mktemp("units")
    for file in UNITS:
        text = render(file.read_text(encoding="utf-8"), f"{sys.prefix}/bin/moiso", groups={"audio", "dialout"})
        (folder / file.name.replace("@", "@x-1")).write_text(text, encoding="utf-8")
    return folder


def analyze(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *args], capture_output=True, text=True, check=False)


def settings(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z][A-Za-z]+=", line))


def test_there_is_a_unit_for_every_role():
    assert {file.name for file in UNITS} == {
        f"moiso-{role}{'@' if role in {'kiosk', 'display', 'screen'} else ''}.service" for role in ROLES
    }


@pytest.mark.parametrize("name", [file.name for file in UNITS])
def test_systemd_understands_every_line(installed, name):
    verdict = analyze("verify", str(installed / name.replace("@", "@x-1")))
    assert (verdict.returncode, verdict.stderr) == (0, "")


@pytest.mark.parametrize("name", [file.name for file in UNITS])
def test_it_is_hardened(installed, name):
    threshold = "--threshold=40" if name == SCREEN else "--threshold=30"
    verdict = analyze("security", "--offline=true", threshold, str(installed / name.replace("@", "@x-1")))
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_it_comes_back_for_ever_but_not_with_a_wrong_configuration(file):
    found = settings(file)
    assert {key: found[key] for key in LONG_RUNNING} == LONG_RUNNING
    assert (found["Type"], found["StartLimitIntervalSec"]) == ("notify", "0")


@pytest.mark.parametrize("file", [f for f in OURS if "broker" not in f.name], ids=lambda file: file.name)
def test_a_program_that_hangs_is_noticed(file):
    assert 0 < int(settings(file)["WatchdogSec"]) <= 30


def test_the_browser_comes_back_and_sees_nothing_of_the_centre():
    found = settings(module.TEMPLATES / SCREEN)
    assert {key: found[key] for key in LONG_RUNNING} == LONG_RUNNING | {"User": "moiso-screen"}
    assert found["InaccessiblePaths"] == "-/var/lib/moiso"
    assert found["IPAddressDeny"] == "any"


def test_a_misspelt_value_would_be_seen(installed):
    """systemd-analyze returns 0 for a value that it does not know: only its stderr tells."""
    wrong = installed / "moiso-wrong.service"
    wrong.write_text((installed / "moiso-hub.service").read_text().replace("Type=notify", "Type=notfy"))
    assert analyze("verify", str(wrong)).stderr


def test_the_hub_may_ask_whether_the_clock_is_synchronised():
    found = module.TEMPLATES / "moiso-hub.service"
    assert "ProtectClock" not in settings(found)
    assert "ProcSubset" not in settings(found)
    assert settings(found)["SystemCallFilter"] == "adjtimex clock_adjtime"


@pytest.mark.parametrize("file", [f for f in UNITS if re.search("hub|kiosk|display|stats|web", f.name)], ids=str)
def test_a_program_sees_its_own_password_only(file):
    found = settings(file)
    device = "%i" if "@" in file.name else file.stem.removeprefix("moiso-")
    assert found["LoadCredential"] == f"{device}:/var/lib/moiso/credentials/{device}"
    assert "-/var/lib/moiso/credentials" in found["InaccessiblePaths"]


def test_nothing_of_what_the_scanner_read_goes_from_memory_to_a_disk():
    found = settings(module.TEMPLATES / "moiso-kiosk@.service")
    assert (found["LimitCORE"], found["MemorySwapMax"]) == ("0", "0")
