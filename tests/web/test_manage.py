"""The manager's actions say what they will bring about, in numbers, before anything is done."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from moiso.core.roles import Role
from moiso.wire.messages import Reply
from tests.web.people import HASH, House
from tests.web.scenes import board, counter, day, service
from web.hall import HALL
from web.manage_routes import ACTIONS
from web.person import Account


def a_day(**more: Any) -> dict[str, Any]:
    account = day()["account"] | {"waiting": 15, "held": 3, "absent": 2, "void": 1, "expired": 4, "at_counters": 2}
    return day(account=account | more.pop("account", {}), **more)


HALL_AT_FIVE = (
    ("state/board", board(service("A", waiting=12), service("B", waiting=3, state="suspended"), notices=["Mất điện"])),
    ("state/counter/1", counter(1, services=["A", "B"], ticket="A012", service="A", on_duty="cb-01")),
    ("state/counter/2", counter(2, services=["A"], ticket=None, phase=None)),
    ("state/day", a_day()),
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, *HALL_AT_FIVE)


@pytest.fixture
def manager(house: House) -> FlaskClient:
    return house.signed_in("quan-ly")


def sent(page: str) -> tuple[str, dict[str, list[str]]]:
    """The command of the page's form and what it would send as it stands."""
    form = re.search(r'action="/do/([a-z-]+)[^"]*">(.*?)</form>', page, re.DOTALL)
    assert form
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[2]):
        fields.setdefault(name, []).append(value)
    return form[1], fields


def test_closing_a_day_says_how_many_are_left_and_what_each_choice_does(manager: FlaskClient):
    page = manager.get("/manage/close-day").text
    assert "Đã cấp 40 số: 31 đã phục vụ, 2 vắng mặt, 1 đã huỷ." in page
    assert "18 người còn đang chờ hoặc được giữ chỗ" in page
    assert "2 người đang ở quầy: tính là đã phục vụ." in page
    assert re.findall(r'name="leftover" value="([^"]+)"', page) == ["overtime", "carry-over", "expire"]
    assert "checked" not in page
    assert page.count("required") == 3
    assert sent(page)[0] == "close-day"


def test_a_day_with_nobody_left_asks_nothing(tmp_path: Path):
    house = House(tmp_path, ("state/day", a_day(account={"waiting": 0, "held": 0, "unheard": ["A007", "A009"]})))
    page = house.signed_in("quan-ly").get("/manage/close-day").text
    assert "Không còn ai chờ." in page
    assert "2 số trên giấy chưa nhập: A007, A009" in page
    assert "leftover" not in page


def test_what_makes_no_sense_now_cannot_be_done(tmp_path: Path, manager: FlaskClient):
    assert "/do/" not in manager.get("/manage/open-day").text
    assert "/do/" not in manager.get("/manage/reopen-day").text
    (tmp_path / "other").mkdir()
    shut = House(tmp_path / "other", ("state/day", a_day(open=False))).signed_in("quan-ly")
    assert "/do/" not in shut.get("/manage/close-day").text
    page = shut.get("/manage/reopen-day").text
    assert "4 số đã hết hạn khi kết thúc ngày trở lại đúng chỗ cũ" in page
    assert sent(page)[0] == "reopen-day"
    assert re.findall(r'name="training" value="([^"]*)"( checked)?', shut.get("/manage/open-day").text) == [
        ("", " checked"),
        ("true", ""),
    ]


def test_the_managers_page_offers_what_makes_sense(house: House, manager: FlaskClient):
    page = manager.get("/").text
    assert "/manage/close-day" in page
    assert "/manage/open-day" not in page
    assert all(f"/manage/{action}" in page for action in ACTIONS if action not in {"open-day", "reopen-day"})
    assert "/manage/" not in house.signed_in("cb-01").get("/").text
    assert "/manage/" not in house.browser().get("/").text


def test_suspending_says_who_waits_and_who_is_held(manager: FlaskClient):
    page = manager.get("/manage/suspend-service?service=A").text
    assert "12 người đang chờ A – Chứng thực giữ nguyên số và chỗ" in page
    assert "Người đang ở Quầy 1 được giữ chỗ." in page
    command, fields = sent(page)
    assert (command, fields["service"]) == ("suspend-service", ["A"])


def test_only_what_can_be_suspended_or_restored_is_offered(manager: FlaskClient):
    assert re.findall(r'name="service" value="(.)"', manager.get("/manage/suspend-service").text) == ["A"]
    assert re.findall(r'name="service" value="(.)"', manager.get("/manage/restore-service").text) == ["B"]
    page = manager.get("/manage/restore-service?service=B").text
    assert "3 người chờ B – Hộ tịch lại được gọi theo thứ tự cũ; 1 quầy đang mở" in page


