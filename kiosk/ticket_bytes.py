"""The ESC/POS bytes of a drawn ticket, in the way that a printer understands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from kiosk.printer import Dialect

if TYPE_CHECKING:
    from kiosk.escpos_library import Dummy

_BAND = 128  # rows in one command: printers have small memories, and a broken line leaves less than this to come
_STRIP = 24  # rows of a strip of columns
_QR_DOTS = 6  # per module: 0.75 mm, which an old phone reads at arm's length
_QR_SMALLEST = 3
_PLAIN = Dialect()


def encode(picture: Image.Image, url: str | None = None, dialect: Dialect = _PLAIN) -> bytes:
    """Bytes that print `picture`, below it `url` as a QR code, then feed and cut.

    The paper width is the picture's: nothing is scaled. A code whose modules would be too small to read is left out.
    """
    from kiosk.escpos_library import Dummy

    job = Dummy()
    job.hw("INIT")
    put(job, picture, dialect)
    if url:
        put_code(job, url, picture.width, dialect)
    job.cut()
    return bytes(job.output)


def cut_off(width: int) -> bytes:
    """Bytes that end whatever the printer is in the middle of, and cut off what it has printed of it.

    A printer that waits for the rest of a picture takes the zeros for white; any other ignores them.
    """
    from kiosk.escpos_library import Dummy

    end = Dummy()
    end._raw(bytes(_BAND * (width // 8)))
    end.hw("INIT")
    end.cut()
    return bytes(end.output)


def put(job: "Dummy", picture: Image.Image, dialect: Dialect) -> None:
    """Print `picture` from the left edge on."""
    if dialect.graphics == "columns":
        job._raw(_columns(picture))
        return
    for top in range(0, picture.height, _BAND):
        band = (0, top, picture.width, min(top + _BAND, picture.height))
        job.image(picture.crop(band), impl="bitImageRaster")


def _columns(picture: Image.Image) -> bytes:
    """The picture in strips for ESC *, which every ESC/POS printer knows; lines are as high as a strip meanwhile."""
    header = b"\x1b*\x21" + picture.width.to_bytes(2, "little")
    strips = (header + strip + b"\n" for strip in _strips(picture))
    return b"\x1b3%c" % _STRIP + b"".join(strips) + b"\x1b2"


def _strips(picture: Image.Image) -> Iterator[bytes]:
    """Columns of three bytes, top row first, black set, from left to right."""
    black = ImageChops.invert(picture)
    for top in range(0, picture.height, _STRIP):
        yield black.crop((0, top, picture.width, top + _STRIP)).transpose(Image.Transpose.TRANSPOSE).tobytes()


def put_code(job: "Dummy", text: str, width: int, dialect: Dialect) -> None:
    """Print a QR code in the middle of paper `width` dots wide, unless it would be too small to read."""
    from kiosk import qr_picture

    code = qr_picture.modules(text)
    dots = min(_QR_DOTS, width // (code.width + 4))
    if dots < _QR_SMALLEST:
        return
    job.print_and_feed(1)
    if dialect.qr == "printer" and dialect.graphics == "raster":
        job.set(align="center")
        job.qr(text, native=True, size=dots)
    else:
        image = qr_picture.enlarged(code, dots)
        paper = Image.new("1", (width, image.height), 255)
        paper.paste(image, ((width - image.width) // 2, 0))
        put(job, paper, dialect)
