"""The touch page of a real kiosk in a real browser, while what stands behind it goes away."""

import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.whole.centre import NORMAL, Centre, free_port, until
from tests.whole.talk import PATIENCE

#: Bytes of the whole kiosk, its fake printer and scanner in it, after so many tickets.
HEAVIEST, TICKETS = 60_000_000, 40
#: Touches in a row, of five services.
TOUCHES = 9
#: Checklists that are asked for: the fake printer of a busy machine may be late with its word, and is not believed.
ATTEMPTS = 5
#: Whether the first picture after the box was let go has the answer, and after how many milliseconds it stood there.
WATCH = """(code) => {
  const box = document.querySelector(`.choice[data-code=${code}]`);
  window.took = new Promise((tell) => box.addEventListener("pointerup", () => {
    const began = performance.now();
    requestAnimationFrame(() => tell([document.getElementById("answer").open, performance.now() - began]));
  }, { once: true }));
}"""
#: Whether nothing is on its way any more: the page is at home, or says what came of the press.
DONE = """() => !document.getElementById("answer").open || document.querySelector("#answer button.main")"""

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder, here = tmp_path_factory.mktemp("centre"), "screen = true\n"
    text = NORMAL.read_text(encoding="utf-8")
    assert here in text
    # A port of its own: the usual one is taken by the next centre's kiosk as soon as this one dies.
    site = folder / "site.toml"
    site.write_text(text.replace(here, f"{here}page_port = {free_port()}\n", 1), encoding="utf-8")
    with Centre(folder / "state", (free_port(), free_port()), site) as centre:
        centre.start()
        yield centre


@pytest.fixture
def page(chromium: Browser, centre: Centre) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page.goto(centre.status("kiosk-1")["detail"]["page"])
    expect(page.locator(".choice")).to_have_count(5)
    yield page
    page.close()


def tickets(centre: Centre) -> set[str]:
    return {path.stem for path in Path(centre.fake("kiosk-1") / "tickets").glob("*.png")}


def await_paper(centre: Centre, page: Page, number: str) -> None:
    """Wait until this number is printed; otherwise tell all that may explain why not."""
    try:
        until(lambda: number in tickets(centre), PATIENCE, "")
    except AssertionError:
        shown, folder = page.locator("#answer").evaluate("e => e.outerHTML"), centre.fake("kiosk-1")
        kept = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*"))
        pytest.fail(f"{number} is not printed; the page: {shown}; kept: {kept}; said: {centre.said[-2000:]}")


def link(centre: Centre, state: str) -> None:
    centre.device("web").says("fake/kiosk-1", {"link": state})


def take(page: Page, code: str) -> str:
    """Touch a box, yes also a second time; the number that the page shows."""
    page.locator(f".choice[data-code={code}]").tap()
    more = page.locator("#answer button", has_text="Lấy thêm một số")
    # In a crowd the number before may still stand on the strip.
    shown = page.locator("#answer[open] .ticket, #strip:visible .ticket")
    number = shown.filter(has_text=re.compile(rf"^{code}\d")).first
    expect(more.or_(number)).to_be_visible()
    if more.is_visible():
        more.tap()
    expect(number).to_be_visible()
    return str(number.inner_text())


def leave(page: Page) -> None:
    """Wait until the paper is out, and go, where the page has not gone home by itself."""
    page.wait_for_function(DONE, timeout=1000 * PATIENCE)
    done = page.locator("#answer button", has_text="Xong")
    if done.is_visible():
        done.tap()
    expect(page.locator("#answer")).not_to_be_visible()


def test_a_touch_gives_the_number_that_is_on_the_paper(centre: Centre, page: Page):
    number = take(page, "B")
    await_paper(centre, page, number)
    leave(page)


