"""The ESC/POS bytes of a drawn ticket."""

from PIL import Image

_BAND = 960  # rows in one command; printers have small memories
_QR_DOTS = 6  # per module: 0.75 mm, which an old phone reads at arm's length


def encode(picture: Image.Image, url: str | None = None) -> bytes:
    """Bytes that print `picture`, below it `url` as a QR code (drawn by the printer), then feed and cut.

    The paper width is the picture's: nothing is scaled.
    """
    from kiosk.escpos_library import Dummy

    job = Dummy()
    job.hw("INIT")
    for top in range(0, picture.height, _BAND):
        band = (0, top, picture.width, min(top + _BAND, picture.height))
        job.image(picture.crop(band), impl="bitImageRaster")
    if url:
        job.print_and_feed(1)
        job.set(align="center")
        job.qr(url, native=True, size=_QR_DOTS)
    job.cut()
    return bytes(job.output)
