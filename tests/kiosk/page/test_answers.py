from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from kiosk.page.answers import LONGEST, found, leaf, takeaway
from tests.kiosk.page.scenes import BARE, BIRTH, LINKED, RESIDENCE, SITE


def test_a_short_list_is_taken_away_whole_and_ends_with_its_code():
    text = takeaway(BIRTH, "vi", SITE)
    assert text.splitlines()[0] == "Đăng ký khai sinh"
    assert [line[2:] for line in text.splitlines() if line.startswith("- ")] == list(BIRTH.papers)
    assert SITE.hotline in text
    assert text.endswith("(1.001193)")


def test_what_does_not_fit_is_left_out_and_that_is_said():
    text = takeaway(LINKED, "vi", SITE)
    assert len(text.encode()) <= LONGEST
    assert "Giấy tờ số 1 " in text
    assert "Giấy tờ số 14" not in text
    assert SITE.texts["vi"]["qr_rest"] in text
    assert text.endswith("(2.000986)")


def test_a_name_that_fills_the_code_alone_gives_none():
    assert takeaway(changed(BIRTH, papers=("x" * 2000,)), "vi", replace(SITE, centre="x" * 1200)) == ""


def test_done_elsewhere_says_where_and_not_our_number():
    text = takeaway(RESIDENCE, "en", SITE)
    assert "the ward police" in text
    assert SITE.hotline not in text
    row = found(RESIDENCE, "vi", SITE)
    assert (row["service"], row["elsewhere"]) == (None, "Công an phường")


def test_who_reads_a_third_language_is_shown_the_vietnamese_names():
    assert found(BIRTH, "hmn", SITE)["label"] == "Đăng ký khai sinh"


@pytest.mark.parametrize("language", ["vi", "en", "hmn"])
def test_a_procedure_of_which_nothing_is_known_is_still_a_page(language: str):
    page = leaf(BARE, language, SITE)
    assert (page["papers"], page["service_name"], page["elsewhere"]) == ([], "", "")


def test_a_language_without_a_text_takes_the_vietnamese_one():
    site = replace(SITE, texts={**SITE.texts, "hmn": {"title": "Koj tuaj ua dab tsi?"}})
    assert site.text("hmn", "title") == "Koj tuaj ua dab tsi?"
    assert site.text("hmn", "back") == site.texts["vi"]["back"]
    assert site.service("A", "hmn") == "Chứng thực"
