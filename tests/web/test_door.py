"""The login, the session and the token, as a browser and as somebody who is no browser meet them."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from moiso.core.roles import Role
from moiso.wire.messages import Reply, Words
from tests.web.people import COOKIE, HERE, JSON, PIN, House
from web.login_routes import local
from web.pins import hashed

EVIL = "<script>alert(1)</script>\"'&"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.mark.parametrize(("name", "home"), [("cb-01", "/clerk"), ("huong-dan", "/greeter"), ("quan-ly", "/")])
def test_a_login_leads_to_the_page_of_the_role(house: House, name: str, home: str):
    answer = house.log_in(house.browser(), name)
    assert (answer.status_code, answer.location) == (303, home)


def test_a_login_leads_back_to_where_one_came_from(house: House):
    client = house.browser()
    asked = client.get("/desk?lang=en&x=1")
    assert asked.status_code == 303
    page = client.get(asked.location)
    assert '<html lang="en">' in page.text
    way = re.search(r'name="next" value="([^"]+)"', page.text)
    assert way
    assert house.log_in(client, next=way[1].replace("&amp;", "&")).location == "/desk?lang=en&x=1"
    assert client.get("/desk").text == "counter 1"


@pytest.mark.parametrize(
    "way",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "/a\\b", "/a\r\nb", "evil", "", "///x"],
)
def test_a_login_never_leads_elsewhere(house: House, way: str):
    assert local(way) == ""
    assert house.log_in(house.browser(), next=way).location == "/clerk"


def test_the_cookie_is_for_http_and_this_site_only(house: House):
    header = house.log_in(house.browser()).headers["Set-Cookie"]
    assert header.startswith(f"{COOKIE}=")
    assert "HttpOnly" in header
    assert "SameSite=Strict" in header
    assert "Path=/" in header
    assert "Domain" not in header


def test_a_token_that_somebody_laid_there_is_not_taken_over(house: House):
    client = house.browser()
    client.set_cookie(COOKIE, "laid-there-by-somebody")
    house.log_in(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie
    assert cookie.value != "laid-there-by-somebody"
    stranger = house.browser()
    stranger.set_cookie(COOKIE, "laid-there-by-somebody")
    assert stranger.get("/desk").status_code == 303


def test_a_second_login_makes_a_new_token_and_ends_the_old_one(house: House):
    client, stranger = house.signed_in(), house.browser()
    old = client.get_cookie(COOKIE)
    assert old
    house.log_in(client, "quan-ly")
    new = client.get_cookie(COOKIE)
    assert new
    assert new.value != old.value
    stranger.set_cookie(COOKIE, old.value)
    assert stranger.get("/desk").status_code == 303


def test_a_wrong_pin_is_said_in_the_readers_language_and_nothing_is_set(house: House):
    answer = house.log_in(house.browser(), secret="000001")
    assert answer.status_code == 403
    assert "Tài khoản hoặc mã PIN không đúng" in answer.text
    assert 'value="cb-01"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_hundred_guesses_let_nobody_in_and_disturb_nobody(house: House):
    guesser, colleague = house.browser(), house.signed_in("cb-01")
    answers = [house.log_in(guesser, "quan-ly", f"{n:06}") for n in range(100)]
    assert {answer.status_code for answer in answers} == {403}
    assert "sau 15 phút" in answers[-1].text
    assert "bộ phím ở quầy vẫn gọi số" in answers[-1].text.lower()
    assert colleague.get("/desk").text == "counter 1"
    assert post(house, colleague).json == {"status": "ok", "reason": None, "message": None, "data": {}}
    assert house.log_in(house.browser(), "huong-dan").status_code == 303


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_nobody_is_logged_in_from_a_foreign_page(house: House, headers: dict[str, str]):
    answer = house.browser().post("/login", data={"account": "cb-01", "secret": PIN}, headers=HERE | headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def post(house: House, client, headers: dict[str, str] = JSON, **form: str):  # type: ignore[no-untyped-def]
    return client.post(
        "/desk/press", data={"token": house.token(client), "press": "0123456789abcdef", **form}, headers=headers
    )


def test_a_press_goes_out_in_the_sessions_name(house: House):
    client = house.signed_in()
    assert post(house, client, role="manager", clerk="quan-ly", counter="7", account="quan-ly").status_code == 200
    (ask,) = house.asked
    assert (ask.command, ask.id) == ("recall", "cb-01:0123456789abcdef")
    assert (ask.person.role, ask.person.counter) == (Role.CLERK, 1)


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_no_press_without_the_sessions_token(house: House, token: str):
    client = house.signed_in()
    for wrong in (token, house.guard.token, house.token(house.signed_in())):
        assert post(house, client, token=wrong).status_code == 403
    assert house.asked == []


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "same-site"}])
def test_no_press_from_a_foreign_page_even_with_the_token(house: House, headers: dict[str, str]):
    assert post(house, house.signed_in(), JSON | headers).status_code == 403
    assert house.asked == []


@pytest.mark.parametrize("press", ["", "short", "x" * 24, "with space1", "a:b:c:d:e", "ê" * 9])
def test_no_press_without_an_id_of_its_own(house: House, press: str):
    assert post(house, house.signed_in(), press=press).status_code == 400
    assert house.asked == []


def test_a_session_that_ended_before_the_press_is_said_to_the_script(house: House):
    client = house.signed_in()
    house.accounts.reset("cb-01", hashed("734512"))
    answer = post(house, client)
    assert (answer.status_code, answer.json["reason"]) == (401, "signed-out")
    assert "chưa được thực hiện" in answer.json["message"]
    assert answer.json["data"] == {"login": "/login?next=%2Fdesk&expired=1"}
    assert "Phiên làm việc đã hết hạn" in client.get(answer.json["data"]["login"]).text
    assert house.asked == []


def test_a_role_that_changed_meanwhile_counts_at_once(house: House):
    client = house.signed_in()
    account, _ = house.accounts.find("cb-01") or (None, "")
    assert account
    house.accounts.change(replace(account, role=Role.GREETER))
    answer = post(house, client)
    assert (answer.status_code, answer.json["reason"]) == (403, "not-allowed")
    assert "Trang này dành cho cán bộ" in answer.json["message"]
    assert "người hướng dẫn" in answer.json["message"]
    page = client.get("/desk?lang=en")
    assert page.status_code == 403
    assert "This page is for: clerk" in page.text
    assert house.asked == []


def test_a_disabled_account_is_out_in_the_middle_of_it(house: House):
    client = house.signed_in()
    account, _ = house.accounts.find("cb-01") or (None, "")
    assert account
    house.accounts.change(replace(account, disabled=True))
    assert post(house, client).status_code == 401
    assert house.log_in(house.browser()).status_code == 403


def test_logged_out_is_out_for_good(house: House):
    client = house.signed_in()
    cookie, token = client.get_cookie(COOKIE), house.token(client)
    assert cookie
    assert client.post("/logout", data={"token": token}, headers=HERE).status_code == 303
    assert client.get_cookie(COOKIE) is None
    client.set_cookie(COOKIE, cookie.value)
    assert client.get("/desk").status_code == 303


def test_nobody_is_logged_out_by_a_foreign_page_and_never_by_a_get(house: House):
    client = house.signed_in()
    assert client.post("/logout", data={"token": "wrong"}, headers=HERE).status_code == 403
    assert client.get("/logout").status_code == 405
    assert client.get("/desk").status_code == 200


def test_a_hub_that_says_no_is_heard_in_the_readers_language(house: House):
    words = Words(vi="Quầy chưa gọi ai.", en="Nobody is called.")
    house.said["recall"] = Reply(
        re="x", to="recall", status="rejected", reason="nobody-here", message=words, data={"a": 1}
    )
    client = house.signed_in()
    answer = post(house, client)
    assert (answer.status_code, answer.json["message"]) == (200, "Quầy chưa gọi ai.")
    assert (answer.json["status"], answer.json["reason"], answer.json["data"]) == ("rejected", "nobody-here", {"a": 1})
    assert post(house, client, JSON | {"Accept-Language": "en"}).json["message"] == "Nobody is called."


def test_a_hub_that_says_nothing_leaves_it_unknown(house: House):
    house.said["recall"] = None
    answer = post(house, house.signed_in())
    assert (answer.status_code, answer.json["status"], answer.json["reason"]) == (504, "unknown", "no-answer")
    assert "chưa rõ" in answer.json["message"]


def test_names_of_accounts_cannot_become_markup(house: House):
    account, secret_hash = house.accounts.find("cb-01") or (None, "")
    assert account
    house.accounts.add(replace(account, id="evil", name=EVIL), secret_hash)
    client = house.signed_in("evil")
    house.log_in(client, EVIL)
    for text in (client.get("/login").text, client.get("/").text, house.log_in(house.browser(), EVIL).text):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_the_pages_that_everybody_reads_stay_open(house: House):
    client = house.browser()
    assert client.get("/").status_code == client.get("/figures").status_code == client.get("/login").status_code == 200
    assert "Đăng nhập" in client.get("/").text
    page = house.signed_in().get("/").text
    assert "Đăng xuất" in page
    assert "cb-01" in page


def test_disabled_accounts_are_not_offered(house: House):
    account, _ = house.accounts.find("cb-01") or (None, "")
    assert account
    house.accounts.change(replace(account, disabled=True))
    text = house.browser().get("/login").text
    assert "huong-dan" in text
    assert "cb-01" not in text


def test_the_card_for_a_new_clerk_is_for_anybody(house: House):
    for client, back in ((house.browser(), "/"), (house.signed_in(), "/clerk"), (house.signed_in("quan-ly"), "/")):
        page = client.get("/clerk/card")
        assert page.status_code == 200
        assert f'<p class="tools"><a href="{back}">' in page.text
    assert 'href="/clerk/card"' in house.signed_in("quan-ly").get("/manage/accounts").text


STREAM = {"Accept": "text/event-stream"}


def test_a_panels_stream_is_that_of_a_counter_that_exists(house: House):
    client = house.signed_in()
    for counter, code in (("1", 200), ("none", 200), ("99", 404)):
        answer = client.get(f"/clerk/live?counter={counter}", headers=STREAM, buffered=False)
        assert (counter, answer.status_code) == (counter, code)
        answer.close()


@pytest.mark.parametrize(("name", "says"), [("", "session is over"), ("huong-dan", "for: clerk")])
def test_a_panels_stream_says_why_there_is_none(house: House, name: str, says: str):
    client = house.signed_in(name) if name else house.browser()
    answer = client.get("/clerk/live?lang=en&counter=1", headers=STREAM)
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert "event: barred\n" in answer.text
    assert says in answer.text
    assert '"login":"/login?next=' in answer.text
