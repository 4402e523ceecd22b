"""The hub's speaker, which speaks only while somebody listens; and what a device would have heard meanwhile."""

from collections.abc import Callable, Iterator, Sequence

from centre.simulate.disk import LOG
from hub.machine import Machine, Place
from hub.speaker import Speaker
from hub.views import Views
from moiso.core.centre import Centre
from moiso.core.day import Moment
from moiso.wire.codec import encode
from moiso.wire.ports import Arrived, Publish
from moiso.wire.stamp import iso

#: Seconds after which a kiosk that is about to act is told the services again.
SERVICES_KEEP = 120.0


class SparingSpeaker(Speaker):
    """Makes snapshots only while `listening()`; `heard` makes up for it."""

    def __init__(self, place: Place, machine: Machine, listening: Callable[[], bool]) -> None:
        self._views_of_all = Views(machine.ledger, LOG, lambda wall: iso(wall, place.calendar.zone))
        super().__init__(place.topics, LOG, machine.ledger, self._views_of_all)
        self._place, self._of, self._listening = place, machine.ledger, listening
        self._heard: dict[tuple[str, str], tuple[float, int]] = {}

    @property
    def centre(self) -> Centre:
        """How everything stands."""
        return self._of.centre

    def snapshots(self, now: Moment) -> list[Publish]:
        """The states that changed; none while nobody listens."""
        return super().snapshots(now) if self._listening() else []

    def heard(self, device: str, topics: Sequence[str], now: Moment) -> Iterator[Arrived]:
        """What this device, which listens to these topics, has heard by now: the beat, and what changed."""
        for topic in topics:
            match self._place.topics.below(topic):
                case ["beat"]:
                    yield Arrived(topic, self.beat(now).payload, device=device)
                case ["state", "counter", number] if number.isdigit() and self._is_news(device, topic, now, 0.0):
                    yield Arrived(topic, encode(self._views_of_all.counter(int(number))), device=device)
                case ["state", "services"] if self._is_news(device, topic, now, SERVICES_KEEP):
                    yield Arrived(topic, encode(self._views_of_all.services(now)), device=device)

    def _is_news(self, device: str, topic: str, now: Moment, keep: float) -> bool:
        """Whether anything happened since the device was told this, and that was not just now."""
        at, seq = self._heard.get((device, topic), (float("-inf"), -1))
        if self._of.centre.seq == seq or now.mono - at < keep:
            return False
        self._heard[device, topic] = (now.mono, self._of.centre.seq)
        return True
