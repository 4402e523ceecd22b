"""Read ESC/POS back: the commands in a stream of bytes, and the picture they print.

Commands are told apart by their lengths, never by looking for bytes, since a picture may hold any of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageDraw

from kiosk import drawing, fonts

LINE_DOTS = 30
_STRIP, _USUAL_CODE = 24, 200
_DLE, _LF, _ESC, _GS = 0x10, 0x0A, 0x1B, 0x1D
_ESC_LENGTHS = {b"@": 2, b"2": 2, b"i": 2, b"m": 2, b"*": 0, b"p": 5, b"$": 4, b"\\": 4}
_GS_LENGTHS = {b"L": 4, b"W": 4, b"P": 4}
_QR_SIZE, _QR_STORE, _QR_PRINT = 67, 80, 81
_WHITE, _BLACK = 255, 0


class Kind(StrEnum):
    """What a command does, as far as a ticket needs it."""

    RESET = "reset"
    RASTER = "raster"
    TWO_D_CODE = "2d-code"
    ALIGN = "align"
    COLUMNS = "columns"
    FEED = "feed"
    CUT = "cut"
    TEXT = "text"
    ASK_AT_ONCE = "ask-at-once"
    ASK_IN_ORDER = "ask-in-order"
    ASK_NAME = "ask-name"
    FORGET = "forget"
    OTHER = "other"


@dataclass(frozen=True)
class Command:
    """One whole command with all its bytes."""

    kind: Kind
    raw: bytes


class Parser:
    """Cuts a stream into commands; a command may arrive in any number of pieces."""

    def __init__(self) -> None:
        self._waiting = b""

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that `data` completes."""
        self._waiting += data
        while self._waiting and (length := _length(self._waiting)) <= len(self._waiting):
            raw, self._waiting = self._waiting[:length], self._waiting[length:]
            yield Command(_kind(raw), raw)


def _length(data: bytes) -> int:
    """Bytes of the command that `data` begins with; more than there are when it is not all there yet."""
    if data[0] not in (_DLE, _ESC, _GS):
        return _text_length(data)
    if len(data) < 3 and data not in (b"\x1b@", b"\x1b2", b"\x1bi", b"\x1bm"):
        return len(data) + 1
    if data[0] == _DLE:
        return 10 if data[1:3] == b"\x14\x08" else 5 if data[1] == 0x14 else 3
    return _escape_length(data) if data[0] == _ESC else _group_length(data)


def _text_length(data: bytes) -> int:
    if data[0] < 0x20:
        return 1
    return next((at for at, byte in enumerate(data) if byte < 0x20), len(data))


def _escape_length(data: bytes) -> int:
    if data[1:2] != b"*":
        return _ESC_LENGTHS.get(data[1:2], 3)
    columns = int.from_bytes(data[3:5], "little")
    return 5 + columns * (3 if data[2] >= 32 else 1) if len(data) >= 5 else len(data) + 1


def _group_length(data: bytes) -> int:
    if data[1:3] == b"v0":
        return 8 + _word(data, 4) * _word(data, 6) if len(data) >= 8 else len(data) + 1
    if data[1:2] == b"(":
        return 5 + _word(data, 3) if len(data) >= 5 else len(data) + 1
    if data[1:2] == b"V":
        return 4 if data[2] in (65, 66) else 3
    return _GS_LENGTHS.get(data[1:2], 3)


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _kind(raw: bytes) -> Kind:
    if raw[0] >= 0x20:
        return Kind.TEXT
    if raw[0] == _LF:
        return Kind.FEED
    starts = {
        b"\x1b@": Kind.RESET,
        b"\x1ba": Kind.ALIGN,
        b"\x1bd": Kind.FEED,
        b"\x1dv": Kind.RASTER,
        b"\x1b*": Kind.COLUMNS,
        b"\x1d(": Kind.TWO_D_CODE if raw[2:3] == b"k" else Kind.OTHER,
        b"\x1dV": Kind.CUT,
        b"\x1dr": Kind.ASK_IN_ORDER,
        b"\x10\x04": Kind.ASK_AT_ONCE,
        b"\x1dI": Kind.ASK_NAME,
        b"\x10\x14": Kind.FORGET if raw[2:3] == b"\x08" else Kind.OTHER,
    }
    return starts.get(raw[:2], Kind.OTHER)


