import subprocess
import sys

import pytest
from PIL import Image, ImageChops

from kiosk.escpos_decode import Kind, Parser, picture, qr_text
from kiosk.layout import draw
from kiosk.printer import Dialect
from kiosk.ticket_bytes import cut_off, encode
from tests.kiosk.tickets import LONG, NORMAL

URL = "https://hcc.example.vn/t/A1012?k=Đ3f9"


@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_bytes_hold_the_drawn_ticket_dot_for_dot(width: int):
    drawn = draw(LONG, width)

    printed = picture(list(Parser().feed(encode(drawn))), width)

    assert printed.crop((0, 0, width, drawn.height)).tobytes() == drawn.tobytes()


@pytest.mark.parametrize("width", [384, 512, 576])
def test_strips_of_columns_hold_the_drawn_ticket_dot_for_dot(width: int):
    drawn = draw(LONG, width)

    commands = list(Parser().feed(encode(drawn, dialect=Dialect("columns"))))

    assert Kind.RASTER not in {command.kind for command in commands}
    assert picture(commands, width).crop((0, 0, width, drawn.height)).tobytes() == drawn.tobytes()


@pytest.mark.parametrize("dialect", [Dialect("raster", "drawn"), Dialect("columns", "printer")])
def test_a_drawn_code_is_the_one_that_the_printer_would_draw(dialect: Dialect):
    drawn = draw(NORMAL, 384)
    by_printer = list(Parser().feed(encode(drawn, URL)))

    commands = list(Parser().feed(encode(drawn, URL, dialect)))

    assert qr_text(commands) is None
    assert ink(picture(commands, 384), drawn.height) == ink(picture(by_printer, 384), drawn.height)


def ink(printed: Image.Image, below: int) -> bytes:
    code = ImageChops.invert(printed.crop((0, below, printed.width, printed.height)))
    return code.crop(code.getbbox()).tobytes()


@pytest.mark.parametrize(("letters", "module"), [(10, 6), (600, 4)])
def test_a_long_code_has_smaller_modules(letters: int, module: int):
    commands = list(Parser().feed(encode(draw(NORMAL, 384), "x" * letters)))

    assert [c.raw[7] for c in commands if c.kind is Kind.TWO_D_CODE and c.raw[6] == 67] == [module]


def test_a_code_too_small_to_read_is_left_out():
    assert qr_text(list(Parser().feed(encode(draw(NORMAL, 384), "x" * 2000)))) is None


@pytest.mark.parametrize("sent", [1, 9, 100, 5000, 9200])
def test_a_printer_in_the_middle_of_anything_is_ready_after_the_cut(sent: int):
    parser = Parser()
    list(parser.feed(encode(draw(NORMAL, 576))[:sent]))

    commands = list(parser.feed(cut_off(576) + encode(draw(NORMAL, 576))))

    cut = next(index for index, command in enumerate(commands) if command.kind is Kind.CUT)
    assert b"".join(command.raw for command in commands[cut + 1 :]) == encode(draw(NORMAL, 576))


def test_a_ticket_ends_with_one_cut():
    commands = list(Parser().feed(encode(draw(NORMAL, 576), URL)))

    assert commands[0].kind is Kind.RESET
    assert [command.kind for command in commands].count(Kind.CUT) == 1
    assert commands[-1].kind is Kind.CUT


def test_the_qr_code_says_the_address():
    assert qr_text(list(Parser().feed(encode(draw(NORMAL, 384), URL)))) == URL


def test_without_an_address_there_is_no_qr_code():
    assert qr_text(list(Parser().feed(encode(draw(NORMAL, 384))))) is None


def test_encoding_is_quiet_and_leaves_no_directory_behind(tmp_path):
    script = "from PIL import Image; from kiosk.ticket_bytes import encode; encode(Image.new('1', (384, 8), 1))"
    run = subprocess.run(
        [sys.executable, "-c", script], env={"TMPDIR": str(tmp_path)}, capture_output=True, check=True, text=True
    )

    assert run.stdout + run.stderr == ""
    assert list(tmp_path.iterdir()) == []
