"""Whoever types: the pages' server, or a kiosk's touch page beside its buttons. Commands repeated until answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from centre.simulate.violation import Violation
from moiso.wire.codec import decode
from moiso.wire.messages import Reply
from moiso.wire.ports import Arrived, LinkUp
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics

#: Seconds for which a command from a page is wanted.
WANTED = 8.0


@dataclass(frozen=True)
class Ask:
    """Somebody sends a command under the id `press`; it is repeated for `lifetime` seconds."""

    command: str
    press: str
    arguments: dict[str, Any] = field(default_factory=dict)
    lifetime: float = WANTED


class Page:
    """The machine of one client. `replies`: what this device was answered last, by press."""

    ready = True

    def __init__(self, topics: Topics, device: str, told: Callable[[Reply], None]) -> None:
        self._reply_topic = topics.reply(device)
        self.subscriptions: Sequence[str] = [self._reply_topic]
        self.detail: dict[str, Any] = {}
        self._requests, self._told = Requests(topics, device, str), told
        self._firsts: dict[tuple[str, str], bytes] = {}
        self.replies: dict[str, Reply] = {}

    def handle(self, items: list[Any], now: float) -> list[object]:
        """One turn: what people ask goes out, what the hub answers is kept."""
        out: list[object] = []
        for item in items:
            match item:
                case Ask(command, press, arguments, lifetime):
                    out.append(self._requests.send(command, now, lifetime=lifetime, press=press, **arguments)[1])
                case Arrived(topic, payload) if topic == self._reply_topic:
                    self._answered(payload)
                case LinkUp():
                    self._requests.hurry(now)
        self._requests.given_up(now)
        return [*out, *self._requests.due(now)]

    def deadline(self) -> float | None:
        """When something is to be said again."""
        return self._requests.deadline()

    def forget(self) -> None:
        """A new day: a press may get another answer now."""
        self._firsts.clear()
        self.replies.clear()

    def _answered(self, payload: bytes) -> None:
        said = decode(payload, Reply)
        check_reply(said)
        self._check_repetition(said, payload)
        reply = self._requests.answered(payload)
        if reply is not None and reply.re is not None:
            self.replies[reply.re] = reply
            self._told(reply)

    def _check_repetition(self, reply: Reply, payload: bytes) -> None:
        """An accepted command that is repeated gets its first answer again; what only looks is judged afresh."""
        if reply.status == "ok" and reply.re is not None and not reply.data.get("preview") and reply.to != "replay":
            first = self._firsts.setdefault((reply.to, reply.re), payload)
            if first != payload:
                raise Violation(4, f"{reply.to} {reply.re} was answered {first!r} first, now {payload!r}")


def check_reply(reply: Reply) -> None:
    """A refusal says why, in both languages."""
    if reply.status != "ok" and not (reply.reason and reply.message and reply.message.vi and reply.message.en):
        raise Violation(0, f"{reply.to} {reply.re} was refused without a reason: {reply}")
