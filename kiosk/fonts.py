"""The typeface of the ticket: Be Vietnam Pro, from the package that ships its files."""

from functools import cache
from typing import Literal

import fontpkg_be_vietnam_pro
from PIL import ImageFont

Weight = Literal["Medium", "SemiBold", "Bold", "ExtraBold"]


@cache
def load(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The face of this weight with an em of `size` dots.

    The basic layout engine is enough for composed (NFC) Vietnamese and draws the same on every machine.
    """
    path = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{weight}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
