"""What a test does at a clerk's panel, and what it sees there."""

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.conftest import PATIENCE
from tests.web.conftest import Pages, opened


def log_in(page: Page, pages: Pages, account: str = "cb-01", way: str = "/clerk") -> Page:
    """The page behind the login."""
    opened(page, f"{pages.address}/login?next={way}")
    page.fill("#account", account)
    page.fill("#secret", json.loads((pages.state / "fake/web/accounts.json").read_text())[account])
    page.keyboard.press("Enter")
    return page


def settled(page: Page, ticket: str = "A012") -> Page:
    """The panel once it shows this ticket, has its link, and whoever was called could be seen."""
    expect(page.locator(".here .ticket")).to_have_text(ticket)
    return quiet(page)


def quiet(page: Page) -> Page:
    """The panel once its last press is answered and a new one is no longer taken for the tail of that."""
    expect(page.locator("body[data-link=up][data-glance=no]:not([data-busy])")).to_be_attached()
    return page


def said(page: Page, sentence: str, **more: Any) -> None:
    expect(page.locator("#said")).to_have_text(sentence, **more)


def ticket(page: Page, number: str) -> None:
    expect(page.locator(".here .ticket")).to_have_text(number)


def eventually(look: Callable[[], Any], within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not look():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.02)
