"""Draw the page that names what works: findings in, a black and white picture out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from kiosk.drawing import BLACK, WHITE, Mark, Paragraph, paragraph, rule, stack, to_tick

#: Every letter of which a printer's own characters would spoil one.
LETTERS = "Ăă Ââ Đđ Êê Ôô Ơơ Ưư Ấấ Ầầ Ẩẩ Ẫẫ Ậậ Ốố Ồồ Ộộ Ứứ Ừừ Ữữ Ựự Ỹỹ 0123456789"
_DIAGONALS, _BAR = 32, 16


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in words that say what to do. well: None for what cannot be judged from here."""

    words: str
    well: bool | None


@dataclass(frozen=True)
class SelfTestPage:
    """A page's words, every field ready to be read."""

    centre: str
    title: str
    device: str
    at: str
    findings: Sequence[Finding]
    result: str
    look: str


def draw_self_test(page: SelfTestPage, width: int) -> Image.Image:
    """The page as a mode "1" picture `width` dots wide; dots that the head has lost are white lines at its end."""
    head = [
        Paragraph(page.centre, "SemiBold", 30),
        Paragraph(page.title, "ExtraBold", 40, 14),
        Paragraph(page.device, "Bold", 34, 4),
        Paragraph(page.at, "Medium", 28, 4),
    ]
    foot = [
        Paragraph(page.result, "Bold", 36),
        Paragraph(page.look, "Medium", 28, 10),
        Paragraph(LETTERS, "Medium", 28, 6),
    ]
    findings = [to_tick(finding.words, width, _mark(finding.well)) for finding in page.findings]
    upper = [*(paragraph(part, width) for part in head), rule(width), *findings, rule(width)]
    return stack([*upper, *(paragraph(part, width) for part in foot), _whole_head(width)], width)


def _mark(well: bool | None) -> Mark:
    return "" if well is None else "tick" if well else "cross"


def _whole_head(width: int) -> Image.Image:
    """Every dot of the head alone once, along diagonals, then all of them together."""
    image = Image.new("1", (width, 8 + _DIAGONALS + 8 + _BAR), WHITE)
    pen = ImageDraw.Draw(image)
    for x in range(width):
        pen.point((x, 8 + x % _DIAGONALS), fill=BLACK)
    pen.rectangle((0, image.height - _BAR, width - 1, image.height - 1), fill=BLACK)
    return image
