import pytest

from moiso.wire.codec import encode
from tests.web.scenes import EN, PLACE, VI, at, beat, board, counter, day, heard, service, status
from web.managers import ManagersPage, managers_page
from web.place import Reader
from web.view import View


def page_of(view: View, now: float = 100.0, reader: Reader = VI) -> ManagersPage:
    return managers_page(view, PLACE.kinds, reader, now)


def test_the_whole_centre_in_six_numbers():
    lines = service("A", waiting=3, longest_since=at(-12)), service("B", waiting=4, longest_since=at(-31))
    counters = [(f"state/counter/{n}", counter(n, state=s)) for n, s in enumerate(("open", "paused", "closed"), 1)]
    view = heard(("state/board", board(*lines)), *counters, ("state/day", day()), ("status/hub", status()))
    totals = page_of(view).totals
    assert (totals.waiting, totals.longest, totals.longest_where) == ("7", "31 phút", "Hộ tịch")
    assert (totals.held, totals.held_where) == ("0", "")
    assert (totals.counters, totals.issued, totals.served) == ("1/3", "40", "31 đã phục vụ")
    assert (totals.devices, totals.devices_where) == ("1/5", "4 thiết bị cần xem")
    assert totals.longest_mark == "too-long"


def test_before_anything_is_heard_nothing_is_claimed():
    totals = page_of(View(PLACE.topics)).totals
    assert [totals.waiting, totals.longest, totals.held, totals.counters, totals.issued] == ["–"] * 5
    assert totals.served == ""


@pytest.mark.parametrize(
    ("minutes", "mark", "remark"),
    [(14, "calm", ""), (15, "long", "chờ quá 15 phút"), (29, "long", "chờ quá 15 phút"),
     (30, "too-long", "chờ quá 30 phút")],
)  # fmt: skip
def test_long_waits_are_marked_in_words_too(minutes: int, mark: str, remark: str):
    row = page_of(heard(("state/board", board(service(longest_since=at(-minutes)))))).services["A"]
    assert (row.longest, row.mark, row.remark) == (f"{minutes} phút", mark, remark)


def test_a_wait_grows_without_a_message_while_the_hub_is_heard():
    view = heard(("state/board", board(service(longest_since=at(-12)))))
    assert page_of(view, now=104.0).services["A"].longest == "12 phút"
    view.take(PLACE.topics.beat, encode(beat(at(1))), 160.0)
    assert page_of(view, now=160.0).services["A"].longest == "13 phút"


def test_people_whom_nobody_serves_are_pointed_out():
    row = page_of(heard(("state/board", board(service(counters_open=0, promise=None))))).services["A"]
    assert (row.mark, row.remark, row.promise) == ("unstaffed", "chưa có quầy phục vụ", "chưa có quầy mở")


@pytest.mark.parametrize(
    ("line", "mark", "remark"),
    [
        ({"state": "suspended", "alarm": True}, "suspended", "hệ thống gián đoạn"),
        ({"state": "suspended", "waiting": 0, "longest_since": None}, "suspended", "hệ thống gián đoạn"),
        ({"counters_open": 0, "alarm": True, "longest_since": at(-40)}, "alarm", "chưa có cán bộ"),
        ({"counters_open": 0, "waiting": 0, "longest_since": None}, "calm", ""),
    ],
)
def test_what_is_worse_than_a_long_wait(line: dict[str, object], mark: str, remark: str):
    row = page_of(heard(("state/board", board(service(**line))))).services["A"]
    assert (row.mark, row.remark) == (mark, remark)


@pytest.mark.parametrize(("left", "words"), [(None, ""), (12, "còn 12 số"), (0, "hết số hôm nay")])
def test_how_many_numbers_the_quota_leaves(left: int | None, words: str):
    assert page_of(heard(("state/board", board(service(left=left))))).services["A"].left == words


ALARMS = [{"service": "A", "waiting": 4, "counters": [1, 2]}, {"service": "B", "waiting": 2, "counters": []}]


