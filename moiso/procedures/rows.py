"""Rows of a list into procedures, with everything that is wrong in any row at once. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from moiso.procedures.codes import code_of
from moiso.procedures.columns import Columns
from moiso.procedures.procedure import Procedure

#: Letters of a cell at most. The longest official name has 1094.
LONGEST = {"name": 2000, "papers": 10_000, "papers_en": 10_000}
ELSE_LONGEST = 500

_BULLET = re.compile(r"^(?:[-–+•*]|\(?[0-9]{1,2}[.)])\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def procedures_of(
    columns: Columns, rows: Iterable[tuple[int, Sequence[str]]], services: Collection[str]
) -> tuple[list[Procedure], list[str]]:
    """The procedures, and a sentence for each mistake (`row 12: ...`). services: the letters of the centre's own."""
    procedures: list[Procedure] = []
    errors: list[str] = []
    first: dict[str, int] = {}
    for number, row in rows:
        found = [f"row {number}: {error}" for error in _mistakes(columns, row, services)]
        procedure = _procedure(columns, row)
        before = first.setdefault(procedure.code, number) if procedure.code else number
        if before != number:
            found.append(f"row {number}: the code {procedure.code} is in row {before} already")
        errors += found
        procedures += [] if found else [procedure]
    return procedures, errors


def _mistakes(columns: Columns, row: Sequence[str], services: Collection[str]) -> Iterator[str]:
    cell = _reader(columns, row)
    if any(extra.strip() for extra in row[columns.width :]):
        yield f"has {len(row)} cells, the header {columns.width}: is there a comma or quote outside of quotes?"
    yield from _unreadable(columns, row)
    if not cell("code"):
        yield "has no code"
    elif code_of(cell("code")) is None:
        yield f"{cell('code')!r} is no code; one looks like 1.001193"
    if not cell("name"):
        yield "has no name"
    yield from _contradictions(cell, services)


def _unreadable(columns: Columns, row: Sequence[str]) -> Iterator[str]:
    for key, at in columns.at.items():
        text = row[at] if at < len(row) else ""
        if len(text) > LONGEST.get(key, ELSE_LONGEST):
            yield f"{key} has {len(text)} letters, at most {LONGEST.get(key, ELSE_LONGEST)} are read"
        if _CONTROL.search(text):
            yield f"{key} has letters that cannot be shown"


def _contradictions(cell: Callable[[str], str], services: Collection[str]) -> Iterator[str]:
    service = cell("service")
    if service and service not in services:
        yield f"{service!r} is no service of this centre; known: {', '.join(services)}"
    if service and cell("where"):
        yield f"it is done by service {service} and also elsewhere ({cell('where')}): leave one empty"
    papers, papers_en = _listed(cell("papers")), _listed(cell("papers_en"))
    if papers_en and len(papers_en) != len(papers):
        yield f"has {len(papers)} papers in Vietnamese and {len(papers_en)} in English"


def _procedure(columns: Columns, row: Sequence[str]) -> Procedure:
    cell = _reader(columns, row)
    return Procedure(
        code=code_of(cell("code")) or "",
        name=cell("name"),
        short=cell("short"),
        name_en=cell("name_en"),
        field=cell("field"),
        level=cell("level"),
        papers=_listed(cell("papers")),
        papers_en=_listed(cell("papers_en")),
        service=cell("service") or None,
        where=cell("where"),
        where_en=cell("where_en"),
        also=_listed(cell("also")),
        url=cell("url"),
    )


def _reader(columns: Columns, row: Sequence[str]) -> Callable[[str], str]:
    """The text of a column of this row, empty when there is none; only lists keep their lines."""

    def cell(key: str) -> str:
        at = columns.at.get(key)
        text = row[at] if at is not None and at < len(row) else ""
        return text.strip() if key in {"papers", "papers_en", "also"} else " ".join(text.split())

    return cell


def _listed(cell: str) -> tuple[str, ...]:
    """The entries of a cell, separated by semicolons or lines, without their bullets."""
    entries = (_BULLET.sub("", " ".join(entry.split())) for entry in re.split(r"[;\n\r]+", cell))
    return tuple(entry.rstrip(" .;") for entry in entries if entry.strip(" .;-+"))
