import subprocess
import sys

import pytest

from kiosk.escpos_decode import Kind, Parser, picture, qr_text
from kiosk.layout import draw
from kiosk.ticket_bytes import encode
from tests.kiosk.tickets import LONG, NORMAL

URL = "https://hcc.example.vn/t/A1012?k=Đ3f9"


@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_bytes_hold_the_drawn_ticket_dot_for_dot(width: int):
    drawn = draw(LONG, width)

    printed = picture(list(Parser().feed(encode(drawn))), width)

    assert printed.crop((0, 0, width, drawn.height)).tobytes() == drawn.tobytes()


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
