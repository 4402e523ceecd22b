"""The calls on the wall: the newest, huge, and those before it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from display.fitting import DIGITS
from display.paint import BLUE, CREAM, INK, NAVY, SLATE, WHITE, YELLOW, Box, Colour, Primitive, Rect, Weight
from display.pen import Pen
from display.view import Call

FLASH_SECONDS = 6.0
"""How long a new call flashes."""
FLASH_PHASE = 0.75
"""Seconds of each phase: slow enough for everybody's eyes, and for people sensitive to flicker."""
FRESH_SECONDS = 20.0
"""How long a call that another one pushed aside stays marked among the recent ones."""
_ROW = 92


def flashing(age: float) -> bool:
    """Whether a call of this age (seconds) is shown in the inverted colours right now."""
    return 0 <= age < FLASH_SECONDS and int(age / FLASH_PHASE) % 2 == 0


def call_panel(call: Call, dark: Colour, box: Box, pen: Pen) -> Iterator[Primitive]:
    """The newest call: the number as large as the panel lets it, on `dark`, the counter below on a bar."""
    inverted = flashing(call.age)
    back, front, bar, on_bar = (YELLOW, NAVY, dark, WHITE) if inverted else (dark, WHITE, YELLOW, NAVY)
    yield Rect(box, back, pen.px(20))
    inner = box.inset(pen.px(26), pen.px(18))
    head, inner = inner.cut_top(pen.px(60), pen.px(16))
    foot, inner = inner.cut_bottom(pen.px(126), pen.px(14))
    marks, head = pen.pills(_marks(call, pen), head.inset(0, pen.px(4)), back, front)
    yield from marks
    yield from pen.write(pen.text("wall.now_calling"), head, pen.style(46, Weight.MEDIUM, front))
    number = pen.style(460, Weight.HEAVY, front, least=0.1)
    yield from pen.write(call.ticket, inner, replace(number, align="centre", leading=DIGITS))
    yield Rect(foot, bar, pen.px(16))
    counter = pen.text("wall.to_counter", counter=call.counter)
    style = replace(pen.style(98, Weight.HEAVY, on_bar, least=0.3), align="centre", lines=2)
    yield from pen.write(counter, foot.inset(pen.px(20), 0), style)


def wait_panel(call: Call, box: Box, pen: Pen) -> Iterator[Primitive]:
    """A call that was taken back: pale, no counter, and the words as large as the number, so that nobody goes."""
    yield Rect(box, WHITE, pen.px(20))
    inner = box.inset(pen.px(26), pen.px(18))
    head, inner = inner.cut_top(pen.px(60), pen.px(8))
    yield from pen.write(pen.text("wall.wait_number"), head, pen.style(46, Weight.MEDIUM, SLATE))
    number, foot = inner.cut_top(round(inner.h * 0.5), pen.px(14))
    style = pen.style(300, Weight.HEAVY, SLATE, least=0.1)
    yield from pen.write(call.ticket, number, replace(style, align="centre", leading=DIGITS))
    yield Rect(foot, SLATE, pen.px(16))
    words = replace(pen.style(150, Weight.HEAVY, WHITE, least=0.3), align="centre")
    yield from pen.write(pen.text("wall.please_wait"), foot.inset(pen.px(20), 0), words)


def idle_panel(dark: Colour, box: Box, pen: Pen, *, sure: bool) -> Iterator[Primitive]:
    """No call is known: a greeting, and, when it is `sure` that nobody was called today, what to do."""
    words = pen.text("wall.idle_greeting"), pen.text("wall.idle_advice") if sure else ""
    yield from _sign(*words, dark, box, pen)


def pause_panel(until: str, dark: Colour, box: Box, pen: Pen) -> Iterator[Primitive]:
    """The midday break, and until when."""
    yield from _sign(pen.text("wall.lunch_title"), pen.text("wall.lunch_back", time=until), dark, box, pen)


def _sign(title: str, line: str, dark: Colour, box: Box, pen: Pen) -> Iterator[Primitive]:
    yield Rect(box, dark, pen.px(20))
    inner = box.inset(pen.px(80), box.h // 7)
    above, below = inner.cut_top(round(inner.h * 0.55))
    large = replace(pen.style(150, Weight.HEAVY, WHITE, least=0.4), align="centre", lines=2)
    yield from pen.write(title, above, large)
    small = replace(pen.style(62, Weight.MEDIUM, WHITE, least=0.4), align="centre", lines=2)
    yield from pen.write(line, below, small)


def recent_panel(calls: Sequence[Call], box: Box, pen: Pen) -> Iterator[Primitive]:
    """The calls before the newest, each with its counter, as many as the panel holds."""
    yield Rect(box, WHITE, pen.px(20))
    inner = box.inset(pen.px(16), pen.px(20))
    head, inner = inner.cut_top(pen.px(56), pen.px(6))
    yield from pen.write(pen.text("wall.recent"), head.inset(pen.px(24), 0), pen.style(40, Weight.BOLD, SLATE))
    rows = inner.grid(1, max(1, inner.h // pen.px(_ROW)), 0)
    for call, row in zip(calls, rows, strict=False):
        yield from _row(call, row, pen)


def _row(call: Call, row: Box, pen: Pen) -> Iterator[Primitive]:
    if call.age < FRESH_SECONDS:
        yield Rect(row.inset(0, pen.px(3)), CREAM, pen.px(10))
        edge, _ = row.inset(0, pen.px(3)).cut_left(pen.px(10))
        yield Rect(edge, BLUE)
    row = row.inset(pen.px(24), pen.px(3))
    ticket, row = row.cut_left(round(row.w * 0.37), pen.px(10))
    yield from pen.write(call.ticket, ticket, pen.style(66, Weight.HEAVY, INK, least=0.4))
    marks = _marks(call, pen)
    if marks:
        beside, row = row.cut_left(round(row.w * 0.27), pen.px(10))
        small = replace(pen.style(26, Weight.MEDIUM, INK, least=0.7), lines=len(marks))
        yield from pen.write(", ".join(marks), beside, small)
    counter = replace(pen.style(54, Weight.BOLD, INK, least=0.44), align="right", lines=2)
    yield from pen.write(pen.text("wall.please_wait") if call.withdrawn else call.counter, row, counter)


def _marks(call: Call, pen: Pen) -> list[str]:
    marks = {"priority": call.priority, "recall": call.recall, "unspoken": call.unspoken}
    return [pen.text(f"wall.{name}") for name, applies in marks.items() if applies]
