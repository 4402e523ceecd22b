"""The wall's picture as the front panel loads it: no sharper than it is shown there, a quarter of the bytes."""

import io
from functools import lru_cache
from pathlib import Path

#: So many colours show a wall as it is, soft edges of letters included.
COLOURS = 256


def light(path: Path) -> bytes:
    """The picture in this file as WebP. Raises OSError where there is none."""
    return _light(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _light(path: Path, _version: int) -> bytes:
    """Made once for all panels that are open: it takes a tenth of a second, on a Pi half of one."""
    # A real centre has no front panel: its memory stays free of Pillow.
    from PIL import Image

    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.convert("RGB").save(file, "WEBP", lossless=True, method=2, quality=60)
    return file.getvalue()
