"""`moiso screen`: Chromium over the whole screen of this machine, on its kiosk's touch page."""

import logging
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence

from moiso.runtime import logs
from moiso.runtime.program import Unusable, context, guarded
from moiso.runtime.site import KioskConf

log = logging.getLogger("screen")

#: Seconds between two looks whether the kiosk serves its page already.
LOOK = 0.5
_ANYWHERE = ("0.0.0.0", "::")
_FLAGS = (
    "--kiosk",
    "--incognito",
    "--no-first-run",
    "--noerrdialogs",
    "--disable-infobars",
    "--disable-session-crashed-bubble",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=Translate,TouchpadOverscrollHistoryNavigation",
    "--disable-component-update",
    "--password-store=basic",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Become the browser; returns only when that cannot be."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    ctx = context("screen", "kiosk", argv, "The touch screen of a kiosk: Chromium on the kiosk's own page.")
    logs.set_up("screen")
    conf = next(kiosk for kiosk in ctx.site.kiosks if kiosk.device == ctx.device)
    if not conf.screen:
        raise Unusable(f"{conf.device} has no screen: write `screen = true` under its [[kiosk]] in {ctx.site_path}")
    command = command_for(conf, os.environ, shutil.which)
    await_page(conf)
    os.execvp(command[0], command)


def command_for(conf: KioskConf, environment: Mapping[str, str], which: Callable[[str], str | None]) -> list[str]:
    """The browser's command line; without a desktop, inside `cage`, which shows one program and nothing else.

    Raises Unusable when one of them is not installed.
    """
    browser = which("chromium") or which("chromium-browser")
    if browser is None:
        raise Unusable("Chromium is not installed: sudo apt install chromium")
    # What a browser keeps of a visit, it keeps in memory, and is gone at the next start.
    folder = environment.get("RUNTIME_DIRECTORY") or tempfile.mkdtemp(prefix="moiso-screen-")
    command = [browser, *_FLAGS, f"--user-data-dir={folder}", address_of(conf)]
    if environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"):
        return command
    if (cage := which("cage")) is None:
        raise Unusable("there is no desktop here and cage is not installed: sudo apt install cage")
    return [cage, "-s", "--", *command[:-1], "--ozone-platform=wayland", command[-1]]


def address_of(conf: KioskConf) -> str:
    """The page as this machine reaches it."""
    return f"http://{_host(conf)}:{conf.page_port}/"


def _host(conf: KioskConf) -> str:
    return "127.0.0.1" if conf.page_listen in _ANYWHERE else conf.page_listen


def await_page(conf: KioskConf) -> None:
    """Wait until the kiosk serves it: a browser that comes first shows a page of its own, and for ever."""
    told = False
    while not _served(conf):
        if not told:
            log.info("waiting for %s: the kiosk does not serve it yet", address_of(conf))
        told = True
        time.sleep(LOOK)


def _served(conf: KioskConf) -> bool:
    try:
        socket.create_connection((_host(conf), conf.page_port), 1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
