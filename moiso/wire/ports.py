"""What a pure machine takes in and gives out around MQTT; the runtime carries it to and from the broker."""

from msgspec import Struct


class Arrived(Struct, frozen=True):
    """A message came for the connection of `device`."""

    topic: str
    payload: bytes
    retained: bool = False
    device: str = ""


class LinkUp(Struct, frozen=True):
    """The connection of `device` to the broker stands; subscriptions are made."""

    device: str = ""


class LinkDown(Struct, frozen=True):
    """The connection of `device` is lost; the runtime tries again by itself."""

    device: str = ""
    reason: str = ""


class Publish(Struct, frozen=True):
    """Send this from `device`; `expiry`: seconds after which the broker may drop it (MQTT 5)."""

    topic: str
    payload: bytes
    qos: int = 1
    retain: bool = False
    expiry: int | None = None
    device: str = ""


class Complaint(Struct, frozen=True):
    """What came on this topic was of no use, and why; goes to the log, once a minute."""

    topic: str
    text: str
    device: str = ""
