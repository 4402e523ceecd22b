"""What stands on a ticket, in Vietnamese and in English."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from kiosk.site_place import letterhead_of
from kiosk.words import LONG_WAIT, read_issued
from moiso.runtime.site import load
from moiso.texts import catalogue
from moiso.wire.codec import BadMessage
from tests.kiosk.front import LETTERHEAD, issued

ENGLISH = replace(LETTERHEAD, text=catalogue("en").text)


def promised(low: int, high: int, letterhead=LETTERHEAD) -> str:
    return letterhead.ticket(read_issued(issued("A012", promise={"low": low, "high": high})), "token").text.promise


def test_a_ticket_says_everything_in_vietnamese():
    receipt = LETTERHEAD.ticket(
        read_issued(issued("B012", ahead=5, counters=[1, 2], promise={"low": 10, "high": 20})), "f3a9"
    )
    text = receipt.text
    assert (receipt.ticket, receipt.url) == ("B012", "http://an-binh.local/t/f3a9")
    assert (text.title, text.number, text.service) == ("SỐ THỨ TỰ", "B012", "Hộ tịch")
    assert text.ahead == "Đang chờ trước: 5 người"
    assert text.promise == "Chờ khoảng 10–20 phút"
    assert text.counters == "Quầy 1, Quầy Hộ tịch"
    assert text.issued == "Lấy số lúc 12:00, 23/11/2026"
    assert text.hotline == "Đường dây nóng: 1900\u00a01234"
    assert text.not_receipt == "Phiếu số thứ tự – không thay Giấy tiếp nhận hồ sơ"
    assert text.qr_caption == "Quét mã để xem lượt của mình"


def test_a_ticket_says_everything_in_english():
    text = ENGLISH.ticket(read_issued(issued("A012", ahead=5)), "f3a9").text
    assert (text.title, text.ahead, text.promise) == (
        "TICKET NUMBER", "People ahead of you: 5", "Wait: at most 5 minutes",
    )  # fmt: skip
    assert (text.issued, text.not_receipt) == (
        "Taken at 12:00, 23/11/2026", "A queue ticket only, not the dossier receipt",
    )  # fmt: skip


def test_the_time_on_the_ticket_is_the_hubs_own():
    at = "2026-11-24T06:59:59.999+07:00"
    assert LETTERHEAD.ticket(read_issued(issued("A001", at=at)), "t").text.issued == "Lấy số lúc 06:59, 24/11/2026"


def test_nobody_ahead_is_said_in_words():
    assert LETTERHEAD.ticket(read_issued(issued("A001", ahead=0)), "t").text.ahead == "Chưa có ai chờ trước"


def test_a_short_wait_is_an_upper_limit_and_a_long_one_a_lower():
    assert promised(0, 5) == "Chờ không quá 5 phút"
    assert promised(5, 10) == "Chờ khoảng 5–10 phút"
    assert promised(40, LONG_WAIT) == "Chờ khoảng 40–60 phút"
    assert promised(40, LONG_WAIT + 5) == "Có thể chờ trên 60 phút"
    assert promised(40, LONG_WAIT + 5, ENGLISH) == "Wait: may exceed 60 minutes"


def test_without_a_promise_nothing_is_promised():
    assert LETTERHEAD.ticket(read_issued(issued("A001", promise=None)), "t").text.promise == ""


def test_a_warning_is_printed_as_the_hub_says_it():
    warning = {"vi": "Hệ thống đang gián đoạn.", "en": "The system is interrupted."}
    assert (
        LETTERHEAD.ticket(read_issued(issued("A001", warning=warning, promise=None)), "t").text.warning == warning["vi"]
    )
    assert LETTERHEAD.ticket(read_issued(issued("A001", warning=None)), "t").text.warning == ""


def test_a_number_for_practice_says_so_and_a_real_one_does_not():
    assert (
        LETTERHEAD.ticket(read_issued(issued("A9001", training=True)), "t").text.training
        == "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ"
    )
    assert LETTERHEAD.ticket(read_issued(issued("A001", training=False)), "t").text.training == ""


def test_without_an_address_for_phones_there_is_no_code_and_no_word_of_it():
    receipt = replace(LETTERHEAD, ticket_url=None).ticket(read_issued(issued("A001")), "t")
    assert (receipt.url, receipt.text.qr_caption) == (None, "")


def test_a_code_that_no_phone_opens_is_not_offered_to_phones():
    receipt = replace(LETTERHEAD, phones=False).ticket(read_issued(issued("A012")), "f3a9")
    assert not receipt.phones
    assert receipt.text.qr_caption == "Nếu lỡ lượt gọi, đưa mã này vào máy đọc của máy lấy số"


@pytest.mark.parametrize("url", [None, "https://so.an-binh.gov.vn/t"])
def test_phones_are_sent_to_no_address_that_the_site_has_not_named(url):
    site = load(Path("examples/normal.toml"))
    site = structs.replace(site, site=structs.replace(site.site, ticket_url=url))
    assert letterhead_of(site, url or "http://fake.example/t").phones is (url is not None)


def test_without_a_hotline_its_line_is_left_out():
    assert replace(LETTERHEAD, hotline="").ticket(read_issued(issued("A001")), "t").text.hotline == ""


def test_what_the_kiosk_does_not_know_is_printed_as_the_hub_says_it():
    text = LETTERHEAD.ticket(read_issued(issued("Z001", counters=[9])), "t").text
    assert (text.service, text.counters) == ("Z", "9")


def test_what_a_newer_hub_adds_is_ignored():
    assert LETTERHEAD.ticket(read_issued(issued("A001", mood="fine")), "t").ticket == "A001"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ticket", None),
        ("ahead", "five"),
        ("at", "noon"),
        ("promise", {"low": 1}),
        ("counters", 3),
        ("service", []),
        ("warning", "soon"),
        ("training", "yes"),
    ],
)
def test_an_answer_that_is_no_ticket_says_what_is_wrong(key, value):
    with pytest.raises(BadMessage, match=r".+"):
        LETTERHEAD.ticket(read_issued(issued("A001") | {key: value}), "t")


@pytest.mark.parametrize("missing", ["ticket", "service", "at", "ahead", "promise", "counters"])
def test_an_answer_that_lacks_something_names_it(missing):
    data = issued("A001")
    del data[missing]
    with pytest.raises(BadMessage, match=missing):
        LETTERHEAD.ticket(read_issued(data), "t")
