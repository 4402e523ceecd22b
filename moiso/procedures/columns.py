"""Which column of a list is what, by its header in Vietnamese or English. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from moiso.procedures.fold import folded

#: A field of Procedure -> the headers that name it, the first one as our own sample writes it.
HEADERS: dict[str, tuple[str, ...]] = {
    "code": ("Mã thủ tục", "Mã", "Mã TTHC", "Mã thủ tục hành chính", "Mã số", "Mã số TTHC", "code", "procedure code"),
    "name": (
        "Tên thủ tục", "Tên", "Tên TTHC", "Tên thủ tục hành chính", "Thủ tục hành chính", "Thủ tục", "TTHC",
        "name", "procedure", "procedure name",
    ),
    "short": ("Tên ngắn", "Tên gọi tắt", "Tên rút gọn", "short", "short name", "label"),
    "name_en": ("Tên tiếng Anh", "name_en", "English name"),
    "field": ("Lĩnh vực", "Tên lĩnh vực", "field", "sector"),
    "level": ("Cấp thực hiện", "Cấp", "Cấp giải quyết", "level"),
    "papers": (
        "Giấy tờ cần mang", "Giấy tờ", "Giấy tờ cần chuẩn bị", "Thành phần hồ sơ", "Hồ sơ", "Hồ sơ gồm",
        "papers", "documents", "papers to bring",
    ),
    "papers_en": ("Giấy tờ tiếng Anh", "papers_en", "English papers"),
    "service": ("Dịch vụ", "Mã dịch vụ", "service"),
    "where": ("Nơi làm", "Làm ở đâu", "Nơi tiếp nhận khác", "where"),
    "where_en": ("Nơi làm tiếng Anh", "where_en"),
    "also": ("Tên thường gọi", "Từ thường gọi", "Cách gọi khác", "also", "everyday names"),
    "url": ("Đường dẫn", "Liên kết", "url", "link"),
}  # fmt: skip
NEEDED = ("code", "name")

_BY_HEADER = {folded(header): key for key, headers in HEADERS.items() for header in headers}


@dataclass(frozen=True)
class Columns:
    """`at`: a field of Procedure -> its column, from 0; `unused`: headers that say nothing to us."""

    at: dict[str, int]
    unused: tuple[str, ...]
    width: int


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns of a header row; None: it is none, for the code or the name is not among them.

    Raises ValueError when two columns are the same.
    """
    at: dict[str, int] = {}
    unused = []
    for place, cell in enumerate(cells):
        key = _BY_HEADER.get(folded(cell))
        if key in at:
            raise ValueError(f"columns {at[key] + 1} and {place + 1} are both {HEADERS[key][0]!r}; keep one")
        if key is not None:
            at[key] = place
        elif cell.strip():
            unused.append(cell.strip())
    if any(key not in at for key in NEEDED):
        return None
    return Columns(at, tuple(unused), _width(cells))


def _width(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
