"""What the pages know of the site beside what they hear of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from moiso.wire.messages import Words
from moiso.wire.topics import Topics
from web.words import Text

#: The keys of a call unit on pins, and of a keypad on a serial line.
PIN_KEYS = ("next", "recall", "no-show")
KEYPAD_KEYS = (*PIN_KEYS, "start", "finish", "hold", "undo")
#: What a finger that stays on a call unit's *recall* does beside that.
_HELD = ("undo", "recall-down", "recall-up")
_LINK = ("up", "down")
#: In the place of values: any text may be given.
ANY = ("any text",)
_AT_KIOSK = {
    "scan": ANY,
    "paper": ("ok", "near", "out"),
    "cover": ("open", "closed"),
    "speed": ("fast", "usual"),
    "printer": ("well", "cutter", "silent", "garbage", "says-ok", "says-out", "drop"),
    "scanner": ("plug", "unplug"),
    "link": _LINK,
}
_ON_LINE = ("unplug", "plug", "power", "twin", "alone", "noise", "quiet", "adapter-out", "adapter-in")
#: What a plain button does when it is broken: it says one thing without end, or what nobody knows.
MISCHIEF = ("stuck", "noise")


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of a keypad or sign on a serial line."""

    line: str
    address: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a call unit stands: the counter's number and what people read there; `keypad` None: it is on pins."""

    number: int
    label: str
    keypad: Seat | None = None
    sign: Seat | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys, named for their commands."""
        return KEYPAD_KEYS if self.keypad else PIN_KEYS

    @property
    def lines(self) -> list[str]:
        """The serial lines on which it has something."""
        return [seat.line for seat in (self.keypad, self.sign) if seat is not None]


@dataclass(frozen=True, slots=True)
class PlainButton:
    """A plain MQTT button of a counter; `says`: what its payloads mean, by payload."""

    counter: int
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """The site: the kind of every device by id; each kiosk's services; the desk of each call unit; the walls;
    the plain buttons by device.

    inferred_service: whoever is called and left sooner, in seconds, without a start, counts as absent.
    greeter: whether the site has greeters; without them clerks do their work.
    """

    topics: Topics
    kinds: Mapping[str, str]
    kiosks: Mapping[str, tuple[str, ...]]
    units: Mapping[str, Desk]
    walls: tuple[str, ...]
    plain: Mapping[str, PlainButton] = field(default_factory=dict)
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

    @property
    def faked(self) -> tuple[str, ...]:
        """The devices that stand on the front panel."""
        return (*self.kiosks, *self.units, *self.walls, *self.plain)

    @property
    def lines(self) -> dict[str, list[str]]:
        """The call units with something on each serial line, by its name."""
        names = dict.fromkeys(line for desk in self.units.values() for line in desk.lines)
        return {name: [device for device, desk in self.units.items() if name in desk.lines] for name in names}

    def takes(self, device: str) -> dict[str, tuple[str, ...]]:
        """What can be done to a fake device: the values of each key of its `fake/` topic."""
        if device in self.plain:
            return {"press": (*self.plain[device].says, *MISCHIEF)}
        if device in self.kiosks:
            return {"press": self.kiosks[device], **_AT_KIOSK}
        if device in self.units:
            desk = self.units[device]
            presses = desk.keys if desk.keypad else (*desk.keys, *_HELD)
            return {"press": presses, "link": _LINK, "line": _ON_LINE if desk.lines else ()}
        return {"link": _LINK} if device in self.walls else {}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a page speaks to: one of the LANGUAGES, the catalogue's texts and the services' names by code in it.

    elderly_from: the age in years from which this site gives the elderly priority.
    """

    language: str
    text: Text
    names: Mapping[str, str]
    elderly_from: int = 75

    def priority_class(self, code: str) -> str:
        """What people call a class of PRIORITY_CLASSES, with the age where it has one."""
        said = self.text(f"priority_class.{code.replace('-', '_')}")
        return self.text("web.from_age", who=said, age=self.elderly_from) if code == "elderly" else said

    def said(self, words: Words | None) -> str:
        """The hub's own words in this language; nothing for None."""
        return str(getattr(words, self.language, ""))
