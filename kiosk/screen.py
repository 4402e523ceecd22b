"""What the kiosk's touch page shows, and what fingers on it say. Pure; the machine gives it, kiosk/page serves it."""

from dataclasses import dataclass, field
from typing import Literal

from moiso.wire.messages import Range, Words

Mode = Literal["ready", "offline", "closed", "paper-out", "ask-staff", "starting"]
"""Why the page is as it is.

`offline`: the hub is not reached, numbers come from the kiosk's own block. `paper-out`: no paper, numbers are shown
instead. `ask-staff`: no number can be given. `starting`: nothing is known yet.
"""

Stage = Literal["asking", "again", "printing", "printed", "shown", "refused"]
"""How far a press has come.

`again`: the page asks whether somebody wants one more number. `shown`: no paper, or nobody knows: the number stands
large on the page with its QR code until it is dismissed. `refused`: no number; `words` say why and what to do.
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A service as the page offers it; `gives`: whether a touch gives a number now; `counters`: their labels."""

    code: str
    name: Words
    waiting: int
    promise: Range | None
    counters: list[str]
    gives: bool
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The press that is being answered, by the id that the page gave it.

    last: the number that was taken just before, for `again`. url: of the number's QR code; phones: they can open
    it, else only the kiosk's scanner reads it.
    minutes_old: how old `ahead` is, where it is not of this moment. reprint: there is paper again, and the visitor may
    ask for it. A checklist's press has no service and no ticket.
    """

    press: str
    service: str
    stage: Stage
    words: Words
    ticket: str | None = None
    last: str | None = None
    ahead: int | None = None
    promise: Range | None = None
    counters: list[str] = field(default_factory=list)
    url: str | None = None
    phones: bool = True
    offline: bool = False
    minutes_old: int | None = None
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What came of the last code before the scanner, with an id of its own; the page shows it until it is None again.

    `procedure`: the page opens `procedure` (as 1.001193) in the finder. `return`: somebody with the number `ticket` is
    back. `other`: nothing that is scanned here. words: what to say; well: whether it is what the visitor wanted.
    """

    id: str
    kind: Literal["procedure", "return", "other"]
    words: Words | None = None
    procedure: str | None = None
    ticket: str | None = None
    well: bool = True


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the page shows at a moment, beside the finder; `crowd`: it asks nobody whether one more is wanted."""

    mode: Mode = "starting"
    crowd: bool = False
    training: bool = False
    choices: list[Choice] = field(default_factory=list)
    progress: Progress | None = None
    notice: Words | None = None
    scan: Scan | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """A finger chose a service; `press` is made by the page at the touch, and repeated with it.

    again: the visitor has said that one more number is wanted. language: `vi`, `en` or another of the catalogue.
    """

    press: str
    service: str
    procedure: str | None = None
    language: str = "vi"
    again: bool = False


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The visitor is done with what `press` (a scan has such an id too) came to, or has gone; the page is at home."""

    press: str


@dataclass(frozen=True, slots=True)
class ReprintWanted:
    """The visitor asks for the paper of the number that `press` came to, and that stands on the page."""

    press: str


@dataclass(frozen=True, slots=True)
class ListWanted:
    """The visitor wants the papers of a procedure on paper; `press` is made and repeated as for a touch."""

    press: str
    procedure: str
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class PageOpened:
    """The page is served at this address."""

    address: str
