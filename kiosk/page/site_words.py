"""What the touch page knows of the site beside the machine's Screen. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SiteWords:
    """The site's own words.

    services: by code, the name in each language; icons: by code, a picture of kiosk/page/icons.py. counters: by code,
    the labels of the counters that serve it, for when nobody knows which are open. texts: by language, the table
    `[touch]` of the catalogue; Vietnamese first.
    """

    centre: str
    hours: str
    hotline: str
    texts: Mapping[str, Mapping[str, str]]
    services: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    icons: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the page can be switched to."""
        return tuple(self.texts)

    def text(self, language: str, key: str) -> str:
        """A text of the page; Vietnamese where the language has none."""
        return self.texts.get(language, {}).get(key) or self.texts["vi"][key]

    def service(self, code: str | None, language: str) -> str:
        """A service's name; Vietnamese where the language has none, empty for none of ours."""
        names = self.services.get(code or "", {})
        return names.get(language) or names.get("vi", "")


def listed(language: str) -> str:
    """The language in which procedures are shown to who reads this one: their list has Vietnamese and English."""
    return "en" if language == "en" else "vi"
