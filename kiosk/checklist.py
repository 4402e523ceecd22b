"""Draw the papers to bring for a procedure: words in, a black and white picture out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from kiosk.drawing import Paragraph, framed, paragraph, rule, stack, to_tick


@dataclass(frozen=True)
class ChecklistText:
    """What a checklist says, every field ready to be read; an empty field leaves its line out.

    label: the procedure in few words, name: in full where that is something else. papers: what to bring, one a line;
    unlisted: what to say where the list does not tell. place: who does it; counters: of this centre.
    """

    centre: str
    title: str
    label: str
    name: str
    code: str
    papers: tuple[str, ...]
    unlisted: str
    place: str
    counters: str
    not_ticket: str
    hours: str
    hotline: str
    code_caption: str = ""


def draw_checklist(text: ChecklistText, width: int) -> Image.Image:
    """The checklist as a mode "1" picture `width` dots wide."""
    head, place, foot = ([paragraph(part, width) for part in parts(text)] for parts in (_head, _place, _foot))
    papers = [rule(width), *(to_tick(paper, width) for paper in text.papers)] if text.papers else []
    return stack([*head, *papers, rule(width), *place, framed(text.not_ticket, width), *foot], width)


def _head(text: ChecklistText) -> Iterator[Paragraph]:
    yield Paragraph(text.centre, "SemiBold", 30)
    yield Paragraph(text.title, "ExtraBold", 40, 14)
    yield Paragraph(text.label, "Bold", 38, 10)
    yield Paragraph(text.name, "Medium", 26, 8)
    yield Paragraph(text.code, "SemiBold", 28, 8)


def _place(text: ChecklistText) -> Iterator[Paragraph]:
    yield Paragraph(text.unlisted, "SemiBold", 32)
    yield Paragraph(text.place, "Bold", 36, 4)
    yield Paragraph(text.counters, "Bold", 36, 4)


def _foot(text: ChecklistText) -> Iterator[Paragraph]:
    yield Paragraph(text.hours, "Medium", 28, 4)
    yield Paragraph(text.hotline, "Medium", 28, 4)
    yield Paragraph(text.code_caption, "SemiBold", 30, 14)
