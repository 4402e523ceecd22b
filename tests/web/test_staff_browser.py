"""The greeter's and the manager's pages in a real browser, before a real hub and a real kiosk."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from centre.cli import main
from tests.conftest import PATIENCE, Broker
from tests.web.conftest import Said, opened
from tests.web.scenes import SITE_TOML
from tests.whole.centre import free_port, until

PHONE = (390, 844)
PROGRAMS = ("hub", "kiosk", "tests.web.patient")


class Hall:
    """A real hub, kiosk and web server, with a browser for whoever is wanted."""

    def __init__(self, broker: Broker, folder: Path, chromium: Browser) -> None:
        self.state, self.site, self._broker, self._chromium = broker.state, folder / "site.toml", broker, chromium
        self.site.write_text(SITE_TOML)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        more = ["--site", str(self.site), "--state", str(self.state), "--mqtt-port", str(broker.port), "--fake"]
        line = [*more, "--web-port", str(port)]
        self._programs = [subprocess.Popen([sys.executable, "-m", name, *line]) for name in PROGRAMS]

    def wait(self) -> None:
        """Return when the kiosk can print and the pages are served."""
        until(lambda: self._said("status/kiosk-1").get("state") == "ready", PATIENCE, "the kiosk does not get ready")
        until((self.state / "fake/web/accounts.json").exists, PATIENCE, "the pages do not come")
        self._pins: dict[str, str] = json.loads((self.state / "fake/web/accounts.json").read_text())

    def end(self) -> None:
        """Nothing of it runs any more."""
        for program in self._programs:
            program.terminate()
        for program in self._programs:
            program.wait(PATIENCE)

    def day(self) -> dict[str, Any]:
        """What the hub says of the day now."""
        return self._said("state/day")

    def counter(self, number: int) -> dict[str, Any]:
        """What the hub says of a counter now."""
        return self._said(f"state/counter/{number}")

    def _said(self, topic: str) -> dict[str, Any]:
        """What stands there after all that was answered: a second beat comes after every snapshot."""
        reader = Said(self._broker, "stats", "#")
        for many in (1, 2):
            reader.say("status/stats", {}, retain=False)  # whoever says a word hears the heart at once
            until(lambda many=many: len(_on(reader, "beat")) >= many, PATIENCE, "the hub has no pulse")
        told = _on(reader, topic)
        reader.close()
        body: dict[str, Any] = json.loads(told[-1]) if told else {}
        return body

    def browser(self, size: tuple[int, int] = PHONE, lang: str = "vi-VN", **more: Any) -> BrowserContext:
        """One more browser, closed with the test."""
        viewport: Any = dict(zip(("width", "height"), size, strict=True))
        context = self._chromium.new_context(locale=lang, viewport=viewport, **more)
        context.set_default_timeout(120_000)
        return context

    def enter(self, page: Page, who: str, address: str) -> Page:
        """The page at this address, after a login by keyboard."""
        opened(page, self.address + address)
        page.locator("#account").press_sequentially(who)
        page.keyboard.press("Tab")
        page.keyboard.type(self._pins[who])
        page.keyboard.press("Enter")
        expect(page.get_by_text(who, exact=True)).to_be_visible()
        return page


def _on(reader: Said, topic: str) -> list[bytes]:
    return [payload for where, payload in reader.heard if where.endswith(f"/{topic}")]


@pytest.fixture(scope="module")
def hall(
    tmp_path_factory: pytest.TempPathFactory, make_broker: Callable[..., Broker], chromium: Browser
) -> Iterator[Hall]:
    hall = Hall(make_broker(), tmp_path_factory.mktemp("hall"), chromium)
    try:
        hall.wait()
        yield hall
    finally:
        hall.end()


@pytest.fixture
def seat(hall: Hall) -> Iterator[Callable[..., Page]]:
    """`seat("huong-dan", "/greeter", ...)`: a page where this account is logged in."""
    contexts: list[BrowserContext] = []

    def sit(who: str, address: str, **more: Any) -> Page:
        contexts.append(hall.browser(**more))
        return hall.enter(contexts[-1].new_page(), who, address)

    yield sit
    for context in contexts:
        context.close()


def issued(page: Page, code: str) -> str:
    """The number that a press of this service gives."""
    with page.expect_navigation():
        page.locator(f'button[name="service"][value="{code}"]').first.click()
    number = page.locator(".told .number")
    expect(number).to_be_visible()
    return number.inner_text()


def test_a_greeter_gives_a_number_by_touch_and_the_kiosk_prints_it(hall: Hall, seat: Callable[..., Page]):
    page = seat("huong-dan", "/greeter", has_touch=True)
    page.locator("summary").tap()
    page.get_by_label("người cao tuổi").tap()
    page.locator('button[value="A"]').first.tap()
    number = page.locator(".told .number").inner_text()
    until(lambda: list((hall.state / "fake/kiosk-1").glob(f"tickets/{number}.png")), PATIENCE, "nothing was printed")
    expect(page.locator('input[name="class"][value=""]')).to_be_checked()
    expect(page.locator("#print_at")).to_have_value("kiosk-1")
    page.get_by_role("button", name=f"Cấp nhầm? Huỷ {number}").tap()
    expect(page.locator(".told")).to_contain_text(f"Đã huỷ {number}")
    page.get_by_role("button", name="Hoàn tác").tap()
    expect(page.locator(".told")).to_contain_text("Đã hoàn tác")


def test_a_form_sent_twice_gives_one_number_and_the_back_button_none(hall: Hall, seat: Callable[..., Page]):
    page = seat("huong-dan", "/greeter", lang="en-US")
    form = (
        "new URLSearchParams({...Object.fromEntries(new FormData(document.querySelector('form.issue'))), service: 'B'})"
    )
    send = f"async () => (await fetch('/do/issue', {{method: 'POST', body: {form}}})).text()"
    pages = page.evaluate(f"Promise.all([({send})(), ({send})()])")
    numbers = [text.split('<p class="number">')[1][:4] for text in pages]
    assert numbers[0] == numbers[1]
    before = hall.day()["account"]["issued"]
    page.reload()
    second = issued(page, "B")
    assert second != numbers[0]
    page.go_back()
    page.go_forward()
    page.reload()
    assert hall.day()["account"]["issued"] == before + 1


def test_without_a_script_everything_works(hall: Hall, seat: Callable[..., Page]):
    page = seat("huong-dan", "/greeter", java_script_enabled=False)
    number = issued(page, "B")
    page.get_by_placeholder("A012").fill(number.lower())
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("button", name="người khuyết tật").click()
    expect(page.locator(".told")).to_contain_text(f"{number} được ưu tiên")
    page.goto(hall.address + "/greeter")
    page.locator('form[action="/do/suspend-service"] button[value="B"]').click()
    expect(page.locator(".told")).to_contain_text("đã tạm ngừng")
    page.locator('form[action="/do/restore-service"] button[value="B"]').click()
    expect(page.locator(".told")).to_contain_text("đã hoạt động lại")


def test_numbers_on_paper_are_typed_in_and_taken_back(hall: Hall, seat: Callable[..., Page]):
    page = seat("huong-dan", "/numbers/range", lang="en-US")
    page.get_by_label("Numbers given by hand").check()
    page.get_by_label("From").fill("b51")
    page.get_by_label("To", exact=True).fill("53")
    page.keyboard.press("Enter")
    expect(page.locator(".effect")).to_contain_text("3 numbers will take their places in the line: B051–B053.")
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("3 numbers typed in: B051–B053.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".told")).to_contain_text("Taken back.")


def test_a_manager_moves_a_service_swaps_a_clerk_and_tells_everybody(hall: Hall, seat: Callable[..., Page]):
    page = seat("quan-ly", "/manage/assign?counter=2", lang="en-US")
    page.get_by_label("B – Hộ tịch").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".effects")).to_contain_text("Takes B – Hộ tịch as well")
    page.locator(".primary").click()
    expect(page.locator(".told")).to_contain_text("Quầy 2 now serves: A, B.")
    page.goto(hall.address + "/manage/swap?counter=2&who=cb-01")
    page.locator(".primary").click()
    expect(page.locator(".told")).to_contain_text("cb-01 sits at Quầy 2 until the half-day ends.")
    until(lambda: hall.counter(2)["on_duty"] == "cb-01", PATIENCE, "nobody hears of the swap")
    assert hall.counter(2)["services"] == ["A", "B"]
    page.goto(hall.address + "/manage/notice")
    page.locator("textarea").fill("<b>Mất điện</b> đến 15 giờ")
    page.locator(".primary").click()
    expect(page.locator(".band.notice").first).to_contain_text("<b>Mất điện</b> đến 15 giờ")


def test_a_pin_that_is_reset_in_the_middle_stops_the_press_and_says_so(
    hall: Hall, seat: Callable[..., Page], tmp_path: Path
):
    page = seat("huong-dan", "/greeter")
    before = hall.day()["account"]["issued"]
    words = ["account", "reset-pin", "huong-dan", "--site", str(hall.site), "--state", str(hall.state)]
    assert main(words) == 0
    page.locator('button[value="A"]').first.click()
    expect(page.locator(".wrong")).to_contain_text("Thao tác vừa rồi chưa được thực hiện; hãy đăng nhập lại.")
    assert hall.day()["account"]["issued"] == before
