"""What axe-core finds on every page, at every size, in both languages; and how heavy a page is."""

import json
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Response, expect

from display.png import encode
from tests.axe import faults
from tests.conftest import PATIENCE, Broker
from tests.web.browser.seat import quiet
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
    """`contexts(account, language)` gives the page of somebody's browser, the same one to all tests."""
    made: dict[tuple[str, str], Page] = {}

    def page_of(account: str, language: str) -> Page:
        if (account, language) not in made:
            context = chromium.new_context(locale={"vi": "vi-VN", "en": "en-GB"}[language])
            context.set_default_timeout(1000 * PATIENCE)
            made[account, language] = context.new_page()
            log_in(made[account, language], pages, account)
        return made[account, language]

    yield page_of
    for page in made.values():
        page.context.close()


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
    # a page's colours and sizes are the same in both languages: the second needs one look, and one at every width
    assert_sound(page, SIZES if language == "vi" else ["phone"])


def assert_sound(page: Page, looks: Container[str] = SIZES) -> None:
    """No serious fault at these sizes, and at none a page that is wider than its window."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert (size, faults(page) if size in looks else []) == (size, [])
        assert (size, page.evaluate("document.documentElement.scrollWidth")) == (size, width)


def test_a_fault_would_be_found(contexts: Any, pages: Pages):
    page = contexts("cb-01", "vi")
    opened(page, f"{pages.address}/clerk")
    page.evaluate("document.getElementById('next').style.color = '#4a86c0'")
    assert {fault.split(":")[0] for fault in faults(page)} == {"color-contrast"}


#: What a key brings up, if it is no question.
SHOWN = {"?": "#helping", "m": "#keys", "r": "#said:not(:empty)"}


@pytest.mark.parametrize("keys", ["f", "t", "f 2", "n", "n 1 Enter", "x", "l", "?", "m", "r"])
def test_the_clerks_questions_have_no_serious_fault_either(contexts: Any, pages: Pages, keys: str):
    page = contexts("cb-01", "vi")
    opened(page, f"{pages.address}/clerk")
    for key in keys.split():
        page.keyboard.press(key)
    expect(quiet(page).locator(SHOWN.get(keys, "#question"))).to_be_visible()
    assert_sound(page)


#: Whether so many pictures are there.
SEEN = "many => [...document.images].filter((image) => image.naturalWidth > 0).length === many"


@pytest.mark.parametrize(("account", "address"), PAGES, ids=[f"{a or 'anybody'} {p}" for a, p in PAGES])
def test_no_page_is_heavy(contexts: Any, pages: Pages, account: str, address: str):
    page, loaded = contexts(account, "vi"), dict[str, int]()

    def weigh(answer: Response) -> None:
        loaded.setdefault(answer.url, weight(answer))

    page.on("response", weigh)
    opened(page, pages.address + address)
    page.wait_for_function(SEEN, arg=2 if address == "/panel" else 0)
    page.remove_listener("response", weigh)
    print(f"{address}: {sum(loaded.values())} bytes")
    assert len(loaded) > 1
    assert sum(loaded.values()) <= HEAVIEST


def weight(answer: Response) -> int:
    """Bytes of an answer; a font is kept by the browser, a stream has no end."""
    streams = "text/event-stream" in answer.headers.get("content-type", "")
    return 0 if "/font/" in answer.url or streams else int(answer.headers.get("content-length", 0))
