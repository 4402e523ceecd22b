"""QR codes as pictures. Imported late: the library takes a while to load."""

import qrcode  # type: ignore[import-untyped]  # comes with python-escpos
from PIL import Image

from kiosk.drawing import BLACK, WHITE


def modules(text: str) -> Image.Image:
    """The code of `text`, a dot for each module, without the white around it.

    Raises ValueError when it is too long for any code.
    """
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(text)
    rows = code.get_matrix()
    image = Image.new("1", (len(rows), len(rows)), WHITE)
    image.putdata([BLACK if dark else WHITE for row in rows for dark in row])
    return image


def enlarged(code: Image.Image, dots: int) -> Image.Image:
    """The code with modules of `dots` dots."""
    return code.resize((code.width * dots, code.height * dots), Image.Resampling.NEAREST)
