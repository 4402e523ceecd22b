"""The papers to bring, as they are printed."""

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from kiosk.checklist import ChecklistText, draw_checklist
from kiosk.checklist_words import sheet
from kiosk.page.site_words import SiteWords
from moiso.procedures.procedure import Procedure
from moiso.texts import catalogue
from tests.kiosk.sheets import BIRTH, LONG_LIST, MOVE, SITE

WIDTHS = (384, 512, 576)


def words(procedure: Procedure, language: str = "vi", site: SiteWords = SITE, *, scanner: bool = True) -> ChecklistText:
    return sheet("p1", procedure, language, site, catalogue(language).text, scanner=scanner).text


def test_a_checklist_says_what_to_bring_and_where_to():
    text = words(BIRTH)

    assert (text.title, text.label, text.code) == ("GIẤY TỜ CẦN MANG", "Đăng ký khai sinh", "Mã thủ tục: 1.001193")
    assert text.papers == BIRTH.papers
    assert (text.place, text.counters) == ("Nộp tại đây: Hộ tịch", "Quầy 3, Quầy 4")
    assert text.not_ticket == "Đây không phải số thứ tự. Khi đủ giấy tờ, mời quý vị lấy số."
    assert text.unlisted == ""


def test_a_checklist_in_english():
    text = words(BIRTH, "en")

    assert (text.title, text.label, text.place) == ("PAPERS TO BRING", "Birth registration", "Done here: Civil status")
    assert text.papers == BIRTH.papers, "there is no English list"


def test_what_is_done_elsewhere_says_where_and_speaks_of_no_number():
    text = words(MOVE)

    assert text.place == "Không làm tại đây. Mời quý vị đến: Công an phường An Bình"
    assert (text.counters, text.not_ticket, text.unlisted, text.hours) == ("", "", "", "")


def test_a_list_without_papers_says_so():
    assert "hỏi cán bộ" in words(Procedure(code="1.000001", name="Việc khác", service="A")).unlisted


def test_the_official_name_is_printed_in_full_when_the_label_is_shorter():
    assert words(BIRTH).name == ""
    assert words(LONG_LIST).name == LONG_LIST.name
    assert len(LONG_LIST.name) == 919


def test_the_code_leads_to_the_scanner_or_to_the_procedures_address():
    here = sheet("p1", BIRTH, "vi", SITE, catalogue("vi").text, scanner=True)
    by_phone = sheet("p1", MOVE, "vi", SITE, catalogue("vi").text, scanner=True)
    nowhere = sheet("p1", BIRTH, "vi", SITE, catalogue("vi").text, scanner=False)

    assert here.code == "Đăng ký khai sinh (1.001193)"
    assert by_phone.code == MOVE.url
    assert here.text.code_caption != by_phone.text.code_caption
    assert (nowhere.code, nowhere.text.code_caption) == ("", "")


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    return ImageChops.invert(picture).getbbox() or (0, 0, 0, 0)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("procedure", [BIRTH, MOVE, LONG_LIST])
def test_ink_stays_off_the_edges(width: int, procedure: Procedure):
    picture = draw_checklist(words(procedure), width)
    left, _, right, _ = ink(picture)

    assert (picture.mode, picture.width) == ("1", width)
    assert left >= 2
    assert right <= width - 2


@pytest.mark.parametrize("field", ChecklistText.__dataclass_fields__)
def test_every_field_is_printed(field: str):
    text = replace(words(BIRTH), unlisted="x", name="x", hours="x")
    changed = replace(text, **{field: ("Ơ7",) if field == "papers" else "Ơ7"})

    assert draw_checklist(changed, 576).tobytes() != draw_checklist(text, 576).tobytes()


def test_every_paper_has_a_box_of_its_own():
    one, two = (draw_checklist(replace(words(BIRTH), papers=("Tờ khai",) * n), 384) for n in (1, 2))
    line = two.height - one.height
    top = next(y for y in range(one.height - line) if same(two, y, y + line, line))

    box = two.crop((0, top, 44, top + line))
    left, upper, right, lower = ink(box)
    assert right - left >= 24
    assert lower - upper >= 24


def same(picture: Image.Image, first: int, second: int, height: int) -> bool:
    """Whether two stretches of the picture are alike and hold a box."""
    upper, lower = (picture.crop((0, y, picture.width, y + height)) for y in (first, second))
    return upper.tobytes() == lower.tobytes() and ink(upper.crop((0, 0, 44, height)))[2] > 0
