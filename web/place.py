"""What the pages know of the site beside what they hear of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from moiso.wire.messages import Words
from moiso.wire.topics import Topics
from web.words import Text

UNIT_BUTTONS = ("next", "recall", "no-show")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a call unit stands: the counter's number and what people read there."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """The site: the kind of every device by id; each kiosk's services; the desk of each call unit; the walls.

    inferred_service: whoever is called and left sooner, in seconds, without a start, counts as absent.
    greeter: whether the site has greeters; without them clerks do their work.
    """

    topics: Topics
    kinds: Mapping[str, str]
    kiosks: Mapping[str, tuple[str, ...]]
    units: Mapping[str, Desk]
    walls: tuple[str, ...]
    inferred_service: float = 45.0
    greeter: bool = True

    @property
    def device(self) -> str:
        """The device that the pages themselves are."""
        return next(device for device, kind in self.kinds.items() if kind == "web")

    @property
    def counters(self) -> dict[int, str]:
        """What people read at each counter, by number."""
        return {desk.number: desk.label for desk in self.units.values()}

    def buttons(self, device: str) -> tuple[str, ...]:
        """What can be pressed on a device; nothing on most."""
        return self.kiosks.get(device, UNIT_BUTTONS if device in self.units else ())

    @property
    def faked(self) -> tuple[str, ...]:
        """The devices that stand on the front panel."""
        return (*self.kiosks, *self.units, *self.walls)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a page speaks to: one of the LANGUAGES, the catalogue's texts and the services' names by code in it."""

    language: str
    text: Text
    names: Mapping[str, str]

    def said(self, words: Words | None) -> str:
        """The hub's own words in this language; nothing for None."""
        return str(getattr(words, self.language, ""))
