"""A list's file as rows of text: CSV in any usual encoding, or a workbook of Excel."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moiso.procedures.columns import HEADERS, Columns, columns_of
from moiso.procedures.decoding import BadText, decoded
from moiso.runtime.program import Unusable

#: A title may stand above the header.
TITLE_ROWS = 20
#: Bytes of a file at most: the whole portal's list with all its papers has a tenth of it.
LARGEST = 50_000_000
#: Excel's picture of a list that was never saved as one.
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """The rows below the header, each with its number as a spreadsheet shows it; `kind`: how they were read."""

    columns: Columns
    rows: list[Row]
    kind: str


def read_sheet(path: Path) -> Sheet:
    """The rows of a list. Raises Unusable with a sentence that says what to do."""
    raw = _bytes(path)
    if raw.startswith(_OLD_EXCEL):
        raise Unusable(f"{path} is a workbook of the old form (.xls): save it as .xlsx, or as CSV UTF-8")
    try:
        return _workbook(raw) if raw.startswith(b"PK") else _csv(raw)
    except (BadText, ValueError) as error:
        raise Unusable(f"{path}: {error}") from None


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path} has more than {LARGEST // 1_000_000} MB: that is no list of procedures")
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None


def _csv(raw: bytes) -> Sheet:
    text, encoding = decoded(raw)
    if not text.strip():
        raise ValueError("it is empty")
    for delimiter in ",;\t":
        if _below_header(enumerate(csv.reader(_lines(text), delimiter=delimiter), 1), "") is not None:
            return _strictly(text, delimiter, f"CSV in {encoding}")
    raise ValueError(f"{_no_header(text.strip().splitlines()[0])}, read as {encoding}")


def _strictly(text: str, delimiter: str, kind: str) -> Sheet:
    read = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        sheet = _below_header(enumerate(read, 1), kind)
    except csv.Error as error:
        raise ValueError(f"line {read.line_num}: {error}; a quote inside a text is written twice") from None
    assert sheet is not None, "the header has just been seen"
    return sheet


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _workbook(raw: bytes) -> Sheet:
    # Half a megabyte of code that only an import needs.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise ValueError(f"it is no workbook, or a damaged one ({error}); save it again as .xlsx") from None
    for page in book.worksheets:
        rows = ((n, [_cell(value) for value in row]) for n, row in enumerate(page.iter_rows(values_only=True), 1))
        sheet = _below_header(rows, f"workbook, sheet {page.title!r}")
        if sheet is not None:
            return sheet
    raise ValueError(_no_header(", ".join(page.title for page in book.worksheets)))


def _below_header(rows: Iterator[Row], kind: str) -> Sheet | None:
    for number, cells in rows:
        columns = columns_of(cells)
        if columns is not None:
            return Sheet(columns, [(n, row) for n, row in rows if any(cell.strip() for cell in row)], kind)
        if number >= TITLE_ROWS:
            break
    return None


def _cell(value: Any) -> str:
    """A cell as text; a code that Excel took for a number has lost its last zeros, and no more."""
    if value is None:
        return ""
    return f"{value:.6f}" if isinstance(value, float) and not value.is_integer() else str(value)


def _no_header(found: str) -> str:
    code, name = HEADERS["code"][:3], HEADERS["name"][:3]
    return (
        f"no row of the first {TITLE_ROWS} names its columns: one must be {_either(code)}, another {_either(name)}"
        f" (found: {' '.join(found.split())[:120]!r})"
    )


def _either(words: Sequence[str]) -> str:
    return " or ".join(repr(word) for word in words)
