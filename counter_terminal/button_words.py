"""What a plain MQTT button of site.toml says when it is pressed: the way back from hub/plain_buttons.py. Pure."""

from typing import Any

from moiso.runtime.site_tables import PlainButtonConf
from moiso.wire.codec import encode
from moiso.wire.ports import Publish
from moiso.wire.topics import Topics

#: What no button of ours is known to say.
NOISE = "noise"
#: The commands of a button without a topic of its own.
_COMMANDS = ("next", "recall", "no-show")


def first_word(button: PlainButtonConf) -> str:
    """What a finger that stays on the button would press."""
    return next(iter(button.payloads), _COMMANDS[0])


def says(topics: Topics, button: PlainButtonConf, word: str, count: int) -> Publish:
    """The message of the `count`-th press for `word`: a command, one of the button's payloads, or NOISE.

    Raises ValueError with a sentence for any other.
    """
    if button.topic is None:
        if word not in {*_COMMANDS, NOISE}:
            raise ValueError(_unknown(button, _COMMANDS))
        return Publish(topics.button(button.device, word), b"ON", qos=0)
    return Publish(button.topic, _payload(button, _text(button, word), count), qos=0)


def _text(button: PlainButtonConf, word: str) -> str:
    if word in {*button.payloads, NOISE}:
        return word
    for text, command in button.payloads.items():
        if command == word:
            return text
    raise ValueError(_unknown(button, (*button.payloads.values(), *button.payloads)))


def _unknown(button: PlainButtonConf, known: tuple[str, ...]) -> str:
    return f"{button.device} is a plain button: it takes {', '.join(dict.fromkeys(known))}, stuck and {NOISE}"


def _payload(button: PlainButtonConf, text: str, count: int) -> bytes:
    if button.field is None:
        return text.encode()
    values: dict[str, Any] = {**button.where, button.field: text}
    if button.count_field is not None:
        values[button.count_field] = count
    return encode(_message(values))


def _message(values: dict[str, Any]) -> Any:
    """`{"a.0.b": "x"}` -> `{"a": [{"b": "x"}]}`."""
    tree: dict[str, Any] = {}
    for path, value in values.items():
        *way, last = path.split(".")
        node = tree
        for name in way:
            node = node.setdefault(name, {})
        node[last] = value
    return _with_lists(tree)


def _with_lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    inner = {name: _with_lists(value) for name, value in node.items()}
    if not all(name.isdecimal() for name in inner):
        return inner
    return [inner.get(str(n)) for n in range(max(map(int, inner)) + 1)]
