"""The services on the wall: how many wait, and how long it will take; eight at a time. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from display.paint import BLUE, CREAM, INK, SLATE, WHITE, Box, Primitive, Rect, Weight
from display.pen import Pen
from display.view import Service, WallView

PAGE_SECONDS = 8
"""How long a page of services, or a notice, stays."""
PAGE_SIZE = 8
"""Services shown at once."""
_TALL, _LOW, _GAP = 216, 160, 14
_CARD_WIDTH = 450
_FEW = 10
"""Numbers left today from which on the wall says how many."""


def page_at(items: int, size: int, second: float) -> tuple[int, int]:
    """(the page shown at this second, how many pages); items spread evenly over the fewest pages of `size`."""
    pages = max(1, -(-items // size))
    return int(second // PAGE_SECONDS) % pages, pages


def strip_height(count: int, pen: Pen) -> int:
    """Pixels that the strip of `count` services takes; 0 for none."""
    if count == 0:
        return 0
    return pen.px(_TALL) if _rows(_per_page(count)) == 1 else pen.px(2 * _LOW + _GAP)


def service_strip(view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    """One card a service; with more than PAGE_SIZE the pages take turns, and dots say which one this is."""
    services = view.services
    page, pages = page_at(len(services), PAGE_SIZE, view.now.timestamp())
    per_page = _per_page(len(services))
    rows = _rows(per_page)
    shown = services[page * per_page : (page + 1) * per_page]
    for service, cell in zip(shown, box.grid(-(-per_page // rows), rows, pen.px(_GAP)), strict=False):
        yield from _card(service, view, cell, pen)
    if pages > 1:
        yield from _dots(page, pages, box, pen)


def _per_page(count: int) -> int:
    return -(-count // max(1, -(-count // PAGE_SIZE)))


def _rows(per_page: int) -> int:
    return 1 if per_page <= PAGE_SIZE // 2 else 2


def _card(service: Service, view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    yield Rect(box, CREAM if service.suspended or service.alarm else WHITE, pen.px(14))
    pen = replace(pen, unit=min(box.h / _LOW, box.w / _CARD_WIDTH))
    inner = box.inset(pen.px(14), pen.px(9))
    badge, inner = inner.cut_left(pen.px(76), pen.px(16))
    badge = badge.inset(0, max(0, (badge.h - pen.px(104)) // 2))
    yield Rect(badge, BLUE, pen.px(12))
    letter = replace(pen.style(62, Weight.HEAVY, WHITE, least=0.3), align="centre")
    yield from pen.write(service.code, badge.inset(pen.px(4), 0), letter)
    name, figures = inner.cut_top(round(inner.h * 0.44))
    yield from pen.write(service.name, name, replace(pen.style(29, Weight.MEDIUM, SLATE, 0.5), lines=2))
    yield from _suspended(service, figures, pen) if service.suspended else _figures(service, view, figures, pen)


def _figures(service: Service, view: WallView, box: Box, pen: Pen) -> Iterator[Primitive]:
    waiting, wait = box.grid(1, 2, 0)
    if note := _left(service, pen):
        style = replace(pen.style(29, Weight.MEDIUM, INK), align="right")
        room = min(pen.measure(note, style.px, style.weight), waiting.w // 2)
        left, waiting = waiting.cut_right(room, pen.px(8))
        yield from pen.write(note, left, style)
    yield from pen.write(pen.text("wall.waiting", n=service.waiting), waiting, pen.style(37, Weight.BOLD, INK))
    yield from pen.write(wait_text(service, view, pen), wait, pen.style(37, Weight.BOLD, BLUE))


def _suspended(service: Service, box: Box, pen: Pen) -> Iterator[Primitive]:
    """The sentence in place of the minutes takes two lines; how many wait stands beside it."""
    count, sentence = box.cut_right(round(box.w * 0.18), pen.px(8))
    number, word = count.grid(1, 2, 0)
    right = replace(pen.style(37, Weight.BOLD, INK), align="right")
    yield from pen.write(str(service.waiting), number, right)
    yield from pen.write(pen.text("wall.wait_word"), word, replace(right, px=pen.px(29)))
    yield from pen.write(pen.text("wall.suspended"), sentence, replace(pen.style(37, Weight.BOLD, BLUE), lines=2))


def _left(service: Service, pen: Pen) -> str:
    """How many numbers are left today, when they are few."""
    if service.left is None or service.left > _FEW:
        return ""
    return pen.text("wall.left", n=service.left) if service.left > 0 else pen.text("wall.none_left")


def wait_text(service: Service, view: WallView, pen: Pen) -> str:
    """What the wall says about the wait: a range of minutes, why there is none, or a dash."""
    if view.lunch is not None and view.on_break:
        return pen.text("wall.lunch_until", time=view.lunch.ends.strftime("%H:%M"))
    if service.waiting and not service.counters_open:
        return pen.text("wall.no_staff" if service.alarm else "wall.no_counter")
    if service.last_before_lunch is not None and view.lunch is not None:
        key = "wall.last_before_lunch" if service.last_before_lunch else "wall.after_lunch"
        return pen.text(key, number=service.last_before_lunch)
    return _promise(service, pen)


def _promise(service: Service, pen: Pen) -> str:
    if service.promise is None:
        return "–"
    low, high = service.promise
    if low <= 0:
        return pen.text("wall.wait_under", high=max(1, high))
    key = "wall.wait_about" if low == high else "wall.wait_range"
    return pen.text(key, low=low, high=high)


def _dots(page: int, pages: int, box: Box, pen: Pen) -> Iterator[Primitive]:
    side, gap = pen.px(8), pen.px(8)
    left = box.x + box.w // 2 - pages * (side * 2 + gap) // 2
    for number in range(pages):
        here = number == page
        dot = Box(left, box.y + box.h + pen.px(5), side * 3 if here else side, side)
        yield Rect(dot, INK if here else SLATE, side // 2)
        left += dot.w + gap
