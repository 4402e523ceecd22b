"""Text made to fit its box: shrink a little, then wrap, then shrink on, then cut with an ellipsis. Pure."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple, Protocol

from display.paint import CAPITALS, Box, Colour, Text, Weight


class Leading(NamedTuple):
    """The room a line takes above and below its baseline, in em; measured on Be Vietnam Pro."""

    above: float
    below: float

    @property
    def height(self) -> float:
        """The whole line, em."""
        return self.above + self.below

    @property
    def lift(self) -> float:
        """How much too low the capitals stand when the line is centred as a whole, em."""
        return self.above - CAPITALS / 2 - self.height / 2


LINE = Leading(1.06, 0.3)
HIGH = Leading(1.4, 0.31)
"""For a text with a marked capital: its marks stand over the height of the other letters."""
DIGITS = Leading(0.77, 0.03)
"""For ticket numbers: capitals and digits only."""
LONGEST = 600
"""Characters looked at; nobody reads more on a wall."""
_HINTED = 2
"""Pixels by which a small letter's marks may stand over their outline; the box to paint again holds them."""
_STEP = 0.94
_SHRINK_BEFORE_WRAP = 0.64
_HIGH = re.compile("[A-Z][\u0302\u0306\u031b\u0323]*[\u0300\u0301\u0303\u0309]")
_SLACK = {"left": 0.0, "centre": 0.5, "right": 1.0}


class Measure(Protocol):
    """Width in pixels of a line of text at a size (pixels per em) and weight."""

    def __call__(self, text: str, px: int, weight: Weight) -> int:
        """The width, 0 for an empty text."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is wanted: `px` at best and `least` px at worst, on at most `lines` lines."""

    px: int
    weight: Weight
    colour: Colour
    align: Literal["left", "centre", "right"] = "left"
    lines: int = 1
    least: int = 8
    leading: Leading = LINE


def clean(text: str) -> str:
    """The text as it can be drawn: NFC, single spaces, nothing unprintable, at most LONGEST characters."""
    drawable = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    return unicodedata.normalize("NFC", " ".join(drawable.split()))


def fit(text: str, box: Box, style: Style, measure: Measure) -> tuple[Text, ...]:
    """The lines that show `text` in `box`, vertically centred; none when there is nothing to show or no room."""
    words = clean(text)
    if not words or box.w <= 0 or box.h <= 0:
        return ()
    if _HIGH.search(unicodedata.normalize("NFD", words)):
        style = replace(style, leading=HIGH)
    setter = _Setter(box, style, measure)
    return tuple(setter.placed(*setter.best(words)))


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets type in one box."""

    box: Box
    style: Style
    measure: Measure

    def best(self, text: str) -> tuple[int, list[str]]:
        sizes = list(self.sizes())
        for px in sizes:
            if px >= self.style.px * _SHRINK_BEFORE_WRAP and self.width(text, px) <= self.box.w:
                return px, [text]
        for px in sizes:
            lines = self.wrapped(text, px, self.box.w)
            if lines is not None:
                return px, self.balanced(text, px, len(lines))
        return sizes[-1], self.cut(text, sizes[-1])

    def sizes(self) -> Iterator[int]:
        px = min(self.style.px, max(1, int(self.box.h / self.style.leading.height)))
        while px > self.style.least:
            yield px
            px = min(px - 1, round(px * _STEP))
        yield px

    def width(self, text: str, px: int) -> int:
        return self.measure(text, px, self.style.weight)

    def room(self, px: int) -> int:
        return max(1, min(self.style.lines, int(self.box.h / (px * self.style.leading.height))))

    def lines(self, text: str, px: int, width: int) -> Iterator[str]:
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if line and self.width(longer, px) > width:
                yield line
                longer = word
            line = longer
        yield line

    def wrapped(self, text: str, px: int, width: int) -> list[str] | None:
        """The lines, None when they are too many or a word is too wide."""
        room = self.room(px)
        lines = list(islice(self.lines(text, px, width), room + 1))
        fits = len(lines) <= room and all(self.width(line, px) <= self.box.w for line in lines)
        return lines if fits else None

    def balanced(self, text: str, px: int, count: int) -> list[str]:
        """As few lines as before, of about one length: no last word alone."""

        def as_few(width: int) -> bool:
            lines = self.wrapped(text, px, width)
            return lines is not None and len(lines) <= count

        narrowest = bisect_left(range(self.box.w), True, key=as_few)
        return list(self.lines(text, px, narrowest))

    def cut(self, text: str, px: int) -> list[str]:
        room = self.room(px)
        lines = list(islice(self.lines(text, px, self.box.w), room + 1))
        kept = lines[:room]
        if len(lines) > room:
            kept[-1] += "…"
        return [line for line in (self.shortened(line, px) for line in kept) if line]

    def shortened(self, line: str, px: int) -> str:
        if self.width(line, px) <= self.box.w:
            return line
        kept = line.rstrip("…")

        def width_of(length: int) -> int:
            return self.width(kept[:length].rstrip() + "…", px)

        length = bisect_right(range(len(kept) + 1), self.box.w, key=width_of) - 1
        return kept[:length].rstrip() + "…" if length > 0 else ""

    def placed(self, px: int, lines: list[str]) -> Iterator[Text]:
        leading = self.style.leading
        height = int(px * leading.height)
        spare = (self.box.h - height * len(lines)) // 2
        top = self.box.y + max(0, spare - round(px * leading.lift))
        for row, line in enumerate(lines):
            width = self.width(line, px)
            left = self.box.x + round((self.box.w - width) * _SLACK[self.style.align])
            line_top = top + row * height
            box = Box(left, line_top - _HINTED, width, height + _HINTED)
            baseline = line_top + round(px * leading.above)
            yield Text(box, baseline, line, px, self.style.weight, self.style.colour)
