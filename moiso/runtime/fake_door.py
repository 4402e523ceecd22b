"""How a fake device is told what its person does: the device's own `fake/` topic, over a connection of its own.

The connection stands beside the device's: it still hears `{"link": "up"}` while that one is cut.
"""

from dataclasses import dataclass

from moiso.runtime.address import Address
from moiso.runtime.inbox import Inbox
from moiso.runtime.link import Link
from moiso.wire.codec import BadMessage, decode
from moiso.wire.messages import FakePress
from moiso.wire.ports import Arrived, Complaint
from moiso.wire.topics import Topics


@dataclass(frozen=True, slots=True)
class Faked:
    """Somebody did this to the fake `device`."""

    what: FakePress
    device: str


class FakeDoor(Inbox):
    """Takes what arrives for one fake device and puts it on the program's inbox as Faked, or as a Complaint."""

    def __init__(self, address: Address, topics: Topics, inbox: Inbox) -> None:
        super().__init__()
        self._inbox, self._device = inbox, address.username
        topic = topics.fake(self._device)
        self.link = Link(address, self, subscribe=[topic], client_id=f"{self._device}-fake")

    def put(self, item: object) -> None:
        """Pass a message on; the coming and going of this connection concerns nobody."""
        if isinstance(item, Arrived) and not item.retained:
            self._inbox.put(self._read(item))

    def _read(self, item: Arrived) -> Faked | Complaint:
        try:
            return Faked(decode(item.payload, FakePress), self._device)
        except BadMessage as error:
            return Complaint(item.topic, str(error), self._device)
