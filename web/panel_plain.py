"""Plain MQTT buttons on the front panel: what a finger can do to them, and what that means. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from moiso.wire.messages import Status
from web.place import Place, PlainButton
from web.view import View
from web.words import Text

#: What makers call the ways to press a button, and ours.
_WAYS = {
    "single": ("single", "single_push", "s"),
    "double": ("double", "double_push", "ss"),
    "triple": ("triple", "triple_push", "sss"),
    "long": ("hold", "long", "long_push", "l"),
}
_WAY = {word: way for way, words in _WAYS.items() for word in words}


class Way(Struct, frozen=True, kw_only=True):
    """A way to press a plain button: its payload, what a finger does (if that is known), and what it means."""

    payload: str
    finger: str
    means: str


class Plain(Struct, frozen=True, kw_only=True):
    """A plain button; `trouble`: what the hub says of it."""

    ways: list[Way]
    trouble: str


def plain_at(counter: int, place: Place, view: View, text: Text) -> dict[str, Plain]:
    """The plain buttons of the counter with this number, by device."""
    stuck = _stuck(view.devices.get("hub"))
    return {
        device: Plain(ways=_ways(button, text), trouble=text("panel.stuck") if device in stuck else "")
        for device, button in place.plain.items()
        if button.counter == counter
    }


def _stuck(hub: Status | None) -> Sequence[object]:
    """The plain buttons that the hub calls stuck."""
    said = hub.detail.get("stuck") if hub else None
    return said if isinstance(said, list) else ()


def _ways(button: PlainButton, text: Text) -> list[Way]:
    return [
        Way(payload=payload, finger="" if payload == command else _finger(payload, text), means=key_text(command, text))
        for payload, command in button.says.items()
    ]


def key_text(command: str, text: Text) -> str:
    """What stands on a key for this command."""
    return text(f"panel.press_{command.replace('-', '_')}")


def _finger(payload: str, text: Text) -> str:
    way = _WAY.get(payload.lower())
    return text(f"panel.way_{way}") if way else payload
