import pytest

from kiosk.paper import PaperStatus, asked_for, has_error, is_at_once, is_in_order, paper_status

REPORT = b"\x10\x00\x0c\x0f"  # by itself, when the paper runs out


@pytest.mark.parametrize(
    ("online", "cause", "paper", "status"),
    [
        (0x12, 0x12, 0x12, PaperStatus.OK),
        (0x12, 0x12, 0x1E, PaperStatus.NEAR),
        (0x1A, 0x32, 0x7E, PaperStatus.OUT),
        (0x12, 0x12, 0x72, PaperStatus.OUT),
        (0x1A, 0x16, 0x12, PaperStatus.COVER),
        (0x1A, 0x36, 0x7E, PaperStatus.COVER),
        (0x1A, 0x52, 0x12, PaperStatus.OFFLINE),
    ],
)
def test_answers_add_up(online: int, cause: int, paper: int, status: PaperStatus):
    assert paper_status(online, cause, paper) is status


def test_no_byte_answers_both_kinds_of_question():
    assert not [byte for byte in range(256) if is_at_once(byte) and is_in_order(byte)]


def test_a_jammed_blade_is_told_from_other_errors():
    assert has_error(0x52)
    assert not has_error(0x32)
    assert paper_status(0x1A, 0x52, 0x12, error=0x1A) is PaperStatus.CUTTER
    assert paper_status(0x1A, 0x52, 0x12, error=0x32) is PaperStatus.OFFLINE


@pytest.mark.parametrize(
    ("came", "asked"),
    [
        (b"\x12", b"\x12"),
        (REPORT + b"\x12", b"\x12"),
        (b"\x12" + REPORT + REPORT, b"\x12"),
        (REPORT[:2], b""),
        (b"\x13\x12\x11", b"\x12"),
        (b"\x00\x12", b"\x00\x12"),
    ],
)
def test_what_printers_send_by_themselves_is_no_answer(came: bytes, asked: bytes):
    assert asked_for(came) == asked
