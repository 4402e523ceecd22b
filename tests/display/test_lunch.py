"""What the voice says about the midday break: twice at most, behind every call, and only where it is needed."""

from datetime import datetime

import pytest

from display.lunch import AGAIN, APART
from moiso.wire.messages import Lunch
from moiso.wire.ports import LinkUp
from tests.display.hall import NOON, ZONE, Hall, cut, service

TAIL = "Số sau vẫn giữ lượt buổi chiều."
BEFORE = f"Trước giờ nghỉ trưa dự kiến gọi đến số A, không bốn năm. {TAIL}"
HALF_PAST = NOON - 1800  # 11:30


def morning(**last: str | None) -> tuple[Hall, list[str]]:
    """A wall at 10:59 that has heard the hub, then a board of 11:00 with the last numbers before the break."""
    hall = Hall()
    hall.hub = HALF_PAST - 1860
    hall.turn(LinkUp(), hall.board(seq=10), hall.beat(10))
    hall.wait(60)
    hall.turn(lunch_board(hall, 11, **last))
    return hall, hall.texts


def lunch_board(hall: Hall, seq: int, *calls, **last: str | None):
    hours = [datetime.fromtimestamp(HALF_PAST + after, ZONE).isoformat() for after in (0, 7200)]
    services = [service(code, 5, last_before_lunch=number) for code, number in last.items()]
    return hall.board(*calls, seq=seq, lunch=Lunch(begins=hours[0], ends=hours[1]), services=services)


def skip_to(hall: Hall, before: float) -> None:
    """Let the hub's clock reach so many seconds before the break, with a beat."""
    hall.turn(after=HALF_PAST - before - hall.hub)
    hall.turn(hall.beat())


def test_the_last_number_is_said_when_it_appears_once():
    hall, texts = morning(A="A045")
    assert texts == [BEFORE]
    hall.wait(300)
    hall.turn(lunch_board(hall, 12, A="A046"))
    hall.wait(300)
    assert texts == [BEFORE]


def test_it_is_said_once_more_ten_minutes_before_with_the_number_of_then():
    hall, texts = morning(A="A045")
    skip_to(hall, AGAIN + 2)
    hall.wait(1)
    assert len(texts) == 1
    hall.turn(lunch_board(hall, 12, A="A047"))
    hall.wait(60)
    assert texts == [BEFORE, BEFORE.replace("bốn năm", "bốn bảy")]
    skip_to(hall, 60)
    hall.wait(50)
    assert len(texts) == 2


def test_a_service_that_comes_late_is_said_by_itself():
    hall, texts = morning(A="A045", B=None)
    hall.wait(60)
    hall.turn(lunch_board(hall, 12, A="A045", B="B012"))
    hall.wait(10)
    assert texts == [BEFORE, f"Trước giờ nghỉ trưa dự kiến gọi đến số B, không một hai. {TAIL}"]


def test_the_second_time_is_not_on_the_heels_of_the_first():
    hall, texts = morning(A=None)
    skip_to(hall, AGAIN + 30)
    hall.turn(lunch_board(hall, 12, A="A045"))
    hall.wait(60)
    assert len(texts) == 1
    skip_to(hall, AGAIN + 30 - APART)
    hall.wait(2)
    assert len(texts) == 2


def test_who_appears_in_the_last_ten_minutes_is_said_once():
    hall, texts = morning(A=None)
    skip_to(hall, AGAIN - 60)
    hall.turn(lunch_board(hall, 12, A="A045"))
    hall.wait(AGAIN - 120)
    assert texts == [BEFORE]


def test_where_nobody_waits_until_after_nothing_is_said():
    hall, texts = morning(A=None, B=None)
    hall.wait(1700)
    assert texts == []


def test_a_service_that_calls_nobody_any_more_is_named_as_such():
    hall, texts = morning(A="A045", B="", C="")
    hall.wait(30)
    assert texts == [BEFORE, "Lĩnh vực B, C, phục vụ sau giờ nghỉ trưa. Số thứ tự vẫn giữ lượt buổi chiều."]


