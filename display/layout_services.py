"""The services on the wall: how many wait, and how long it will take; eight at a time. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from display.paint import BLUE, INK, SLATE, WHITE, Box, Primitive, Rect, Weight
from display.pen import Pen
from display.view import Service

PAGE_SECONDS = 8
"""How long a page of services, or a notice, stays."""
PAGE_SIZE = 8
"""Services shown at once."""
_TALL, _LOW, _GAP = 216, 160, 14
_CARD_WIDTH = 450


def page_at(items: int, size: int, second: float) -> tuple[int, int]:
    """(the page shown at this second, how many pages); items spread evenly over the fewest pages of `size`."""
    pages = max(1, -(-items // size))
    return int(second // PAGE_SECONDS) % pages, pages


def strip_height(count: int, pen: Pen) -> int:
    """Pixels that the strip of `count` services takes; 0 for none."""
    if count == 0:
        return 0
    return pen.px(_TALL) if _rows(_per_page(count)) == 1 else pen.px(2 * _LOW + _GAP)


def service_strip(services: Sequence[Service], second: float, box: Box, pen: Pen) -> Iterator[Primitive]:
    """One card a service; with more than PAGE_SIZE the pages take turns, and dots say which one this is."""
    page, pages = page_at(len(services), PAGE_SIZE, second)
    per_page = _per_page(len(services))
    rows = _rows(per_page)
    shown = services[page * per_page : (page + 1) * per_page]
    for service, cell in zip(shown, box.grid(-(-per_page // rows), rows, pen.px(_GAP)), strict=False):
        yield from _card(service, cell, pen)
    if pages > 1:
        yield from _dots(page, pages, box, pen)


def _per_page(count: int) -> int:
    return -(-count // max(1, -(-count // PAGE_SIZE)))


def _rows(per_page: int) -> int:
    return 1 if per_page <= PAGE_SIZE // 2 else 2


def _card(service: Service, box: Box, pen: Pen) -> Iterator[Primitive]:
    yield Rect(box, WHITE, pen.px(14))
    pen = replace(pen, unit=min(box.h / _LOW, box.w / _CARD_WIDTH))
    inner = box.inset(pen.px(14), pen.px(9))
    badge, inner = inner.cut_left(pen.px(76), pen.px(16))
    badge = badge.inset(0, max(0, (badge.h - pen.px(104)) // 2))
    yield Rect(badge, BLUE, pen.px(12))
    letter = replace(pen.style(62, Weight.HEAVY, WHITE, least=0.3), align="centre")
    yield from pen.write(service.code, badge.inset(pen.px(4), 0), letter)
    name, figures = inner.cut_top(round(inner.h * 0.44))
    yield from pen.write(service.name, name, replace(pen.style(29, Weight.MEDIUM, SLATE, 0.5), lines=2))
    waiting, wait = figures.grid(1, 2, 0)
    yield from pen.write(_waiting(service, pen), waiting, pen.style(37, Weight.BOLD, INK))
    yield from pen.write(wait_text(service, pen), wait, pen.style(37, Weight.BOLD, BLUE))


def _waiting(service: Service, pen: Pen) -> str:
    return pen.text("wall.waiting", n=service.waiting)


def wait_text(service: Service, pen: Pen) -> str:
    """What the wall says about the wait: a range of minutes, why there is none, or a dash."""
    if service.waiting and not service.counters_open:
        return pen.text("wall.no_counter")
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
