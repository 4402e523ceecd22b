import pytest

from moiso.wire.figures import Share
from tests.web.scenes import EN, PLACE, TOPICS, VI, day, figures, heard, line, waits
from web.figures_page import FiguresPage, figures_page, minutes, percent
from web.place import Reader
from web.view import View


def page_of(view: View, reader: Reader = VI) -> FiguresPage:
    return figures_page(view, PLACE.kinds, reader, 100.0)


def share(part: int, whole: int) -> dict[str, int]:
    return {"part": part, "whole": whole}


def test_the_whole_centres_figures():
    total = page_of(heard(("figures/day", figures(line("A"))))).total
    assert total.name == "Toàn trung tâm"
    assert (total.issued, total.served, total.waiting, total.held, total.absent) == ("40", "31", "3", "2", "2")
    assert (total.inferred, total.inferred_of, total.longest) == ("24%", "8/33", "21 phút")
    assert (total.at_counters, total.void, total.expired) == ("1", "1", "0")
    assert (total.dossiers, total.after_hours) == ("45", "3")


def test_outcomes_stand_with_the_share_of_those_that_nobody_said():
    page = page_of(heard(("figures/day", figures(line("A", outcomes={"done": 4}, outcome_unknown=share(0, 4))))))
    assert page.total.outcomes == {
        "done": "9", "accepted": "14", "missing-papers": "2", "elsewhere": "0", "gave-up": "0",
    }  # fmt: skip
    assert (page.total.outcome_unknown, page.total.outcome_unknown_of) == ("19%", "6/31")
    assert (page.services["A"].outcomes["done"], page.services["A"].outcome_unknown) == ("4", "0%")


@pytest.mark.parametrize(
    ("turns", "mean", "of"),
    [((24, 372.0, 8, 900.0), "6,2", "24 lượt"), ((0, None, 8, 900.0), "15,0", "suy ra từ 8 lượt"),
     ((0, None, 0, None), "–", "")],
)  # fmt: skip
def test_inferred_service_times_serve_only_where_there_is_nothing_better(
    turns: tuple[float | None, ...], mean: str, of: str
):
    names = ("turns", "mean", "inferred_turns", "inferred_mean")
    total = page_of(
        heard(("figures/day", figures(total=line(service_time=dict(zip(names, turns, strict=True))))))
    ).total
    assert (total.service_time, total.service_time_of) == (mean, of)


def test_statistics_that_know_nothing_of_these_figures_are_shown_all_the_same():
    old = {
        k: v for k, v in line().items() if k not in {"held", "outcomes", "outcome_unknown", "service_time", "dossiers"}
    }
    total = page_of(heard(("figures/day", figures(total=old)))).total
    assert (total.held, total.outcome_unknown, total.service_time, total.served) == ("0", "–", "–", "31")


def test_a_training_day_has_no_figures():
    page = page_of(heard(("figures/day", figures(training=True, total=line(issued=0), label="training-17"))))
    assert (page.upto, page.opening) == ("Ngày tập huấn: không tính số liệu nào.", "")
    assert (page.total.issued, page.total.outcomes["done"], page.total.issue.mean) == ("–", "–", "–")


def test_what_each_account_did_out_of_the_usual():
    account = day()["account"] | {
        "by_account": {"hoa": {"voids": 2}, "counter-1": {"out_of_order": 3, "priorities": 1}}
    }
    page = page_of(heard(("state/day", day(account=account)), ("figures/day", figures())))
    rows = [(row.name, row.out_of_order, row.priorities, row.voids) for row in page.accounts.values()]
    assert rows == [("Bộ gọi số (counter-1)", "3", "1", "0"), ("hoa", "0", "0", "2")]
    assert page.frame.rows != page_of(heard(("state/day", day()), ("figures/day", figures()))).frame.rows
    assert page_of(heard(("state/day", day(account=account, training=True)))).accounts == {}


def test_waits_from_issue_and_from_opening_stand_side_by_side():
    total = page_of(heard(("figures/day", figures()))).total
    assert (total.issue.mean, total.issue.p90, total.issue.within_15, total.issue.within_15_of) == (
        "8,3", "18,0", "87%", "26/30",
    )  # fmt: skip
    assert (total.opening.mean, total.opening.within_15, total.opening.within_30) == ("4,0", "97%", "100%")


def test_english_has_a_decimal_point():
    assert page_of(heard(("figures/day", figures())), EN).total.issue.mean == "8.3"


def test_services_are_named_in_the_order_they_came():
    page = page_of(heard(("figures/day", figures(line("B"), line("A"), line("Z")))))
    assert [row.name for row in page.services.values()] == ["Hộ tịch", "Chứng thực", "Z"]


def test_without_an_opening_nothing_is_claimed_of_it():
    page = page_of(heard(("figures/day", figures(opening=None, total=line(from_opening=None)))))
    assert (page.total.opening.mean, page.total.opening.within_15) == ("–", "–")
    assert page.opening == "Giờ mở cửa: chưa xác định"


def test_nobody_called_yet():
    nobody = waits(None, 0, 0) | {"p90": None, "within_30": {"part": 0, "whole": 0}}
    total = page_of(heard(("figures/day", figures(total=line(from_issue=nobody))))).total
    assert (total.issue.mean, total.issue.p90, total.issue.within_15, total.issue.within_15_of) == ("–", "–", "–", "")


def test_before_the_first_figures_there_are_none_not_zeros():
    page = page_of(View(TOPICS))
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
    page = page_of(heard(("figures/day", figures(**more))))
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
