"""What the bytes of a scanner become: ours by its value, anything else by nothing at all."""

import gc
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.scans import HELD, LONGEST, Scanned, Scans
from tests.kiosk.cards import CARDS, IDENTITY

URL = "http://an-binh.local/t"
TOKEN = "6f1c2a90b7e4d358"
OTHER = Scanned("other")
DVC = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc="


def read(*lines: str | bytes, ticket_url: str | None = URL) -> list[Scanned]:
    """What these lines come to, one long after the other."""
    scans = Scans(ticket_url)
    said = (line.encode() if isinstance(line, str) else line for line in lines)
    return [scan for number, line in enumerate(said) for scan in scans.feed(line + b"\r", number * 60.0)]


# -- ours -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [URL, URL + "/"])
def test_the_code_of_our_ticket_is_its_token(url: str):
    assert read(f"{URL}/{TOKEN}", ticket_url=url) == [Scanned("ticket", TOKEN)]


@pytest.mark.parametrize(
    "line",
    [
        f"{URL}/{TOKEN}/x",
        f"{URL}/",
        f"{URL}/001090123456",
        f"{URL}/Nguyễn Văn Thử!!",
        f"http://elsewhere.local/t/{TOKEN}",
        f"http://anxbinh.local/t/{TOKEN}",
        TOKEN,
        "A012",
    ],
)
def test_what_only_looks_like_our_ticket_is_none(line: str):
    assert read(line) == [OTHER]


def test_without_codes_on_tickets_no_address_is_ours():
    assert read(f"{URL}/{TOKEN}", f"{URL}/1.001193", ticket_url=None) == [OTHER, OTHER]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1.001193", "1.001193"),
        ("2.000815.H19", "2.000815"),
        ("1.001612.000.00.00.H01", "1.001612"),
        (DVC + "1.001193", "1.001193"),
        (DVC + "1.001612.000.00.00.H01", "1.001612"),
        (DVC + "2.001159&TT=TAMTRU_01&TT_NAME=%C4%90%C4%83ng", "2.001159"),
        ("https://thutuc.dichvucong.gov.vn/p/home/dvc-tthc-chi-tiet.html?ma_thu_tuc=1.000894", "1.000894"),
        ("http://DICHVUCONG.angiang.GOV.VN/thu-tuc/2.000635", "2.000635"),
        ("http://an-binh.local/p/1.001193", "1.001193"),
        ("Thủ tục đăng ký khai sinh (1.001193)", "1.001193"),
    ],
)
def test_a_procedure_is_its_code_without_the_places_suffix(line: str, code: str):
    assert read(line) == [Scanned("procedure", code)]


@pytest.mark.parametrize(
    "line",
    [
        DVC + "189213",
        DVC + "1.0011934",
        DVC + "1.001193&other=2.000815",
        "https://dichvucong.gov.vn.evil.example/?ma=1.001193",
        "https://evil.example/dichvucong.gov.vn/1.001193",
        "https://user@dichvucong.gov.vn/1.001193",
        "https://evilgov.vn/1.001193",
        "http://an-binh.local.evil.example/p/1.001193",
        "https://example.org/1.001193",
        "giá 1.001193 đồng",
        "Đăng ký khai sinh (1.001193) và kết hôn",
        "1.001193 1.001193",
        "1.00119",
        "1.0011933",
    ],
)
def test_what_names_no_procedure_of_the_state_is_nothing(line: str):
    assert read(line) == [OTHER]


# -- nobody's business ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_a_card_is_a_word_without_a_value(card: str, encoding: str):
    assert read(card.encode(encoding, "replace")) == [OTHER]


@given(st.binary(max_size=2000), st.integers(1, 200))
@example(b"\xff" * 10_000 + b"\r" + IDENTITY.encode(), 64)
def test_whatever_comes_has_a_value_only_in_our_two_shapes(data: bytes, size: int):
    scans, found = Scans(URL), list[Scanned]()
    for number, start in enumerate(range(0, len(data), size)):
        found += scans.feed(data[start : start + size], number * 60.0)
    for scan in [*found, *scans.silence(1e6)]:
        assert re.fullmatch(
            {"other": "", "ticket": "[0-9a-f]{16,64}", "procedure": r"\d\.\d{6}"}[scan.kind], scan.value
        )


def test_nothing_of_a_card_is_left_in_the_reader():
    scans = Scans(URL)
    scans.feed(IDENTITY.encode(), 0.0)
    assert any(b"001090123456" in thing for thing in gc.get_referents(scans) if isinstance(thing, bytearray))
    scans.silence(1.0)
    assert not any(thing for thing in gc.get_referents(scans) if isinstance(thing, bytes | bytearray))


def test_a_line_of_ten_thousand_bytes_is_one_word_and_never_held():
    scans = Scans(URL)
    found = [scan for _ in range(100) for scan in scans.feed(b"1.001193 " * 12, 0.0)]
    assert max(len(thing) for thing in gc.get_referents(scans) if isinstance(thing, bytearray)) <= LONGEST
    assert found + scans.feed(b"\r", 0.0) == [OTHER]
    assert scans.feed(b"1.001193\r", 1.0) == [Scanned("procedure", "1.001193")]


# -- how lines come ---------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.sampled_from([b"\r", b"\n", b"\r\n", b"\t\r"]))
def test_a_line_is_one_scan_however_it_is_cut(sizes: list[int], end: bytes):
    scans, found = Scans(URL), list[Scanned]()
    rest = f"{URL}/{TOKEN}".encode() + end
    for size in sizes:
        found += scans.feed(rest[:size], 0.0)
        rest = rest[size:]
    assert found + scans.feed(rest, 0.0) == [Scanned("ticket", TOKEN)]


def test_a_line_that_ends_with_nothing_is_whole_after_a_silence():
    scans = Scans(URL)
    assert scans.feed(b"1.001193", 0.0) == []
    assert scans.silence(0.2) == [Scanned("procedure", "1.001193")]
    assert scans.silence(0.4) == []


def test_empty_lines_and_what_frames_a_line_are_no_scan():
    assert read("", "\n\n", " \t", b"\0\0") == []
    assert read(b"\x021.001193\x03") == [Scanned("procedure", "1.001193")]


def test_a_half_line_of_a_scanner_that_is_pulled_out_is_none():
    scans = Scans(URL)
    scans.feed(f"{URL}/6f1c2a9".encode(), 0.0)
    scans.forget()
    assert scans.silence(1.0) == []
    assert scans.feed(b"1.001193\r", 2.0) == [Scanned("procedure", "1.001193")]


def test_a_code_that_stays_there_is_one_scan_and_another_one_counts_at_once():
    scans = Scans(URL)
    said = [scans.feed(b"1.001193\r", number * (HELD - 0.5)) for number in range(5)]
    assert said == [[Scanned("procedure", "1.001193")], [], [], [], []]
    now = 4 * (HELD - 0.5)
    assert scans.feed(IDENTITY.encode() + b"\r", now) == [OTHER]
    assert scans.feed(b"1.001193\r", now) == [Scanned("procedure", "1.001193")]
    assert scans.feed(b"1.001193\r", now + HELD) == [Scanned("procedure", "1.001193")]
