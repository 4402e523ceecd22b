"""The touch page of a real kiosk in a real browser, while what stands behind it goes away."""

import re
import signal
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.whole.centre import Centre, free_port, until

#: Milliseconds from the finger's leaving the glass until the page has answered it.
AT_ONCE = 100
#: Bytes of the whole kiosk, its fake printer and scanner in it, after so many tickets.
HEAVIEST, TICKETS = 60_000_000, 40
#: Touches that are measured; the middle one counts, since other tests may run beside this one.
TOUCHES = 9
#: When the box is let go, when the page has drawn its answer, and when it has drawn the number.
WATCH = """(code) => {
  const box = document.querySelector(`.choice[data-code=${code}]`);
  const number = document.querySelector("#answer .ticket");
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  window.took = {};
  box.addEventListener("pointerup", async () => {
    const began = performance.now();
    await drawn();
    window.took.answer = document.getElementById("answer").open ? performance.now() - began : 99999;
    while (!number.textContent) await drawn();
    window.took.number = performance.now() - began;
  }, { once: true });
}"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("centre") / "state", (free_port(), free_port())) as centre:
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


def link(centre: Centre, state: str) -> None:
    centre.device("web").says("fake/kiosk-1", {"link": state})


def take(page: Page, code: str) -> str:
    """Touch a box, yes also a second time; the number that the page shows."""
    page.locator(f".choice[data-code={code}]").tap()
    more = page.locator("#answer button", has_text="Lấy thêm một số")
    # In a crowd the number before may still stand on the strip.
    shown = page.locator("#answer[open] .ticket, #strip:visible .ticket")
    number = shown.filter(has_text=re.compile(rf"^{code}\d")).first
    expect(more.or_(number)).to_be_visible(timeout=10_000)
    if more.is_visible():
        more.tap()
    expect(number).to_be_visible(timeout=10_000)
    return str(number.inner_text())


def leave(page: Page) -> None:
    """Wait until the paper is out, and go."""
    done = page.locator("#answer button", has_text="Xong")
    expect(done.or_(page.locator("#strip:visible"))).to_be_visible(timeout=10_000)
    if done.is_visible():
        done.tap()
    expect(page.locator("#answer")).not_to_be_visible()


def test_a_touch_gives_the_number_that_is_on_the_paper(centre: Centre, page: Page):
    number = take(page, "B")
    until(lambda: number in tickets(centre), 10, "it is not printed")
    leave(page)


def test_with_the_hub_gone_every_touch_is_answered_at_once(centre: Centre, page: Page):
    link(centre, "down")
    expect(page.locator("body")).to_have_attribute("data-mode", "offline", timeout=15_000)
    expect(page.locator("#band")).to_contain_text("mất kết nối")
    took = []
    for code in ("ABCHK" * 2)[:TOUCHES]:
        page.evaluate(WATCH, code)
        number = take(page, code)
        took.append(page.evaluate("window.took"))
        assert number.startswith(code)
        until(lambda wanted=number: wanted in tickets(centre), 10, "it is not printed")  # type: ignore[misc]
        leave(page)
    answers = sorted(round(each["answer"]) for each in took)
    numbers = sorted(round(each["number"]) for each in took if "number" in each)
    print(f"touch to answer {answers} ms, to number {numbers} ms")
    assert statistics.median(answers) < AT_ONCE
    link(centre, "up")
    expect(page.locator("body")).to_have_attribute("data-mode", "ready", timeout=15_000)


def test_a_kiosk_that_dies_under_the_finger_answers_it_when_it_is_back(centre: Centre, page: Page):
    before = tickets(centre)
    page.evaluate("document.body.dataset.old = 'yes'")
    centre.kill("kiosk-1", signal.SIGKILL)
    page.locator(".choice[data-code=C]").tap()
    expect(page.locator("#answer")).to_be_visible()
    number = page.locator("#answer .ticket:not(:empty)")
    expect(number).to_be_visible(timeout=15_000)
    shown = number.inner_text()
    until(lambda: shown in tickets(centre), 10, "it is not printed")
    assert tickets(centre) - before == {shown}
    leave(page)
    # Once nobody is at it, the page takes over what the new start may have brought.
    expect(page.locator("body[data-old]")).to_have_count(0, timeout=15_000)
    expect(page.locator(".choice")).to_have_count(5)


def test_a_checklist_is_found_and_printed(centre: Centre, page: Page):
    page.locator("#find").tap()
    for letter in "khai sinh":
        keys = page.locator("#keys > div:not(.numbers) button")
        (keys.last if letter == " " else keys.get_by_text(letter.upper(), exact=True)).tap()
    page.locator(".hit", has_text="khai sinh").first.tap()
    expect(page.locator("#papers li").first).to_be_visible()
    page.locator("#print").tap()
    expect(page.locator("#answer[data-stage=printed]")).to_be_visible(timeout=15_000)


def get_one(page: Page, centre: Centre, press: str, code: str) -> None:
    """A number on paper by what the page's script says: the press again and again until it is answered."""
    before = len(tickets(centre))

    def printed() -> bool:
        page.request.post(page.url + "touch", data={"press": press, "service": code, "again": True})
        page.wait_for_timeout(100)
        return len(tickets(centre)) > before

    until(printed, 10, "it is not printed")
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
