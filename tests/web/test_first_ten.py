"""A new clerk's first ten numbers with nothing but the card and a keyboard, at the real hub; and two pages at once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Broker
from tests.web.browser.seat import quiet
from tests.web.conftest import Pages, opened
from tests.whole.centre import NORMAL, free_port
from tests.whole.hall import Hall, accepted

#: Time enough for a slow machine to take a press back.
SITE = NORMAL.read_text(encoding="utf-8") + "\n[queue]\nundo_within = 60\n"


class PatientHall(Hall):
    """One whose hub takes a press also from a machine that stood still."""

    program = (str(Path(__file__).with_name("patient_hub.py")),)


@pytest.fixture
def brokers() -> list[Broker]:
    """The hall's broker, once there is a hall."""
    return []


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "normal.toml"
    path.write_text(SITE, encoding="utf-8")
    return path


@pytest.fixture
def hall(brokers: list[Broker], make_broker: Callable[..., Broker], site: Path) -> Iterator[Hall]:
    def make(*args: Any, **more: Any) -> Broker:
        brokers.append(make_broker(*args, **more))
        return brokers[0]

    hall = PatientHall(site, make)
    hall.start()
    yield hall
    hall.close()


@pytest.fixture
def pages(hall: Hall, brokers: list[Broker], tmp_path: Path) -> Iterator[Pages]:
    pages = Pages(brokers[0], free_port(), tmp_path, program="tests.web.patient")
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    pages.start()
    yield pages
    pages.stop()


@pytest.fixture
def clerk(page: Page, pages: Pages) -> Page:
    """A browser in which the clerk of counter 1 has logged in with nothing but keys."""
    opened(page, f"{pages.address}/login")
    pin = json.loads((pages.state / "fake/web/accounts.json").read_text())["cb-01"]
    expect(page.locator("#account")).to_be_focused()
    for typed, then in (("cb-01", "Tab"), (pin, "Enter")):
        page.keyboard.type(typed)
        page.keyboard.press(then)
    expect(page.locator("h1")).to_have_text("Quầy 1")
    return page


def pressed(page: Page, key: str) -> None:
    """One key, by somebody who looks before pressing."""
    quiet(page).keyboard.press(key)


def stands(page: Page, ticket: str) -> None:
    expect(page.locator(".here .ticket")).to_have_text(ticket)


def the_card(page: Page, pages: Pages) -> list[tuple[list[str], str]]:
    """Every line of the card: which keys, and whom the page shows then."""
    opened(page, f"{pages.address}/clerk/card")
    return [_line(row) for row in page.locator("tbody tr").all()]


def _line(row: Locator) -> tuple[list[str], str]:
    keys = row.locator("kbd").evaluate_all("keys => keys.map((key) => key.dataset.key)")
    return keys, row.locator("td").last.get_attribute("data-ticket") or ""


def test_the_first_ten_numbers_go_as_the_card_says(clerk: Page, pages: Pages, hall: Hall):
    card = the_card(clerk, pages)
    assert hall.numbers("A", 10) == [f"A{n:03}" for n in range(1, 11)]
    opened(clerk, f"{pages.address}/clerk")
    expect(clerk.locator(".line li")).to_have_count(10)
    assert len(card) == 12
    for keys, ticket in card:
        for key in keys:
            pressed(clerk, key)
        stands(clerk, ticket)
    states = hall.states()
    account = states["state/day"]["account"]
    counts = {key: account[key] for key in ("issued", "served", "absent", "waiting", "at_counters", "held")}
    assert counts == {"issued": 10, "served": 8, "absent": 0, "waiting": 1, "at_counters": 1, "held": 0}
    assert (account["outcomes"]["done"], account["outcomes"]["accepted"]) == (2, 1)
    assert [w["ticket"] for w in states["state/counter/2"]["line"]] == ["A007"], "it waits for land now"


#: Presses *next* in a moment, if the page still shows this visitor then: whoever sees the next one is too late.
PRESS_SOON = """before => {
  window.pressed = false;
  setTimeout(() => {
    if (document.querySelector(".here .ticket").textContent === before) document.getElementById("next").click();
    window.pressed = true;
  }, 300);
}"""


def test_two_pages_and_a_button_at_one_counter_call_everybody_once(clerk: Page, pages: Pages, hall: Hall):
    hall.numbers("A", 12)
    other = opened(clerk.context.new_page(), f"{pages.address}/clerk")
    called: list[str] = []
    for _ in range(4):
        before = called[-1] if called else ""
        for page in (clerk, other):
            stands(page, before)
            quiet(page).evaluate(PRESS_SOON, before)
        reply = hall.unit(1).asks("next", after=before or None)
        for page in (clerk, other):
            page.wait_for_function("() => window.pressed")
            quiet(page)
        after = hall.states()["state/counter/1"]["ticket"]
        assert reply.body["status"] in {"ok", "rejected"}
        for page in (clerk, other):
            stands(page, after)
        called.append(after)
    assert called == ["A001", "A002", "A003", "A004"]
    assert accepted(hall.unit(1).asks("next"))["ticket"] == "A005"


def test_a_press_for_somebody_who_left_is_refused_by_the_hub(clerk: Page, pages: Pages, hall: Hall):
    hall.numbers("A", 3)
    pressed(clerk, "Space")
    stands(clerk, "A001")
    quiet(clerk)
    # the page is held up while the button on the desk calls the next
    clerk.evaluate("window.addEventListener('snapshot', (event) => event.stopImmediatePropagation(), true)")
    assert accepted(hall.unit(1).asks("next"))["ticket"] == "A002"
    for keys in (["Space"], ["f", "1"], ["g"], ["p"]):
        for key in keys:
            clerk.keyboard.press(key)
        quiet(clerk)
        expect(clerk.locator("#said")).to_contain_text("tại quầy hiện là A002. Chưa có gì thay đổi")
        state = hall.states()["state/counter/1"]
        assert (state["ticket"], state["phase"], state["state"]) == ("A002", "called", "open")
