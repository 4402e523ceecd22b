"""The figures up to now as a leader reads them, on screen, on a phone and on two printed pages. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from moiso.core.commands import OUTCOMES
from moiso.wire.figures import DayFigures, Durations, Line, Share, Waits
from web.devices import device_name
from web.frame import Frame, frame
from web.place import Reader
from web.view import View
from web.words import Text, age, clock, day, lasting

_NONE = Share(part=0, whole=0)
_NO_WAITS = Waits(called=0, mean=None, p90=None, within_15=_NONE, within_30=_NONE)
_NO_TURNS = Durations(turns=0, mean=None, inferred_turns=0, inferred_mean=None)


class WaitCells(Struct, frozen=True, kw_only=True):
    """The waits from one beginning as texts: minutes with one decimal, shares in percent and as `part/whole`."""

    mean: str
    p90: str
    within_15: str
    within_15_of: str
    within_30: str
    within_30_of: str


class FigureRow(Struct, frozen=True, kw_only=True):
    """One line of figures as texts; `outcomes`: how many, by outcome, without the unknown ones."""

    name: str
    issued: str
    served: str
    absent: str
    waiting: str
    held: str
    at_counters: str
    void: str
    expired: str
    longest: str
    inferred: str
    inferred_of: str
    after_hours: str
    dossiers: str
    service_time: str
    service_time_of: str
    outcome_unknown: str
    outcome_unknown_of: str
    issue: WaitCells
    opening: WaitCells
    outcomes: dict[str, str]


_CELLS = WaitCells(**dict.fromkeys(WaitCells.__struct_fields__, "–"))
_TEXTS = [name for name in FigureRow.__struct_fields__ if name not in {"issue", "opening", "outcomes"}]
_UNKNOWN = FigureRow(
    **{name: "" if name.endswith("_of") else "–" for name in _TEXTS},
    issue=_CELLS,
    opening=_CELLS,
    outcomes=dict.fromkeys(OUTCOMES, "–"),
)


class AccountRow(Struct, frozen=True, kw_only=True):
    """What one account did that others may ask about."""

    name: str
    out_of_order: str
    priorities: str
    voids: str


class FiguresPage(Struct, frozen=True, kw_only=True):
    """The figures up to now, every cell a finished text in one language; `accounts` in order, by their place."""

    frame: Frame
    upto: str
    opening: str
    total: FigureRow
    services: dict[str, FigureRow]
    accounts: dict[str, AccountRow]


def figures_page(view: View, kinds: Mapping[str, str], reader: Reader, now: float) -> FiguresPage:
    """The page at the monotonic `now`; `kinds`: every device of the site, id -> kind."""
    figures, at, text = view.figures, view.as_of(now), reader.text
    lines = {line.service: line for line in figures.services if line.service} if figures else {}
    rows = {code: _row(line, reader.names.get(code, code), at, text) for code, line in lines.items()}
    accounts = _accounts(view, kinds, text)
    return FiguresPage(
        frame=frame(view, now, text, [*rows, *(row.name for row in accounts.values())]),
        upto=_upto(figures, text),
        opening=_opening(figures, text),
        total=_row(figures.total, text("web.all_services"), at, text) if figures and not figures.training else _UNKNOWN,
        services=rows,
        accounts=accounts,
    )


def _accounts(view: View, kinds: Mapping[str, str], text: Text) -> dict[str, AccountRow]:
    done = view.day.account.by_account if view.day and not view.day.training else {}
    return {
        str(place): AccountRow(
            name=device_name(name, kinds[name], text) if name in kinds else name,
            out_of_order=str(doings.out_of_order),
            priorities=str(doings.priorities),
            voids=str(doings.voids),
        )
        for place, (name, doings) in enumerate(sorted(done.items()))
    }


def _upto(figures: DayFigures | None, text: Text) -> str:
    if figures is None:
        return text("web.figures_none")
    if figures.training:
        return text("web.figures_training")
    key = "web.figures_upto" if figures.open else "web.figures_closed"
    return text(key, day=day(figures.label, text), time=clock(figures.at))


def _opening(figures: DayFigures | None, text: Text) -> str:
    if figures is not None and figures.training:
        return ""
    if figures is None or not figures.opening:
        return text("web.opening_unknown")
    by = figures.opening_by if figures.opening_by in {"hours", "counter"} else "counter"
    return text(f"web.opening_{by}", time=clock(figures.opening))


def _row(line: Line, name: str, at: str | None, text: Text) -> FigureRow:
    comma, turns = text("web.decimal"), line.service_time or _NO_TURNS
    return FigureRow(
        name=name,
        issued=str(line.issued),
        served=str(line.served),
        absent=str(line.absent),
        waiting=str(line.waiting),
        held=str(line.held),
        at_counters=str(line.at_counters),
        void=str(line.void),
        expired=str(line.expired),
        longest=lasting(age(line.longest_since, at), text) or "–",
        inferred=percent(line.inferred),
        inferred_of=_of(line.inferred),
        after_hours=str(line.after_hours),
        dossiers=str(line.dossiers),
        service_time=minutes(turns.mean if turns.turns else turns.inferred_mean, comma),
        service_time_of=_turns(turns, text),
        outcome_unknown=percent(line.outcome_unknown),
        outcome_unknown_of=_of(line.outcome_unknown),
        issue=_cells(line.from_issue, comma),
        opening=_cells(line.from_opening or _NO_WAITS, comma),
        outcomes={code: str(line.outcomes.get(code, 0)) for code in OUTCOMES},
    )


def _turns(turns: Durations, text: Text) -> str:
    """How many turns the mean is of; inferred ones only where there are no better."""
    if turns.turns:
        return text("web.turns", n=turns.turns)
    return text("web.turns_inferred", n=turns.inferred_turns) if turns.inferred_turns else ""


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
