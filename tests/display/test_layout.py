"""What the wall says and when: flash, paging, grey, idle, waits."""

import itertools
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest

from display import fonts
from display.layout_calls import FLASH_SECONDS
from display.layout_notices import notices
from display.layout_services import wait_text
from display.paint import AMBER, NAVY, RED, YELLOW, Rect, Text
from display.pen import Pen
from display.view import Call, Service
from moiso.texts import catalogue
from tests.display.scenes import BUSY, LONGEST, LUNCH, NOON, SCENES, SIZES, drawn

PEN = Pen(fonts.width, catalogue("vi").text, 1.0)


def lines(picture):
    return [primitive.text for primitive in picture if isinstance(primitive, Text)]


def at_age(seconds):
    return replace(BUSY, call=Call("A025", "Quầy 3", seconds))


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ground(text, picture):
    """The colour behind a text: the last rectangle painted before it that holds its middle."""
    x, y = text.box.x + text.box.w // 2, text.box.y + text.box.h // 2
    before = picture[: picture.index(text)]
    return [
        rect.colour
        for rect in before
        if isinstance(rect, Rect)
        and rect.box.x <= x < rect.box.x + rect.box.w
        and rect.box.y <= y < rect.box.y + rect.box.h
    ][-1]


@pytest.mark.parametrize("name", SCENES)
def test_every_text_stands_out_from_what_is_behind_it(name):
    picture = drawn(SCENES[name])
    for text in picture:
        if isinstance(text, Text):
            light, dark = sorted((luminance(text.colour), luminance(ground(text, picture))), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ticket", ["A025", "A1012", "M9999", "Q001"])
def test_the_number_is_a_fifth_of_the_screen_high_even_on_the_fullest_wall(size, ticket):
    picture = drawn(replace(LONGEST, call=Call(ticket, "Quầy 12", 60)), size)
    number = next(p for p in picture if isinstance(p, Text) and p.text == ticket)
    surface, _ = fonts.glyphs(number.text, number.px, number.weight, number.colour)
    assert surface.get_bounding_rect().h >= size[1] / 5


def test_a_new_call_flashes_slowly_and_then_stands_still():
    steps = [drawn(at_age(tenth / 10)) for tenth in range(int(FLASH_SECONDS * 10) + 1)]
    flips = sum(one != other for one, other in itertools.pairwise(steps))
    assert 4 <= flips <= 2 * 3 * FLASH_SECONDS
    assert drawn(at_age(FLASH_SECONDS)) == drawn(at_age(3600))
    assert lines(steps[0]) == lines(steps[-1])


def test_a_call_pushed_aside_at_once_stays_marked_by_more_than_a_colour():
    def bars(age):
        return len(drawn(replace(BUSY, recent=(Call("B031", "Quầy 2", age),))))

    assert bars(5) == bars(300) + 2


def test_every_recent_call_names_its_counter():
    shown = lines(drawn(BUSY))
    for call in BUSY.recent[:5]:
        assert call.counter in shown[shown.index(call.ticket) + 1 :][:2]


def test_marks_say_priority_recall_and_not_spoken_in_words():
    call = Call("C008", "Quầy 4", 60, priority=True, recall=True, unspoken=True)
    assert {"Ưu tiên", "Gọi lại", "Chưa phát loa"} <= set(lines(drawn(replace(BUSY, call=call))))
    assert not {"Ưu tiên", "Gọi lại", "Chưa phát loa"} & set(lines(drawn(replace(BUSY, recent=()))))


def test_muted_and_trial_are_written_in_the_header():
    assert {"Loa đang tắt", "Chạy thử"} <= set(lines(drawn(replace(BUSY, muted=True, trial=True))))


def services(count):
    return tuple(Service(chr(ord("A") + n), f"Lĩnh vực {n}", n, None, 1) for n in range(count))


def names_at(count, second):
    view = replace(BUSY, services=services(count), now=NOON + timedelta(seconds=second))
    return {line for line in lines(drawn(view)) if line.startswith("Lĩnh vực")}


def test_eight_services_stand_together_for_ever():
    assert len(names_at(8, 0)) == 8
    assert names_at(8, 0) == names_at(8, 8)


def test_more_services_take_turns_every_eight_seconds():
    start = -NOON.timestamp() % 8
    first, second = names_at(9, start), names_at(9, start + 8)
    assert names_at(9, start + 7.9) == first
    assert names_at(9, start + 16) == first
    assert sorted((len(first), len(second))) == [4, 5]
    assert len(first | second) == 9


def test_notices_take_turns():
    view = replace(BUSY, notices=("Một", "Hai"))
    later = replace(view, now=NOON + timedelta(seconds=8))
    assert {line for line in lines(drawn(view)) + lines(drawn(later)) if line in {"Một", "Hai"}} == {"Một", "Hai"}


def test_a_silent_hub_leaves_everything_in_place_grey_under_a_band():
    live, silent = drawn(BUSY), drawn(SCENES["silent"])
    band = "Mất kết nối – số liệu lúc 09:39, mời nghe cán bộ gọi số"
    assert band in lines(silent)
    assert lines(live)[:-3] == [line for line in lines(silent) if line in lines(live)[:-3]]
    coloured = [p for p in silent if len(set(p.colour)) > 1]
    assert all(p.box.y + p.box.h <= 112 for p in coloured)
    assert any(p.colour == AMBER and p.box.w == 1920 for p in coloured)


def test_a_silent_hub_is_not_said_to_have_called_nobody():
    advice = "Chưa có số nào được gọi."
    unknown = replace(SCENES["idle"], data_age=6.0)
    assert any(line.startswith(advice) for line in lines(drawn(SCENES["idle"])))
    assert "Kính chào quý vị" in lines(drawn(unknown))
    assert not any(line.startswith(advice) for line in lines(drawn(unknown)))


def test_an_old_new_call_does_not_hide_the_clock_while_silent():
    assert "09:42" in lines(drawn(SCENES["silent"]))
    assert "Thứ Hai, 23/11/2026" in lines(drawn(SCENES["silent"]))


def test_nobody_called_yet_greets_and_still_says_who_waits():
    shown = lines(drawn(replace(BUSY, call=None, recent=())))
    assert "Kính chào quý vị" in shown
    assert "12 người chờ" in shown
    assert "Vừa gọi" not in shown


@pytest.mark.parametrize(
    ("waiting", "promise", "counters", "said"),
    [
        (12, (10, 20), 3, "khoảng 10–20 phút"),
        (2, (5, 5), 1, "khoảng 5 phút"),
        (1, (0, 5), 1, "dưới 5 phút"),
        (7, None, 1, "–"),
        (7, None, 0, "chưa có quầy mở"),
        (7, (5, 10), 0, "chưa có quầy mở"),
        (0, None, 0, "–"),
    ],
)
def test_the_wait_in_words(waiting, promise, counters, said):
    assert wait_text(Service("A", "Chứng thực", waiting, promise, counters), BUSY, PEN) == said


# -- what holds for a service -----------------------------------------------------------------------------------


def one_service(**more):
    service = replace(Service("A", "Chứng thực", 12, (10, 20), 3), **more)
    return replace(BUSY, services=(service,), notices=())


def test_people_whom_nobody_serves_for_minutes_read_that_there_is_nobody():
    alarmed = one_service(counters_open=0, promise=None, alarm=True)
    assert "chưa có cán bộ" in lines(drawn(alarmed))
    assert "chưa có cán bộ" not in lines(drawn(one_service(counters_open=0, promise=None)))


def test_a_suspended_service_says_so_in_place_of_the_minutes_and_that_nobody_loses_the_turn():
    shown = " ".join(lines(drawn(one_service(suspended=True))))
    assert "Hệ thống gián đoạn, quý vị vẫn giữ lượt" in shown
    assert "10–20" not in shown
    assert "12 chờ" in shown


@pytest.mark.parametrize(
    ("left", "said"), [(None, None), (11, None), (10, "còn 10 số"), (1, "còn 1 số"), (0, "hết số hôm nay")]
)
def test_the_numbers_left_today_are_said_when_they_are_few(left, said):
    notes = [line for line in lines(drawn(one_service(left=left))) if line.startswith(("còn", "hết"))]
    assert notes == ([said] if said else [])
    assert "12 người chờ" in lines(drawn(one_service(left=left)))


def before_lunch(**last):
    services = tuple(Service(code, "Lĩnh vực", 5, (5, 10), 1, last_before_lunch=last[code]) for code in last)
    return replace(BUSY, services=services, lunch=LUNCH, now=LUNCH.begins - timedelta(minutes=9), notices=())


def test_before_the_break_each_service_names_its_last_number_and_the_others_keep_their_minutes():
    shown = lines(drawn(before_lunch(A="A045", B="", C=None)))
    assert "trước nghỉ trưa: đến A045" in shown
    assert "phục vụ sau nghỉ trưa" in shown
    assert shown.count("khoảng 5–10 phút") == 1


def test_before_the_break_the_lower_edge_says_it_in_sentences():
    view = before_lunch(A="A045", B="", C="C007")
    edge = {
        line
        for view in (view, replace(view, now=view.now + timedelta(seconds=8)))
        for line in lines(drawn(view))
        if "giữ lượt" in line
    }
    assert edge == {
        "Trước giờ nghỉ trưa dự kiến gọi đến số A045, C007; số sau vẫn giữ lượt buổi chiều",
        "Lĩnh vực B: phục vụ sau giờ nghỉ trưa, số thứ tự vẫn giữ lượt buổi chiều",
    }


def test_where_nobody_waits_until_after_the_break_nothing_is_said_of_it():
    assert lines(drawn(before_lunch(A=None))) == lines(drawn(replace(before_lunch(A=None), lunch=None)))


# -- the break --------------------------------------------------------------------------------------------------


def on_break(minutes, age):
    now = LUNCH.begins + timedelta(minutes=minutes)
    return replace(BUSY, lunch=LUNCH, now=now, call=Call("A025", "Quầy 3", age), notices=())


def test_during_the_break_the_wall_says_until_when_and_that_numbers_hold():
    shown = lines(drawn(on_break(20, 1300)))
    assert "Trung tâm nghỉ trưa" in shown
    assert "Phục vụ lại từ 13 giờ 30. Số thứ tự vẫn có giá trị." in shown
    assert "Trung tâm nghỉ trưa, phục vụ lại từ 13 giờ 30, số thứ tự vẫn có giá trị" in shown
    assert shown.count("nghỉ trưa đến 13:30") == 3
    assert "A025" not in shown


def test_whoever_is_called_during_the_break_stands_large_and_the_lower_edge_still_says_it():
    shown = lines(drawn(on_break(2, 60)))
    assert "A025" in shown
    assert "Trung tâm nghỉ trưa, phục vụ lại từ 13 giờ 30, số thứ tự vẫn có giá trị" in shown


def test_a_number_of_before_the_break_is_not_named_in_it():
    named = tuple(replace(service, last_before_lunch="A045") for service in BUSY.services)
    assert notices(replace(on_break(2, 60), services=named), PEN) == [
        "Trung tâm nghỉ trưa, phục vụ lại từ 13 giờ 30, số thứ tự vẫn có giá trị"
    ]


def test_after_the_break_all_is_as_before():
    assert "A025" in lines(drawn(on_break(120, 8500)))
    assert not any("nghỉ trưa" in line for line in lines(drawn(on_break(120, 8500))))


@pytest.mark.parametrize(("minute", "said"), [(0, "13 giờ"), (5, "13 giờ 05"), (30, "13 giờ 30")])
def test_hours_as_people_say_them(minute, said):
    view = replace(on_break(20, 1300), lunch=replace(LUNCH, ends=LUNCH.ends.replace(minute=minute)))
    assert f"Phục vụ lại từ {said}. Số thứ tự vẫn có giá trị." in lines(drawn(view))


# -- the day ----------------------------------------------------------------------------------------------------


def test_overtime_is_said_before_what_people_posted():
    view = replace(BUSY, overtime=True, now=NOON - timedelta(seconds=NOON.timestamp() % 16))
    assert "Ngoài giờ: không phát số mới, vẫn phục vụ người đang chờ" in lines(drawn(view))
    assert BUSY.notices[0] in lines(drawn(replace(view, now=view.now + timedelta(seconds=8))))


@pytest.mark.parametrize("size", SIZES)
def test_practice_takes_the_whole_wall(size):
    picture = drawn(SCENES["training"], size)
    title = next(p for p in picture if isinstance(p, Text) and p.text == "TẬP HUẤN – số này không có giá trị")
    assert title.px >= size[1] / 25
    red = [p for p in picture if isinstance(p, Rect) and p.colour == RED]
    assert any(p.box == (0, 0, *size) for p in red)
    assert not any(p.colour == NAVY for p in picture if isinstance(p, Rect) and p.box.w > size[0] / 3)


@pytest.mark.parametrize("name", sorted(set(SCENES) - {"training"}))
def test_a_day_that_is_no_practice_has_no_red(name):
    assert not any(p.colour == RED for p in drawn(SCENES[name]))


# -- taken back -------------------------------------------------------------------------------------------------


def test_a_call_taken_back_stands_large_without_a_counter_and_unlike_a_call():
    picture = drawn(replace(BUSY, call=Call("A026", "", 0.1, withdrawn=True)))
    assert {"A026", "vui lòng chờ"} <= set(lines(picture))
    assert "Mời công dân có số thứ tự" not in lines(picture)
    assert not any(p.colour == YELLOW for p in picture)
    words = next(p for p in picture if isinstance(p, Text) and p.text == "vui lòng chờ")
    assert words.px >= 1080 / 10


def test_a_call_taken_back_among_the_recent_ones_says_so_in_place_of_its_counter():
    shown = lines(drawn(replace(BUSY, recent=(Call("B032", "", 3, withdrawn=True),))))
    assert shown[shown.index("B032") + 1] == "vui lòng chờ"


def test_english_has_a_picture_too():
    assert "about 10–20 minutes" in lines(drawn(BUSY, language="en"))


def test_decomposed_letters_give_the_same_picture():
    decomposed = replace(BUSY, centre=unicodedata.normalize("NFD", BUSY.centre))
    assert drawn(decomposed) == drawn(BUSY)


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (2560, 1440)])
def test_the_same_words_at_every_size(size):
    assert set(lines(drawn(BUSY, size))) == set(lines(drawn(BUSY)))
