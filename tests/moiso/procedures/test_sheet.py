"""A list is read from CSV and workbooks, wherever its header stands; what cannot be read is said with the place."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from moiso.procedures.sheet import read_sheet
from moiso.runtime.program import Unusable

HEADER = ["Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực"]
ROW = ["1.001193", "Đăng ký khai sinh, lại", "Hộ tịch"]


def saved(tmp_path, content, name="list.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(*rows, title="Sheet"):
    book, page = Workbook(), io.BytesIO()
    book.active.title = "Bìa"
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(page)
    return page.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in (HEADER, ROW)]
    sheet = read_sheet(saved(tmp_path, "\n".join(lines)))
    assert (sheet.columns.at, sheet.rows) == ({"code": 0, "name": 1, "field": 2}, [(2, ROW)])
    assert sheet.kind == "CSV in UTF-8"


def test_a_title_may_stand_above_and_empty_rows_between(tmp_path):
    content = "DANH MỤC,,\n,,\nMã,Tên,Ghi chú\n\n1.001193,Khai sinh,x\n,,\n1.000894,Kết hôn,\n"
    sheet = read_sheet(saved(tmp_path, content))
    assert [number for number, _ in sheet.rows] == [5, 7]
    assert sheet.columns.unused == ("Ghi chú",)


def test_a_workbook_is_read_from_the_sheet_with_the_header(tmp_path):
    path = saved(
        tmp_path, workbook(["DANH MỤC"], HEADER, ROW, [1.00011, "Kết hôn", None], [1000894, "x", ""]), "l.xlsx"
    )
    sheet = read_sheet(path)
    assert sheet.kind == "workbook, sheet 'Sheet'"
    assert sheet.rows == [(3, ROW), (4, ["1.000110", "Kết hôn", ""]), (5, ["1000894", "x", ""])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        (" \n\n", "is empty"),
        ("một,hai\n1,2\n", "one must be 'Mã thủ tục'.*found: 'một,hai'.*read as UTF-8"),
        ("Mã,Ghi chú\n1,2\n", "one must be"),
        ("Mã,Tên,Code\n1.001193,a,b\n", "columns 1 and 3 are both 'Mã thủ tục'"),
        ('Mã,Tên\n1.001193,"Khai "sinh" lại"\n', "line 2: .*not written twice inside"),
        ('Mã,Tên\n1.001193,"Khai sinh\n', "line 2"),
        (b"PK\x03\x04 no workbook", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .xlsx"),
        (workbook(["một", "hai"]), "found: 'Bìa, Sheet'"),
        (b"\x00" * 5000, "."),
    ],
)
def test_what_is_no_list_is_named_with_the_place(tmp_path, content, words):
    path = saved(tmp_path, content)
    with pytest.raises(Unusable, match=words) as said:
        read_sheet(path)
    assert str(path) in str(said.value)


def test_a_missing_file_and_a_folder(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Unusable, match="cannot be read"):
            read_sheet(path)


GOOD = b'M\xc3\xa3,T\xc3\xaan\n1.001193,"Khai ""sinh"""\n'
BOOK = workbook(["Mã", "Tên"], ["1.001193", "Khai sinh"])


@pytest.mark.parametrize("whole", [GOOD, BOOK], ids=["csv", "xlsx"])
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=20), st.integers(0, 5000))
def test_a_damaged_file_is_read_or_refused_with_its_name(tmp_path_factory, whole, spoilt, end):
    content = bytearray(whole)
    for at, byte in spoilt:
        content[at % len(content)] = byte
    path = saved(tmp_path_factory.mktemp("damaged"), bytes(content[: end % (len(content) + 1)]))
    assert read_or_said(path) in {"read", "refused with its name"}


def read_or_said(path):
    try:
        return "read" if read_sheet(path).columns.at else "nothing"
    except Unusable as error:
        return "refused with its name" if str(path) in str(error) else str(error)


def test_a_quote_that_never_ends_does_not_swallow_the_list(tmp_path):
    path = saved(tmp_path, 'Mã,Tên\n1.001193,"' + "x" * 200_000)
    with pytest.raises(Unusable, match=r"line 2: .*is a quote missing"):
        read_sheet(path)
