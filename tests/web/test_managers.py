import pytest

from moiso.wire.codec import encode
from tests.web.scenes import EN, PLACE, VI, at, beat, board, counter, day, heard, service, status
from web.managers import ManagersPage, managers_page
from web.place import Reader
from web.view import View


def page_of(view: View, now: float = 100.0, reader: Reader = VI) -> ManagersPage:
    return managers_page(view, PLACE.kinds, reader, now)


def test_the_whole_centre_in_five_numbers():
    lines = service("A", waiting=3, longest_since=at(-12)), service("B", waiting=4, longest_since=at(-31))
    counters = [(f"state/counter/{n}", counter(n, state=s)) for n, s in enumerate(("open", "paused", "closed"), 1)]
    view = heard(("state/board", board(*lines)), *counters, ("state/day", day()), ("status/hub", status()))
    totals = page_of(view).totals
    assert (totals.waiting, totals.longest, totals.longest_where) == ("7", "31 phút", "Hộ tịch")
    assert (totals.counters, totals.issued, totals.served) == ("1/3", "40", "31 đã phục vụ")
    assert (totals.devices, totals.devices_where) == ("1/5", "4 thiết bị cần xem")
    assert totals.longest_mark == "too-long"


def test_before_anything_is_heard_nothing_is_claimed():
    totals = page_of(View(PLACE.topics)).totals
    assert [totals.waiting, totals.longest, totals.counters, totals.issued] == ["–"] * 4
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
    ("changes", "notice"),
    [
        ({}, ""),
        ({"training": True}, "NGÀY TẬP HUẤN: các số không có giá trị và không tính vào số liệu"),
        ({"overtime": True}, "Đang phục vụ thêm giờ: không cấp số mới"),
        ({"training": True, "open": False}, "Ngày làm việc chưa mở hoặc đã kết thúc"),
    ],
)
def test_what_is_not_usual_about_the_day_stands_at_the_top(changes: dict[str, bool], notice: str):
    assert page_of(heard(("state/day", day(**changes)))).frame.notice == notice


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