def test_an_alarm_says_who_waits_and_which_counters_could_take_them():
    counters = (("state/counter/1", counter(1)), ("state/counter/2", counter(2)))
    page = page_of(heard(*counters, ("state/day", day(alarms=ALARMS))))
    assert page.alarm == (
        "Chứng thực: 4 người chờ mà chưa có cán bộ – Quầy 1, Quầy 2 có thể nhận ngay"
        " · Hộ tịch: 2 người chờ mà chưa có cán bộ – cần mở thêm quầy"
    )
    assert page_of(heard(("state/day", day()))).alarm == ""


def test_whoever_is_held_is_shown_once_whatever_the_number_of_counters():
    account = day()["account"] | {"held": 3}
    counters = (("state/counter/1", counter(1, held=["B001", "A003"])), ("state/counter/2", counter(2, held=["A003"])))
    totals = page_of(heard(*counters, ("state/day", day(account=account)))).totals
    assert (totals.held, totals.held_where) == ("3", "A003, B001")


CLOSED = {
    "carried": ["A041", "A042", "A043", "C002"],
    "unheard": ["B007"],
    "leased": [{"kiosk": "kiosk-1", "service": "A", "from": 700, "to": 719}],
}


def test_what_a_closed_day_left_behind_is_listed():
    page = page_of(heard(("state/day", day(open=False, account=day()["account"] | CLOSED))))
    assert page.closing is not None
    assert (page.closing.carried, page.closing.carried_count) == ("A041–A043, C002", "4")
    assert (page.closing.unheard, page.closing.unheard_count) == ("B007", "1")
    assert page.closing.leased == "kiosk-1 (A 700–719)"
    open_day = page_of(heard(("state/day", day(account=day()["account"] | CLOSED))))
    assert open_day.closing is None
    assert open_day.frame.rows != page.frame.rows


def test_a_day_that_left_nothing_behind_says_so():
    closing = page_of(heard(("state/day", day(open=False)))).closing
    assert closing is not None
    assert (closing.carried, closing.unheard, closing.leased) == ("không có",) * 3


@pytest.mark.parametrize("state", [{"label": None}, {"training": True, "label": "training-3"}])
def test_before_the_first_day_and_after_practice_nothing_was_left_behind(state: dict[str, object]):
    assert page_of(heard(("state/day", day(open=False, **state)))).closing is None


def test_an_empty_line_has_no_longest_wait():
    row = page_of(heard(("state/board", board(service(waiting=0, longest_since=None))))).services["A"]
    assert (row.waiting, row.longest, row.mark) == ("0", "–", "calm")


@pytest.mark.parametrize(
    ("more", "words", "phase"),
    [
        ({"phase": "serving"}, "đang phục vụ từ 07:57 (3 phút)", "serving"),
        ({"phase": "called"}, "gọi lúc 07:57 (3 phút)", "called"),
        ({"phase": None, "ticket": None}, "trống từ 07:57 (3 phút)", "free"),
        ({"phase": None, "ticket": None, "state": "paused"}, "từ 07:57 (3 phút)", "free"),
        ({"phase": None, "ticket": None, "state": "closed", "since": None}, "chưa hoạt động hôm nay", "free"),
    ],
)
def test_what_a_counter_does_and_since_when(more: dict[str, str | None], words: str, phase: str):
    card = page_of(heard(("state/counter/1", counter(**more)))).counters["1"]
    assert (card.phase_text, card.phase) == (words, phase)


def test_a_counter_says_who_is_held_who_is_on_duty_and_that_it_is_silent():
    card = page_of(heard(("state/counter/1", counter(held=["A003", "B001"], on_duty="Hoa")))).counters["1"]
    assert (card.held, card.on_duty, card.state) == ("Đang giữ chỗ: A003, B001", "Trực: Hoa", "open")
    silent = counter(ticket=None, phase=None, idle=True)
    card = page_of(heard(("state/counter/1", silent))).counters["1"]
    assert (card.state, card.state_text, card.held, card.on_duty) == ("idle", "Mở nhưng chưa gọi ai", "", "")


def test_counters_stand_in_order():
    view = heard(*((f"state/counter/{n}", counter(n)) for n in (10, 2, 1)))
    assert list(page_of(view).counters) == ["1", "2", "10"]


