"""The browser in which the pages are tried."""

import shutil

from playwright.sync_api import Browser, Playwright

#: Milliseconds that it may take to start on a busy machine.
START = 60_000


def launch(playwright: Playwright) -> Browser:
    """Chromium; the one that cannot show windows where there is one, for it takes a fifth of the time."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is not installed: run `make setup` or `apt-get install chromium`"
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"], timeout=START)
