"""What axe-core calls serious or critical on a page of a real browser."""

from importlib.resources import files

from playwright.sync_api import Page

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Each fault with the element that has it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)")
    grave = [fault for fault in found if fault["impact"] in {"serious", "critical"}]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in grave for node in fault["nodes"]]
