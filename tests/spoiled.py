"""Messages of the contract with one thing wrong, and bytes that are none."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from moiso.wire.codec import encode
from moiso.wire.messages import Message

STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**70), max_value=2**70),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-23T12:00:00", "", "Ạ" * 5000]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def spoiled(messages: Sequence[Message]) -> st.SearchStrategy[bytes]:
    """One of the messages, whole or with one value replaced or left out; or any bytes."""
    return st.binary(max_size=40) | st.composite(_spoil)(messages)


def _spoil(draw: st.DrawFn, messages: Sequence[Message]) -> bytes:
    message = json.loads(encode(draw(st.sampled_from(list(messages)))))
    holder, key = draw(st.sampled_from(list(_places(message))))
    match draw(st.sampled_from(["whole", "without", "strange"])):
        case "without":
            del holder[key]
        case "strange":
            holder[key] = draw(STRANGE)
    return json.dumps(message).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in it that holds a value, as container and key."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
