"""The greeter's page and the pages of typed numbers, before a hub that is a list."""

import re
from pathlib import Path

import pytest

from moiso.wire.messages import Reply, Words
from tests.web.people import House
from tests.web.scenes import PLACE, VI, at, board, heard, service, services, status
from web.greeter import greeter_page, kiosk_first


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_every_service_is_offered_whatever_the_hub_said():
    page = greeter_page(heard(), PLACE, VI, 100.0)
    assert list(page.services) == ["A", "B"]
    assert page.services["B"].name == "Hộ tịch"
    assert page.services["B"].waiting == ""


def test_a_service_tells_its_line_its_wait_and_what_is_wrong_with_it():
    note = {"vi": "còn 5 số", "en": "5 left"}
    view = heard(
        ("state/board", board(service("A", waiting=7), service("B", state="suspended", promise=None))),
        ("state/services", services(service("A", note=note))),
    )
    page = greeter_page(view, PLACE, VI, 100.0)
    assert (page.services["A"].waiting, page.services["A"].promise) == ("7 người chờ", "10–15 phút")
    assert page.services["A"].note == "còn 5 số"
    assert page.services["B"].state == "suspended"
    assert "B-down" in page.frame.rows


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (None, "máy chưa sẵn sàng"),
        (status("lost"), "máy chưa sẵn sàng"),
        (status(paper="ok"), ""),
        (status(paper="out"), "giấy: đã hết"),
    ],
)
def test_a_kiosk_says_why_it_might_not_print(said: dict[str, object] | None, text: str):
    view = heard(*([("status/kiosk-1", said)] if said else []))
    assert greeter_page(view, PLACE, VI, 100.0).kiosks["kiosk-1"].text == text


def test_the_ticket_is_printed_where_the_last_one_was_else_where_it_can_be():
    ready = greeter_page(heard(("status/kiosk-1", status(paper="ok"))), PLACE, VI, 100.0)
    nothing = greeter_page(heard(), PLACE, VI, 100.0)
    assert kiosk_first(ready, "") == "kiosk-1"
    assert kiosk_first(nothing, "") == "none"
    assert kiosk_first(nothing, "kiosk-1") == "kiosk-1"
    assert kiosk_first(ready, "none") == "none"
    assert kiosk_first(ready, "kiosk-9") == "kiosk-1"


def test_a_suspended_service_is_offered_to_be_restored(tmp_path: Path):
    house = House(tmp_path, ("state/board", board(service("A", state="suspended"), service("B"))))
    page = house.signed_in("huong-dan").get("/greeter").text
    assert re.search(r'action="/do/restore-service">(?:(?!</form>).)*value="A"', page, re.DOTALL)
    assert re.search(r'action="/do/suspend-service">(?:(?!</form>).)*value="B"', page, re.DOTALL)


def test_wherever_priority_is_given_the_age_is_named(house: House):
    client = house.signed_in("huong-dan")
    for page in ("/greeter", "/numbers?typed=A012"):
        assert "người cao tuổi (từ 75 tuổi)" in client.get(page).text
    assert "elderly (75 and over)" in client.get("/greeter?lang=en").text


def test_the_greeter_sees_no_reports_of_her_own_and_no_managers_action(house: House):
    page = house.signed_in("huong-dan").get("/greeter").text
    assert "/manage/" not in page


# -- numbers


def test_one_number_and_what_may_be_done_with_it(house: House):
    page = house.signed_in("huong-dan").get("/numbers?typed=a12").text
    assert "<h1>A012</h1>" in page
    assert set(re.findall(r'action="/do/([^"]+)"', page)) == {"return", "reprint", "grant-priority", "void"}
    manager = house.signed_in("quan-ly").get("/numbers?typed=a12").text
    assert set(re.findall(r'action="/do/([^"]+)"', manager)) == {"reprint", "grant-priority", "void"}
    clerk = house.signed_in("cb-01").get("/numbers?typed=a12").text
    assert set(re.findall(r'action="/do/([^"]+)"', clerk)) == {"return", "reprint", "grant-priority"}


