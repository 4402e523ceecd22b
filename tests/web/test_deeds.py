"""A deed from a form to the hub, and its receipt on the page that people are led to."""

import re
from pathlib import Path
from typing import Any

import pytest

from moiso.core.roles import Role
from moiso.wire.messages import Reply, Words
from tests.web.people import HERE, House
from web.deeds import allowed, arguments
from web.person import Account, Person
from web.receipts import KEPT, Receipts
from web.told import Receipt

EVIL = "<script>alert(1)</script>\"'&"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def ok(command: str, **data: Any) -> Reply:
    return Reply(re="x", to=command, status="ok", data=data)


def no(command: str, sentence: str, **data: Any) -> Reply:
    words = Words(vi=sentence, en=f"EN {sentence}")
    return Reply(re="x", to=command, status="rejected", reason="no", message=words, data=data)


ISSUED = ok(
    "issue",
    ticket="A012",
    service="A",
    ahead=4,
    promise={"low": 10, "high": 15},
    counters=[1],
    day="2026-11-23",
    warning=None,
)


# -- what a form means


@pytest.mark.parametrize(
    ("command", "form", "meant"),
    [
        ("issue", {"service": ["A"], "class": [""], "print_at": [""]}, {"service": "A"}),
        (
            "issue",
            {"service": ["A"], "class": ["elderly"], "print_at": ["kiosk-1"]},
            {"service": "A", "class": "elderly", "priority": True, "print_at": "kiosk-1"},
        ),
        ("issue", {"service": ["A"], "token": ["the form's own"]}, {"service": "A"}),
        ("return", {"ticket": ["A012"], "token": ["the form's own"]}, {"ticket": "A012"}),
        ("issued-offline", {"ticket": ["A031"], "to": ["A036"], "service": ["A"], "seconds_ago": ["1200.0"]},
         {"ticket": "A031", "to": "A036", "service": "A", "seconds_ago": 1200.0}),
        ("assign", {"counter": ["3"], "services": ["A", "B"]}, {"counter": 3, "services": ("A", "B")}),
        ("assign", {"counter": ["3"], "take": ["A", "B"], "drop": ["C"]},
         {"counter": 3, "take": ("A", "B"), "drop": ("C",)}),
        ("open-day", {"training": [""]}, {}),
        ("open-day", {"training": ["true"]}, {"training": True}),
        ("notice", {"text": [""]}, {"text": ""}),
        ("void", {"ticket": ["A012"], "reason": [" in thử "], "token": ["x"], "role": ["manager"]},
         {"ticket": "A012", "reason": "in thử"}),
    ],
)  # fmt: skip
def test_a_form_says_a_command(command: str, form: dict[str, list[str]], meant: dict[str, Any]):
    assert arguments(command, form) == meant


@pytest.mark.parametrize(
    ("command", "form"),
    [
        ("void", {"ticket": ["A012"]}),
        ("close-day", {"leftover": ["whatever"]}),
        ("assign", {"counter": ["x"], "services": ["A"]}),
        ("notice", {"text": ["x" * 201]}),
        ("return", {"ticket": ["A012"], "day": ["23/11"]}),
        ("issued-offline", {"ticket": ["A1"], "service": ["A"], "seconds_ago": ["-5"]}),
    ],
)
def test_what_a_form_cannot_mean_is_said_and_not_asked(house: House, command: str, form: dict[str, list[str]]):
    with pytest.raises(ValueError, match=command):
        arguments(command, form)
    answer = house.post(house.signed_in("quan-ly" if command != "return" else "huong-dan"), f"/do/{command}", **form)
    assert answer.status_code == 400
    assert house.asked == []


def test_clerks_issue_and_void_only_where_there_are_no_greeters():
    more = allowed(Role.CLERK, greeter=False) - allowed(Role.CLERK, greeter=True)
    assert more == {"issue", "void"}
    assert allowed(Role.MANAGER, greeter=False) == allowed(Role.MANAGER, greeter=True)


# -- there and back


def test_a_number_is_given_and_shown_large_to_be_read_out(house: House):
    house.said["issue"] = ISSUED
    client = house.signed_in("huong-dan")
    led = house.post(client, "/do/issue", service="A", print_at="kiosk-1", back="/greeter", press="press-abcd")
    assert led.location == "/greeter?did=press-abcd"
    page = client.get(led.location).text
    assert '<p class="number">A012</p>' in page
    for words in ("Phía trước còn 4 người", "10–15 phút", "máy lấy số kiosk-1"):
        assert words in page
    assert re.search(r'value="kiosk-1" selected', page)


def test_a_form_posted_twice_has_one_id_and_one_receipt(house: House):
    house.said["issue"] = ISSUED
    client = house.signed_in("huong-dan")
    led = [house.post(client, "/do/issue", service="A", press="press-abcd") for _ in range(2)]
    assert {answer.location for answer in led} == {"/?did=press-abcd"}
    assert {ask.id for ask in house.asked} == {"huong-dan:press-abcd"}


