"""A touch page as the kiosk serves it, before a machine that we script."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from kiosk.page.app import SCREEN, PageApp
from kiosk.page.touch_page import TouchPage
from moiso.runtime.latest import Latest
from tests.kiosk.page.scenes import SCREENS, SITE, finder, silent_voice


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

    def said(self, kind: type[Any], within: float = 5.0) -> Any:
        """The last thing of this kind that a finger says."""
        deadline = time.monotonic() + within
        while not (found := [one for one in self.heard if isinstance(one, kind)]):
            assert time.monotonic() < deadline, f"nobody said {kind.__name__}"
            time.sleep(0.01)
        return found[-1]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scripted]:
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


@pytest.fixture
def told() -> list[Any]:
    return []


@pytest.fixture
def client(tmp_path: Path, told: list[Any]) -> Client:
    latest = Latest(1, "b1")
    latest.put(SCREEN, SCREENS["home"])
    return Client(PageApp(SITE, latest, finder(tmp_path), silent_voice(), told.append))
