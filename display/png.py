"""Pixels to a PNG file's bytes, three times as fast as SDL's own writer: no row filters, light compression. Pure."""

import struct
import zlib

from display.paint import Size


def encode(pixels: bytes, size: Size) -> bytes:
    """The PNG of 24-bit RGB rows; each row is followed by one zero byte (a pitch of 3 * width + 1)."""
    width, height = size
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    # a row of PNG begins with its filter, 0 = none: the byte after a row serves the next one
    body = zlib.compress(b"\0" + pixels[:-1], 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
