import pytest

from kiosk.paper import PaperStatus, is_at_once, is_in_order, paper_status


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
        (None, 0x12, 0x12, PaperStatus.UNKNOWN),
        (0x12, None, 0x12, PaperStatus.UNKNOWN),
        (0x12, 0x12, None, PaperStatus.UNKNOWN),
    ],
)
def test_answers_add_up(online: int | None, cause: int | None, paper: int | None, status: PaperStatus):
    assert paper_status(online, cause, paper) is status


def test_no_byte_answers_both_kinds_of_question():
    assert not [byte for byte in range(256) if is_at_once(byte) and is_in_order(byte)]