def test_digits_alone_ask_which_and_nonsense_is_said(house: House):
    client = house.signed_in("huong-dan")
    page = client.get("/numbers?typed=12").text
    assert 'href="/numbers?typed=A012"' in page
    assert 'href="/numbers?typed=B012"' in page
    assert "Không đọc được số “hello”" in client.get("/numbers?typed=hello").text


def test_a_range_is_previewed_by_the_hub_before_anything_is_done(house: House):
    data = {"ticket": "A041", "tickets": ["A041", "A042", "A044"], "skipped": ["A043"], "preview": True}
    house.said["served-offline"] = Reply(re="x", to="served-offline", status="ok", data=data)
    page = house.signed_in("huong-dan").get("/numbers/range?kind=served&first=A41&last=44").text
    assert house.asked[-1].arguments == {"ticket": "A041", "to": "A044", "preview": True}
    assert "3 số sẽ được ghi là đã phục vụ và không bị gọi nữa: A041, A042, A044." in page
    assert "Bỏ qua: A043." in page
    assert re.search(r'action="/do/served-offline"', page)
    assert 'name="preview"' not in page


def test_numbers_on_paper_are_counted_by_the_page(house: House):
    page = house.signed_in("huong-dan").get("/numbers/range?kind=paper&first=A31&last=36&minutes=20").text
    assert "6 số sẽ vào hàng chờ theo thứ tự số: A031–A036." in page
    assert re.search(r'name="seconds_ago" value="1200.0"', page)
    assert house.asked == []


def test_a_range_that_the_hub_refuses_cannot_be_done(house: House):
    words = Words(vi="Không có số nào.", en="None.")
    house.said["void"] = Reply(re="x", to="void", status="rejected", reason="nothing-in-range", message=words)
    page = house.signed_in("huong-dan").get("/numbers/range?kind=void&first=A31&reason=x").text
    assert "Không có số nào." in page
    assert "/do/void" not in page
    house.said["void"] = None
    assert "/do/void" not in house.signed_in("huong-dan").get("/numbers/range?kind=void&first=A31&reason=x").text


def test_a_clerk_cannot_void_a_range_where_there_are_greeters(house: House):
    page = house.signed_in("cb-01").get("/numbers/range?kind=void&first=A31&reason=x").text
    assert "/do/void" not in page
    assert 'value="void"' not in page
    assert house.asked == []


# -- the paper


def printed(ticket: str, day: str = "2026-11-23", **failed: str) -> tuple[str, dict[str, object]]:
    kind = "ticket-print-failed" if failed else "ticket-printed"
    event = {"log": "k3f9", "seq": 8, "at": at(1), "clock": "synced", "day": day, "type": kind, "v": 1}
    return f"event/{kind}", {**event, "data": {"ticket": ticket, **failed}}


def test_what_became_of_the_paper_is_said_and_the_last_word_holds():
    view = heard(printed("A001"), printed("A002", reason="out"), printed("A003", reason="unknown"), printed("A003"))
    papers = greeter_page(view, PLACE, VI, 100.0).papers
    assert papers["A001"] == papers["A003"].replace("A003", "A001") == "✓ Phiếu A001 đã in xong."
    assert "không in được" in papers["A002"]


def test_yesterdays_papers_are_forgotten_and_old_ones_too():
    view = heard(printed("A001", "2026-11-22"), *(printed(f"B{n:03}") for n in range(1, 60)))
    papers = greeter_page(view, PLACE, VI, 100.0).papers
    assert "A001" not in papers
    assert (len(papers), list(papers)[-1]) == (50, "B059")


def test_whoever_issued_a_ticket_to_be_printed_sees_whether_it_was(tmp_path: Path):
    house = House(tmp_path, printed("A013", reason="out"))
    data = {"ticket": "A013", "service": "A", "ahead": 3, "promise": None, "counters": [1]}
    house.said["issue"] = Reply(re="x", to="issue", status="ok", data=data)
    greeter = house.signed_in("huong-dan")
    led = house.post(greeter, "/do/issue", service="A", print_at="kiosk-1", back="/greeter")
    page = greeter.get(led.location).text
    assert 'data-text="papers.A013">⚠ Phiếu A013 không in được' in page
