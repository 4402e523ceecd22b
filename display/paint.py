"""What a picture of the wall is made of: boxes, filled rectangles, lines of text. Pure; lengths in pixels."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

Colour = tuple[int, int, int]
Size = tuple[int, int]

WHITE: Colour = (255, 255, 255)
PAPER: Colour = (232, 237, 242)
INK: Colour = (16, 28, 42)
NAVY: Colour = (10, 35, 72)
BLUE: Colour = (20, 78, 140)
SLATE: Colour = (66, 82, 100)
YELLOW: Colour = (255, 205, 60)
CREAM: Colour = (255, 243, 205)
AMBER: Colour = (255, 170, 0)
RED: Colour = (168, 16, 36)


CAPITALS = 0.74
"""Height of the capitals and digits of Be Vietnam Pro in em."""


class Weight(Enum):
    """A cut of the typeface, by the name of its file."""

    MEDIUM = "Medium"
    BOLD = "Bold"
    HEAVY = "ExtraBold"


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    def inset(self, dx: int, dy: int) -> "Box":
        """The box with `dx` taken off left and right, `dy` off top and bottom."""
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    def cut_top(self, h: int, gap: int = 0) -> tuple["Box", "Box"]:
        """The top `h` pixels, and what is left below a gap."""
        return Box(self.x, self.y, self.w, h), Box(self.x, self.y + h + gap, self.w, self.h - h - gap)

    def cut_bottom(self, h: int, gap: int = 0) -> tuple["Box", "Box"]:
        """The bottom `h` pixels, and what is left above a gap."""
        return Box(self.x, self.y + self.h - h, self.w, h), Box(self.x, self.y, self.w, self.h - h - gap)

    def cut_left(self, w: int, gap: int = 0) -> tuple["Box", "Box"]:
        """The left `w` pixels, and what is left of the box beyond a gap."""
        return Box(self.x, self.y, w, self.h), Box(self.x + w + gap, self.y, self.w - w - gap, self.h)

    def cut_right(self, w: int, gap: int = 0) -> tuple["Box", "Box"]:
        """The right `w` pixels, and what is left of the box before a gap."""
        return Box(self.x + self.w - w, self.y, w, self.h), Box(self.x, self.y, self.w - w - gap, self.h)

    def corners(self) -> tuple[tuple[int, int], ...]:
        """The pixels in the four corners."""
        right, bottom = self.x + self.w - 1, self.y + self.h - 1
        return (self.x, self.y), (right, self.y), (self.x, bottom), (right, bottom)

    def grid(self, columns: int, rows: int, gap: int) -> list["Box"]:
        """The cells of a grid, row by row."""
        w = (self.w - gap * (columns - 1)) // columns
        h = (self.h - gap * (rows - 1)) // rows
        return [Box(self.x + c * (w + gap), self.y + r * (h + gap), w, h) for r in range(rows) for c in range(columns)]


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle, its corners rounded by `radius`."""

    box: Box
    colour: Colour
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One line that was made to fit `box`: it starts at the left and stands on `baseline`, a y on the screen."""

    box: Box
    baseline: int
    text: str
    px: int
    weight: Weight
    colour: Colour


Primitive = Rect | Text
Picture = tuple[Primitive, ...]
"""Painted in order, later over earlier."""


def faded(colour: Colour) -> Colour:
    """The colour as it looks when the data is old: no hue, less contrast, still legible."""
    grey = round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    pale = grey + round((235 - grey) * 0.25) if grey < 235 else grey
    return (pale, pale, pale)
