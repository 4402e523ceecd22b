"""More tabs of one browser than it allows connections to a server: six, as long as HTTP/1.1 lives."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.seat import log_in, quiet, settled, ticket
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub

TABS = 7
#: Whom the pages show at counter 1.
AT_COUNTER_1 = '[data-text="counters.1.ticket"], [data-text="units.counter-1.ticket"]'
#: What a browser says of a page that nobody sees; `window.seen = true` and an event bring it to the front.
AWAY = "Object.defineProperty(document, 'hidden', { get: () => !window.seen });"
TURNED = "seen => { window.seen = seen; document.dispatchEvent(new Event('visibilitychange')); }"


def tabs(page: Page, address: str, many: int = TABS) -> list[Page]:
    """This page and more of the same browser at this address."""
    return [opened(each, address) for each in (page, *(page.context.new_page() for _ in range(many - 1)))]


def test_every_panel_moves_and_takes_presses(clerk: Page, pages: Pages, queue: QueueHub):
    panels = [settled(panel) for panel in tabs(clerk, f"{pages.address}/clerk")]
    queue.show(ticket="A050", phase="serving", since=queue.stamp())
    for panel in panels:
        ticket(panel, "A050")
    quiet(panels[-1]).keyboard.press("Space")
    for panel in panels:
        ticket(panel, "A013")
    assert queue.called == ["A013"]


@pytest.mark.parametrize("address", ["/", "/panel"])
def test_every_page_that_anybody_may_open_moves(page: Page, pages: Pages, queue: QueueHub, address: str):
    seen = tabs(page, pages.address + address)
    queue.show(ticket="A051", phase="serving", since=queue.stamp())
    for each in seen:
        expect(each.locator(AT_COUNTER_1)).to_have_text("A051")


def test_many_panels_say_that_the_server_is_gone_and_resume(clerk: Page, pages: Pages, queue: QueueHub):
    panels = [settled(panel) for panel in tabs(clerk, f"{pages.address}/clerk")]
    pages.stop()
    for panel in panels:
        expect(panel.locator(".nolink")).to_be_visible()
        expect(panel).to_have_title("⚠ A012 · 5 chờ")
    pages.start()
    for panel in panels:
        expect(panel.locator(".nolink")).to_be_hidden()
    settled(panels[3]).keyboard.press("Space")
    ticket(panels[5], "A013")


def test_a_panel_that_nobody_sees_keeps_its_title_true(clerk: Page, pages: Pages, queue: QueueHub):
    behind = clerk.context.new_page()
    behind.add_init_script(AWAY)
    settled(opened(behind, f"{pages.address}/clerk"))
    queue.show(ticket="A052", waiting=7)
    expect(behind).to_have_title("A052 · 7 chờ")


def test_another_page_that_nobody_sees_waits_until_somebody_does(page: Page, pages: Pages, queue: QueueHub):
    seen = opened(page, pages.address).locator('[data-text="counters.1.ticket"]')
    expect(seen).to_have_text("A012")
    behind = page.context.new_page()
    behind.add_init_script(AWAY)
    cell = opened(behind, pages.address).locator('[data-text="counters.1.ticket"]')
    expect(cell).to_have_text("A012")
    queue.show(ticket="A053")
    expect(seen).to_have_text("A053")
    behind.wait_for_timeout(500)
    expect(cell).to_have_text("A012")
    behind.evaluate(TURNED, True)
    expect(cell).to_have_text("A053")
    expect(behind.locator("#lost")).to_be_hidden()


def test_a_browser_without_shared_workers_follows_too(page: Page, pages: Pages, queue: QueueHub):
    old = page.context.new_page()
    old.add_init_script("delete window.SharedWorker;")
    opened(old, pages.address)
    queue.show(ticket="A054")
    expect(old.locator('[data-text="counters.1.ticket"]')).to_have_text("A054")


def test_the_stream_of_one_counter_is_not_taken_for_that_of_another(page: Page, pages: Pages, queue: QueueHub):
    clerk = settled(log_in(page, pages))
    other = opened(clerk.context.new_page(), f"{pages.address}/clerk/counters")
    other.get_by_role("button", name="Quầy 2").click()
    expect(other.locator("h1")).to_have_text("Quầy 2")
    queue.show(ticket="A055")
    ticket(clerk, "A055")
    other.wait_for_timeout(500)
    ticket(other, "")
    other.goto(f"{pages.address}/clerk/counters")
    other.get_by_role("button", name="Quầy 1").click()
    ticket(other, "A055")
