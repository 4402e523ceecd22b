"""The page's HTML: in Vietnamese, with all that its script needs to know of the site."""

import html
from pathlib import Path
from string import Template

import msgspec

from kiosk.page.site_words import SiteWords
from moiso import __version__

_TEMPLATES = Path(__file__).parent / "templates"


def first_page(site: SiteWords, speaks: list[str]) -> str:
    """The page as a browser gets it. speaks: the languages that it can read aloud."""
    told = {
        "languages": site.languages,
        "texts": site.texts,
        "services": site.services,
        "icons": site.icons,
        "hours": site.hours,
        "speaks": speaks,
        "version": __version__,
    }
    words = {f"text_{key}": html.escape(text) for key, text in site.texts["vi"].items()}
    # Within a script nothing may look like a tag; JSON may write its letters by number.
    script = msgspec.json.encode(told).decode().replace("<", r"\u003c")
    icons = (_TEMPLATES / "_icons.html").read_text(encoding="utf-8")
    page = Template((_TEMPLATES / "page.html").read_text(encoding="utf-8"))
    return page.substitute(words, centre=html.escape(site.centre), site=script, icons=icons, version=__version__)
