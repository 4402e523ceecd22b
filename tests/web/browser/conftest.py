"""Real browsers on the real pages of one web process and one broker, before a hub that we script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import Broker
from tests.web.browser.seat import log_in, settled
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub
from tests.whole.centre import free_port


@pytest.fixture(scope="module")
def broker(make_broker: Callable[..., Broker]) -> Broker:
    """One for all tests of a file, as are the pages and the hub."""
    return make_broker()


@pytest.fixture(scope="module")
def pages(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    running = Pages(broker, free_port(), tmp_path_factory.mktemp("pages"), program="tests.web.patient")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def hub(broker: Broker) -> Iterator[QueueHub]:
    hub = QueueHub(broker)
    yield hub
    hub.close()


@pytest.fixture
def queue(hub: QueueHub) -> QueueHub:
    """The hub with a fresh counter, where A012 is being served and five people wait."""
    hub.begin()
    return hub


@pytest.fixture(scope="module")
def cookies(window: Page, pages: Pages, hub: QueueHub) -> list[Any]:
    """The session of somebody who logged in once, at counter 1."""
    hub.begin()
    settled(log_in(window, pages))
    kept: list[Any] = window.context.cookies()
    window.context.clear_cookies()
    return kept


@pytest.fixture
def clerk(page: Page, pages: Pages, queue: QueueHub, cookies: list[Any]) -> Page:
    """The panel of counter 1, where A012 is being served."""
    page.context.add_cookies(cookies)
    return settled(opened(page, f"{pages.address}/clerk"))
