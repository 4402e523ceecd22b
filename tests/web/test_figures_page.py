import pytest

from moiso.wire.figures import Share
from tests.web.scenes import EN, TOPICS, VI, figures, heard, line, waits
from web.figures_page import figures_page, minutes, percent
from web.view import View


def test_the_whole_centres_figures():
    total = figures_page(heard(("figures/day", figures(line("A")))), VI, 100.0).total
    assert total.name == "Toàn trung tâm"
    assert (total.issued, total.served, total.waiting, total.absent) == ("40", "31", "5", "2")
    assert (total.inferred, total.inferred_of, total.longest) == ("24%", "8/33", "21 phút")
    assert (total.at_counters, total.void, total.expired) == ("1", "1", "0")


def test_waits_from_issue_and_from_opening_stand_side_by_side():
    total = figures_page(heard(("figures/day", figures())), VI, 100.0).total
    assert (total.issue.mean, total.issue.p90, total.issue.within_15, total.issue.within_15_of) == (
        "8,3", "18,0", "87%", "26/30",
    )  # fmt: skip
    assert (total.opening.mean, total.opening.within_15, total.opening.within_30) == ("4,0", "97%", "100%")


def test_english_has_a_decimal_point():
    assert figures_page(heard(("figures/day", figures())), EN, 100.0).total.issue.mean == "8.3"


def test_services_are_named_in_the_order_they_came():
    page = figures_page(heard(("figures/day", figures(line("B"), line("A"), line("Z")))), VI, 100.0)
    assert [row.name for row in page.services.values()] == ["Hộ tịch", "Chứng thực", "Z"]


def test_without_an_opening_nothing_is_claimed_of_it():
    page = figures_page(heard(("figures/day", figures(opening=None, total=line(from_opening=None)))), VI, 100.0)
    assert (page.total.opening.mean, page.total.opening.within_15) == ("–", "–")
    assert page.opening == "Giờ mở cửa: chưa xác định"


def test_nobody_called_yet():
    nobody = waits(None, 0, 0) | {"p90": None, "within_30": {"part": 0, "whole": 0}}
    total = figures_page(heard(("figures/day", figures(total=line(from_issue=nobody)))), VI, 100.0).total
    assert (total.issue.mean, total.issue.p90, total.issue.within_15, total.issue.within_15_of) == ("–", "–", "–", "")


def test_before_the_first_figures_there_are_none_not_zeros():
    page = figures_page(View(TOPICS), VI, 100.0)
    assert page.upto == "Chưa có số liệu: máy thống kê chưa gửi lần nào."
    assert page.total.issued == page.total.issue.mean == page.total.opening.within_30 == "–"


@pytest.mark.parametrize(
    ("more", "upto", "opening"),
    [
        ({}, "Thứ Hai, 23/11/2026, tính đến 08:00", "Giờ mở cửa theo lịch: 07:30"),
        ({"opening_by": "counter"}, "Thứ Hai, 23/11/2026, tính đến 08:00", "Quầy đầu tiên mở lúc 07:30"),
        ({"open": False}, "Cả ngày Thứ Hai, 23/11/2026 (đã kết thúc lúc 08:00)", "Giờ mở cửa theo lịch: 07:30"),
    ],
)
def test_what_the_figures_cover(more: dict[str, object], upto: str, opening: str):
    page = figures_page(heard(("figures/day", figures(**more))), VI, 100.0)
    assert (page.upto, page.opening) == (upto, opening)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "–"), (0, 9, "0%"), (9, 9, "100%"), (1, 1000, "1%"), (999, 1000, "99%"), (1, 3, "33%"), (2, 3, "67%")],
)
def test_a_share_says_all_or_none_only_when_it_is(part: int, whole: int, shown: str):
    assert percent(Share(part=part, whole=whole)) == shown


def test_minutes():
    assert minutes(None, ",") == "–"
    assert minutes(90.0, ",") == "1,5"
