"""What a kiosk knows of the site it stands in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.words import Letterhead
from moiso.core.day import Calendar
from moiso.core.hours import Timetable
from moiso.wire.messages import Words
from moiso.wire.topics import Topics


@dataclass(frozen=True, slots=True)
class Place:
    """The site's topics, the kiosk's own id and its buttons' services; `services`: code -> name, in order of demand.

    calendar and timetable: when a business day is over, and when numbers are given. screen: whether it has a touch
    page. crowd_tickets within crowd_within seconds are a crowd.
    """

    topics: Topics
    device: str
    buttons: Sequence[str]
    services: dict[str, Words]
    letterhead: Letterhead
    calendar: Calendar
    timetable: Timetable
    screen: bool = False
    crowd_tickets: int = 8
    crowd_within: float = 120.0

    @property
    def gives(self) -> Sequence[str]:
        """The services of which this kiosk gives numbers."""
        return list(self.services) if self.screen else self.buttons
