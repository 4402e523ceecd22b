"""Draw a ticket: words in, a black and white picture out, one picture dot per printer dot (203 dpi, 8 per mm).

Every line is centred and wraps; nothing is clipped, the ticket grows longer instead.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk import fonts

NUMBER_HEIGHT = 248  # 31 mm of ink: a ticket is read at arm's length without glasses
_MARGIN = 4
_GLYPH_GAP = 10
_NARROW = 480  # below this width the print is the 58 mm paper's
_BAND_GAP = 10
_BLACK, _WHITE = 0, 255


@dataclass(frozen=True)
class TicketText:
    """What a ticket says, every field ready to be read; an empty field leaves its line out.

    warning: why this wait is not like others. training: stands loudly above and below the number.
    """

    centre: str
    address: str
    title: str
    number: str
    service: str
    ahead: str
    promise: str
    counters: str
    issued: str
    wall_note: str
    hours: str
    hotline: str
    not_receipt: str
    qr_caption: str = ""
    warning: str = ""
    training: str = ""


@dataclass(frozen=True)
class _Paragraph:
    text: str
    weight: fonts.Weight
    size: int
    above: int
    below: int = 0


def draw(ticket: TicketText, width: int) -> Image.Image:
    """The ticket as a mode "1" picture `width` dots wide (384 for 58 mm paper, 512 or 576 for 80 mm)."""
    text = _composed(ticket)
    head, body, foot = ([_paragraph(part, width) for part in parts(text)] for parts in (_head, _body, _foot))
    band = _band(text.training, width)
    return stack([*head, band, _number(text.number, width), band, *body, _rule(width), *foot], width)


def _head(text: TicketText) -> Iterator[_Paragraph]:
    yield _Paragraph(text.centre, "Bold", 34, 0)
    yield _Paragraph(text.address, "Medium", 28, 4)
    yield _Paragraph(text.title, "ExtraBold", 40, 14, 10)


def _body(text: TicketText) -> Iterator[_Paragraph]:
    yield _Paragraph(text.service, "Bold", 40, 14)
    yield _Paragraph(text.ahead, "Bold", 36, 14)
    yield _Paragraph(text.promise, "Bold", 36, 2)
    yield _Paragraph(text.warning, "Bold", 32, 8)
    yield _Paragraph(text.counters, "Bold", 40, 8)


def _foot(text: TicketText) -> Iterator[_Paragraph]:
    yield _Paragraph(text.wall_note, "SemiBold", 30, 0)
    for line in (text.issued, text.hours, text.hotline):
        yield _Paragraph(line, "Medium", 28, 4)
    yield _Paragraph(text.not_receipt, "SemiBold", 28, 12)
    yield _Paragraph(text.qr_caption, "SemiBold", 30, 14)


def _composed(ticket: TicketText) -> TicketText:
    return TicketText(*(unicodedata.normalize("NFC", field) for field in astuple(ticket)))


@lru_cache(maxsize=32)  # most lines are the same on every ticket, and letters cost most of the time
def _paragraph(part: _Paragraph, width: int) -> Image.Image:
    if not part.text:
        return Image.new("1", (width, 0), _WHITE)
    font = fonts.load(part.weight, part.size if width >= _NARROW else part.size * 7 // 8)
    lines = wrap(part.text, font, width - 2 * _MARGIN)
    pitch = sum(font.getmetrics())
    image = Image.new("1", (width, part.above + pitch * len(lines) + part.below), _WHITE)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((width // 2, part.above + pitch * row), line, fill=_BLACK, font=font, anchor="ma")
    return image


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`text` in as few lines of at most `width` dots as it needs: about equally long, broken after a stop where it can.

    Lines break at spaces (not at no-break spaces); a word longer than a line breaks where it must.
    """
    words = [piece for word in text.split(" ") for piece in _pieces(word, font, width)]
    lengths = [font.getlength(word) / width for word in words]
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for start in reversed(range(len(words))):
        ends = _line_ends(lengths[start:], font.getlength(" ") / width)
        lines = ((" ".join(words[start : start + count]), length, best[count - 1]) for count, length in ends)
        best.insert(0, min((_cost(line, length) + rest[0], [line, *rest[1]]) for line, length, rest in lines))
    return best[0][1]


def _line_ends(lengths: Sequence[float], space: float) -> Iterator[tuple[int, float]]:
    """How many of the words a line of length 1 can take, with the part of the line they fill: one, two, ..."""
    used = -space
    for count, length in enumerate(lengths, 1):
        used += space + length
        if used > 1 and count > 1:
            return
        yield count, used


def _cost(line: str, length: float) -> float:
    return 10 + (1 - length) ** 2 + (0.0 if line.endswith((",", ".", ":", ";", "–")) else 0.2)


def _pieces(word: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    if font.getlength(word) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if font.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _number(number: str, width: int) -> Image.Image:
    """The number as tall as promised and as wide as the paper allows: long ones get narrower, never lower."""
    glyphs = [_glyph(letter) for letter in number]
    room = width - 2 * _MARGIN - _GLYPH_GAP * (len(glyphs) - 1)
    squeeze = min(1.0, room / sum(glyph.width for glyph in glyphs))
    sized = [glyph.resize((int(glyph.width * squeeze), NUMBER_HEIGHT)) for glyph in glyphs]
    left = (width - sum(glyph.width for glyph in sized) - _GLYPH_GAP * (len(sized) - 1)) // 2
    image = Image.new("L", (width, NUMBER_HEIGHT), _WHITE)
    for glyph in sized:
        image.paste(glyph, (left, 0))
        left += glyph.width + _GLYPH_GAP
    return image.point(lambda level: _WHITE if level > 127 else _BLACK, "1")


@cache
def _glyph(letter: str) -> Image.Image:
    font = fonts.load("ExtraBold", NUMBER_HEIGHT * 7 // 5)
    image = Image.new("L", (2 * NUMBER_HEIGHT, 2 * NUMBER_HEIGHT), _WHITE)
    ImageDraw.Draw(image).text((20, 0), letter, fill=_BLACK, font=font)
    return image.crop(ImageChops.invert(image).getbbox())


def _band(text: str, width: int) -> Image.Image:
    """The words white on black, with some white around."""
    words = _paragraph(_Paragraph(text, "ExtraBold", 40, 8, 12), width - 2 * _MARGIN)
    band = Image.new("1", (width, words.height + 2 * _BAND_GAP if text else 0), _WHITE)
    band.paste(ImageChops.invert(words), (_MARGIN, _BAND_GAP))
    return band


def _rule(width: int) -> Image.Image:
    image = Image.new("1", (width, 27), _WHITE)
    ImageDraw.Draw(image).rectangle((_MARGIN, 12, width - _MARGIN - 1, 14), fill=_BLACK)
    return image


def stack(pieces: Sequence[Image.Image], width: int) -> Image.Image:
    """These mode "1" pictures, each `width` dots wide, one below the other."""
    ticket = Image.new("1", (width, sum(piece.height for piece in pieces)), _WHITE)
    top = 0
    for piece in pieces:
        ticket.paste(piece, (0, top))
        top += piece.height
    return ticket
