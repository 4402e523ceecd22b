"""The pages' machine: messages in, finished pages out, in every language, at most four times a second. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from moiso.wire.codec import encode
from moiso.wire.messages import FakePress
from moiso.wire.ports import Arrived, Complaint, LinkDown, LinkUp, Publish
from web.asking import Answered, Ask, Asking
from web.clerk import clerk_page
from web.figures_page import figures_page
from web.greeter import greeter_page
from web.hall import HALL, hall_of
from web.managers import managers_page
from web.panel import panel_page
from web.panel_traces import Traces
from web.place import Place, Reader
from web.question import facts_of
from web.view import View

#: Seconds between two pages, at least; and at most, for what grows by itself.
PAUSE, LONGEST = 0.25, 1.0

#: Under this key lies what the panels' questions are made of; the same in every language.
FACTS = ("facts", "")


@dataclass(frozen=True, slots=True)
class Traced:
    """What the fake devices left by now, by device; given only in a fake centre."""

    traces: Mapping[str, Traces]


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody did this to a fake device on the front panel."""

    target: str
    what: FakePress


@dataclass(frozen=True, slots=True)
class Show:
    """The page `key` = (name, language) looks like this from now on."""

    key: tuple[str, str]
    page: Struct


class Pages:
    """What the site's pages show, for each language's reader; `fake`: with the front panel."""

    def __init__(self, place: Place, readers: Mapping[str, Reader], *, fake: bool) -> None:
        topics = place.topics
        self._asking = Asking(topics, place.device)
        states = (topics.state("#"), topics.beat, topics.status("+"), topics.figures)
        papers = (topics.event("ticket-printed"), topics.event("ticket-print-failed"))
        self.subscriptions = (*states, *papers, self._asking.subscription)
        self.ready, self.linked = True, False
        self.detail: dict[str, Any] = {}
        self._place, self._readers, self._fake = place, readers, fake
        self._view = View(topics)
        self._traces: Mapping[str, Traces] = {}
        self._dirty, self._shown_at = True, float("-inf")

    def handle(self, items: Sequence[object], now: float) -> Sequence[Publish | Complaint | Show | Answered]:
        """One turn at the monotonic time `now`: Arrived, LinkUp, LinkDown, Traced, Press and Ask go in."""
        out: list[Publish | Complaint | Show | Answered] = []
        for item in items:
            out += self._take(item, now)
        out += self._asking.due(now)
        if now - self._shown_at >= (PAUSE if self._dirty else LONGEST):
            self._dirty, self._shown_at = False, now
            return [*out, *self._show(now)]
        return out

    def deadline(self) -> float | None:
        """When the next pages are due, or a question must be repeated or given up."""
        show, asked = self._shown_at + (PAUSE if self._dirty else LONGEST), self._asking.deadline()
        return show if asked is None else min(show, asked)

    def hub_time(self, now: float) -> float | None:
        """Seconds since 1970 in the hub's clock at the monotonic `now`; None before its first beat. For any thread."""
        return self._view.pulse.hub_time(now)

    def _take(self, item: object, now: float) -> Sequence[Publish | Complaint | Answered]:
        match item:
            case Ask():
                return [self._asking.ask(item, self._view.pulse, now)]
            case Press(target, what):
                return [Publish(self._place.topics.fake(target), encode(what), qos=0)]
            case Arrived(topic, payload) if topic == self._asking.subscription:
                return self._asking.take(payload)
            case Arrived(topic, payload):
                return self._arrived(topic, payload, now)
            case Traced(traces):
                self._traces, self._dirty = traces, True
            case LinkUp():
                self.linked = True
                self._asking.linked(now)
            case LinkDown():
                self.linked = False
        return []

    def _arrived(self, topic: str, payload: bytes, now: float) -> list[Publish | Complaint]:
        try:
            self._view.take(topic, payload, now)
        except ValueError as error:
            return [Complaint(topic, str(error))]
        self._dirty = True
        return []

    def _show(self, now: float) -> Iterator[Show]:
        yield Show(FACTS, facts_of(self._view))
        yield Show(HALL, hall_of(self._view))
        for language, reader in self._readers.items():
            yield Show(("managers", language), managers_page(self._view, self._place.kinds, reader, now))
            yield Show(("greeter", language), greeter_page(self._view, self._place, reader, now))
            yield Show(("figures", language), figures_page(self._view, self._place.kinds, reader, now))
            for number in self._place.counters:
                yield Show((f"clerk-{number}", language), clerk_page(self._view, self._place, number, reader, now))
            if self._fake:
                page = panel_page(self._view, self._place, self._traces, reader, now)
                yield Show(("panel", language), page)
