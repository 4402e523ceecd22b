"""What every page says at its top. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from moiso.wire.messages import DayState
from web.view import View
from web.words import Text, clock, day


class Frame(Struct, frozen=True, kw_only=True):
    """What every page says at its top; `rows` names the rows, so that a page with other rows reloads itself."""

    rows: str
    clock: str
    day: str
    silence: str
    notice: str


def frame(view: View, now: float, text: Text, rows: Sequence[str]) -> Frame:
    """The top of a page: the hub's clock, its day, and its silence said plainly."""
    at = view.as_of(now)
    return Frame(
        rows=" ".join(rows),
        clock=clock(at),
        day=day(view.day.label, text) if view.day else "",
        silence=_silence(view, now, clock(at), text),
        notice=_notice(view, text),
    )


def _silence(view: View, now: float, time: str, text: Text) -> str:
    if not view.pulse.silent(now):
        return ""
    return text("web.hub_silent", time=time) if time else text("web.hub_unheard")


def _notice(view: View, text: Text) -> str:
    notices = list(view.board.notices) if view.board else []
    return " · ".join([*_day_notice(view.day, text), *notices] if view.day else notices)


def _day_notice(state: DayState, text: Text) -> Iterator[str]:
    """What is not usual about the day; several at once on a day for practice."""
    if state.ask:
        yield text("web.day_ask", day=day(state.label, text))
    elif not state.open:
        yield text("web.day_closed")
    if state.open and state.training:
        yield text("web.day_training")
    if state.open and state.overtime:
        yield text("web.day_overtime")
