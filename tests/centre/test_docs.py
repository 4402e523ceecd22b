"""The generated pages of docs/ are what the code says today."""

import pytest

from centre.docs import pages
from moiso.core.commands import COMMANDS
from moiso.core.events import EVENTS
from moiso.core.tickets import FINAL, TABLE


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_page_is_current(path):
    assert path.read_text(encoding="utf-8") == pages()[path], "run `make docs`"


def test_wire_page_names_every_command_and_event():
    page = next(text for path, text in pages().items() if path.name == "mqtt.md")
    assert [name for name in (*COMMANDS, *EVENTS) if f"| `{name}` |" not in page] == []


def test_diagram_has_an_arrow_for_every_row_of_the_table():
    page = next(text for path, text in pages().items() if path.name == "ticket.md")
    assert page.count(" --> ") == sum(len(moves) for moves in TABLE.values()) + len(FINAL)
