"""The lines along the wall's lower edge: what holds for the whole centre now, then what people posted. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from display.layout_services import page_at
from display.paint import CREAM, INK, Box, Primitive, Rect, Weight
from display.pen import Pen
from display.view import WallView


def notices(view: WallView, pen: Pen) -> list[str]:
    """Every line, the centre's own first."""
    overtime = [pen.text("wall.overtime")] if view.overtime else []
    return [*overtime, *_about_lunch(view, pen), *view.notices]


def notice_bar(lines: Sequence[str], second: float, box: Box, pen: Pen) -> Iterator[Primitive]:
    """One line at a time; they take turns."""
    shown, _ = page_at(len(lines), 1, second)
    yield Rect(box, CREAM, pen.px(12))
    style = replace(pen.style(36, Weight.BOLD, INK, least=0.5), align="centre", lines=2)
    yield from pen.write(lines[shown], box.inset(pen.px(24), pen.px(2)), style)


def clock_words(moment: datetime, pen: Pen) -> str:
    """A full hour, or hour and minutes, as people say it."""
    key = "wall.hour_minute" if moment.minute else "wall.hour"
    return pen.text(key, hour=moment.hour, minute=f"{moment.minute:02}")


def _about_lunch(view: WallView, pen: Pen) -> Iterator[str]:
    if view.lunch is None:
        return
    if view.on_break:
        yield pen.text("wall.lunch_break", time=clock_words(view.lunch.ends, pen))
    if view.now >= view.lunch.begins:
        return
    last = {service.code: service.last_before_lunch for service in view.services}
    if numbers := [number for number in last.values() if number]:
        yield pen.text("wall.lunch_numbers", numbers=", ".join(numbers))
    if codes := [code for code, number in last.items() if number == ""]:
        yield pen.text("wall.lunch_services", services=", ".join(codes))
