"""Tickets compared with pictures that somebody has looked at.

After a wanted change: `RENEW_GOLDEN=1 pytest tests/kiosk/test_golden.py`, look at every picture, commit them.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.checklist import draw_checklist
from kiosk.checklist_words import sheet
from kiosk.layout import TicketText, draw
from moiso.texts import catalogue
from tests.kiosk.sheets import BIRTH, LONG_LIST, MOVE, SITE
from tests.kiosk.tickets import ALL_AT_ONCE, LONG, NO_PROMISE, NORMAL, OFFLINE, REPLACES, REPRINT, SUSPENDED, TRAINING

GOLDEN = Path(__file__).with_name("golden")
TOLERANCE = 0.005  # of all dots: another FreeType moves the edges of letters

CASES = {
    "normal-58mm": (NORMAL, 384),
    "long-58mm": (LONG, 384),
    "normal-80mm": (NORMAL, 576),
    "long-80mm": (LONG, 576),
    "no-promise-80mm": (NO_PROMISE, 512),
    "suspended-58mm": (SUSPENDED, 384),
    "suspended-80mm": (SUSPENDED, 576),
    "training-58mm": (TRAINING, 384),
    "training-80mm": (TRAINING, 576),
    "offline-58mm": (OFFLINE, 384),
    "offline-80mm": (OFFLINE, 576),
    "reprint-58mm": (REPRINT, 384),
    "reprint-80mm": (REPRINT, 576),
    "replaces-80mm": (REPLACES, 576),
    "all-at-once-58mm": (ALL_AT_ONCE, 384),
    "all-at-once-80mm": (ALL_AT_ONCE, 576),
}


CHECKLISTS = {
    "checklist-58mm": (BIRTH, 384),
    "checklist-80mm": (BIRTH, 576),
    "checklist-elsewhere-58mm": (MOVE, 384),
    "checklist-long-58mm": (LONG_LIST, 384),
    "checklist-long-80mm": (LONG_LIST, 576),
}


@pytest.mark.parametrize("name", CASES)
def test_ticket_looks_as_approved(name: str, tmp_path: Path):
    compare(name, draw(*CASES[name]), tmp_path)


@pytest.mark.parametrize("name", CHECKLISTS)
def test_checklist_looks_as_approved(name: str, tmp_path: Path):
    procedure, width = CHECKLISTS[name]
    text = sheet("p1", procedure, "vi", SITE, catalogue("vi").text, scanner=True).text
    compare(name, draw_checklist(text, width), tmp_path)


def compare(name: str, picture: Image.Image, tmp_path: Path) -> None:
    if os.environ.get("RENEW_GOLDEN"):
        picture.save(GOLDEN / f"{name}.png", optimize=True)

    approved = Image.open(GOLDEN / f"{name}.png").convert("1")

    assert picture.size == approved.size, f"{name}: {advice(picture, tmp_path / name)}"
    difference = ImageChops.logical_xor(picture, approved)
    share = difference.histogram()[255] / (picture.width * picture.height)
    assert share <= TOLERANCE, f"{name}: {share:.1%} of the dots differ; {advice(difference, tmp_path / name)}"


def advice(picture: Image.Image, stem: Path) -> str:
    path = stem.with_suffix(".png")
    picture.save(path)
    return f"see {path} beside {GOLDEN / path.name}; renew a wanted change as the top of {Path(__file__).name} says"


def test_the_comparison_sees_a_changed_digit(tmp_path: Path):
    ticket, width = CASES["normal-80mm"]
    changed = draw(TicketText(**{**vars(ticket), "number": "A013"}), width)
    approved = Image.open(GOLDEN / "normal-80mm.png").convert("1")

    share = ImageChops.logical_xor(changed, approved).histogram()[255] / (changed.width * changed.height)

    assert share > TOLERANCE
