"""Be Vietnam Pro through pygame's font module: widths for the layout, glyph surfaces for the screen."""

import os
from functools import lru_cache
from pathlib import Path

import fontpkg_be_vietnam_pro

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
import pygame

from display.paint import Colour, Weight

_FILES = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"


@lru_cache(maxsize=40)
def _font(px: int, weight: Weight) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(_FILES / f"BeVietnamPro-{weight.value}.ttf", px)


@lru_cache(maxsize=2000)
def width(text: str, px: int, weight: Weight) -> int:
    """Width in pixels of a line of printable text; the wall's `Measure`."""
    return _font(px, weight).size(text)[0]


def glyphs(text: str, px: int, weight: Weight, colour: Colour) -> tuple[pygame.Surface, int]:
    """The line drawn on a transparent surface of its own, and the pixels from its top to the baseline."""
    font = _font(px, weight)
    surface = font.render(text, True, colour)
    # high marks make the surface grow upwards; below the baseline it keeps the font's depth
    return surface, surface.get_height() + font.get_descent()
