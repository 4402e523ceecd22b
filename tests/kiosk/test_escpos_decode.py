from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.escpos_decode import Command, Kind, Parser, picture
from kiosk.layout import draw
from kiosk.ticket_bytes import encode
from tests.kiosk.tickets import NORMAL

TICKET = encode(draw(NORMAL, 384), "https://hcc.example.vn")
QUESTION_IN_A_PICTURE = b"\x1dv0\x00\x03\x00\x02\x00" + b"\x10\x04\x01" + b"\x1dV\x00"


def test_a_picture_may_hold_the_bytes_of_a_question_and_a_cut():
    commands = list(Parser().feed(QUESTION_IN_A_PICTURE))

    assert [command.kind for command in commands] == [Kind.RASTER]


@given(st.lists(st.integers(0, len(TICKET)), max_size=8))
def test_pieces_make_the_same_commands_as_the_whole(cuts: list[int]):
    edges = [0, *sorted(cuts), len(TICKET)]
    parser = Parser()

    pieces = [command for a, b in pairwise(edges) for command in parser.feed(TICKET[a:b])]

    assert pieces == list(Parser().feed(TICKET))
    assert b"".join(command.raw for command in pieces) == TICKET


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_decoder(data: bytes):
    commands = list(Parser().feed(data))

    assert b"".join(command.raw for command in commands) == data[: sum(len(command.raw) for command in commands)]
    assert picture(commands, 384).width == 384


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\x1b@", Kind.RESET),
        (b"\x1ba\x01", Kind.ALIGN),
        (b"\x1bd\x06", Kind.FEED),
        (b"\x1dV\x00", Kind.CUT),
        (b"\x1dVB\x00", Kind.CUT),
        (b"\x1dr\x01", Kind.ASK_IN_ORDER),
        (b"\x10\x04\x04", Kind.ASK_AT_ONCE),
        (b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", Kind.FORGET),
        (b"\x1b*\x21\x02\x00\x01\x02\x03\x04\x05\x06", Kind.COLUMNS),
        (b"Quay 3", Kind.TEXT),
    ],
)
def test_each_command_is_one_command(raw: bytes, kind: Kind):
    assert list(Parser().feed(raw)) == [Command(kind, raw)]
