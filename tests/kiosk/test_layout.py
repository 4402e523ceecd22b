import unicodedata
from dataclasses import astuple, replace
from itertools import pairwise

import pytest
from PIL import Image, ImageChops

from kiosk import fonts
from kiosk.drawing import wrap
from kiosk.layout import TicketText, draw
from tests.kiosk.tickets import ALL_AT_ONCE, LONG, NO_PROMISE, NORMAL, SUSPENDED, TRAINING

WIDTHS = (384, 512, 576)
THREE_CENTIMETRES = 240  # at 8 dots per millimetre
RULE = 3  # solid rows of the line above the foot


def runs_of_ink(picture: Image.Image) -> list[int]:
    """Heights of the bands of rows that hold any ink."""
    rows = (picture.crop((0, y, picture.width, y + 1)) for y in range(picture.height))
    inked = "".join("x" if ImageChops.invert(row).getbbox() else " " for row in rows)
    return [len(run) for run in inked.split()]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", ["A012", "1001", "A1012", "B999", "A9001", "M9008", "MM9008"])
def test_the_number_is_three_centimetres_high(width: int, number: str):
    picture = draw(replace(NORMAL, number=number), width)

    assert picture.mode == "1"
    assert picture.width == width
    assert max(runs_of_ink(picture)) >= THREE_CENTIMETRES


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("ticket", [NORMAL, LONG, SUSPENDED, TRAINING, ALL_AT_ONCE])
def test_ink_stays_off_the_edges(width: int, ticket: TicketText):
    left, top, right, bottom = ImageChops.invert(draw(ticket, width)).getbbox() or (0, 0, 0, 0)

    assert left >= 2
    assert right <= width - 2
    assert top >= 0
    assert bottom <= draw(ticket, width).height


@pytest.mark.parametrize("size", [24, 40])
@pytest.mark.parametrize("text", [LONG.centre, LONG.service, "X" * 100, "một " + "dài" * 60])
def test_wrapped_lines_fit_and_lose_no_letter(text: str, size: int):
    font = fonts.load("Bold", size)

    lines = wrap(text, font, 376)

    assert all(font.getlength(line) <= 376 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_new_sentence_begins_a_new_line_when_that_costs_no_more_lines():
    font = fonts.load("Bold", 28)

    assert wrap(SUSPENDED.warning, font, 376) == [
        "Hệ thống đang gián đoạn,",
        "có thể phải chờ lâu hơn.",
        "Số của quý vị vẫn được",
        "giữ nguyên thứ tự.",
    ]


def test_lines_are_balanced_and_keep_no_break_spaces():
    font = fonts.load("Bold", 30)

    assert wrap("Đường dây nóng: 0296\u00a03123\u00a0456", font, 376) == [
        "Đường dây nóng:",
        "0296\u00a03123\u00a0456",
    ]


def test_decomposed_letters_print_like_composed_ones():
    decomposed = TicketText(*(unicodedata.normalize("NFD", field) for field in astuple(LONG)))

    assert astuple(decomposed) != astuple(LONG)
    assert draw(decomposed, 576).tobytes() == draw(LONG, 576).tobytes()


def solid_rows(picture: Image.Image) -> list[int]:
    """The rows that are black from margin to margin."""
    ink = ImageChops.invert(picture)
    rows = (ink.crop((8, y, picture.width - 8, y + 1)) for y in range(picture.height))
    return [y for y, row in enumerate(rows) if not row.histogram()[0]]


def numbers_between_bands(picture: Image.Image) -> int:
    """How often two solid rows have a number between them, and little else."""
    solid = solid_rows(picture)[:-RULE]
    return sum(THREE_CENTIMETRES < low - high < THREE_CENTIMETRES + 60 for high, low in pairwise(solid))


@pytest.mark.parametrize("width", WIDTHS)
def test_training_stands_loudly_above_and_below_the_number(width: int):
    assert numbers_between_bands(draw(NORMAL, width)) == 0
    assert numbers_between_bands(draw(TRAINING, width)) == 1
    assert numbers_between_bands(draw(ALL_AT_ONCE, width)) == 1


def test_an_unknown_promise_leaves_its_line_out():
    assert draw(NO_PROMISE, 576).height < draw(NORMAL, 576).height


@pytest.mark.parametrize("field", TicketText.__dataclass_fields__)
def test_every_field_is_printed(field: str):
    blank = replace(ALL_AT_ONCE, qr_caption="Quét mã")
    changed = replace(blank, **{field: "Ơ7"})

    assert draw(changed, 576).tobytes() != draw(blank, 576).tobytes()