def test_a_notice_shows_what_stands_there_now(manager: FlaskClient):
    page = manager.get("/manage/notice").text
    assert "Màn hình đang hiện: “Mất điện”" in page
    assert 'maxlength="200"' in page
    assert sent(page)[0] == "notice"


def test_moving_services_says_whom_it_leaves_without_a_counter(manager: FlaskClient):
    page = manager.get("/manage/assign?counter=1").text
    assert re.findall(r'name="services" value="(.)" checked', page) == ["A", "B"]
    page = manager.get("/manage/assign?counter=1&services=A").text
    assert "Thôi nhận B – Hộ tịch: 3 người đang chờ và KHÔNG còn quầy nào" in page
    command, fields = sent(page)
    assert (command, fields["counter"], fields["drop"]) == ("assign", ["1"], ["B"])
    assert not {"services", "take"} & fields.keys()
    page = manager.get("/manage/assign?counter=2&services=B").text
    assert "Nhận thêm B – Hộ tịch: 3 người đang chờ." in page
    assert "Thôi nhận A – Chứng thực: 12 người đang chờ, còn 1 quầy khác" in page
    same = manager.get("/manage/assign?counter=1&services=A&services=B").text
    assert "Không có gì thay đổi." in same
    assert "/do/" not in same


def test_what_somebody_else_moved_meanwhile_stays_where_it_is(manager: FlaskClient):
    """Counter 1 served only A when the page before was made; its B came since, and the manager wants no A."""
    assert 'name="before" value="A"' in manager.get("/manage/assign?counter=2").text
    command, fields = sent(manager.get("/manage/assign?counter=1&before=A&services=B").text)
    assert (command, fields["drop"], "take" in fields) == ("assign", ["A"], False)
    command, fields = sent(manager.get("/manage/assign?counter=2&before=A&services=A&services=B").text)
    assert (command, fields["take"], "drop" in fields) == ("assign", ["B"], False)


def test_swapping_a_clerk_names_both_and_says_nothing_of_the_services(house: House, manager: FlaskClient):
    house.accounts.add(Account(id="cb-05", name="Lan", role=Role.CLERK), HASH)
    house.accounts.add(Account(id="cb-06", name="Hoa", role=Role.CLERK, disabled=True), HASH)
    page = manager.get("/manage/swap?counter=1").text
    assert re.findall(r'name="who" value="([^"]+)"', page) == ["cb-01", "cb-05"]
    page = manager.get("/manage/swap?counter=1&who=cb-05").text
    assert "Lan ngồi Quầy 1 đến hết buổi. Thay cho cb-01." in page
    command, fields = sent(page)
    assert (command, fields["counter"], fields["who"]) == ("assign", ["1"], ["cb-05"])
    assert "services" not in fields, "a list that the page saw a moment ago would undo what was moved since"


@pytest.mark.parametrize(
    "address", ["suspend-service?service=Z", "assign?counter=9", "assign?counter=x", "swap?counter=9", "burn"]
)
def test_what_does_not_exist_is_said(manager: FlaskClient, address: str):
    assert manager.get(f"/manage/{address}").status_code == 404


def test_every_action_stands_complete_without_script_and_in_english(manager: FlaskClient):
    for action in ACTIONS:
        page = manager.get(f"/manage/{action}?lang=en")
        assert page.status_code == 200
        assert '<html lang="en">' in page.text
        assert "<script" not in page.text
        assert "style=" not in page.text


def test_before_the_hub_is_heard_every_page_still_stands(tmp_path: Path):
    house = House(tmp_path, ("beat", {"log": "k3f9", "seq": 1, "at": "2026-11-23T08:00:00+07:00", "clock": "synced"}))
    client = house.signed_in("quan-ly")
    for action in (*ACTIONS, "print", "accounts"):
        assert client.get(f"/manage/{action}").status_code == 200
    assert house.latest.page(HALL).day is None


def test_an_action_is_done_and_told_on_the_managers_page(house: House, manager: FlaskClient):
    house.said["assign"] = Reply(re="x", to="assign", status="ok", data=counter(1, services=["A", "C"], label="Quầy 1"))
    command, fields = sent(manager.get("/manage/assign?counter=1&services=A").text)
    led = manager.post(f"/do/{command}", data=fields, headers={"Origin": "http://localhost"})
    assert "Quầy 1 nay phục vụ: A, C." in manager.get(led.location).text
    assert house.asked[-1].arguments["counter"] == 1


def test_the_days_account_balances_on_paper(manager: FlaskClient):
    page = manager.get("/manage/print").text
    for words in ("Thứ Hai, 23/11/2026", "Đã cấp", "31 đã phục vụ", "3 giữ chỗ", "Người lập"):
        assert words in page
