"""A list's file as rows of text: CSV in any usual encoding, or a workbook of Excel."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from moiso.procedures.columns import HEADERS, Columns, columns_of
from moiso.procedures.decoding import BadText, decoded
from moiso.runtime.program import Unusable

#: A title may stand above the header.
TITLE_ROWS = 20
DELIMITERS = ",;\t"
#: Bytes of a file at most: the whole portal's list with all its papers has a tenth of it.
LARGEST = 50_000_000
#: Excel's picture of a list that was never saved as one.
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Row = tuple[int, list[str]]


class BadSheet(Exception):  # noqa: N818  it says what the file is
    """The file holds no list; str() says why and what to do."""


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
    except (BadText, BadSheet) as error:
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
        raise BadSheet("it is empty")
    delimiter = next((each for each in DELIMITERS if _heads(text, each)), None)
    if delimiter is None:
        raise BadSheet(f"{_no_header(text.strip().splitlines()[0])}, read as {encoding}")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _sheet(enumerate(rows, 1), f"CSV in {encoding}")
    except csv.Error as error:
        line = rows.line_num
        raise BadSheet(f"line {line}: {error}; is a quote missing, or not written twice inside a text?") from None


def _heads(text: str, delimiter: str) -> bool:
    """Whether a header is found among the first rows when they are parted so."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return any(_columns(cells) for cells in islice(rows, TITLE_ROWS))
    except csv.Error:
        return False


def _workbook(raw: bytes) -> Sheet:
    # Half a megabyte of code that only an import needs.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        pages = {page.title: _page(page) for page in book.worksheets}
    except Exception as error:  # noqa: BLE001  a damaged workbook shows in a dozen ways
        raise BadSheet(f"it is no workbook, or a damaged one ({error}); save it again as .xlsx") from None
    for title, rows in pages.items():
        if any(_columns(cells) for _, cells in rows[:TITLE_ROWS]):
            return _sheet(iter(rows), f"workbook, sheet {title!r}")
    raise BadSheet(_no_header(", ".join(pages)))


def _page(page: Any) -> list[Row]:
    return [(n, [_cell(value) for value in row]) for n, row in enumerate(page.iter_rows(values_only=True), 1)]


def _sheet(rows: Iterator[Row], kind: str) -> Sheet:
    """The rows below the header, which is among the first."""
    columns = next(found for _, cells in rows if (found := _columns(cells)) is not None)
    return Sheet(columns, [(n, row) for n, row in rows if any(cell.strip() for cell in row)], kind)


def _columns(cells: list[str]) -> Columns | None:
    try:
        return columns_of(cells)
    except ValueError as error:
        raise BadSheet(str(error)) from None


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
