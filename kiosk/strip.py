"""The strip that shows what an unknown printer can do: which width, which pictures, which codes."""

from PIL import Image, ImageDraw

from kiosk import fonts
from kiosk.drawing import BLACK, WHITE
from kiosk.printer import Dialect
from kiosk.ticket_bytes import put, put_code

WIDTHS = (384, 512, 576)
_HEIGHT, _EDGE, _CENTIMETRE = 72, 8, 80
_RASTER, _COLUMNS = Dialect("raster"), Dialect("columns")
_CODE = "moiso"


def strip() -> bytes:
    """Bytes that print, for whatever paper: A the widths as whole pictures, B as columns, C and D a code each.

    The widest frame whose thick right end is on the paper is as wide as the printer prints.
    """
    from kiosk.escpos_library import Dummy

    job = Dummy()
    job.hw("INIT")
    for letter, dialect in (("A", _RASTER), ("B", _COLUMNS)):
        for width in WIDTHS:
            put(job, frame(f"{letter} {width}", width), dialect)
    put(job, frame("C", WIDTHS[0]), _COLUMNS)
    put_code(job, _CODE, WIDTHS[0], _RASTER)
    job.set(align="left")
    put(job, frame("D", WIDTHS[0]), _COLUMNS)
    put_code(job, _CODE, WIDTHS[0], _COLUMNS)
    job.cut()
    return bytes(job.output)


def frame(label: str, width: int) -> Image.Image:
    """A frame of this width with thick ends, a tick for each centimetre, and its label on the left."""
    image = Image.new("1", (width, _HEIGHT), WHITE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 4, width - 1, _HEIGHT - 9), outline=BLACK, width=3)
    for left in (0, width - _EDGE):
        pen.rectangle((left, 4, left + _EDGE - 1, _HEIGHT - 9), fill=BLACK)
    for x in range(_CENTIMETRE, width - _EDGE, _CENTIMETRE):
        pen.line((x, _HEIGHT - 20, x, _HEIGHT - 9), fill=BLACK, width=2)
    pen.text((24, 8), label, fill=BLACK, font=fonts.load("Bold", 36))
    return image
