"""The serial line's codec: any noise, any split, and no frame that nobody sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_terminal.frame import MOST, START, Decoder, Frame, Kind, crc, encode

byte = st.integers(0, 255)
frames = st.builds(Frame, st.integers(0, 31), st.sampled_from(Kind), byte, st.binary(max_size=MOST))
noise = st.binary(max_size=40)


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    cut, at = [], 0
    for size in [*sizes, len(data)]:
        cut.append(data[at : at + size])
        at += size
    return cut


def decoded(data: bytes, sizes: list[int] = ()) -> list[Frame]:  # type: ignore[assignment]
    decoder = Decoder()
    return [frame for piece in pieces(data, list(sizes)) for frame in decoder.feed(piece)]


def test_the_checksum_is_the_one_that_catalogues_name():
    assert crc(b"123456789") == 0x29B1


def test_a_frame_as_it_is_sent():
    assert encode(Frame(5, Kind.POLL, 0x10, b"\x7e\x7d\x01")).hex(" ") == "7e 05 02 10 03 7d 5e 7d 5d 01 " + _crc_of(
        b"\x05\x02\x10\x03\x7e\x7d\x01"
    )


def _crc_of(body: bytes) -> str:
    """Bit by bit, as the page describes it."""
    value = 0xFFFF
    for each in body:
        value ^= each << 8
        for _ in range(8):
            value = (value << 1) ^ (0x1021 if value & 0x8000 else 0)
            value &= 0xFFFF
    return value.to_bytes(2, "big").hex(" ")


@given(st.lists(frames, max_size=5), st.lists(st.integers(1, 9), max_size=60))
def test_what_is_sent_is_received_however_it_is_cut(sent, sizes):
    assert decoded(b"".join(map(encode, sent)), sizes) == sent


@given(frames)
def test_the_first_byte_of_a_frame_stands_nowhere_else_in_it(frame):
    assert encode(frame).count(START) == 1


@given(noise, frames, noise, frames, st.lists(st.integers(1, 9), max_size=30))
def test_no_noise_before_a_frame_hides_it(before, first, between, second, sizes):
    got = decoded(before + encode(first) + between + encode(second), sizes)
    assert got[-1] == second
    assert first in got


@given(frames, st.data())
def test_a_frame_with_a_wrong_byte_is_no_frame(frame, data):
    sent = bytearray(encode(frame))
    at, wrong = data.draw(st.integers(0, len(sent) - 1)), data.draw(byte)
    changed = sent[at] != wrong
    sent[at] = wrong
    got = decoded(bytes(sent))
    assert got == ([] if changed else [frame])


def test_no_single_bit_makes_another_frame():
    for frame in (Frame(1, Kind.POLL, 7, b"\x12\x34\x05"), Frame(31, Kind.STATE, 255, b"\x00\x7e\x01\x02\x03\x04")):
        sent = encode(frame)
        for bit in range(8 * len(sent)):
            spoilt = bytearray(sent)
            spoilt[bit // 8] ^= 1 << bit % 8
            assert decoded(bytes(spoilt)) == [], bit


@given(noise)
def test_noise_alone_is_no_frame(data):
    assert decoded(data) == []


@pytest.mark.parametrize("cut", range(1, 13))
def test_half_a_frame_is_waited_for_and_forgotten_when_another_begins(cut):
    frame, decoder = Frame(3, Kind.STATE, 1, b"\x12\x34\x01\x02\x03\x04"), Decoder()
    sent = encode(frame)
    assert decoder.feed(sent[:cut]) == []
    assert decoder.feed(sent[cut:]) == [frame]
    assert decoder.feed(sent[:cut]) == []
    assert decoder.feed(sent) == [frame]


def test_a_longer_frame_than_there_may_be_is_none():
    assert decoded(encode(Frame(1, Kind.POLL, 0, bytes(MOST)))) == [Frame(1, Kind.POLL, 0, bytes(MOST))]
    assert decoded(encode(Frame(1, Kind.POLL, 0, bytes(MOST + 1)))) == []
