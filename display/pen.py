"""Writes texts of the catalogue at sizes that follow the screen's height. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from display.fitting import Measure, Style, fit
from display.paint import Box, Colour, Picture, Primitive, Rect, Text, Weight


class Texts(Protocol):
    """Looks a text up by its key ("wall.now_calling") and fills its `{name}` placeholders."""

    def __call__(self, key: str, **params: object) -> str:
        """The text in the wall's language."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Measures, words and scale; `unit` is the pixels of 1/1080 of the screen's height."""

    measure: Measure
    text: Texts
    unit: float

    def px(self, units: float) -> int:
        """Whole pixels of a length in units of 1/1080 of the screen's height."""
        return round(units * self.unit)

    def style(self, units: float, weight: Weight, colour: Colour, least: float = 0.6) -> Style:
        """One line, to the left; it may shrink to the part `least` of its size before it is cut."""
        return Style(self.px(units), weight, colour, least=max(8, self.px(units * least)))

    def write(self, text: str, box: Box, style: Style) -> tuple[Text, ...]:
        """The text fitted into the box."""
        return fit(text, box, style, self.measure)

    def pills(self, labels: Sequence[str], box: Box, ink: Colour, fill: Colour) -> tuple[Picture, Box]:
        """Labels on rounded fields from the right end of `box`, as many as fit, and the room left of them."""
        drawn: list[Primitive] = []
        for label in labels:
            style = replace(self.style(box.h / self.unit * 0.62, Weight.BOLD, ink), align="centre")
            width = self.measure(label, style.px, style.weight) + box.h
            if width > box.w:
                break
            field, box = box.cut_right(width, self.px(14))
            drawn.append(Rect(field, fill, field.h // 2))
            drawn += self.write(label, field.inset(field.h // 2, 0), style)
        return tuple(drawn), box
