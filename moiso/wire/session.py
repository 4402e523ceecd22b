"""Birth and will: who is there. Pure; the runtime hands the will to the broker and the birth after each connect."""

from typing import Any, Literal

from moiso import __version__
from moiso.wire.codec import BadMessage, decode, encode
from moiso.wire.messages import Status
from moiso.wire.ports import Publish
from moiso.wire.topics import Topics

Spoken = Literal["ready", "stopped", "lost"]


class Session:
    """The status topic of one device.

    `session` is a random word made at the start of the program: a late will of an old connection then
    cannot pass for the new one.
    """

    def __init__(self, topics: Topics, device: str, role: str, session: str, **detail: Any) -> None:
        self.topic = topics.status(device)
        self.device, self.role, self.session = device, role, session
        self._detail: dict[str, Any] = detail
        self._state: Spoken = "stopped"

    @property
    def will(self) -> Publish:
        """What the broker says when the connection dies."""
        return self._publish("lost")

    def birth(self) -> Publish:
        """What is said on every connect: the present state."""
        return self._publish(self._state)

    def farewell(self) -> Publish:
        """What is said before a clean end."""
        return self._publish("stopped")

    def now(self, *, ready: bool, **detail: Any) -> list[Publish]:
        """The state changed: what has to be said of it, if anything."""
        state: Spoken = "ready" if ready else "stopped"
        if state == self._state and detail.items() <= self._detail.items():
            return []
        self._state, self._detail = state, {**self._detail, **detail}
        return [self.birth()]

    def seen(self, payload: bytes) -> list[Publish]:
        """Something stands on our own status topic: another session's word is answered with our birth."""
        try:
            foreign = decode(payload, Status).session != self.session
        except BadMessage:
            foreign = True
        return [self.birth()] if foreign else []

    def _publish(self, state: Spoken) -> Publish:
        status = Status(state=state, session=self.session, role=self.role, software=__version__, detail=self._detail)
        return Publish(self.topic, encode(status), retain=True, device=self.device)