def test_with_the_hub_gone_every_touch_is_answered_at_once(centre: Centre, page: Page):
    link(centre, "down")
    expect(page.locator("body")).to_have_attribute("data-mode", "offline")
    expect(page.locator("#band")).to_contain_text("mất kết nối")
    took = list[tuple[bool, float]]()
    for code in ("ABCHK" * 2)[:TOUCHES]:
        page.evaluate(WATCH, code)
        number = take(page, code)
        took.append(page.evaluate("window.took"))
        assert number.startswith(code)
        await_paper(centre, page, number)
        leave(page)
    print(f"touch to answer {sorted(round(milliseconds) for _, milliseconds in took)} ms")
    assert all(answered for answered, _ in took)
    link(centre, "up")
    expect(page.locator("body")).to_have_attribute("data-mode", "ready")


def is_served(page: Page) -> bool:
    """Whether there is a kiosk behind the page."""
    with suppress(Error):
        return page.request.get(page.url).ok
    return False


def test_a_kiosk_that_dies_under_the_finger_answers_it_when_it_is_back(centre: Centre, page: Page):
    before = tickets(centre)
    page.clock.install(time=0)
    page.reload()
    expect(page.locator(".choice")).to_have_count(5)
    page.evaluate("document.body.dataset.old = 'yes'")
    # The page waits 15 s by its own clock for a kiosk that may need longer to start on a busy machine.
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    centre.kill("kiosk-1", signal.SIGKILL)
    page.locator(".choice[data-code=C]").tap()
    expect(page.locator("#answer")).to_be_visible()
    until(lambda: is_served(page), PATIENCE, "the kiosk does not come back")
    page.clock.resume()
    number = page.locator("#answer .ticket:not(:empty)")
    expect(number).to_be_visible()
    shown = number.inner_text()
    await_paper(centre, page, shown)
    assert tickets(centre) - before == {shown}
    leave(page)
    # Once nobody is at it, the page takes over what the new start may have brought.
    expect(page.locator("body[data-old]")).to_have_count(0)
    expect(page.locator(".choice")).to_have_count(5)


def test_a_checklist_is_found_and_printed(centre: Centre, page: Page):
    page.locator("#find").tap()
    for letter in "khai sinh":
        keys = page.locator("#keys > div:not(.numbers) button")
        (keys.last if letter == " " else keys.get_by_text(letter.upper(), exact=True)).tap()
    page.locator(".hit", has_text="khai sinh").first.tap()
    expect(page.locator("#papers li").first).to_be_visible()
    printed, unsure = (page.locator(f"#answer[data-stage={stage}]") for stage in ("printed", "refused"))
    for _ in range(ATTEMPTS):
        page.locator("#print").tap()
        expect(printed.or_(unsure)).to_be_visible()
        if printed.is_visible():
            break
        page.locator("#answer button.main").tap()
    expect(printed).to_be_visible()
    assert list(Path(centre.fake("kiosk-1") / "tickets").glob("list-*.png"))


def get_one(page: Page, centre: Centre, press: str, code: str) -> None:
    """A number on paper by what the page's script says: the press again and again until it is answered."""
    before = len(tickets(centre))

    def printed() -> bool:
        page.request.post(page.url + "touch", data={"press": press, "service": code, "again": True})
        page.wait_for_timeout(100)
        return len(tickets(centre)) > before

    until(printed, PATIENCE, "it is not printed")
    page.request.post(page.url + "dismiss", data={"press": press})


def test_the_kiosk_with_its_page_is_light(centre: Centre, page: Page):
    for n in range(TICKETS):
        get_one(page, centre, f"light-{n}", "ABCHK"[n % 5])
    for path in ("qr.svg?text=x", "say?text=x", *(f"find?q={'giay khai sinh'[:end]}" for end in range(1, 15))):
        assert page.request.get(page.url + path).ok
    status = Path(f"/proc/{centre.status('kiosk-1')['detail']['pid']}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    print(f"the kiosk with its page: {resident} KiB")
    assert resident * 1024 < HEAVIEST
