"""What hands do to a fake kiosk, and what is written down of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.fake_kiosk import FakeKiosk
from kiosk.printer import connect
from moiso.wire.messages import FakePress
from tests.kiosk.cards import IDENTITY


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[FakeKiosk]:
    it = FakeKiosk(tmp_path, 576, lambda _: None)
    it.start()
    yield it
    it.stop()


def done(folder: Path) -> dict[str, str]:
    return json.loads((folder / "done.json").read_text())


def test_the_printer_is_as_the_worst_of_what_was_done_to_it(kiosk: FakeKiosk):
    printer, said = connect(kiosk.printer.settings), []
    for what in (
        FakePress(cover="open"),
        FakePress(paper="near"),
        FakePress(printer="cutter"),
        FakePress(cover="closed"),
        FakePress(printer="well"),
        FakePress(paper="ok"),
    ):
        kiosk.do(what)
        said.append(printer.status().value)
    printer.close()
    assert said == ["cover", "cover", "cutter", "cutter", "near", "ok"]


def test_what_was_done_is_written_down_but_nothing_of_a_scan(kiosk: FakeKiosk, tmp_path: Path):
    assert done(tmp_path) == {"paper": "ok", "cover": "closed", "speed": "fast", "printer": "well", "scanner": "plug"}
    kiosk.do(FakePress(scan=IDENTITY))
    kiosk.do(FakePress(speed="usual"))
    kiosk.do(FakePress(scanner="unplug"))
    kiosk.do(FakePress(printer="drop"))
    assert done(tmp_path) == {
        "paper": "ok", "cover": "closed", "speed": "usual", "printer": "well", "scanner": "unplug",
    }  # fmt: skip
    assert kiosk.printer.speed == 150.0
    assert not (tmp_path / "scanner").exists()


@pytest.mark.parametrize("what", [FakePress(), FakePress(line="unplug")])
def test_what_a_kiosk_does_not_have_is_said(kiosk: FakeKiosk, what: FakePress):
    with pytest.raises(ValueError, match="takes press, scan, paper, cover, speed, printer, scanner and link"):
        kiosk.do(what)
