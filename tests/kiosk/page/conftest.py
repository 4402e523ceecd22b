"""A touch page as the kiosk serves it, before a machine that we script, in a real browser."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from werkzeug.test import Client

from kiosk.page.app import SCREEN, PageApp
from kiosk.page.touch_page import TouchPage
from moiso.runtime.latest import Latest
from tests.kiosk.page.scenes import SCREENS, SITE, finder, silent_voice
from tests.whole.talk import PATIENCE

#: Pages that may be open at once: one that was left holds its stream until it is written to, up to two seconds later.
STREAMS = 40

expect.set_options(timeout=1000 * PATIENCE)


class Scripted:
    """A page, and all that fingers said to it; `answer` may do something about it at once, as a machine would."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[Any] = []
        self.answer: Callable[[Any], None] = lambda _said: None
        self.page = TouchPage(SITE, finder(folder), silent_voice(), self._tell)
        self.show = self.page.show
        self.address = f"http://127.0.0.1:{self.page.listen('127.0.0.1', 0)}"

    def _tell(self, said: Any) -> None:
        self.heard.append(said)
        self.answer(said)

    def said(self, kind: type[Any], count: int = 1) -> Any:
        """The last thing of this kind that a finger says, once it has said so many."""
        deadline = time.monotonic() + PATIENCE
        while len(found := self.all_said(kind)) < count:
            assert time.monotonic() < deadline, f"only {len(found)} times {kind.__name__}"
            time.sleep(0.01)
        return found[-1]

    def all_said(self, kind: type[Any]) -> list[Any]:
        """Everything of this kind that a finger has said."""
        return [one for one in list(self.heard) if isinstance(one, kind)]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scripted]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.page.touch_page.STREAMS", STREAMS)
        made = Scripted(tmp_path_factory.mktemp("touch"))
    yield made
    made.page.close()


@pytest.fixture
def scripted(served: Scripted) -> Scripted:
    """The page at home, of whom nobody has said anything yet."""
    served.heard.clear()
    served.answer = lambda _said: None
    served.show(SCREENS["home-eight"])
    return served


@pytest.fixture(scope="session")
def glass(chromium: Browser) -> Iterator[Page]:
    """A tab for one page after the other: a tab of its own costs more than most tests."""
    context = chromium.new_context(has_touch=True)
    yield context.new_page()
    context.close()


@contextmanager
def visit(page: Page, scripted: Scripted) -> Iterator[Page]:
    """The page as everybody finds it; a script that fails, fails the test."""
    complaints: list[str] = []

    def complain(error: Error) -> None:
        complaints.append(str(error))

    page.on("pageerror", complain)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(scripted.address)
    expect(page.locator(".choice")).to_have_count(8)
    scripted.heard.clear()  # what the page before has still said is heard by now
    yield page
    page.unroute_all(behavior="ignoreErrors")
    page.goto("about:blank")  # it would go on saying things while another page is tried
    page.remove_listener("pageerror", complain)
    assert complaints == []


@pytest.fixture
def page(glass: Page, scripted: Scripted) -> Iterator[Page]:
    with visit(glass, scripted) as page:
        yield page


@pytest.fixture
def stopped(chromium: Browser, scripted: Scripted) -> Iterator[Page]:
    """A page whose clock stands still; `clock.run_for` turns it."""
    context = chromium.new_context(has_touch=True)
    page = context.new_page()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    with visit(page, scripted):
        yield page
    context.close()


@pytest.fixture
def told() -> list[Any]:
    return []


@pytest.fixture
def client(tmp_path: Path, told: list[Any], monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("kiosk.voice._PATIENCE", PATIENCE)
    latest = Latest(1, "b1")
    latest.put(SCREEN, SCREENS["home"])
    return Client(PageApp(SITE, latest, finder(tmp_path), silent_voice(), told.append))
