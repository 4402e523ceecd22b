"""The hub's speaker, which speaks only while somebody listens; and what a device would have heard meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from centre.simulate.clock import HubClock
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
#: Seconds after which anybody hears another beat.
BEAT_KEEPS = 2.0
#: When something was said that never was, and up to which event.
NEVER = (float("-inf"), -1)


class SparingSpeaker(Speaker):
    """Makes snapshots only while `listening()`; `heard` makes up for it."""

    def __init__(self, place: Place, machine: Machine, listening: Callable[[], bool]) -> None:
        self._views_of_all = Views(machine.ledger, LOG, lambda wall: iso(wall, place.calendar.zone))
        super().__init__(place.topics, LOG, machine.ledger, self._views_of_all)
        self._of, self._listening, self._beat = machine.ledger, listening, place.topics.beat
        self._heard: dict[str, dict[str, tuple[float, int]]] = {}
        topics, views = place.topics, self._views_of_all
        self._made_when_needed: dict[str, tuple[Callable[[Moment], bytes], float]] = {
            topics.beat: (lambda now: self.beat(now).payload, 0.0),
            topics.state("services"): (lambda now: encode(views.services(now)), SERVICES_KEEP),
            **{topics.counter(n): (partial(_encoded, views, n), 0.0) for n in place.counters.values()},
        }

    @property
    def centre(self) -> Centre:
        """How everything stands."""
        return self._of.centre

    def snapshots(self, now: Moment) -> list[Publish]:
        """The states that changed; none while nobody listens."""
        return super().snapshots(now) if self._listening() else []

    def forget_listener(self, device: str) -> None:
        """This device has just come: whatever it was told before, another program heard."""
        self._heard.pop(device, None)

    def heard(self, device: str, topics: Sequence[str], clock: HubClock) -> Iterator[Arrived]:
        """What this device, which listens to these topics, has heard by now: the beat, and what changed."""
        said = self._heard.setdefault(device, {})
        for topic in topics:
            if topic in self._made_when_needed:
                make, keep = self._made_when_needed[topic]
                if self._is_news(topic, said.get(topic, NEVER), clock.mono, keep):
                    said[topic] = (clock.mono, self._of.centre.seq)
                    yield Arrived(topic, make(clock.moment()), device=device)

    def _is_news(self, topic: str, said: tuple[float, int], now: float, keep: float) -> bool:
        """Whether anything happened since this was said, and that was not just now; a beat is soon old."""
        at, seq = said
        if topic == self._beat:
            return now - at >= BEAT_KEEPS
        return self._of.centre.seq != seq and now - at >= keep


def _encoded(views: Views, number: int, _now: Moment) -> bytes:
    return encode(views.counter(number))