def test_three_services_at_a_time():
    hall, texts = morning(A="A045", B="B012", C="C007", D="D031")
    hall.wait(30)
    three = "A, không bốn năm, B, không một hai, C, không không bảy"
    assert texts == [
        f"Trước giờ nghỉ trưa dự kiến gọi đến số {three}. {TAIL}",
        f"Trước giờ nghỉ trưa dự kiến gọi đến số D, không ba một. {TAIL}",
    ]


def test_calls_go_first_and_are_heard_twice_before_the_break_is_spoken_of():
    hall, texts = morning(A=None)
    hall.turn(hall.called("A001", 12), lunch_board(hall, 13, hall.call("A001", 12), A="A045"))
    hall.wait(4)
    hall.turn(hall.called("A002", 14), hall.called("A003", 15))
    hall.wait(40)
    assert hall.said == ["A001", "A002", "A003", ""]
    assert texts[-2:] == [texts[-3], BEFORE]


def test_a_call_that_comes_while_the_break_is_spoken_of_waits_for_its_end():
    hall, _texts = morning(A="A045")
    hall.turn(hall.called("A001", 12), after=1.0)
    hall.wait(20)
    assert hall.said == ["", "A001"]


def test_a_start_announces_nothing_but_the_second_time():
    hall = Hall()
    hall.hub = HALF_PAST - 1200
    hall.turn(LinkUp(), lunch_board(hall, 11, A="A045"), hall.beat(11))
    hall.wait(AGAIN - 30)
    assert hall.texts == []
    hall.wait(60)
    assert hall.texts == [BEFORE]


def test_a_silent_hub_is_not_spoken_for():
    hall, texts = morning(A=None)
    cut(hall, 6)
    hall.turn(lunch_board(hall, 12, A="A045"))
    assert texts == []
    hall.turn(hall.beat(12))
    assert texts == [BEFORE]


def test_the_break_itself_is_not_spoken_of():
    hall, texts = morning(A=None)
    skip_to(hall, 0)
    hall.turn(lunch_board(hall, 12, A="A045"))
    hall.wait(60)
    assert texts == []


def test_a_suspended_service_is_promised_nothing():
    hall, texts = morning()
    hours = lunch_board(hall, 12).payload
    assert b'"lunch":{' in hours
    lines = [service("A", 5, state="suspended", last_before_lunch="A045")]
    begins, ends = (datetime.fromtimestamp(HALF_PAST + after, ZONE).isoformat() for after in (0, 7200))
    hall.turn(hall.board(seq=12, lunch=Lunch(begins=begins, ends=ends), services=lines))
    hall.wait(30)
    assert texts == []
    assert hall.view().services[0].last_before_lunch is None


def test_tomorrow_it_is_said_again():
    hall, texts = morning(A="A045")
    hall.wait(30)
    hall.hub += 86400
    hours = [datetime.fromtimestamp(HALF_PAST + 86400 + after, ZONE).isoformat() for after in (0, 7200)]
    board = hall.board(
        seq=99, lunch=Lunch(begins=hours[0], ends=hours[1]), services=[service("A", 5, last_before_lunch="A045")]
    )
    hall.turn(hall.beat(99), board)
    assert texts == [BEFORE, BEFORE]


@pytest.mark.parametrize("moment", ["soon", "2026-11-23T11:30:00"])
def test_a_break_without_moments_is_refused_by_its_topic(moment):
    hall, _ = morning(A=None)
    hall.turn(hall.board(seq=12, lunch=Lunch(begins=moment, ends=moment), notices=["Nghỉ"]))
    assert [complaint.topic for complaint in hall.complaints] == ["moiso/1/an-binh/state/board"]
    assert list(hall.view().notices) == []


def test_the_wall_knows_the_hours_of_the_break_in_its_own_zone():
    hall, _ = morning(A="A045")
    lunch = hall.view().lunch
    assert (lunch.begins.strftime("%H:%M"), lunch.ends.strftime("%H:%M")) == ("11:30", "13:30")
    assert not hall.view().on_break
    skip_to(hall, 0)
    assert hall.view().on_break
    skip_to(hall, -7199)
    assert hall.view().on_break
    skip_to(hall, -7200)
    assert not hall.view().on_break
