"""The figures up to now as a leader reads them, on screen, on a phone and on one printed page. Pure."""

from msgspec import Struct

from moiso.wire.figures import DayFigures, Line, Share, Waits
from web.frame import Frame, frame
from web.place import Reader
from web.view import View
from web.words import Text, age, clock, day, lasting

_NONE = Share(part=0, whole=0)
_NO_WAITS = Waits(called=0, mean=None, p90=None, within_15=_NONE, within_30=_NONE)


class WaitCells(Struct, frozen=True, kw_only=True):
    """The waits from one beginning as texts: minutes with one decimal, shares in percent and as `part/whole`."""

    mean: str
    p90: str
    within_15: str
    within_15_of: str
    within_30: str
    within_30_of: str


class FigureRow(Struct, frozen=True, kw_only=True):
    """One line of figures as texts."""

    name: str
    issued: str
    served: str
    absent: str
    waiting: str
    at_counters: str
    void: str
    expired: str
    longest: str
    inferred: str
    inferred_of: str
    issue: WaitCells
    opening: WaitCells


_CELLS = WaitCells(**dict.fromkeys(WaitCells.__struct_fields__, "–"))
_UNKNOWN = FigureRow(
    **dict.fromkeys([f for f in FigureRow.__struct_fields__ if f not in {"issue", "opening"}], "–"),
    issue=_CELLS,
    opening=_CELLS,
)


class FiguresPage(Struct, frozen=True, kw_only=True):
    """The figures up to now, every cell a finished text in one language."""

    frame: Frame
    upto: str
    opening: str
    total: FigureRow
    services: dict[str, FigureRow]


def figures_page(view: View, reader: Reader, now: float) -> FiguresPage:
    """The page at the monotonic `now`."""
    figures, at, text = view.figures, view.as_of(now), reader.text
    lines = {line.service: line for line in figures.services if line.service} if figures else {}
    rows = {code: _row(line, reader.names.get(code, code), at, text) for code, line in lines.items()}
    return FiguresPage(
        frame=frame(view, now, text, [*rows]),
        upto=_upto(figures, text),
        opening=_opening(figures, text),
        total=_row(figures.total, text("web.all_services"), at, text) if figures else _UNKNOWN,
        services=rows,
    )


def _upto(figures: DayFigures | None, text: Text) -> str:
    if figures is None:
        return text("web.figures_none")
    key = "web.figures_upto" if figures.open else "web.figures_closed"
    return text(key, day=day(figures.label, text), time=clock(figures.at))


def _opening(figures: DayFigures | None, text: Text) -> str:
    if figures is None or not figures.opening:
        return text("web.opening_unknown")
    by = figures.opening_by if figures.opening_by in {"hours", "counter"} else "counter"
    return text(f"web.opening_{by}", time=clock(figures.opening))


def _row(line: Line, name: str, at: str | None, text: Text) -> FigureRow:
    comma = text("web.decimal")
    return FigureRow(
        name=name,
        issued=str(line.issued),
        served=str(line.served),
        absent=str(line.absent),
        waiting=str(line.waiting),
        at_counters=str(line.at_counters),
        void=str(line.void),
        expired=str(line.expired),
        longest=lasting(age(line.longest_since, at), text) or "–",
        inferred=percent(line.inferred),
        inferred_of=_of(line.inferred),
        issue=_cells(line.from_issue, comma),
        opening=_cells(line.from_opening or _NO_WAITS, comma),
    )


def _cells(waits: Waits, comma: str) -> WaitCells:
    return WaitCells(
        mean=minutes(waits.mean, comma),
        p90=minutes(waits.p90, comma),
        within_15=percent(waits.within_15),
        within_15_of=_of(waits.within_15),
        within_30=percent(waits.within_30),
        within_30_of=_of(waits.within_30),
    )


def minutes(seconds: float | None, comma: str) -> str:
    """`500.0` seconds -> `8,3`; a dash for None."""
    return "–" if seconds is None else f"{seconds / 60:.1f}".replace(".", comma)


def percent(share: Share) -> str:
    """`26` of `30` -> `87%`, never 100 % unless all, never 0 % unless none; a dash of nothing."""
    if not share.whole:
        return "–"
    whole = round(100 * share.part / share.whole)
    if 0 < share.part < share.whole:
        whole = min(99, max(1, whole))
    return f"{whole}%"


def _of(share: Share) -> str:
    return f"{share.part}/{share.whole}" if share.whole else ""
