"""A small centre as its messages tell it, at 08:00 on Monday 23 November 2026."""

from typing import Any

from moiso.runtime.latest import Latest
from moiso.texts import LANGUAGES, catalogue
from moiso.wire.codec import encode
from moiso.wire.ports import Arrived
from moiso.wire.topics import Topics
from web.machine import Pages, Show
from web.place import Desk, Place, Reader
from web.view import View

TOPICS = Topics("test-site")
NAMES = {
    "vi": {"A": "Chứng thực", "B": "Hộ tịch"},
    "en": {"A": "Certified copies", "B": "Civil status"},
}
PLACE = Place(
    topics=TOPICS,
    kinds={"hub": "hub", "web": "web", "kiosk-1": "kiosk", "counter-1": "counter", "display-1": "display"},
    kiosks={"kiosk-1": ("A", "B")},
    units={"counter-1": Desk(1, "Quầy 1")},
    walls=("display-1",),
)
READERS = {language: Reader(language, catalogue(language).text, NAMES[language]) for language in LANGUAGES}
VI, EN = READERS["vi"], READERS["en"]

EIGHT = "2026-11-23T08:00:00.000+07:00"


def at(minutes: float) -> str:
    """The stamp so many minutes after 08:00 (before, when negative); within the hour."""
    whole = 8 * 3600 + round(minutes * 60)
    return f"2026-11-23T{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.000+07:00"


def snapshot(seq: int = 7, log: str = "k3f9") -> dict[str, Any]:
    return {"log": log, "seq": seq, "at": EIGHT, "day": "2026-11-23"}


def service(code: str = "A", **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": NAMES["vi"].get(code, code),
        "waiting": 3,
        "promise": {"low": 10, "high": 15},
        "counters_open": 1,
        "state": "open",
        "longest_since": at(-12),
        **more,
    }


def board(*services: dict[str, Any], seq: int = 7, **more: Any) -> dict[str, Any]:
    return {**snapshot(seq), "calls": [], "services": list(services), "notices": [], **more}


def call(ticket: str = "A012", label: str = "Quầy 1") -> dict[str, Any]:
    return {"ticket": ticket, "counter": 1, "label": label, "at": EIGHT, "seq": 7, "recall": 0, "priority": False}


def counter(number: int = 1, seq: int = 7, **more: Any) -> dict[str, Any]:
    return {
        **snapshot(seq),
        "counter": number,
        "label": f"Quầy {number}",
        "state": "open",
        "ticket": "A012",
        "phase": "serving",
        "since": at(-3),
        "waiting": 3,
        "held": [],
        "services": ["A", "B"],
        **more,
    }


def day(**more: Any) -> dict[str, Any]:
    counts = dict.fromkeys(("inferred", "absent", "void", "expired", "waiting", "at_counters"), 0)
    account = {**counts, "issued": 40, "served": 31, "leased": []}
    return {**snapshot(), "label": "2026-11-23", "open": True, "account": account, "ask": False, **more}


def services(*offers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a kiosk may offer; an offer is a `service()` with `note` and the like."""
    return {**snapshot(), "open": True, "services": [{"counters": [1], **offer} for offer in offers], **more}


def beat(stamp: str = EIGHT) -> dict[str, Any]:
    return {"log": "k3f9", "seq": 7, "at": stamp, "clock": "synced"}


def status(state: str = "ready", **detail: Any) -> dict[str, Any]:
    return {"state": state, "session": "s1", "role": "kiosk", "software": "1", "detail": detail}


def waits(mean: float | None = 500.0, part: int = 26, whole: int = 30) -> dict[str, Any]:
    within = {"part": part, "whole": whole}
    return {"called": whole, "mean": mean, "p90": 1080.0, "within_15": within, "within_30": {"part": 30, "whole": 30}}


def line(code: str | None = None, **more: Any) -> dict[str, Any]:
    counts = {"issued": 40, "served": 31, "absent": 2, "void": 1, "expired": 0, "waiting": 3, "held": 2}
    return {
        **counts,
        "at_counters": 1,
        "service": code,
        "outcomes": {"done": 9, "accepted": 14, "missing-papers": 2, "unknown": 6},
        "outcome_unknown": {"part": 6, "whole": 31},
        "service_time": {"turns": 24, "mean": 372.0, "inferred_turns": 8, "inferred_mean": 900.0},
        "dossiers": 45,
        "after_hours": 3,
        "inferred": {"part": 8, "whole": 33},
        "from_issue": waits(),
        "from_opening": waits(240.0, 29),
        "longest_since": at(-21),
        **more,
    }


def figures(*services: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {"log": "k3f9", "seq": 7, "at": EIGHT, "label": "2026-11-23", "open": True}
    opening = {"opening": at(-30), "opening_by": "hours"}
    return {**head, **opening, "total": line(), "services": list(services), **more}


def heard(*said: tuple[str, object], now: float = 100.0) -> View:
    """A view that heard a beat and then these (topic below the root, message) at the reader's `now`."""
    view = View(TOPICS)
    for topic, message in (("beat", beat()), *said):
        view.take(TOPICS.root + topic, encode(message), now)
    return view


def shown(*said: tuple[str, object], limit: int = 20, fake: bool = False, place: Place = PLACE) -> Latest:
    """The pages after these messages, with room for so many streams."""
    latest, pages = Latest(limit, "b1"), Pages(place, READERS, fake=fake)
    items = [Arrived(TOPICS.root + topic, encode(message)) for topic, message in (("beat", beat()), *said)]
    for output in pages.handle(items, 100.0):
        if isinstance(output, Show):
            latest.put(output.key, output.page)
    return latest


SITE_TOML = """
[site]
id = "test-site"
name = "Trung tâm Phục vụ hành chính công phường An Bình"

[[service]]
code = "A"
name = "Chứng thực"
name_en = "Certified copies"

[[service]]
code = "B"
name = "Hộ tịch"

[[counter]]
number = 1
services = ["A", "B"]

[[counter]]
number = 2
services = ["A"]

[[kiosk]]
device = "kiosk-1"

[[kiosk.button]]
service = "A"
pin = 5
lamp = 12

[[kiosk.button]]
service = "B"
pin = 6
lamp = 13

[[display]]
device = "display-1"
"""
