from pathlib import Path

import pytest

from kiosk.page.lists import Lists
from kiosk.ports import PrintList
from kiosk.sheets import Sheet, SheetPrinted
from tests.kiosk.page.scenes import BIRTH, SITE, finder


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(SITE, finder(tmp_path), scanner=True)


@pytest.mark.parametrize(
    ("language", "label", "papers"),
    [("en", "Birth registration", BIRTH.papers_en), ("hmn", "Đăng ký khai sinh", BIRTH.papers)],
)
def test_a_list_is_in_the_language_of_the_page(lists: Lists, language: str, label: str, papers: tuple[str, ...]):
    sheet = lists.sheet(PrintList("p1", "1.001193", language))
    assert isinstance(sheet, Sheet)
    assert (sheet.press, sheet.text.label) == ("p1", label)
    assert sheet.text.papers == papers
    assert sheet.code.endswith("(1.001193)")


def test_a_procedure_that_has_gone_is_said_at_once(lists: Lists):
    assert lists.sheet(PrintList("p1", "9.999999", "vi")) == SheetPrinted("p1", "unknown-procedure")
