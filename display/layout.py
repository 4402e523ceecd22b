"""The whole wall as a picture: where everything stands. Pure: a view, a size and a measure in; primitives out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from display.fitting import Measure
from display.layout_calls import call_panel, idle_panel, pause_panel, recent_panel, wait_panel
from display.layout_notices import clock_words, notice_bar, notices
from display.layout_services import service_strip, strip_height
from display.paint import (
    AMBER,
    INK,
    NAVY,
    PAPER,
    RED,
    WHITE,
    Box,
    Colour,
    Picture,
    Primitive,
    Rect,
    Size,
    Weight,
    faded,
)
from display.pen import Pen, Texts
from display.view import WallView

_HEADER, _NOTICE, _MARGIN = 112, 62, 18
_CALL_SHARE = 0.62
_STILL = 180.0
"""Seconds after the last call from when on the wall, during the break, shows the break instead."""


def picture(view: WallView, size: Size, measure: Measure, text: Texts) -> Picture:
    """The wall at `size` (width, height) pixels, any 16:9 size, the same picture at each.

    While `view.data_age` is set, everything stays where it was, grey, under a band that says since when. On a day for
    practice all that is paper or navy is red.
    """
    pen = Pen(measure, text, size[1] / 1080)
    whole = Box(0, 0, *size)
    header, body = whole.cut_top(pen.px(_HEADER))
    drawn: list[Primitive] = [
        Rect(whole, RED if view.training else PAPER),
        *_body(view, body.inset(pen.px(_MARGIN), pen.px(_MARGIN)), pen),
    ]
    if view.data_age is None:
        return (*drawn, *_header(view, header, pen))
    return (*map(_faded, drawn), *_silent_header(view, header, pen))


def _body(view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    second = view.now.timestamp()
    gap = pen.px(_MARGIN)
    if lines := notices(view, pen):
        bar, box = box.cut_bottom(pen.px(_NOTICE), gap)
        yield from notice_bar(lines, second, bar, pen)
    if view.services:
        strip, box = box.cut_bottom(strip_height(len(view.services), pen), gap)
        yield from service_strip(view, strip, pen)
    yield from _calls(view, box, pen)


def _calls(view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    dark = _dark(view)
    if view.lunch is not None and view.on_break and (view.call is None or view.call.age > _STILL):
        yield from pause_panel(clock_words(view.lunch.ends, pen), dark, box, pen)
        return
    if view.call is None:
        yield from idle_panel(dark, box, pen, sure=view.data_age is None)
        return
    left, right = box.cut_left(round(box.w * _CALL_SHARE), pen.px(_MARGIN))
    yield from wait_panel(view.call, left, pen) if view.call.withdrawn else call_panel(view.call, dark, left, pen)
    yield from recent_panel(view.recent, right, pen)


def _dark(view: WallView) -> Colour:
    return RED if view.training else NAVY


def _header(view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    yield Rect(box, _dark(view))
    yield from _clock(view, box, WHITE, pen)
    _, room = box.inset(pen.px(32), 0).cut_right(pen.px(300), pen.px(24))
    marks = {"trial": view.trial, "muted": view.muted}
    labels = [pen.text(f"wall.{name}") for name, applies in marks.items() if applies]
    field = Box(room.x, room.y + (room.h - pen.px(52)) // 2, room.w, pen.px(52))
    pills, field = pen.pills(labels, field, NAVY, WHITE)
    yield from pills
    loud = pen.style(80, Weight.HEAVY, WHITE, least=0.25)
    title = pen.text("wall.training") if view.training else view.centre
    style = loud if view.training else replace(pen.style(50, Weight.BOLD, WHITE, least=0.4), lines=2)
    yield from pen.write(title, Box(room.x, room.y, field.w, room.h).inset(0, pen.px(4)), style)


def _silent_header(view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    yield Rect(box, AMBER)
    yield from _clock(view, box, INK, pen)
    _, room = box.inset(pen.px(32), 0).cut_right(pen.px(300), pen.px(24))
    sign, room = room.inset(0, pen.px(16)).cut_left(pen.px(80), pen.px(24))
    yield Rect(sign, INK, sign.h // 2)
    yield from pen.write("!", sign, replace(pen.style(58, Weight.HEAVY, AMBER), align="centre"))
    since = view.now - timedelta(seconds=view.data_age or 0)
    style = replace(pen.style(46, Weight.BOLD, INK, least=0.5), lines=2)
    yield from pen.write(pen.text("wall.hub_silent", time=since.strftime("%H:%M")), room, style)


def _clock(view: WallView, box: Box, colour: Colour, pen: Pen) -> Iterator[Primitive]:
    right, _ = box.inset(pen.px(32), pen.px(3)).cut_right(pen.px(300))
    clock, date = right.cut_top(round(right.h * 0.66))
    style = replace(pen.style(58, Weight.HEAVY, colour), align="right")
    yield from pen.write(view.now.strftime("%H:%M"), clock, style)
    weekday = pen.text(f"wall.weekday_{view.now.isoweekday()}")
    day = pen.text("wall.date", weekday=weekday, date=view.now.strftime("%d/%m/%Y"))
    yield from pen.write(day, date, replace(pen.style(27, Weight.MEDIUM, colour), align="right"))


def _faded(primitive: Primitive) -> Primitive:
    return replace(primitive, colour=faded(primitive.colour))
