"""The machine of `stats`: messages and the time in; rows to store and messages to publish out. Pure.

The shell stores `rows` and says so with `stored`; figures never wait for the disk. They are published when they
changed, at most once a second; every ten seconds the passing of time itself may change them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from moiso.core.day import Calendar
from moiso.wire.codec import decode, encode
from moiso.wire.messages import Beat
from moiso.wire.ports import Arrived, LinkUp, Publish
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.session import Session
from moiso.wire.stamp import iso, seconds
from moiso.wire.topics import Topics
from stats.figures import figures, opening
from stats.intake import Intake, Memory, Row
from stats.messages import DayFigures

PUBLISH_EVERY, RECKON_EVERY = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where `stats` stands: the site's topics, its hours, its services in order."""

    topics: Topics
    calendar: Calendar
    services: tuple[str, ...]


@dataclass(slots=True)
class Turn:
    """What one turn of the loop brought; complaints: one line a kind for what could not be understood."""

    publish: list[Publish] = field(default_factory=list)
    complaints: dict[str, str] = field(default_factory=dict)


class Machine:
    """The statistics of one site between two restarts; `new_id` makes an id that no other request has."""

    def __init__(self, place: Place, session: Session, memory: Memory, new_id: Callable[[], str]) -> None:
        self._place, self._session = place, session
        self._intake = Intake(memory, Requests(place.topics, session.device, new_id))
        self._pulse = Pulse()
        self._said: DayFigures | None = None
        self._earliest = self._latest = float("-inf")
        self._storing = True
        self._turn = Turn()

    @property
    def rows(self) -> Sequence[Row]:
        """What is to be stored, in order."""
        return self._intake.rows

    def stored(self, count: int) -> None:
        """The first `count` of `rows` are safe."""
        del self._intake.rows[:count]
        self._storing = True

    def store_failed(self) -> None:
        """The disk took nothing; `rows` stay."""
        self._storing = False

    def handle(self, items: Sequence[object], now: float) -> Turn:
        """One turn at the monotonic `now`: every item in order, then what is due."""
        self._turn = Turn()
        before = self._intake.seq
        for item in items:
            if isinstance(item, LinkUp):
                self._link_up()
            elif isinstance(item, Arrived):
                self._arrived(item, now)
        self._turn.publish += self._intake.due(now)
        self._turn.publish += self._session.now(ready=self._storing and not self._intake.behind)
        if self._intake.seq != before:
            self._latest = self._earliest
        self._refresh(now)
        self._turn.complaints |= self._intake.complaints
        self._intake.complaints.clear()
        return self._turn

    def deadline(self, now: float) -> float | None:
        """The monotonic moment at which the machine wants a turn without a message; None: it waits for the hub."""
        return self._latest if self._latest > now else None

    def _link_up(self) -> None:
        self._turn.publish.append(self._session.birth())
        if self._said is not None:
            self._turn.publish.append(self._figures(self._said))

    def _arrived(self, item: Arrived, now: float) -> None:
        match self._place.topics.below(item.topic):
            case ["event", _] if not item.retained:
                self._intake.event(item.payload)
            case ["beat"] if not item.retained:
                self._beat(item.payload, now)
            case ["reply", _] if not item.retained:
                self._turn.publish += self._intake.reply(item.payload, now)
            case ["status", _]:
                self._turn.publish += self._session.seen(item.payload)
            case _:
                self._turn.complaints["stray"] = f"{item.topic}: nothing is expected there, or not retained"

    def _beat(self, payload: bytes, now: float) -> None:
        try:
            beat = decode(payload, Beat)
            seconds(beat.at)
        except ValueError as error:
            self._turn.complaints["beat"] = f"a beat could not be read: {error}"
            return
        self._pulse.felt(beat, now)
        self._intake.beat(beat)

    # -- figures ----------------------------------------------------------------------------------------------

    def _refresh(self, now: float) -> None:
        """Reckon when something changed or ten seconds have passed; while the hub is silent its last word stands."""
        if now < self._latest or self._pulse.silent(now) or not self._intake.complete:
            return
        self._earliest, self._latest = now + PUBLISH_EVERY, now + RECKON_EVERY
        try:
            reckoned = self._reckon(now)
        except (ValueError, OverflowError) as error:
            self._turn.complaints["figures"] = f"the figures cannot be reckoned: {error}"
            return
        if reckoned is not None and (self._said is None or replace(self._said, at=reckoned.at) != reckoned):
            self._said = reckoned
            self._turn.publish.append(self._figures(reckoned))

    def _reckon(self, now: float) -> DayFigures | None:
        """The figures at this moment, or None before the first day."""
        day, wall = self._intake.day, self._pulse.hub_time(now)
        if day.label is None or wall is None or self._intake.log is None:
            return None
        began = opening(day, self._place.calendar)
        since = began.at if began else None
        reckoned = figures(day.visits.values(), wall, since, self._place.services, self._stamp)
        return DayFigures(
            log=self._intake.log,
            seq=self._intake.seq,
            at=self._stamp(wall),
            label=day.label,
            open=day.open,
            opening=self._stamp(began.at) if began else None,
            opening_by=began.by if began else None,
            total=reckoned.total,
            services=reckoned.services,
        )

    def _stamp(self, wall: float) -> str:
        return iso(wall, self._place.calendar.zone)

    def _figures(self, reckoned: DayFigures) -> Publish:
        return Publish(self._place.topics.figures, encode(reckoned), retain=True, device=self._session.device)
