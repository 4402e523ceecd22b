"""The browser in which the pages are tried."""

import shutil

from playwright.sync_api import Browser, Playwright

from tests.whole.talk import PATIENCE


def launch(playwright: Playwright) -> Browser:
    """Chromium; the one that cannot show windows where there is one, for it takes a fifth of the time."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is not installed: run `make setup` or `apt-get install chromium`"
    args = ["--no-sandbox", "--disable-gpu"]
    return playwright.chromium.launch(executable_path=path, args=args, timeout=1000 * PATIENCE)
