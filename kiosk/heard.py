"""What the kiosk hears of the hub: its heart, what may be offered, and how old that is. Pure."""

from moiso.texts import both
from moiso.wire.messages import Beat, Offer, Services
from moiso.wire.pulse import Pulse


class Heard:
    """The hub as the kiosk knows it; what was offered last is kept when the hub is gone."""

    def __init__(self) -> None:
        self.pulse = Pulse()
        self.services: Services | None = None
        self._linked = self._told = False

    def link(self, *, up: bool) -> None:
        """The connection to the broker stands, or is lost."""
        self._linked = up
        self._told = self._told and up

    def felt(self, beat: Beat, now: float) -> None:
        """The hub's heart beat.

        Raises ValueError when its `at` is no moment.
        """
        self.pulse.felt(beat, now)

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
