"""Rows become procedures, or all that is wrong in them is said at once."""

import pytest

from moiso.procedures.columns import columns_of
from moiso.procedures.rows import procedures_of

HEADER = ["Mã", "Tên", "Giấy tờ", "papers_en", "Dịch vụ", "Nơi làm", "Tên thường gọi"]


def taken(*rows, header=HEADER):
    filled = [(n, [*row, *[""] * (len(header) - len(row))]) for n, row in enumerate(rows, 2)]
    return procedures_of(columns_of(header), filled, ["A", "B"])


def test_a_row_is_a_procedure():
    papers, also = "- Tờ khai;\n2) Căn cước ;; + Giấy  chứng sinh.", "khai sanh; giấy khai sinh"
    (birth,), errors = taken(["1.001193.H19", " Đăng ký\nkhai  sinh ", papers, "", "B", "", also])
    assert errors == []
    assert (birth.code, birth.name, birth.service) == ("1.001193", "Đăng ký khai sinh", "B")
    assert birth.papers == ("Tờ khai", "Căn cước", "Giấy chứng sinh")
    assert birth.also == ("khai sanh", "giấy khai sinh")


def test_a_row_may_end_early():
    (birth,), errors = procedures_of(columns_of(HEADER), [(2, ["1.001193", "Khai sinh"])], "A")
    assert (errors, birth.papers, birth.service) == ([], (), None)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["", "Khai sinh"], "row 2: has no code"),
        (["12", "Khai sinh"], "row 2: '12' is no code; one looks like 1.001193"),
        (["1.001193", " "], "row 2: has no name"),
        (["1.001193", "a" * 2001], "row 2: name has 2001 letters, at most 2000 are read"),
        (["1.001193", "a\x07"], "row 2: name has letters that cannot be shown"),
        (["1.001193", "a", "", "", "Z"], "row 2: 'Z' is no service of this centre; known: A, B"),
        (["1.001193", "a", "", "", "A", "Công an"], "row 2: it is done by service A and also elsewhere (Công an)"),
        (["1.001193", "a", "x; y", "x"], "row 2: has 2 papers in Vietnamese and 1 in English"),
        (["1.001193", "a", "", "", "", "", "", "z"], "row 2: has 8 cells, the header 7"),
    ],
)
def test_a_mistake_is_said_with_its_row(row, sentence):
    procedures, errors = taken(row)
    assert procedures == []
    assert len(errors) == 1
    assert errors[0].startswith(sentence)


def test_all_mistakes_are_said_at_once():
    _, errors = taken(["", ""], ["1.001193", "a"], ["x", "b", "", "", "Q"], ["1.001193", "c"], ["1001193", "d"])
    assert [error.split(":")[0] for error in errors] == ["row 2", "row 2", "row 4", "row 4", "row 5", "row 6"]
    assert errors[-2:] == [f"row {row}: the code 1.001193 is in row 3 already" for row in (5, 6)]


def test_the_longest_official_names_are_taken():
    (found,), errors = taken(["1.013962", "Giao đất " * 104])
    assert errors == []
    assert len(found.name) == 935
    assert len(found.label()) <= 90
