"""Words and lines as black and white pictures, one picture dot per printer dot (203 dpi, 8 per mm). Pure.

Words wrap; nothing is clipped, a picture grows longer instead.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk import fonts

Mark = Literal["", "tick", "cross"]

MARGIN = 4
BLACK, WHITE = 0, 255
_NARROW = 480  # below this width the print is the 58 mm paper's
_BAND_GAP = 10
_FRAME = 3
_BOX, _BOX_TOP, _BOX_ROOM = 26, 12, 44
#: The lines of a mark, from the box's upper left corner on.
_STROKES: dict[Mark, tuple[tuple[tuple[int, int], ...], ...]] = {
    "": (),
    "tick": (((5, 13), (11, 20), (22, 5)),),
    "cross": (((5, 5), (21, 21)), ((5, 21), (21, 5))),
}


@dataclass(frozen=True)
class Paragraph:
    """Words in one weight and size; `above` and `below`: white rows. Centred, or along the left edge."""

    text: str
    weight: fonts.Weight
    size: int
    above: int = 0
    below: int = 0
    left: bool = False


def paragraph(part: Paragraph, width: int) -> Image.Image:
    """The words as a mode "1" picture `width` dots wide; of no height when there are none."""
    height, dots = _written(part, width) if part.text else (0, b"")
    return Image.frombytes("1", (width, height), dots)


@lru_cache(maxsize=64)  # most lines are the same on every ticket, and letters cost most of the time
def _written(part: Paragraph, width: int) -> tuple[int, bytes]:
    """Height and dots of a paragraph, eight to the byte; an open picture takes a byte for each."""
    font = fonts.load(part.weight, part.size if width >= _NARROW else part.size * 7 // 8)
    lines = wrap(unicodedata.normalize("NFC", part.text), font, width - 2 * MARGIN)  # fonts have no loose accents
    pitch = sum(font.getmetrics())
    image = Image.new("1", (width, part.above + pitch * len(lines) + part.below), WHITE)
    pen = ImageDraw.Draw(image)
    place, anchor = (MARGIN, "la") if part.left else (width // 2, "ma")
    for row, line in enumerate(lines):
        pen.text((place, part.above + pitch * row), line, fill=BLACK, font=font, anchor=anchor)
    return image.height, image.tobytes()


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


def band(text: str, width: int) -> Image.Image:
    """The words white on black, with some white around; of no height when there are none."""
    words = paragraph(Paragraph(text, "ExtraBold", 40, 8, 12), width - 2 * MARGIN)
    image = Image.new("1", (width, words.height + 2 * _BAND_GAP if text else 0), WHITE)
    image.paste(ImageChops.invert(words), (MARGIN, _BAND_GAP))
    return image


def framed(text: str, width: int) -> Image.Image:
    """The words in a frame, with some white around; of no height when there are none."""
    edge = MARGIN + _FRAME
    words = paragraph(Paragraph(text, "Bold", 32, 6, 10), width - 2 * edge)
    image = Image.new("1", (width, words.height + 2 * (_BAND_GAP + _FRAME) if text else 0), WHITE)
    if text:
        corners = (MARGIN, _BAND_GAP, width - MARGIN - 1, image.height - _BAND_GAP - 1)
        ImageDraw.Draw(image).rectangle(corners, outline=BLACK, width=_FRAME)
    image.paste(words, (edge, _BAND_GAP + _FRAME))
    return image


def to_tick(text: str, width: int, mark: Mark = "") -> Image.Image:
    """The words behind a box that a pen can tick, or that has its mark."""
    words = paragraph(Paragraph(text, "Medium", 30, 6, 6, left=True), width - _BOX_ROOM)
    image = Image.new("1", (width, words.height), WHITE)
    image.paste(words, (_BOX_ROOM, 0))
    pen, left, top = ImageDraw.Draw(image), MARGIN, _BOX_TOP
    pen.rectangle((left, top, left + _BOX, top + _BOX), outline=BLACK, width=_FRAME)
    for stroke in _STROKES[mark]:
        pen.line([(left + x, top + y) for x, y in stroke], fill=BLACK, width=_FRAME + 2)
    return image


def rule(width: int) -> Image.Image:
    """A line across, with some white around."""
    image = Image.new("1", (width, 27), WHITE)
    ImageDraw.Draw(image).rectangle((MARGIN, 12, width - MARGIN - 1, 14), fill=BLACK)
    return image


def stack(pieces: Sequence[Image.Image], width: int) -> Image.Image:
    """These mode "1" pictures, each `width` dots wide, one below the other."""
    picture = Image.new("1", (width, sum(piece.height for piece in pieces)), WHITE)
    top = 0
    for piece in pieces:
        picture.paste(piece, (0, top))
        top += piece.height
    return picture
