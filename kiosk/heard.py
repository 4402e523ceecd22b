"""What the kiosk hears of the hub: its heart, what may be offered, and how old that is. Pure."""

from moiso.texts import both
from moiso.wire.messages import Beat, Offer, Services
from moiso.wire.pulse import Pulse
from moiso.wire.stamp import seconds

#: A beat that comes later than this and less than that, seconds, was held up on a line that was cut.
LATE, LATEST = 0.5, 15.0
#: Beats that come late for so many seconds are not held up: the hub's clock was set.
CLOCK_SET = 10.0


class Heard:
    """The hub as the kiosk knows it; what was offered last is kept when the hub is gone."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self.services: Services | None = None
        self._linked = self._told = False
        self._late_since: float | None = None

    def link(self, *, up: bool) -> None:
        """The connection to the broker stands, or is lost."""
        self._linked = up
        self._told = self._told and up

    def felt(self, beat: Beat, now: float) -> None:
        """The hub's heart beat; one that was held up tells of the moment at which it beat, and nothing of now.

        Raises ValueError when its `at` is no moment.
        """
        late = self._late(beat, now)
        if not late:
            self._late_since = None
        elif self._late_since is None:
            self._late_since = now
        elif now - self._late_since > CLOCK_SET:
            late = 0.0
        self.pulse.felt(beat, now - late)

    def _late(self, beat: Beat, now: float) -> float:
        """Seconds for which a beat was held up, by what the ones before said of the hub's clock; 0 = it was not."""
        known, expected = self.pulse.beat, self.pulse.hub_time(now)
        if known is None or expected is None or (known.log, known.clock) != (beat.log, beat.clock):
            return 0.0
        late = expected - seconds(beat.at)
        return late if LATE < late < LATEST else 0.0

    def offered(self, services: Services) -> None:
        """The hub says what may be offered."""
        self.services, self._told = services, True

    def reached(self, now: float) -> bool:
        """Whether a press can be sent to the hub."""
        return self._linked and self._told and not self.pulse.silent(now)

    def offer(self, service: str) -> Offer | None:
        """What was last said of this service."""
        offers = self.services.services if self.services else []
        return next((offer for offer in offers if offer.code == service), None)

    def gives(self, service: str) -> bool:
        """Whether the hub would give a number of this service, as it last said."""
        offer = self.offer(service)
        return self.services is not None and self.services.open and offer is not None and offer.gives

    def full(self, service: str) -> bool:
        """Whether the hub gave no more numbers of this service that day, for another reason than the hour."""
        offer = self.offer(service)
        return offer is not None and not offer.gives and offer.note != both("offer.issue_closed")
