"""A QR code as an SVG picture for the page. Imported late, as kiosk/qr_picture.py."""

from kiosk.drawing import BLACK
from kiosk.qr_picture import modules

#: White around the code, in modules: what the standard asks for.
_QUIET = 4


def qr_svg(text: str) -> str:
    """The QR code of a text, black on white.

    Raises ValueError when the text is too long for any code.
    """
    code = modules(text)
    size, dots = code.width, code.tobytes("raw", "L")
    squares = "".join(f"M{n % size} {n // size}h1v1h-1z" for n, dot in enumerate(dots) if dot == BLACK)
    box, whole = f"{-_QUIET} {-_QUIET}", size + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box} {whole} {whole}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M{box}h{whole}v{whole}h-{whole}z"/><path d="{squares}"/></svg>'
    )
