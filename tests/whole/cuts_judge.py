"""What the log must say of people at kiosks whose network comes and goes. Pure: what was seen in, broken promises out.

A slip is a number in somebody's hand, on paper or shown large on a page; a word is any other answer of a kiosk. Both
are for the last press of their service before them at their kiosk. The log is the hub's, whole, as `replay` gives it:
`seq`, `at`, `type` and `data` of each event. Moments are seconds since 1970.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from moiso.wire.stamp import seconds

Log = Sequence[Mapping[str, Any]]

#: Seconds that the hub may hear of a press later than the finger was there: as long as a kiosk waits for its answer.
APART = 1.0
#: Seconds from a press to the moment when its ticket is out and reported, at most: a power cut within them stops it.
UNDER_WAY = 5.0


@dataclass(frozen=True)
class Press:
    """A finger at a kiosk; a second one of the same person, meant for the same number, is none."""

    kiosk: str
    service: str
    at: float


@dataclass(frozen=True)
class Slip:
    """A number in somebody's hand; on `paper` or shown on a page."""

    kiosk: str
    ticket: str
    at: float
    paper: bool = True

    @property
    def service(self) -> str:
        return self.ticket[0]


@dataclass(frozen=True)
class Word:
    """What a kiosk said instead of a number, or before it: on a lamp, or on a page (its stage)."""

    kiosk: str
    service: str
    said: str
    at: float


@dataclass(frozen=True)
class Dark:
    """A kiosk without power, from a moment to the one at which it works again."""

    kiosk: str
    since: float
    until: float

    def covers(self, kiosk: str, at: float, late: float = 0.0) -> bool:
        """Whether a press then may have come to nothing, or to a number that nobody got; `late`: as in Seen."""
        return kiosk == self.kiosk and self.since - UNDER_WAY - late <= at <= self.until


@dataclass(frozen=True)
class Person:
    """A press and what came of it."""

    press: Press
    slips: tuple[Slip, ...]
    words: tuple[Word, ...] = ()

    @property
    def waited(self) -> float | None:
        """Seconds until the first answer, or None when there was none."""
        first = min((it.at for it in (*self.slips, *self.words)), default=None)
        return None if first is None else first - self.press.at

    @property
    def number(self) -> str | None:
        return self.slips[0].ticket if self.slips else None


@dataclass
class Fate:
    """What the log says of one number; the first fields are seqs of events, None = there is none.

    pressed: when, as the hub was told.
    """

    issued: list[int] = field(default_factory=list)
    called: int | None = None
    printed: int | None = None
    failed: int | None = None
    voided: int | None = None
    replaces: str | None = None
    offline: bool = False
    kiosk: str = ""
    pressed: float = 0.0


@dataclass(frozen=True)
class Seen:
    """Everything that was seen.

    late: seconds for which the machine may have stood still, so that a program was as much later than its time.
    """

    presses: Sequence[Press]
    slips: Sequence[Slip]
    words: Sequence[Word]
    log: Log
    dark: Sequence[Dark] = ()
    late: float = 0.0

    def excused(self, kiosk: str, at: float) -> bool:
        """Whether a power cut may have ended a press."""
        return any(dark.covers(kiosk, at, self.late) for dark in self.dark)

    @cached_property
    def fates(self) -> dict[str, Fate]:
        """Every number of the log, and what became of it; of calls the first counts."""
        found: defaultdict[str, Fate] = defaultdict(Fate)
        for event in self.log:
            if event["type"].startswith("ticket-"):
                _note(found[event["data"]["ticket"]], event)
        return dict(found)

    @cached_property
    def people(self) -> list[Person]:
        """Who got what, in the order of the presses."""
        ordered = sorted(self.presses, key=lambda press: press.at)
        got: dict[Press, tuple[list[Slip], list[Word]]] = {press: ([], []) for press in ordered}
        for kind, things in enumerate((self.slips, self.words)):
            for thing in sorted(things, key=lambda thing: thing.at):
                if press := _last_before(thing, ordered):
                    got[press][kind].append(thing)  # type: ignore[arg-type]
        return [Person(press, tuple(slips), tuple(words)) for press, (slips, words) in got.items()]

    @cached_property
    def lit(self) -> list[Person]:
        """Whose kiosk had power for as long as it took."""
        return [person for person in self.people if not self.excused(person.press.kiosk, person.press.at)]