@pytest.mark.parametrize(
    ("said", "state", "words", "detail"),
    [
        (None, "unseen", "chưa thấy lần nào", ""),
        (status("ready", paper="ok"), "ready", "sẵn sàng", "giấy: còn"),
        (status("ready", paper="near"), "trouble", "sẵn sàng", "giấy: sắp hết"),
        (status("stopped", paper="out"), "stopped", "đã dừng", "giấy: đã hết"),
        (status("lost"), "lost", "mất kết nối", ""),
        (status("ready", paper={"deep": []}), "ready", "sẵn sàng", ""),
        (status("ready", paper="<b>"), "ready", "sẵn sàng", ""),
    ],
)
def test_devices_and_their_paper(said: dict[str, object] | None, state: str, words: str, detail: str):
    view = heard(("status/kiosk-1", said)) if said else heard()
    row = page_of(view).devices["kiosk-1"]
    assert (row.state, row.state_text, row.detail) == (state, words, detail)


def test_a_device_that_site_toml_does_not_know_is_shown_last():
    rows = page_of(heard(("status/alien", status()))).devices
    assert list(rows)[-1] == "alien"
    assert rows["alien"].name == "Thiết bị alien"


def test_the_silence_of_the_hub_is_said_with_the_age_of_the_data():
    view = heard(("state/board", board(service())))
    assert page_of(view, now=105.0).frame.silence == ""
    assert page_of(view, now=105.1).frame.silence == "Mất kết nối với máy chủ hàng chờ – số liệu lúc 08:00"
    assert page_of(view, 105.1, EN).frame.silence == "Connection to the queue server lost – figures of 08:00"


def test_a_hub_never_heard_is_said_so():
    assert page_of(View(PLACE.topics)).frame.silence == "Chưa nhận được tín hiệu của máy chủ hàng chờ"


def test_a_day_that_people_must_decide_on_is_said():
    page = page_of(heard(("state/day", day(ask=True))))
    assert page.frame.notice.startswith("Cần người quyết định: ngày làm việc Thứ Hai, 23/11/2026")


@pytest.mark.parametrize(
    ("changes", "training", "notice"),
    [
        ({}, "", ""),
        ({"training": True}, "NGÀY TẬP HUẤN: các số không có giá trị và không tính vào số liệu", ""),
        ({"overtime": True}, "", "Đang phục vụ thêm giờ: không cấp số mới"),
        (
            {"overtime": True, "leftover": ["A041", "A042", "A043", "B007"]}, "",
            "Đang phục vụ thêm giờ: không cấp số mới, còn 4 người cần phục vụ (A041–A043, B007)",
        ),
        ({"training": True, "open": False}, "", "Ngày làm việc chưa mở hoặc đã kết thúc"),
    ],
)  # fmt: skip
def test_what_is_not_usual_about_the_day_stands_at_the_top(changes: dict[str, object], training: str, notice: str):
    frame = page_of(heard(("state/day", day(**changes)))).frame
    assert (frame.training, frame.notice) == (training, notice)


def test_a_training_day_is_called_so():
    assert page_of(heard(("state/day", day(label="training-17", training=True)))).frame.day == "Ngày tập huấn"


def test_lunch_stands_at_the_top():
    lunch = {"begins": "2026-11-23T11:30:00+07:00", "ends": "2026-11-23T13:00:00+07:00"}
    notice = page_of(heard(("state/board", board(lunch=lunch, notices=["Họp giao ban"])))).frame.notice
    assert notice == "Nghỉ trưa 11:30–13:00, mọi người giữ nguyên thứ tự · Họp giao ban"


def test_notices_and_a_closed_day_stand_at_the_top():
    page = page_of(heard(("state/board", board(notices=["Nghỉ trưa"])), ("state/day", day(open=False))))
    assert page.frame.notice == "Ngày làm việc chưa mở hoặc đã kết thúc · Nghỉ trưa"


def test_the_page_speaks_the_readers_language():
    view = heard(("state/board", board(service())), ("state/counter/1", counter()))
    page = page_of(view, reader=EN)
    assert (page.services["A"].name, page.services["A"].promise) == ("Certified copies", "10–15 min")
    assert page.counters["1"].state_text == "Open"


def test_a_new_row_has_the_page_reload():
    one, two = heard(("state/board", board(service("A")))), heard(("state/board", board(service("A"), service("B"))))
    assert page_of(one).frame.rows != page_of(two).frame.rows