def test_every_form_of_a_page_has_a_press_of_its_own_and_another_one_each_time(house: House):
    client = house.signed_in("huong-dan")
    presses = [re.findall(r'name="press" value="([^"]+)"', client.get("/greeter").text) for _ in range(2)]
    assert len(presses[0]) == 3
    assert len(set(presses[0] + presses[1])) == 6


def test_two_people_with_the_same_press_id_do_not_share_it(house: House):
    for name in ("huong-dan", "quan-ly"):
        house.post(house.signed_in(name), "/do/void", ticket="A012", reason="x", press="press-abcd")
    assert [ask.id for ask in house.asked] == ["huong-dan:press-abcd", "quan-ly:press-abcd"]


def test_a_receipt_is_for_its_own_account_only(house: House):
    house.said["issue"] = ISSUED
    house.post(house.signed_in("huong-dan"), "/do/issue", service="A", press="press-abcd")
    assert "A012" in house.signed_in("huong-dan").get("/greeter?did=press-abcd").text
    other = house.signed_in("quan-ly").get("/?did=press-abcd").text
    assert 'class="told"' not in other
    assert 'class="told"' not in house.browser().get("/?did=press-abcd").text


def test_the_hubs_no_is_shown_in_the_readers_language(house: House):
    house.said["close-day"] = no("close-day", "Còn người chờ.", waiting=["A012", "A013", "A014"])
    client = house.signed_in("quan-ly")
    led = house.post(client, "/do/close-day", back="/")
    page = client.get(led.location).text
    assert 'data-good="no"' in page
    assert "Còn người chờ." in page
    assert "A012–A014" in page
    assert "EN Còn người chờ." in client.get(led.location + "&lang=en").text


def test_no_answer_is_unknown_and_asked_again_under_the_same_press(house: House):
    house.said["assign"] = None
    client = house.signed_in("quan-ly")
    led = house.post(client, "/do/assign", counter="3", services=["A", "B"], press="press-abcd", back="/")
    page = client.get(led.location).text
    assert "chưa rõ thao tác đã được thực hiện hay chưa" in page
    form = re.search(r'action="/do/assign">(.*?)</form>', page, re.DOTALL)
    assert form
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form[1])
    assert ("press", "press-abcd") in fields
    again: dict[str, list[str]] = {}
    for name, value in fields:
        again.setdefault(name, []).append(value)
    assert client.post("/do/assign", data=again, headers=HERE).status_code == 303
    assert [(ask.id, dict(ask.arguments)) for ask in house.asked] == [
        ("quan-ly:press-abcd", {"counter": 3, "services": ("A", "B")})
    ] * 2


def test_a_range_can_be_taken_back_by_its_press(house: House):
    house.said["served-offline"] = ok("served-offline", ticket="A041", tickets=["A041", "A042", "A043"], skipped=[])
    client = house.signed_in("huong-dan")
    led = house.post(client, "/do/served-offline", ticket="A041", to="A043", press="press-abcd", back="/numbers/range")
    page = client.get(led.location).text
    assert "Đã ghi 3 số đã phục vụ: A041–A043." in page
    assert 'name="of" value="huong-dan:press-abcd"' in page
    house.post(client, "/do/undo", of="huong-dan:press-abcd")
    assert house.asked[-1].arguments == {"of": "huong-dan:press-abcd"}


def test_people_are_led_back_to_our_own_pages_only(house: House):
    client = house.signed_in("huong-dan")
    for back in ("https://evil.example/x", "//evil.example", "/\\evil"):
        led = house.post(client, "/do/suspend-service", service="A", back=back)
        assert led.location.startswith("/?did=")


def test_the_chosen_language_comes_along(house: House):
    client = house.signed_in("huong-dan")
    led = house.post(client, "/do/suspend-service?lang=en", service="A", back="/greeter", press="press-abcd")
    assert led.location == "/greeter?did=press-abcd&lang=en"


def test_what_people_typed_cannot_become_markup(house: House):
    house.said["void"] = ok("void", ticket=EVIL, tickets=[EVIL])
    house.said["notice"] = ok("notice", text=EVIL)
    client = house.signed_in("quan-ly")
    pages = [client.get(f"/numbers?typed={EVIL}"), client.get(f"/numbers/range?kind=void&first={EVIL}")]
    for command, form in (("void", {"ticket": "A012", "reason": EVIL}), ("notice", {"text": EVIL})):
        pages.append(client.get(house.post(client, f"/do/{command}", back="/", **form).location))
    for page in pages:
        assert "<script>alert" not in page.text


def test_old_receipts_are_forgotten():
    receipts = Receipts()
    me = Person(account=Account(id="a", name="a", role=Role.GREETER), counter=None, key="", csrf="")
    for n in range(KEPT + 1):
        receipts.keep(me, Receipt("void", str(n), {}, None))
    assert receipts.of(me, "0") is None
    assert receipts.of(me, "1") is not None
