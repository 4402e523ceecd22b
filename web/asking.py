"""What somebody at a page asks of the queue, on its way to the hub and back. Pure; time is passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from moiso.core.roles import Role
from moiso.wire.messages import Reply
from moiso.wire.ports import Publish
from moiso.wire.pulse import Pulse
from moiso.wire.requests import Requests
from moiso.wire.topics import Topics
from web.person import Person

#: Seconds for which a press is wanted: a call must not come late.
WANTED, NEXT_WANTED = 3.0, 2.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A command of a person; `press`: the id of her press, `ago`: seconds since it."""

    command: str
    press: str
    person: Person
    ago: float = 0.0
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id on the wire: nobody can repeat the press of another."""
        return f"{self.person.account.id}:{self.press}"


@dataclass(frozen=True, slots=True)
class Answered:
    """The hub's reply to the command with this id; None: it did not answer in time."""

    command: str
    id: str
    reply: Reply | None


class Asking:
    """The unanswered commands of the pages, all under the name of their one device."""

    def __init__(self, topics: Topics, device: str) -> None:
        self._requests = Requests(topics, device, str)  # every press brings its own id
        self.subscription = topics.reply(device)

    def ask(self, ask: Ask, pulse: Pulse, now: float) -> Publish:
        """What to publish; role, name and a clerk's counter are the session's, whatever a form says."""
        account = ask.person.account
        sender = {"role": account.role.value, "clerk": account.id, "counter": _counter(ask)}
        lifetime = NEXT_WANTED if ask.command == "next" else WANTED
        arguments = {**ask.arguments, **sender, "at": pulse.stamp(now - ask.ago)}
        _, publish = self._requests.send(ask.command, now, lifetime=lifetime, press=ask.id, **arguments)
        return publish

    def take(self, payload: bytes) -> list[Answered]:
        """A reply came; nothing when it answers none of ours."""
        reply = self._requests.answered(payload)
        return [Answered(reply.to, reply.re or "", reply)] if reply else []

    def due(self, now: float) -> list[Publish | Answered]:
        """What has to be said again, and who has waited long enough."""
        late = [Answered(command, press, None) for command, press in self._requests.given_up(now)]
        return [*late, *self._requests.due(now)]

    def linked(self, now: float) -> None:
        """The broker is back."""
        self._requests.hurry(now)

    def deadline(self) -> float | None:
        """When `due` next has something."""
        return self._requests.deadline()


def _counter(ask: Ask) -> int | None:
    """The counter that a person speaks for: a clerk for her own, a manager for the one she names, others for none."""
    match ask.person.role:
        case Role.CLERK:
            return ask.person.counter
        case Role.MANAGER:
            return ask.arguments.get("counter")
        case _:
            return None
