"""What a manager does to accounts at a page, and everybody's own PIN."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from moiso.core.roles import Role
from tests.web.people import PIN, House
from web.person import Account
from web.pins import fits

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def manager(house: House) -> FlaskClient:
    return house.signed_in("quan-ly")


def do(house: House, client: FlaskClient, doing: str, **form: Any) -> str:
    """What the page says after it."""
    answer = house.post(client, f"/manage/accounts/{doing}", **form)
    return client.get(answer.location).text if answer.status_code == 303 else answer.text


def pin_of(page: str) -> str:
    found = re.search(r'<p class="number">(\d{6})</p>', page)
    assert found
    return found[1]


def test_a_new_account_logs_in_with_the_pin_that_is_shown(house: House, manager: FlaskClient):
    page = do(house, manager, "add", account="cb-07", name="Lan", role="clerk", counter="1")
    found = house.accounts.find("cb-07")
    assert found
    assert found[0] == Account(id="cb-07", name="Lan", role=Role.CLERK, counter=1)
    assert house.log_in(house.browser(), "cb-07", pin_of(page)).status_code == 303


def test_posted_twice_is_done_once_and_shows_the_same_pin(house: House, manager: FlaskClient):
    pages = [do(house, manager, "reset", account="cb-01", press="press-abcd") for _ in range(2)]
    assert pin_of(pages[0]) == pin_of(pages[1])
    assert house.log_in(house.browser(), "cb-01", pin_of(pages[0])).status_code == 303


def test_a_reset_logs_everybody_out_who_had_the_old_one(house: House, manager: FlaskClient):
    clerk = house.signed_in("cb-01")
    do(house, manager, "reset", account="cb-01")
    assert clerk.get("/desk").status_code == 303
    assert house.log_in(house.browser(), "cb-01").status_code == 403


def test_role_and_counter_change_at_once(house: House, manager: FlaskClient):
    clerk = house.signed_in("cb-01")
    do(house, manager, "change", account="cb-01", name="Hoa", role="greeter", counter="")
    assert clerk.get("/desk").status_code == 403
    assert clerk.get("/greeter").status_code == 200


def test_a_page_that_is_old_undoes_nothing_that_another_manager_changed(house: House, manager: FlaskClient):
    page = manager.get("/manage/accounts/cb-01").text
    form = re.search(r'action="/manage/accounts/change">(.*?)</form>', page, re.DOTALL)
    assert form
    shown = dict(re.findall(r'<input type="hidden" name="(was_[^"]+)" value="([^"]*)"', form[1]))
    assert shown == {"was_name": "Tên cb-01", "was_role": "clerk", "was_counter": "1"}
    do(house, manager, "change", account="cb-01", name="Tên cb-01", role="greeter", counter="")
    do(house, manager, "change", account="cb-01", name="Hoa", role="clerk", counter="1", **shown)
    found = house.accounts.find("cb-01")
    assert found
    assert found[0] == Account(id="cb-01", name="Hoa", role=Role.GREETER)


def test_a_disabled_account_is_out_and_can_come_back(house: House, manager: FlaskClient):
    clerk = house.signed_in("cb-01")
    assert "Đã ngừng cb-01" in do(house, manager, "disable", account="cb-01")
    assert clerk.get("/desk").status_code == 303
    do(house, manager, "enable", account="cb-01")
    assert house.log_in(house.browser(), "cb-01").status_code == 303


@pytest.mark.parametrize(
    ("doing", "form", "words"),
    [
        ("add", {"account": "Nguyễn Lan", "role": "clerk"}, "không dùng làm mã được"),
        ("add", {"account": "", "role": "clerk"}, "không dùng làm mã được"),
        ("add", {"account": "x" * 41, "role": "clerk"}, "không dùng làm mã được"),
        ("add", {"account": "CB-01", "role": "clerk"}, "Đã có tài khoản"),
        ("add", {"account": "cb-08", "role": "kiosk"}, "Hãy chọn vai trò"),
        ("add", {"account": "cb-08", "role": "clerk", "counter": "99"}, "Hãy chọn vai trò"),
        ("change", {"account": "cb-09", "role": "clerk"}, "Không có tài khoản"),
        ("reset", {"account": "cb-09"}, "Không có tài khoản"),
        ("disable", {"account": "quan-ly"}, "Không thể tự ngừng"),
        ("change", {"account": "quan-ly", "role": "clerk"}, "Không thể tự ngừng"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    house: House, manager: FlaskClient, doing: str, form: dict[str, str], words: str
):
    before = [house.accounts.find(each.id) for each in house.accounts.all()]
    assert words in do(house, manager, doing, **form)
    assert [house.accounts.find(each.id) for each in house.accounts.all()] == before


def test_a_name_cannot_become_markup(house: House, manager: FlaskClient):
    pages = [
        do(house, manager, "add", account="evil", name=EVIL, role="clerk"),
        do(house, manager, "add", account=EVIL),
    ]
    pages += [manager.get("/manage/accounts").text, manager.get("/manage/accounts/evil").text]
    for page in pages:
        assert EVIL not in page


def test_no_pin_and_no_hash_stands_in_the_list(house: House, manager: FlaskClient):
    page = manager.get("/manage/accounts").text
    assert "argon2" not in page
    assert PIN not in page


# -- one's own


def change(house: House, client: FlaskClient, secret: str = PIN, fresh: str = "734512", again: str = "") -> Any:
    return house.post(client, "/pin", secret=secret, fresh=fresh, again=again or fresh)


def test_everybody_changes_the_own_pin_and_only_the_other_browsers_are_out(house: House):
    mine, other = house.signed_in("cb-01"), house.signed_in("cb-01")
    assert "Đã đổi" in change(house, mine).text
    assert mine.get("/desk").status_code == 200
    assert other.get("/desk").status_code == 303
    found = house.accounts.find("cb-01")
    assert found
    assert fits(found[1], "734512")


@pytest.mark.parametrize(
    ("secret", "fresh", "again", "words"),
    [
        ("000001", "734512", "734512", "không đúng"),
        (PIN, "12345", "12345", "quá ngắn"),
        (PIN, "999999", "999999", "dễ đoán"),
        (PIN, "734512", "734513", "không giống nhau"),
    ],
)
def test_a_pin_is_changed_only_by_its_owner_and_for_a_good_one(
    house: House, secret: str, fresh: str, again: str, words: str
):
    answer = change(house, house.signed_in("cb-01"), secret, fresh, again)
    assert answer.status_code == 400
    assert words in answer.text
    assert house.log_in(house.browser(), "cb-01").status_code == 303


def test_guessing_the_old_pin_is_slow_here_too(house: House):
    client = house.signed_in("cb-01")
    answers = [change(house, client, secret=f"{n:06}") for n in range(6)]
    assert "Đã nhập sai nhiều lần" in answers[-1].text
