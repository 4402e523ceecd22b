"""Commands on their way: repeated under their id until answered or no longer wanted. Pure; time is passed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moiso.wire.codec import BadMessage, decode, encode
from moiso.wire.messages import Reply
from moiso.wire.ports import Publish
from moiso.wire.topics import Topics

FIRST_REPEAT, LONGEST_REPEAT = 0.5, 5.0


@dataclass(slots=True)
class _Pending:
    publish: Publish
    command: str
    until: float
    due: float
    pause: float


class Requests:
    """The unanswered commands of one device; `new_id` makes an id that no other press has."""

    def __init__(self, topics: Topics, device: str, new_id: Callable[[], str]) -> None:
        self._topics, self._device, self._new_id = topics, device, new_id
        self._pending: dict[tuple[str, str], _Pending] = {}

    def send(
        self, command: str, now: float, *, lifetime: float, press: str | None = None, **arguments: Any
    ) -> tuple[str, Publish]:
        """A new command, wanted for `lifetime` seconds: its id and what to publish now."""
        press = press or self._new_id()
        payload = encode({"id": press, **arguments})
        expiry = max(1, int(lifetime)) if lifetime < 3600 else None
        publish = Publish(self._topics.cmd(self._device, command), payload, expiry=expiry, device=self._device)
        self._pending[command, press] = _Pending(publish, command, now + lifetime, now + FIRST_REPEAT, FIRST_REPEAT)
        return press, publish

    def answered(self, payload: bytes) -> Reply | None:
        """The reply, when it answers one of ours that is still wanted; that one is then settled."""
        try:
            reply = decode(payload, Reply)
        except BadMessage:
            return None
        return reply if self._pending.pop((reply.to, reply.re or ""), None) else None

    def due(self, now: float) -> list[Publish]:
        """What has to be said again by now, with growing pauses."""
        again = [p for p in self._pending.values() if p.due <= now < p.until]
        for pending in again:
            pending.pause = min(2 * pending.pause, LONGEST_REPEAT)
            pending.due = now + pending.pause
        return [pending.publish for pending in again]

    def hurry(self, now: float) -> None:
        """The link is back: whatever is unanswered is due at once, and its pauses begin anew."""
        for pending in self._pending.values():
            pending.due, pending.pause = now, FIRST_REPEAT / 2

    def drop(self, command: str, press: str) -> None:
        """Nobody waits for this answer any more."""
        self._pending.pop((command, press), None)

    def given_up(self, now: float) -> list[tuple[str, str]]:
        """The (command, id) pairs that nobody answered in time; they are forgotten now."""
        late = [key for key, pending in self._pending.items() if now >= pending.until]
        for key in late:
            del self._pending[key]
        return late

    @property
    def open(self) -> bool:
        """Whether anything is still unanswered."""
        return bool(self._pending)

    def deadline(self) -> float | None:
        """The moment when `due` or `given_up` next has something, or None."""
        return min((min(p.due, p.until) for p in self._pending.values()), default=None)
