"""Every state of the page, at every size: large enough, nothing cut off, nothing that axe-core finds serious."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from kiosk.screen import Scan, Screen
from tests.axe import faults
from tests.kiosk.page.conftest import Scripted
from tests.kiosk.page.scenes import BARE, BIRTH, EIGHT, LINKED, RESIDENCE, SCREENS

SIZES = {"portrait": (1080, 1920), "wide": (1280, 800), "small": (1024, 600)}
#: A size, a language, and the switches that are on.
LOOKS = [
    ("portrait", "vi", ""),
    ("wide", "en", ""),
    ("small", "vi", ""),
    ("small", "en", "contrast"),
    ("portrait", "en", "lower"),
    ("wide", "vi", "contrast"),
]
#: Pixels: the smallest letters, and the smallest side of anything that is touched.
LETTERS, TOUCH = 28, 80
#: What is smaller than it should be, or stands where it cannot be seen.
FAULTS = """([letters, touch]) => {
  const seen = (e) => e.checkVisibility() && !e.closest(".hidden");
  const all = [...(document.querySelector("dialog[open]") ?? document.body).querySelectorAll("*")].filter(seen);
  const written = all.filter((e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const still = (e) => !e.closest("#papers, #hits");
  const box = (e) => e.getBoundingClientRect();
  const beyond = (inner, outer, by) =>
    inner.left < outer.left - by || inner.right > outer.right + by ||
    inner.top < outer.top - by || inner.bottom > outer.bottom + by;
  const holders = "button, .place, .stopped, .strip, .band, dialog .number, dialog .head";
  const window_ = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const faults = {
    letters: written.filter((e) => parseFloat(getComputedStyle(e).fontSize) < letters),
    touch: all.filter((e) => e.matches("button") && still(e) && Math.min(box(e).width, box(e).height) < touch),
    outside: written.filter((e) => still(e) && beyond(box(e), window_, 1)),
    "over its edge": written.filter((e) => e.closest(holders) && beyond(box(e), box(e.closest(holders)), 5)),
  };
  return Object.entries(faults).flatMap(([what, found]) => found.map((e) => `${what}: ${e.outerHTML.slice(0, 100)}`));
}"""
#: The upper edges of everything that can be touched.
TOPS = """() => [...document.querySelectorAll("button")].filter((e) => e.checkVisibility())
  .map((e) => e.getBoundingClientRect().top)"""


def turn(page: Page, size: str, language: str, switch: str) -> None:
    """Make the page look so."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    if language == "en":
        page.locator("#languages button").tap()
    if switch:
        page.locator(f"#{switch}").tap()


def show(page: Page, scripted: Scripted, screen: Screen, number: int) -> None:
    """Show a screen whose press is new, and return when it stands there."""
    before = page.locator("body").get_attribute("data-at")
    progress = replace(screen.progress, press=f"look-{number}") if screen.progress else None
    scan = replace(screen.scan, id=f"look-{number}") if screen.scan else None
    scripted.show(replace(screen, progress=progress, scan=scan))
    expect(page.locator("body")).not_to_have_attribute("data-at", before or "")


def fails(page: Page) -> list[str]:
    page.evaluate("document.fonts.ready.then(() => 1)")
    return [*page.evaluate(FAULTS, [LETTERS, TOUCH]), *faults(page)]


@pytest.mark.parametrize(("size", "language", "switch"), LOOKS)
def test_every_screen_is_large_whole_and_accessible(
    page: Page, scripted: Scripted, size: str, language: str, switch: str
):
    turn(page, size, language, switch)
    for number, (name, screen) in enumerate(SCREENS.items()):
        show(page, scripted, screen, number)
        assert (name, fails(page)) == (name, [])


@pytest.mark.parametrize(("size", "language", "switch"), LOOKS)
def test_so_is_the_finder(page: Page, scripted: Scripted, size: str, language: str, switch: str):
    turn(page, size, language, switch)
    page.locator("#find").tap()
    assert fails(page) == []
    for letter in "khai":
        page.locator("#keys button").get_by_text(letter.upper(), exact=True).tap()
    expect(page.locator(".hit").first).to_be_visible()
    assert fails(page) == []


@pytest.mark.parametrize(("size", "language", "switch"), LOOKS)
def test_so_is_every_kind_of_procedure(page: Page, scripted: Scripted, size: str, language: str, switch: str):
    turn(page, size, language, switch)
    for number, procedure in enumerate([BIRTH, LINKED, RESIDENCE, BARE]):
        scan = Scan("", "procedure", procedure=procedure.code)
        show(page, scripted, Screen("ready", choices=EIGHT, scan=scan), number)
        expect(page.locator("#leaf-code")).to_have_text(procedure.code)
        assert (procedure.code, fails(page)) == (procedure.code, [])
        if procedure is BIRTH:
            page.locator("#phone").tap()
            expect(page.locator("#answer .qr img")).to_be_visible()
            assert fails(page) == []
            page.locator("#answer button").tap()


def test_what_is_lowered_is_in_the_lower_half(page: Page, scripted: Scripted):
    turn(page, "portrait", "vi", "lower")
    assert min(page.evaluate(TOPS)) >= 950
    page.locator("#find").tap()
    assert min(page.evaluate(TOPS)) >= 950


def test_faults_would_be_found(page: Page, scripted: Scripted):
    turn(page, "small", "vi", "")
    page.evaluate("document.querySelector('.choice .name').style.fontSize = '20px'")
    page.evaluate("document.querySelector('#contrast').style.minHeight = '40px'")
    page.evaluate("document.querySelector('#contrast').style.alignSelf = 'center'")
    page.evaluate("document.querySelector('h1').style.color = '#c0c8d0'")
    page.evaluate("document.querySelectorAll('.choice .name')[3].textContent = 'Một tên quá dài '.repeat(9)")
    found = {fault.split(":")[0] for fault in fails(page)}
    assert found >= {"letters", "touch", "color-contrast", "over its edge"}
