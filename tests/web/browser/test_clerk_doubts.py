"""The clerk's panel when nobody says whether a press counted: it is given up, and the doubt told while it is one."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Broker
from tests.web.browser.seat import said, settled, ticket
from tests.web.conftest import Pages
from tests.web.queue_hub import QueueHub
from tests.whole.centre import free_port


@pytest.fixture(scope="module")
def pages(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Pages that give a press up as soon as a clerk's do."""
    running = Pages(broker, free_port(), tmp_path_factory.mktemp("pages"))
    running.start()
    yield running
    running.stop()


def test_an_unanswered_press_is_repeated_under_its_id_and_given_up(clerk: Page, queue: QueueHub):
    queue.mute = True
    began = time.monotonic()
    clerk.keyboard.press("Space")
    expect(clerk.locator("#said")).to_contain_text("chưa rõ đã làm hay chưa")
    assert time.monotonic() - began > 1.9
    assert len(queue.asked) >= 2
    assert len(queue.presses) == 1
    ticket(clerk, "A012")


def test_a_press_that_counted_after_all_takes_the_doubt_back(clerk: Page, queue: QueueHub):
    queue.mute = True
    clerk.keyboard.press("Space")
    expect(clerk.locator("#said")).to_contain_text("chưa rõ")
    queue.show(ticket="A013", phase="called", since=queue.stamp())
    ticket(clerk, "A013")
    said(clerk, "")


def test_a_doubt_outlives_the_restart_that_caused_it(clerk: Page, pages: Pages, queue: QueueHub):
    pages.stop()
    clerk.keyboard.press("Space")
    expect(clerk.locator("#said")).to_contain_text("chưa rõ")
    queue.forgotten()
    pages.start()
    expect(clerk.locator("body")).to_have_attribute("data-phase", "unknown")
    queue.show(waiting=6)
    expect(clerk).to_have_title("A012 · 6 chờ")
    expect(settled(clerk).locator("#said")).to_contain_text("chưa rõ")
    queue.show(ticket="A013", phase="called", since=queue.stamp())
    ticket(clerk, "A013")
    said(clerk, "")
