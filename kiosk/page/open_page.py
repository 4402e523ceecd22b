"""Opens a kiosk's touch page: everything that it needs of site.toml and of the state directory."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.page.icons import icon_of
from kiosk.page.lists import Lists
from kiosk.page.site_words import SiteWords
from kiosk.page.touch_page import TouchPage
from kiosk.voice import voice_of
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.places import places_of
from moiso.procedures.store import FILE
from moiso.runtime.program import Context, Unusable
from moiso.runtime.site import KioskConf, Site
from moiso.texts import catalogue, languages

log = logging.getLogger("kiosk")


@dataclass(frozen=True)
class OpenPage:
    """A page that is served at `address`, and the checklists that its visitors may want."""

    page: TouchPage
    lists: Lists
    address: str


def open_page(ctx: Context, conf: KioskConf, tell: Callable[[object], None]) -> OpenPage:
    """Serve the page from now on; what fingers say goes to `tell`.

    Raises Unusable when its port is taken; with fake devices, of which many run on one machine, another one will do.
    """
    # That a page waits for a free thread now and then is no news.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    words, voice = site_words(ctx.site), voice_of(ctx.site.voice.region, ctx.site.voice.clips)
    procedures = Catalogue.open(ctx.state / FILE, places_of(ctx.site.services, ctx.site.elsewhere))
    procedures.about()  # reads the file: nobody's first letter should wait for that
    page = TouchPage(words, procedures, voice, tell)
    address = f"http://{conf.page_listen}:{_listen(page, ctx, conf)}/"
    log.info("the touch page is at %s", address)
    return OpenPage(page, Lists(words, procedures, scanner=ctx.fake or conf.scanner is not None), address)


def site_words(site: Site) -> SiteWords:
    """What the page says of the site."""
    return SiteWords(
        centre=site.site.name,
        hours=site.site.hours,
        hotline=site.site.hotline,
        texts={language: catalogue(language).table("touch") for language in languages("touch")},
        services={service.code: {"vi": service.name, "en": service.name_en} for service in site.services},
        icons={service.code: icon_of(service.name) for service in site.services},
        counters={
            service.code: [counter.shown for counter in site.counters if service.code in counter.services]
            for service in site.services
        },
    )


def _listen(page: TouchPage, ctx: Context, conf: KioskConf) -> int:
    if not ctx.fake:
        return page.listen(conf.page_listen, conf.page_port)
    kept = ctx.fake_dir(conf.device) / "page-port"
    port = _first_free(page, conf, [int(kept.read_text())] if kept.exists() else [])
    kept.write_text(str(port))
    return port


def _first_free(page: TouchPage, conf: KioskConf, ports: list[int]) -> int:
    """Of fake kiosks many run on one machine: the port it had before, for pages that are open, or its own, or any."""
    for port in [*ports, conf.page_port]:
        with contextlib.suppress(Unusable):
            return page.listen(conf.page_listen, port)
    return page.listen(conf.page_listen, 0)
