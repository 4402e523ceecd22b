"""Plain buttons: what arrives on the topics of site.toml's [[button]] tables, read as presses. Pure.

A plain button has no id for its presses and hears no answer. What it says again without a pause of `bounce` is one
press, however long that goes on. One that counts its presses is believed when the count has moved; what it says first
only tells where the count stands, for it may be an old press that is said again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moiso.runtime.site_tables import PlainButtonConf
from moiso.wire.codec import BadMessage, decode, encode

#: Longest message of a button that is read, bytes.
LONGEST = 64 * 1024
#: Repetitions without a pause from which a button is called stuck, and for how long it is so afterwards, seconds.
STUCK, STUCK_SHOWN = 20, 60.0


@dataclass(frozen=True, slots=True)
class Press:
    """The button `device` asks its counter for `command`."""

    device: str
    counter: int
    command: str


class Bounce:
    """One press of what is said again and again: the first after `pause` seconds of silence counts."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._heard: dict[tuple[str, str], tuple[float, int]] = {}

    def repeats(self, device: str, command: str, now: float) -> int:
        """How often this was said without a pause before the monotonic `now`: 0 is a press."""
        at, repeats = self._heard.get((device, command), (float("-inf"), 0))
        repeats = repeats + 1 if now - at < self._pause else 0
        self._heard[device, command] = (now, repeats)
        return repeats

    def stuck(self, now: float) -> list[str]:
        """The buttons that have lately repeated themselves as no finger does."""
        heard = self._heard.items()
        return sorted({d for (d, _), (at, repeats) in heard if repeats >= STUCK and now - at < STUCK_SHOWN})


class PlainButtons:
    """The buttons with topics of their own; remembers how far those that count have come."""

    def __init__(self, buttons: Sequence[PlainButtonConf]) -> None:
        self._buttons = [button for button in buttons if button.topic is not None]
        self._counts: dict[str, str] = {}
        self.topics = frozenset(button.topic for button in self._buttons)

    def read(self, topic: str, payload: bytes, *, news: bool) -> Iterator[Press]:
        """The presses in a message; none when it says nothing of a press, or is no `news`.

        Raises BadMessage when it says something that site.toml does not name.
        """
        for button in self._buttons:
            if button.topic == topic and (said := self._said(button, payload, news=news)):
                command = _command(button, said)
                if command != "nothing":
                    yield Press(button.device, button.counter, command)

    def _said(self, button: PlainButtonConf, payload: bytes, *, news: bool) -> str:
        """What the button was made to say by a new press, or nothing."""
        if button.field is None:
            return payload.decode(errors="replace").strip() if news else ""
        message = decode(payload, dict[str, Any], longest=LONGEST)
        if any(_value(message, path) != value for path, value in button.where.items()):
            return ""
        if button.count_field is not None:
            count = _value(message, button.count_field)
            before, self._counts[button.device] = self._counts.get(button.device), count
            news = news and before is not None and before != count
        return _value(message, button.field) if news else ""


def _command(button: PlainButtonConf, said: str) -> str:
    if said not in button.payloads:
        known = ", ".join(button.payloads)
        raise BadMessage(f"button {button.device} says {said[:40]!r}, its payloads in site.toml are: {known}")
    return button.payloads[said]


def _value(message: Mapping[str, Any], path: str) -> str:
    """What stands at a dotted path, numbers count in lists; as text, empty when there is nothing."""
    found: Any = message
    for name in path.split("."):
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list) and name.isdecimal():
            found = found[int(name)] if int(name) < len(found) else None
        else:
            return ""
    if found is None or isinstance(found, str):
        return found or ""
    return encode(found).decode()
