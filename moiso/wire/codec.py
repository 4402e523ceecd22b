"""JSON to typed messages and back; checked when sent and when received."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from moiso.core.events import EVENTS
from moiso.core.events import Event as CoreEvent
from moiso.wire.messages import Event, Id

#: Longest payload that is read at all, bytes.
LONGEST = 1024 * 1024

T = TypeVar("T")
_encoder = msgspec.json.Encoder()


class BadMessage(ValueError):  # noqa: N818  it says whose fault it is
    """The peer sent something that is no message of the contract; str() says what is wrong and where."""


def encode(message: object) -> bytes:
    """The JSON bytes of a message. Types are checked by the readers' decoders in every test."""
    return _encoder.encode(message)


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode(payload: bytes, kind: type[T], *, longest: int = LONGEST) -> T:
    """The message of this type in the payload.

    Raises BadMessage with what was wrong: too long, not JSON, not UTF-8, a missing key or a wrong type.
    """
    if len(payload) > longest:
        raise BadMessage(f"{len(payload)} bytes, at most {longest} are read")
    try:
        return _decoder(kind).decode(payload)  # type: ignore[no-any-return, arg-type]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadMessage(str(error)) from None


class _OnlyId(msgspec.Struct):
    id: Id


def command_id(payload: bytes) -> str | None:
    """The id in a command that may be broken otherwise, so that its sender can be answered."""
    try:
        return decode(payload, _OnlyId).id
    except BadMessage:
        return None


def event_data(event: Event) -> CoreEvent | None:
    """The typed event inside a row of the log; None when its type is not known here (a newer hub).

    Raises BadMessage when the data do not fit the type.
    """
    kind = EVENTS.get(event.type)
    return None if kind is None else decode(bytes(event.data), kind)
