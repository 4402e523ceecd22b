"""The command line of a kiosk's own screen, and its waiting for the page."""

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kiosk.browser import await_page, command_for
from moiso.runtime.program import EX_CONFIG, Unusable
from moiso.runtime.site import KioskConf
from tests.whole.talk import PATIENCE

KIOSK = KioskConf(screen=True, page_port=8123)
PROGRAMS = {"chromium": "/usr/bin/chromium", "cage": "/usr/bin/cage"}
HERE = {"RUNTIME_DIRECTORY": "/run/moiso-screen"}


def test_without_a_desktop_it_runs_in_cage():
    command = command_for(KIOSK, HERE, PROGRAMS.get)
    assert command[:4] == ["/usr/bin/cage", "-s", "--", "/usr/bin/chromium"]
    assert command[-2:] == ["--ozone-platform=wayland", "http://127.0.0.1:8123/"]
    assert {"--kiosk", "--incognito", "--user-data-dir=/run/moiso-screen"} <= set(command)


@pytest.mark.parametrize("desktop", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_on_a_desktop_it_runs_there(desktop: str):
    command = command_for(KIOSK, {**HERE, desktop: ":0"}, PROGRAMS.get)
    assert command[0] == "/usr/bin/chromium"
    assert "cage" not in " ".join(command)


def test_a_page_for_tablets_too_is_shown_here_from_loopback():
    conf = KioskConf(screen=True, page_listen="0.0.0.0")
    assert command_for(conf, HERE, PROGRAMS.get)[-1] == "http://127.0.0.1:8090/"


@pytest.mark.parametrize("missing", PROGRAMS)
def test_what_is_not_installed_is_named(missing: str):
    with pytest.raises(Unusable, match=f"apt install {missing}"):
        command_for(KIOSK, HERE, {name: path for name, path in PROGRAMS.items() if name != missing}.get)


def test_it_waits_until_the_page_is_served(free_port: int):
    conf = KioskConf(screen=True, page_port=free_port)
    waiting = threading.Thread(target=await_page, args=(conf,), daemon=True)
    waiting.start()
    time.sleep(0.3)
    assert waiting.is_alive()
    with socket.create_server(("127.0.0.1", free_port)):
        waiting.join(PATIENCE)
    assert not waiting.is_alive()


def test_a_kiosk_without_a_screen_is_one_sentence(tmp_path: Path):
    site = Path("examples/small.toml")
    command = [sys.executable, "-m", "kiosk.browser", "--site", str(site), "--state", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (EX_CONFIG, 1)
    assert "screen = true" in done.stderr
