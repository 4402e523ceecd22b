"""The page's own files: every text and picture that they name is there, and none is for nothing."""

import re
from pathlib import Path

import pytest

import kiosk.page
from moiso.texts import LANGUAGES, catalogue

FOLDER = Path(kiosk.page.__path__[0])
HTML = (FOLDER / "templates/page.html").read_text(encoding="utf-8")
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "static").glob("*.js")))
#: Texts whose keys are put together: by the mode, by what a range of minutes is for, by what is said of a search.
JOINED = {"closed", "closed_what", "starting", "starting_what", "staff_what", "box_wait", "box_wait_short"}
JOINED |= {"box_wait_long", "wait", "wait_short", "wait_long", "find_hint", "find_none", "find_missing", "find_failed"}


def named() -> set[str]:
    """Every text that the page asks for by its name."""
    calls = re.findall(r'text\((?:\w+ \? )?"(\w+)"(?: : "(\w+)")?', SCRIPTS)
    marks = re.findall(r'data-t="(\w+)"', HTML) + re.findall(r"\$text_(\w+)", HTML)
    choices = re.findall(r'text\([^()]*\? "(\w+)" : "(\w+)"\)', SCRIPTS)
    return {name for pair in [*calls, *choices] for name in pair if name} | set(marks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_page_asks_for_is_in_the_catalogue(language: str):
    assert named() - set(catalogue(language).table("touch")) == set()


def test_no_text_is_for_nothing():
    here = {"language", "qr_rest"}
    assert set(catalogue("vi").table("touch")) - named() - JOINED - here == set()


def test_every_script_that_is_imported_is_there():
    wanted = set(re.findall(r'from "\./(\w+\.js)"', SCRIPTS))
    assert len(wanted) > 8
    assert [name for name in wanted if not (FOLDER / "static" / name).is_file()] == []
