"""(i) What the kiosk's finder takes for a keystroke, with a list as long as the national portal's."""

import time
from collections.abc import Callable
from pathlib import Path

from centre.bench.portal import PORTAL, portal
from centre.bench.table import Figure, p50, p99
from centre.procedures import SAMPLE, listed
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.everyday import EverydayWords
from moiso.procedures.store import FILE, Stored, write

#: Typed letter by letter: plain, in everyday words, with slips, without spaces, in vain.
LINES = (
    "khai sinh", "sổ đỏ", "xác nhận sơ yếu lý lịch", "dang ki ho kinh doah", "giay chung nhan quyen su dung dat",
    "chungthuc", "hàng xóm lấn đất", "ket hom", "1.001193", "tiền người già", "zebra crossing",
)  # fmt: skip
AIM = 50.0


def measure(folder: Path, rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """Every beginning of every line, as fingers type them."""
    write(folder / FILE, Stored(portal(listed(SAMPLE)), EverydayWords()), "bench", 0.0)
    catalogue = Catalogue.open(folder / FILE)
    first = _took(catalogue, "a")
    taken = [_took(catalogue, line[:end]) for _ in range(rounds) for line in LINES for end in range(1, len(line) + 1)]
    tell(f"{len(taken)} keystrokes")
    keys = (("p50", p50(taken)), ("p99", p99(taken)), ("longest", max(taken)))
    figures = [
        Figure(
            "i", f"finder, a keystroke, {PORTAL:,} rows, {which}", ms, "ms", None, None, f"<= {AIM:.0f} ms", ms <= AIM
        )
        for which, ms in keys
    ]
    return [*figures, Figure("i", "finder, the first keystroke", first, "ms")]


def _took(catalogue: Catalogue, text: str) -> float:
    """Milliseconds until the answer is there."""
    began = time.perf_counter()
    catalogue.find(text)
    return (time.perf_counter() - began) * 1000
