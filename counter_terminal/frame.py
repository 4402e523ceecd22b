"""Frames on the serial line: bytes into frames and back. Pure; docs/keypad.md has the table.

    7E  address  type  seq  length  data...  CRC high  CRC low

A frame begins with 7E, and 7E stands nowhere else: inside, 7E and 7D are sent as 7D and the byte with bit 5 turned. So
whatever came before, noise or half a frame, the next frame is found at its first byte.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass
from enum import IntEnum

START, ESCAPE, TURNED = 0x7E, 0x7D, 0x20
#: Most bytes of data in a frame.
MOST = 32
#: Bits on the wire for a byte: start, eight, stop.
BITS = 10
_HEAD, _CRC = 4, 2
_START = bytes([START])
#: A turned byte in what was sent; the byte itself may not have come yet.
_TURNED = re.compile(rb"\x7d+([^\x7d]?)")


class Kind(IntEnum):
    """The types: three questions of the master, and the one answer of a unit."""

    HELLO = 0x01
    POLL = 0x02
    SHOW = 0x03
    STATE = 0x81


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame; seq is the number of the question, and its answer has the same."""

    address: int
    kind: int
    seq: int
    data: bytes = b""


def crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF; of `123456789` it is 29B1."""
    return crc_hqx(data, 0xFFFF)


def encode(frame: Frame) -> bytes:
    """The frame as it is sent."""
    body = bytes([frame.address, frame.kind, frame.seq, len(frame.data)]) + frame.data
    checked = body + crc(body).to_bytes(2, "big")
    for byte in (ESCAPE, START):
        checked = checked.replace(bytes([byte]), bytes([ESCAPE, byte ^ TURNED]))
    return _START + checked


class Decoder:
    """Takes bytes in pieces of any size and gives the frames among them."""

    def __init__(self) -> None:
        self._begun: bytes | None = None

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that these bytes complete; what is no frame is dropped."""
        rest, *begun = data.split(_START)
        if self._begun is not None:
            begun.insert(0, self._begun + rest)
        return [frame for sent in begun if (frame := self._whole(sent)) is not None]

    def _whole(self, sent: bytes) -> Frame | None:
        """The frame that begins with these bytes after its START; they are kept while it may still become one."""
        body = _TURNED.sub(lambda turned: bytes(byte ^ TURNED for byte in turned[1]), sent)
        if len(body) < _HEAD or (body[3] <= MOST and len(body) < _HEAD + body[3] + _CRC):
            self._begun = sent
            return None
        self._begun = None
        body = body[: _HEAD + body[3] + _CRC]
        if body[3] > MOST or crc(body) != 0:
            return None
        return Frame(body[0], body[1], body[2], body[_HEAD:-_CRC])
