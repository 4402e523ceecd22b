"""The managers' list of devices: keypads and signs on a serial line, a kiosk's paper and scanner."""

import pytest

from moiso.texts import catalogue
from moiso.wire.messages import Status
from web.devices import device_rows


def row(state: str, **detail: str):
    status = Status(state=state, session="s", role="counter", software="1", detail=detail)  # type: ignore[arg-type]
    return device_rows({"counter-1": "counter"}, {"counter-1": status}, catalogue("vi").text)["counter-1"]


def test_a_keypad_that_does_not_answer_is_a_word_to_the_manager():
    said = row("stopped", keypad="absent", sign="ready")
    assert (said.state, said.detail) == ("stopped", "bộ phím: không trả lời")


def test_a_sign_that_does_not_answer_is_trouble_of_a_unit_that_works():
    said = row("ready", keypad="ready", sign="absent")
    assert (said.state, said.detail) == ("trouble", "bảng số: không trả lời")


def test_all_is_well_and_a_lost_unit_is_just_lost():
    assert (row("ready", keypad="ready").state, row("ready", keypad="ready").detail) == ("ready", "")
    assert row("lost", keypad="two").detail == ""


@pytest.mark.parametrize(
    ("paper", "scanner", "said"),
    [
        ("ok", "absent", "đầu đọc mã: chưa cắm"),
        ("out", "absent", "giấy: đã hết"),
        ("ok", "ready", "giấy: còn"),
    ],
)
def test_a_kiosk_says_what_matters_most(paper: str, scanner: str, said: str):
    assert row("ready", paper=paper, scanner=scanner).detail == said
