"""The machine of `stats`: messages and the time in; rows to keep and messages to publish out. Pure.

Figures never wait for the disk. They are published when they changed, at most once a second; every ten seconds the
passing of time itself may change them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from moiso.core.day import Calendar
from moiso.wire.codec import decode, encode
from moiso.wire.figures import DayFigures
from moiso.wire.messages import Beat
from moiso.wire.ports import Arrived, Complaint, LinkUp, Publish
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.stamp import iso, seconds
from moiso.wire.topics import Topics
from stats.figures import figures, opening
from stats.intake import Intake, Memory, Row

PUBLISH_EVERY, RECKON_EVERY = 1.0, 10.0
#: Seconds between two attempts to write to a disk that took nothing.
RETRY = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where `stats` stands: its device id, the site's topics, its hours, its services in order."""

    device: str
    topics: Topics
    calendar: Calendar
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Store these, in order, all or nothing; `Machine.kept` says that it is done."""

    rows: Sequence[Row]


class Machine:
    """The statistics of one site between two restarts; `new_id` makes an id that no other request has."""

    def __init__(self, place: Place, memory: Memory, new_id: Callable[[], str]) -> None:
        self._place = place
        self._intake = Intake(memory, Requests(place.topics, place.device, new_id))
        self._pulse = Pulse()
        self._said: DayFigures | None = None
        self._now = self._earliest = self._latest = self._keep_at = float("-inf")
        self._keeping = True
        self._out: list[object] = []

    @property
    def subscriptions(self) -> Sequence[str]:
        """Every event, the hub's heart, and its replays."""
        topics = self._place.topics
        return [topics.event("+"), topics.beat, topics.reply(self._place.device)]

    @property
    def ready(self) -> bool:
        """Whether the disk takes what comes and nothing is missing."""
        return self._keeping and not self._intake.behind

    @property
    def detail(self) -> dict[str, object]:
        """What is wrong when it is not ready."""
        return {"history": "ok" if self._keeping else "failing"}

    def kept(self, rows: Sequence[Row], *, safe: bool) -> None:
        """These rows of a `Keep` are safe, or they are not and come again later."""
        self._keeping = safe
        if safe:
            del self._intake.rows[: len(rows)]
            self._keep_at = float("-inf")

    def handle(self, items: Sequence[object], now: float) -> Sequence[object]:
        """One turn at the monotonic `now`: every item in order, then what is due. Gives Publish, Complaint, Keep."""
        self._now, self._out = now, []
        before = self._intake.log, self._intake.seq
        for item in items:
            if isinstance(item, LinkUp):
                self._link_up()
            elif isinstance(item, Arrived):
                self._arrived(item, now)
        self._out += self._intake.due(now)
        if (self._intake.log, self._intake.seq) != before:
            self._latest = self._earliest
        self._refresh(now)
        self._keep(now)
        self._out += self._intake.complaints
        self._intake.complaints.clear()
        return self._out

    def deadline(self) -> float | None:
        """The monotonic moment at which it wants a turn without a message; None: it waits for the hub."""
        return min((at for at in (self._latest, self._keep_at) if at > self._now), default=None)

    def _link_up(self) -> None:
        if self._said is not None:
            self._out.append(self._figures(self._said))

    def _arrived(self, item: Arrived, now: float) -> None:
        match self._place.topics.below(item.topic):
            case ["event", _] if not item.retained:
                self._intake.event(item.payload)
            case ["beat"] if not item.retained:
                self._beat(item.payload, now)
            case ["reply", _] if not item.retained:
                self._out += self._intake.reply(item.payload, now)
            case ["event" | "beat" | "reply", *_]:
                self._out.append(Complaint(item.topic, "was retained, which is a mistake of its sender"))

    def _beat(self, payload: bytes, now: float) -> None:
        try:
            beat = decode(payload, Beat)
            seconds(beat.at)
        except ValueError as error:
            self._out.append(Complaint(self._place.topics.beat, str(error)))
            return
        self._pulse.felt(beat, now)
        self._intake.beat(beat)

    def _keep(self, now: float) -> None:
        rows = self._intake.rows
        if rows and now >= self._keep_at:
            self._keep_at = now + RETRY
            self._out.append(Keep(tuple(rows)))

    # -- figures ----------------------------------------------------------------------------------------------

    def _refresh(self, now: float) -> None:
        """Reckon when something changed or ten seconds have passed; while the hub is silent its last word stands."""
        if now < self._latest or self._pulse.silent(now) or not self._intake.complete:
            return
        self._earliest, self._latest = now + PUBLISH_EVERY, now + RECKON_EVERY
        try:
            reckoned = self._reckon(now)
        except (ValueError, OverflowError) as error:
            self._out.append(Complaint(self._place.topics.figures, f"cannot be reckoned: {error}"))
            return
        if reckoned is not None and (self._said is None or replace(self._said, at=reckoned.at) != reckoned):
            self._said = reckoned
            self._out.append(self._figures(reckoned))

    def _reckon(self, now: float) -> DayFigures | None:
        """The figures at this moment, or None before the first day."""
        day, wall = self._intake.day, self._pulse.hub_time(now)
        if day.label is None or wall is None or self._intake.log is None:
            return None
        began = None if day.training else opening(day, self._place.calendar)
        since = began.at if began else None
        visits, services = ([], ()) if day.training else (day.visits.values(), self._place.services)
        reckoned = figures(visits, wall, since, services, self._stamp)
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
            training=day.training,
        )

    def _stamp(self, wall: float) -> str:
        return iso(wall, self._place.calendar.zone)

    def _figures(self, reckoned: DayFigures) -> Publish:
        return Publish(self._place.topics.figures, encode(reckoned), retain=True, device=self._place.device)
