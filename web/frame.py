"""What every page says at its top. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from moiso.wire.messages import Board, DayState
from web.view import View
from web.words import Text, clock, day, listed


class Frame(Struct, frozen=True, kw_only=True):
    """What every page says at its top; `rows` names the rows, so that a page with other rows reloads itself.

    training: loud, while a day of practice runs.
    """

    rows: str
    clock: str
    day: str
    training: str
    silence: str
    notice: str


def frame(view: View, now: float, text: Text, rows: Sequence[str]) -> Frame:
    """The top of a page: the hub's clock, its day, and its silence said plainly."""
    at = view.as_of(now)
    return Frame(
        rows=" ".join(rows),
        clock=clock(at),
        day=day_name(view.day, text),
        training=text("web.day_training") if view.day and view.day.training and view.day.open else "",
        silence=_silence(view, now, clock(at), text),
        notice=_notice(view, text),
    )


def _silence(view: View, now: float, time: str, text: Text) -> str:
    if not view.pulse.silent(now):
        return ""
    return text("web.hub_silent", time=time) if time else text("web.hub_unheard")


def day_name(state: DayState | None, text: Text) -> str:
    """The business day as people call it; nothing before the first."""
    if state is None:
        return ""
    return text("web.training_day") if state.training else day(state.label, text)


def _notice(view: View, text: Text) -> str:
    return " · ".join([*_day_notice(view.day, text), *_hall_notice(view.board, text)])


def _day_notice(state: DayState | None, text: Text) -> Iterator[str]:
    """What is not usual about the day."""
    if state is None:
        return
    if state.ask:
        yield text("web.day_ask", day=day_name(state, text))
    elif not state.open:
        yield text("web.day_closed")
    elif state.overtime:
        left = text("web.overtime_left", n=len(state.leftover), tickets=listed(state.leftover))
        yield text("web.day_overtime") + (left if state.leftover else "")


def _hall_notice(board: Board | None, text: Text) -> Iterator[str]:
    """What the wall says to everybody."""
    if board is None:
        return
    if board.lunch is not None:
        yield text("web.lunch", begins=clock(board.lunch.begins), ends=clock(board.lunch.ends))
    yield from board.notices
