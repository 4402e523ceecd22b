"""Logs: one line a message, and a repeated complaint seldom."""

import logging
import subprocess
import sys

import pytest

from moiso.runtime.logs import Seldom


@pytest.fixture
def seldom(caplog):
    caplog.set_level(logging.WARNING)
    return Seldom(logging.getLogger("test"))


def test_a_complaint_is_logged_once_a_minute_and_then_says_how_many_there_were(seldom, caplog):
    for second in range(0, 121, 10):
        seldom.warn("cmd/kiosk-1/issue", 1000.0 + second, "no JSON")
    assert caplog.messages == ["no JSON", "no JSON (and 5 more like it)", "no JSON (and 5 more like it)"]


def test_every_topic_has_its_own_minute(seldom, caplog):
    seldom.warn("a", 0.0, "first")
    seldom.warn("b", 0.0, "second")
    seldom.warn("a", 1.0, "first")
    assert caplog.messages == ["first", "second"]


def test_the_first_complaint_is_logged_however_young_the_machine(seldom, caplog):
    seldom.warn("a", 0.5, "soon")
    assert caplog.messages == ["soon"]


@pytest.mark.parametrize(("verbose", "lines"), [(False, 1), (True, 2)])
def test_lines_go_to_stderr_with_the_programs_name(verbose, lines):
    script = (
        "from moiso.runtime.logs import set_up\n"
        f"log = set_up('kiosk', verbose={verbose})\n"
        "log.debug('detail'); log.warning('giấy đã hết')"
    )
    run = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, check=True)
    assert run.stdout == b""
    written = run.stderr.decode().splitlines()
    assert written[-1] == "kiosk: WARNING giấy đã hết"
    assert len(written) == lines
