"""Printers of software, and how long the kiosk waits for them."""

import pytest

from tests.kiosk.patience import hasty, patient


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer of a printer is waited for."""
    patient(monkeypatch)


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch, waits: None) -> None:
    """No answer of a printer is waited for long."""
    hasty(monkeypatch)