def _function(command: Command) -> int | None:
    """The function number of a whole 2D code command."""
    return command.raw[6] if command.kind is Kind.TWO_D_CODE and len(command.raw) >= 8 else None


def qr_text(commands: Sequence[Command]) -> str | None:
    """What the QR code among these commands says; None when there is none."""
    stored = [command.raw for command in commands if _function(command) == _QR_STORE]
    return stored[-1][8:].decode("utf-8", "replace") if stored else None


def rows(command: Command) -> int:
    """How far this command moves the paper, in dots; a QR code as if it were of usual size."""
    match command.kind:
        case Kind.RASTER:
            return _word(command.raw, 6)
        case Kind.COLUMNS:
            return _STRIP
        case Kind.TEXT:
            return LINE_DOTS
        case Kind.FEED:
            return LINE_DOTS * (command.raw[2] if len(command.raw) == 3 else 0)
        case _:
            return _USUAL_CODE if _function(command) == _QR_PRINT else 0


def picture(commands: Sequence[Command], width: int) -> Image.Image:
    """What these commands leave on paper `width` dots wide, as a mode "1" picture; a cut is where it ends."""
    align, module, parts = 0, 3, [Image.new("1", (width, 0), _WHITE)]
    for index, command in enumerate(commands):
        if command.kind is Kind.ALIGN:
            align = command.raw[2] % 48
        elif _function(command) == _QR_SIZE:
            module = command.raw[7]
        elif (part := _part(command, commands[:index], module)) is not None:
            parts.append(_placed(part, align, width))
    return drawing.stack(parts, width)


def _part(command: Command, earlier: Sequence[Command], module: int) -> Image.Image | None:
    if command.kind is Kind.RASTER:
        return _raster(command.raw)
    if command.kind is Kind.COLUMNS:
        return _columns(command.raw)
    if command.kind is Kind.TEXT:
        return _text(command.raw)
    if command.kind is Kind.FEED:
        return Image.new("1", (1, rows(command)), _WHITE)
    if _function(command) == _QR_PRINT:
        return _qr(qr_text(earlier) or "", module)
    return None


def _raster(raw: bytes) -> Image.Image:
    size = (8 * _word(raw, 4), _word(raw, 6))
    return Image.frombytes("1", size, bytes(byte ^ 0xFF for byte in raw[8:]))


def _columns(raw: bytes) -> Image.Image | None:
    """A strip of columns; of no other density than the one that tickets use."""
    columns = _word(raw, 3)
    if raw[2] != 33 or not columns:
        return None
    turned = Image.frombytes("1", (_STRIP, columns), bytes(byte ^ 0xFF for byte in raw[5:]))
    return turned.transpose(Image.Transpose.TRANSPOSE)


def _text(raw: bytes) -> Image.Image:
    words, font = raw.decode("cp437"), fonts.load("Medium", 22)
    image = Image.new("1", (int(font.getlength(words)) + 1, LINE_DOTS), _WHITE)
    ImageDraw.Draw(image).text((0, 0), words, fill=_BLACK, font=font)
    return image


def _qr(text: str, module: int) -> Image.Image:
    from kiosk import qr_picture

    return qr_picture.enlarged(qr_picture.modules(text), module)


def _placed(part: Image.Image, align: int, width: int) -> Image.Image:
    row = Image.new("1", (width, part.height), _WHITE)
    row.paste(part, ((width - part.width) * align // 2, 0))
    return row
