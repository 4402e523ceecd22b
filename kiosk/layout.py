"""Draw a ticket: words in, a black and white picture out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from kiosk import fonts
from kiosk.drawing import BLACK, MARGIN, WHITE, Paragraph, band, framed, paragraph, rule, stack

NUMBER_HEIGHT = 248  # 31 mm of ink: a ticket is read at arm's length without glasses
_GLYPH_GAP = 10


@dataclass(frozen=True)
class TicketText:
    """What a ticket says, every field ready to be read; an empty field leaves its line out.

    warning: why this wait is not like others. training: stands loudly above and below the number, reprint above it.
    offline: how a number that was given without the hub is called. ahead_at: how old the word about people ahead is.
    replaces: the number of another day whose place this one takes.
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
    offline: str = ""
    ahead_at: str = ""
    reprint: str = ""
    replaces: str = ""


def draw(ticket: TicketText, width: int) -> Image.Image:
    """The ticket as a mode "1" picture `width` dots wide (384 for 58 mm paper, 512 or 576 for 80 mm)."""
    head, place, body, foot = (
        [paragraph(part, width) for part in parts(ticket)] for parts in (_head, _place, _body, _foot)
    )
    training = band(ticket.training, width)
    number = [band(ticket.reprint, width), training, _number(ticket.number, width), training]
    return stack([*head, *number, *place, framed(ticket.offline, width), *body, rule(width), *foot], width)


def _head(text: TicketText) -> Iterator[Paragraph]:
    yield Paragraph(text.centre, "Bold", 34)
    yield Paragraph(text.address, "Medium", 28, 4)
    yield Paragraph(text.title, "ExtraBold", 40, 14, 10)


def _place(text: TicketText) -> Iterator[Paragraph]:
    """Whose turn this is: read together with the number."""
    yield Paragraph(text.replaces, "Bold", 32, 14)
    yield Paragraph(text.service, "Bold", 40, 14)


def _body(text: TicketText) -> Iterator[Paragraph]:
    yield Paragraph(text.ahead, "Bold", 36, 14)
    yield Paragraph(text.ahead_at, "Medium", 28)
    yield Paragraph(text.promise, "Bold", 36, 2)
    yield Paragraph(text.warning, "Bold", 32, 8)
    yield Paragraph(text.counters, "Bold", 40, 8)


def _foot(text: TicketText) -> Iterator[Paragraph]:
    yield Paragraph(text.wall_note, "SemiBold", 30)
    for line in (text.issued, text.hours, text.hotline):
        yield Paragraph(line, "Medium", 28, 4)
    yield Paragraph(text.not_receipt, "SemiBold", 28, 12)
    yield Paragraph(text.qr_caption, "SemiBold", 30, 14)


def _number(number: str, width: int) -> Image.Image:
    """The number as tall as promised and as wide as the paper allows: long ones get narrower, never lower."""
    glyphs = [_glyph(letter) for letter in number]
    room = width - 2 * MARGIN - _GLYPH_GAP * (len(glyphs) - 1)
    squeeze = min(1.0, room / sum(glyph.width for glyph in glyphs))
    sized = [glyph.resize((int(glyph.width * squeeze), NUMBER_HEIGHT)) for glyph in glyphs]
    left = (width - sum(glyph.width for glyph in sized) - _GLYPH_GAP * (len(sized) - 1)) // 2
    image = Image.new("L", (width, NUMBER_HEIGHT), WHITE)
    for glyph in sized:
        image.paste(glyph, (left, 0))
        left += glyph.width + _GLYPH_GAP
    return image.point(lambda level: WHITE if level > 127 else BLACK, "1")


def _glyph(letter: str) -> Image.Image:
    font = fonts.load("ExtraBold", NUMBER_HEIGHT * 7 // 5)
    image = Image.new("L", (2 * NUMBER_HEIGHT, 2 * NUMBER_HEIGHT), WHITE)
    ImageDraw.Draw(image).text((20, 0), letter, fill=BLACK, font=font)
    return image.crop(ImageChops.invert(image).getbbox())
