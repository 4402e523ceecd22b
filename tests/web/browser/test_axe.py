"""What axe-core finds on every page, at every size, in both languages; and how heavy a page is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from display.png import encode
from tests.axe import faults
from tests.conftest import Broker
from tests.web.conftest import Pages, opened
from tests.web.queue_hub import QueueHub

TESTS = Path(__file__).parents[2]
#: Every page and who looks at it.
PAGES = [
    ("", "/login"),
    ("", "/"),
    ("", "/figures"),
    ("", "/panel"),
    ("cb-01", "/clerk"),
    ("cb-01", "/clerk/counters"),
    ("cb-01", "/clerk/card"),
    ("cb-01", "/pin"),
    ("huong-dan", "/greeter"),
    ("huong-dan", "/numbers"),
    ("huong-dan", "/numbers/range"),
    ("quan-ly", "/"),
    ("quan-ly", "/manage/notice"),
    ("quan-ly", "/manage/close-day"),
    ("quan-ly", "/manage/accounts"),
    ("quan-ly", "/manage/print"),
]
SIZES = {"small": (360, 300), "desk": (1024, 768), "phone": (390, 844)}
#: Bytes of a page with all that it loads, without the fonts, which browsers keep.
HEAVIEST = 150_000
LINE = [{"ticket": f"A{n:03}", "service": "AB"[n % 2], "priority": n % 3 == 0} for n in range(13, 25)]


@pytest.fixture(scope="module")
def hub(broker: Broker) -> Iterator[QueueHub]:
    """A morning on which much is going on: held ones, a long line, alarms, a service that is down, no paper."""
    hub = QueueHub(broker)
    line = [{**waiter, "since": hub.stamp(-300)} for waiter in LINE]
    hub.show(held=["A003", "B001", "B009"], line=line, waiting=14, priority=True, undo_until=hub.stamp(600))
    hub.trouble()
    yield hub
    hub.close()


@pytest.fixture(scope="module", autouse=True)
def fakes(pages: Pages):
    """On the front panel: the wall at its fullest, as the display writes its picture, and a long ticket."""
    wall, kiosk = pages.state / "fake" / "display-1", pages.state / "fake" / "kiosk-1" / "tickets"
    wall.mkdir(parents=True)
    kiosk.mkdir(parents=True)
    with Image.open(TESTS / "display" / "golden" / "troubled-1920x1080.png") as full:
        pixels, (width, height) = full.convert("RGB").tobytes(), full.size
    rows = (pixels[3 * width * row :][: 3 * width] + b"\0" for row in range(height))
    (wall / "screen.png").write_bytes(encode(b"".join(rows), (width, height)))
    copyfile(TESTS / "kiosk" / "golden" / "all-at-once-80mm.png", kiosk / "A012.png")


@pytest.fixture(scope="module")
def contexts(chromium: Browser, pages: Pages, hub: QueueHub) -> Iterator[Callable[[str, str], Page]]:
    """`contexts(account, language)` gives a page of somebody's browser."""
    made: dict[tuple[str, str], Any] = {}

    def page_of(account: str, language: str) -> Page:
        if (account, language) not in made:
            made[account, language] = chromium.new_context(locale={"vi": "vi-VN", "en": "en-GB"}[language])
            log_in(made[account, language].new_page(), pages, account)
        return made[account, language].new_page()

    yield page_of
    for context in made.values():
        context.close()


def log_in(page: Page, pages: Pages, account: str) -> None:
    opened(page, f"{pages.address}/login")
    if account:
        page.fill("#account", account)
        page.fill("#secret", json.loads((pages.state / "fake/web/accounts.json").read_text())[account])
        with page.expect_navigation():
            page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("account", "address"), PAGES, ids=[f"{a or 'anybody'} {p}" for a, p in PAGES])
def test_no_page_has_a_serious_fault_or_is_wider_than_its_window(
    contexts: Any, pages: Pages, account: str, address: str, language: str
):
    page = contexts(account, language)
    opened(page, pages.address + address)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert (size, faults(page)) == (size, [])
        assert (size, page.evaluate("document.documentElement.scrollWidth")) == (size, width)
    page.close()


def test_a_fault_would_be_found(contexts: Any, pages: Pages):
    page = contexts("cb-01", "vi")
    opened(page, f"{pages.address}/clerk")
    page.evaluate("document.getElementById('next').style.color = '#4a86c0'")
    assert {fault.split(":")[0] for fault in faults(page)} == {"color-contrast"}
    page.close()


@pytest.mark.parametrize("keys", ["f", "t", "f 2", "n", "n 1 Enter", "x", "l", "?", "m", "r"])
def test_the_clerks_questions_have_no_serious_fault_either(contexts: Any, pages: Pages, keys: str):
    page = contexts("cb-01", "vi")
    opened(page, f"{pages.address}/clerk")
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_timeout(600)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert (size, faults(page)) == (size, [])
        assert (size, page.evaluate("document.documentElement.scrollWidth")) == (size, width)
    page.close()


@pytest.mark.parametrize(("account", "address"), PAGES, ids=[f"{a or 'anybody'} {p}" for a, p in PAGES])
def test_no_page_is_heavy(contexts: Any, pages: Pages, account: str, address: str):
    page, loaded = contexts(account, "vi"), dict[str, int]()
    page.on("response", lambda answer: loaded.setdefault(answer.url, weight(answer)))
    opened(page, pages.address + address)
    page.wait_for_timeout(500)
    pictures = page.evaluate("[...document.images].filter((image) => image.naturalWidth > 0).length")
    page.close()
    assert pictures == (2 if address == "/panel" else 0)
    print(f"{address}: {sum(loaded.values())} bytes")
    assert len(loaded) > 1
    assert sum(loaded.values()) <= HEAVIEST


def weight(answer: Any) -> int:
    """Bytes of an answer; a font is kept by the browser, a stream has no end."""
    streams = "text/event-stream" in answer.headers.get("content-type", "")
    return 0 if "/font/" in answer.url or streams else int(answer.headers.get("content-length", 0))
