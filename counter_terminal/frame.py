"""Frames on the serial line: bytes into frames and back. Pure; docs/keypad.md has the table.

    7E  address  type  seq  length  data...  CRC high  CRC low

A frame begins with 7E, and 7E stands nowhere else: inside, 7E and 7D are sent as 7D and the byte with bit 5 turned. So
whatever came before, noise or half a frame, the next frame is found at its first byte.
"""

from binascii import crc_hqx
from dataclasses import dataclass
from enum import IntEnum

START, ESCAPE, TURNED = 0x7E, 0x7D, 0x20
#: Most bytes of data in a frame.
MOST = 32
#: Bits on the wire for a byte: start, eight, stop.
BITS = 10
_HEAD, _CRC = 4, 2


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
    turned = (bytes([ESCAPE, byte ^ TURNED]) if byte in {START, ESCAPE} else bytes([byte]) for byte in checked)
    return bytes([START]) + b"".join(turned)


class Decoder:
    """Takes bytes in pieces of any size and gives the frames among them."""

    def __init__(self) -> None:
        self._body: bytearray | None = None
        self._turn = False

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that these bytes complete; what is no frame is dropped."""
        return [frame for byte in data if (frame := self._take(byte)) is not None]

    def _take(self, byte: int) -> Frame | None:
        if byte == START:
            self._body, self._turn = bytearray(), False
        elif self._body is None:
            return None
        elif byte == ESCAPE:
            self._turn = True
        else:
            self._body.append(byte ^ TURNED if self._turn else byte)
            self._turn = False
            return self._whole(self._body)
        return None

    def _whole(self, body: bytearray) -> Frame | None:
        if len(body) < _HEAD or (body[3] <= MOST and len(body) < _HEAD + body[3] + _CRC):
            return None
        self._body = None
        if body[3] > MOST or crc(bytes(body)) != 0:
            return None
        return Frame(body[0], body[1], body[2], bytes(body[_HEAD:-_CRC]))
