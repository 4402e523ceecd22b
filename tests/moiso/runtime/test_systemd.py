"""Words to systemd, over a real socket."""

import os
import socket

import pytest

from moiso.runtime import systemd
from tests.moiso.runtime.ear import Ear


@pytest.fixture(params=["path", "abstract"])
def ear(request, tmp_path, monkeypatch):
    address = str(tmp_path / "notify") if request.param == "path" else f"@moiso-test-{os.getpid()}"
    made = Ear(address)
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    yield made
    made.close()


def test_systemd_hears_the_word(ear):
    systemd.notify("READY=1")
    assert ear.wait_for("READY=1")


def test_the_watchdog_is_pinged_at_half_the_period_that_systemd_asks_for(ear, monkeypatch):
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")
    watchdog = systemd.Watchdog()
    for now in range(100, 161):
        watchdog.ping(float(now))
    systemd.notify("STATUS=end")
    assert ear.wait_for("STATUS=end")
    assert ear.words() == ["WATCHDOG=1"] * 5 + ["STATUS=end"]


def test_nobody_is_pinged_who_did_not_ask(ear, monkeypatch):
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    systemd.Watchdog().ping(100.0)
    systemd.notify("STATUS=end")
    assert ear.wait_for("STATUS=end")
    assert ear.words() == ["STATUS=end"]


def test_without_systemd_nothing_is_said(monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("a socket was opened"))
    systemd.notify("READY=1")


def test_a_socket_that_is_gone_does_not_end_the_program(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    systemd.notify("READY=1")