def _note(fate: Fate, event: Mapping[str, Any]) -> None:
    seq, data = event["seq"], event["data"]
    match event["type"]:
        case "ticket-issued":
            fate.issued.append(seq)
            fate.replaces, fate.offline = data.get("replaces"), data.get("offline", False)
            fate.kiosk, fate.pressed = data.get("device", ""), seconds(event["at"]) - data.get("seconds_ago", 0.0)
        case "ticket-called":
            fate.called = fate.called or seq
        case "ticket-printed":
            fate.printed = seq
        case "ticket-print-failed":
            fate.failed = seq
        case "ticket-voided":
            fate.voided = seq


def _last_before(thing: Slip | Word, ordered: Sequence[Press]) -> Press | None:
    asked = [press for press in ordered if (press.kiosk, press.service) == (thing.kiosk, thing.service)]
    return next((press for press in reversed(asked) if press.at <= thing.at), None)


def wrong(seen: Seen, within: float) -> list[str]:
    """Every broken promise. within: seconds within which a press is answered."""
    return [*of_slips(seen), *_of_people(seen, within), *_of_log(seen), *_of_order(seen)]


def of_slips(seen: Seen) -> Iterator[str]:
    """Numbers in hands that came twice, or that the log does not have, or not as they are."""
    for ticket in sorted({slip.ticket for slip in seen.slips}):
        places = [slip for slip in seen.slips if slip.ticket == ticket]
        fate = seen.fates.get(ticket, Fate())
        if sum(slip.paper for slip in places) > 1 or len({slip.kiosk for slip in places}) > 1:
            yield f"{ticket} was given twice, at {', '.join(slip.kiosk for slip in places)}"
        if not fate.issued:
            yield f"{ticket} is in a hand, and not in the log"
        elif fate.voided:
            yield f"{ticket} is in a hand, and void"
        elif fate.printed is None and any(slip.paper and not seen.excused(slip.kiosk, slip.at) for slip in places):
            yield f"the log does not know that {ticket} is on paper"


def _of_people(seen: Seen, within: float) -> Iterator[str]:
    for slip in seen.slips:
        if _last_before(slip, sorted(seen.presses, key=lambda press: press.at)) is None:
            yield f"{slip.ticket} came out of {slip.kiosk}, and nobody had pressed"
    for person in seen.lit:
        what = f"a press for {person.press.service} at {person.press.kiosk}"
        numbers = sorted({slip.ticket for slip in person.slips})
        if person.waited is None:
            yield f"{what} was never answered"
        elif person.waited > within:
            yield f"{what} was answered after {person.waited:.2f} s"
        if len(numbers) > 1:
            yield f"{what} gave {', '.join(numbers)}"


def _of_log(seen: Seen) -> Iterator[str]:
    held = {slip.ticket for slip in seen.slips}
    for ticket, fate in seen.fates.items():
        if len(fate.issued) > 1:
            yield f"{ticket} is in the log {len(fate.issued)} times"
        accounted = ticket in held or fate.voided or fate.failed or seen.excused(fate.kiosk, fate.pressed)
        if fate.issued and not accounted:
            yield f"nobody holds {ticket}, and it is not void"


def _of_order(seen: Seen) -> Iterator[str]:
    for first, second in turned_round(seen.lit, seen.fates, APART + seen.late):
        yield f"{first} pressed before {second}, and was called after"


def turned_round(people: Sequence[Person], fates: Mapping[str, Fate], apart: float) -> list[tuple[str, str]]:
    """Pairs of numbers: the second was called first, although the hub knew of the first, whose press was earlier.

    people: in the order of their presses. apart: seconds; presses that are nearer to each other have no order.
    """
    standing = [
        (person.press.at, person.number, fate.issued[-1], fate.called)
        for person in people
        if person.number and (fate := fates.get(person.number, Fate())).issued
    ]
    return [
        (first, second)
        for (at, first, heard, turn), (later, second, _, other) in combinations(standing, 2)
        if later - at > apart and other and heard < other and (turn is None or turn > other)
    ]
