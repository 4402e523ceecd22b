"""The network driver against the fake printer, over a real socket."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk import escpos_questions
from kiosk.escpos_decode import Kind, Parser
from kiosk.fake_printer import FakePrinter, State
from kiosk.layout import draw
from kiosk.paper import PaperStatus
from kiosk.printer import Dialect, Failed, Printed, Printer, PrinterSettings, Unknown, connect
from kiosk.ticket_bytes import encode
from tests.kiosk.patience import Motor
from tests.kiosk.tickets import NORMAL
from tests.whole.centre import until
from tests.whole.talk import PATIENCE

pytestmark = pytest.mark.usefixtures("waits")

DRAWN = draw(NORMAL, 576)
JOB = encode(DRAWN)
MILLIMETRES = DRAWN.height / 8


@pytest.fixture
def motor(monkeypatch: pytest.MonkeyPatch) -> Motor:
    return Motor(monkeypatch)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how many seconds a printer is given to answer in order, each time."""
    done, given = escpos_questions.done, list[float]()

    def noted(line: Any, seconds: float) -> bool:
        given.append(seconds)
        return done(line, seconds)

    monkeypatch.setattr(escpos_questions, "done", noted)
    return given


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakePrinter]:
    fake = FakePrinter(tmp_path, width=576)
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def printer(fake: FakePrinter) -> Printer:
    return connect(fake.settings)


def kept(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "tickets").iterdir() if path.suffix != ".part")


def comes_out(tmp_path: Path, *names: str) -> None:
    """These are kept, and nothing else: the paper comes after the line is closed."""
    until(lambda: len(kept(tmp_path)) >= len(names), PATIENCE, "nothing comes out")
    assert kept(tmp_path) == list(names)


def test_a_printed_ticket_is_kept_as_bytes_and_as_their_picture(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.expect("A012")

    assert printer.print(JOB) == Printed(PaperStatus.OK)

    assert (tmp_path / "tickets" / "A012.escpos").read_bytes() == JOB
    picture = Image.open(tmp_path / "tickets" / "A012.png").convert("1")
    assert picture.crop((0, 0, 576, DRAWN.height)).tobytes() == DRAWN.tobytes()


def test_a_ticket_that_is_named_before_the_last_one_is_cut_keeps_its_name(
    fake: FakePrinter, printer: Printer, tmp_path: Path
):
    """A kiosk that has waited in vain for the word on one ticket goes on to the next."""
    *most, cut = [command.raw for command in Parser().feed(JOB)]
    fake.expect("A012")
    with socket.create_connection(("127.0.0.1", fake.settings.port)) as line:
        line.sendall(b"".join(most) + b"\x10\x04\x01")
        assert line.recv(1) == b"\x12"
        fake.expect("A013")
        line.sendall(cut)
    assert printer.print(JOB) == Printed(PaperStatus.OK)
    assert kept(tmp_path) == ["A012.escpos", "A012.png", "A013.escpos", "A013.png"]


@pytest.mark.parametrize("state", ["ok", "near", "out", "cover", "cutter"])
def test_status_is_what_the_printer_says(state: State, fake: FakePrinter, printer: Printer):
    fake.set_paper(state)

    assert printer.status() == state


def test_the_last_of_the_paper_still_prints(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.set_paper("near")
    fake.expect("A013")

    assert printer.print(JOB) == Printed(PaperStatus.NEAR)
    assert "A013.png" in kept(tmp_path)


@pytest.mark.parametrize("state", ["out", "cover", "cutter"])
def test_a_stopped_printer_gets_no_ticket_that_would_come_out_later(
    state: State, fake: FakePrinter, printer: Printer, tmp_path: Path
):
    fake.set_paper(state)
    fake.expect("A013")

    assert printer.print(JOB) == Failed(state)

    fake.set_paper("ok")
    assert printer.print(JOB) == Printed()
    # Whatever had come of the first would have taken the name with it, also when it was called back.
    assert kept(tmp_path) == ["A013.escpos", "A013.png"]


@pytest.mark.parametrize("state", ["out", "cover", "cutter"])
def test_a_ticket_caught_in_the_printer_is_called_back_and_hangs_on_no_other(
    state: State, fake: FakePrinter, printer: Printer, tmp_path: Path, motor: Motor
):
    fake.speed = 200.0
    fake.expect("A013")
    motor.held(lambda: fake.set_paper(state))
    begun = time.monotonic()

    assert printer.print(JOB) == Failed(state, begun=True)

    assert time.monotonic() - begun < PATIENCE, "it waited for an answer that a stopped printer does not give"
    motor.go_on()
    fake.set_paper("ok")
    fake.expect("A014")
    assert printer.print(JOB) == Printed()
    assert kept(tmp_path) == ["A014.escpos", "A014.png"]
    assert (tmp_path / "tickets" / "A014.escpos").read_bytes() == JOB
    assert (tmp_path / "scraps" / "A013.png").exists()


def test_only_a_torn_ticket_costs_a_cut(fake: FakePrinter, printer: Printer, tmp_path: Path):
    for ticket in ("A001", "A002"):
        fake.expect(ticket)
        printer.print(JOB)

    assert (tmp_path / "tickets" / "A002.escpos").read_bytes() == JOB
    assert list((tmp_path / "scraps").iterdir()) == []


def test_what_was_sent_without_paper_comes_out_when_there_is_paper(fake: FakePrinter, tmp_path: Path):
    fake.set_paper("out")
    fake.expect("A014")
    with socket.create_connection((fake.settings.address, fake.settings.port)) as line:
        line.sendall(JOB + b"\x10\x04\x01")
        assert line.recv(1) == b"\x1a"

    fake.set_paper("ok")

    comes_out(tmp_path, "A014.escpos", "A014.png")


def test_a_silent_printer_is_unknown_and_not_asked_whether_it_is_done(
    fake: FakePrinter, printer: Printer, tmp_path: Path, hurry: None, asked: list[float]
):
    fake.set_paper("silent")
    fake.expect("A015")

    assert printer.status() is PaperStatus.UNKNOWN
    assert printer.print(JOB) == Unknown()
    assert asked == [], "that is the longest of all waits"
    comes_out(tmp_path, "A015.escpos", "A015.png")


@pytest.mark.parametrize("count", [0, 9, 3000, len(JOB) - 1])
def test_a_line_that_breaks_is_never_a_printed_ticket(count: int, fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.drop_after(count)

    assert isinstance(printer.print(JOB), Failed | Unknown)

    assert kept(tmp_path) == []
    assert printer.print(JOB) == Printed()


def test_paper_takes_its_time_by_its_length(fake: FakePrinter, printer: Printer, motor: Motor):
    fake.speed = 150.0

    assert printer.print(JOB) == Printed()
    assert MILLIMETRES <= 150.0 * sum(motor.turned) < MILLIMETRES + 30, "and what is fed before the cut"


def test_a_slow_printer_is_waited_for(
    fake: FakePrinter, printer: Printer, motor: Motor, asked: list[float], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kiosk.escpos_printer._CUT_WAIT", 1.0)
    monkeypatch.setattr("kiosk.escpos_printer._SLOWEST", 0.5)
    fake.speed = 55.0

    for count in (1, 2):
        assert printer.print(JOB) == Printed()
        assert len(asked) == count, "the second was not waited for"
    assert all(seconds >= 1.0 + MILLIMETRES / 0.5 for seconds in asked)
    assert 55.0 * sum(motor.turned) >= 2 * MILLIMETRES


def test_a_lie_that_all_is_well_costs_the_paper_and_nothing_else(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.set_paper("says-ok")
    assert printer.print(JOB) == Printed()
    assert kept(tmp_path) == []

    distrusted = connect(replace(fake.settings, answers=False))
    assert distrusted.print(JOB) == Unknown()
    assert distrusted.status() is PaperStatus.UNKNOWN


def test_a_printer_that_always_says_it_is_out_prints_when_it_is_not_asked(fake: FakePrinter, tmp_path: Path):
    fake.set_paper("says-out")
    assert connect(fake.settings).print(JOB) == Failed("out")

    fake.expect("A017")
    assert connect(replace(fake.settings, answers=False)).print(JOB) == Unknown()
    comes_out(tmp_path, "A017.escpos", "A017.png")


def test_nonsense_is_no_answer(fake: FakePrinter, printer: Printer, tmp_path: Path, hurry: None):
    fake.set_paper("garbage")
    for _ in range(30):
        assert printer.status() is PaperStatus.UNKNOWN

    fake.expect("A018")
    assert printer.print(JOB) == Unknown()
    comes_out(tmp_path, "A018.escpos", "A018.png")


def test_a_code_is_kept_in_words(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.expect("A019")

    assert printer.print(encode(DRAWN, "https://hcc.example.vn/t/3f9a")) == Printed()
    assert (tmp_path / "tickets" / "A019.qr").read_text() == "https://hcc.example.vn/t/3f9a"


def test_a_printer_without_whole_pictures_prints_strips_of_columns(fake: FakePrinter, tmp_path: Path):
    fake.unknown = {Kind.RASTER, Kind.TWO_D_CODE}
    printer = connect(fake.settings)
    fake.expect("A020")
    assert printer.print(JOB) == Printed()
    assert not printed_well(tmp_path / "tickets" / "A020.png")

    fake.expect("A021")
    assert printer.print(encode(DRAWN, "https://hcc.example.vn", Dialect("columns"))) == Printed()
    assert printed_well(tmp_path / "tickets" / "A021.png")


def printed_well(path: Path) -> bool:
    return Image.open(path).convert("1").crop((0, 0, 576, DRAWN.height)).tobytes() == DRAWN.tobytes()


def test_a_picture_that_holds_a_question_gets_no_answer(fake: FakePrinter, printer: Printer):
    raster = b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01"
    fake.set_paper("near")

    with socket.create_connection((fake.settings.address, fake.settings.port)) as line:
        line.sendall(raster + b"\x10\x04\x04")
        assert line.recv(1) == b"\x1e", "the first answer is the one about the paper"


def test_nobody_there_is_offline_and_not_an_error(fake: FakePrinter, printer: Printer):
    fake.stop()

    assert printer.status() is PaperStatus.OFFLINE
    assert printer.print(JOB) == Failed("not-found")


def test_a_printer_that_knows_only_the_old_question_is_believed(
    fake: FakePrinter, printer: Printer, asked: list[float], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kiosk.escpos_printer._CUT_WAIT", 0.3)
    monkeypatch.setattr("kiosk.escpos_printer._SLOWEST", 10_000.0)
    fake.unknown = {Kind.ASK_IN_ORDER}

    for _ in range(2):
        assert printer.print(JOB) == Printed()
    assert len(asked) == 1, "the second was waited for in vain too"


def test_a_printer_that_hangs_up_at_once_is_unknown_at_once():
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: [server.accept()[0].close() for _ in range(2)], daemon=True).start()
        printer = connect(PrinterSettings("network", address="127.0.0.1", port=server.getsockname()[1]))
        begun = time.monotonic()

        assert printer.status() is PaperStatus.UNKNOWN
        assert printer.print(JOB) == Failed("line-lost")
        assert time.monotonic() - begun < PATIENCE, "it waited for the answer of nobody"


def test_nonsense_does_not_stop_the_fake(fake: FakePrinter, printer: Printer):
    with socket.create_connection((fake.settings.address, fake.settings.port)) as line:
        line.sendall(bytes(range(256)) * 40)

    assert printer.print(JOB) == Printed()


def test_a_fake_that_cannot_keep_a_ticket_says_so_and_goes_on(
    fake: FakePrinter, printer: Printer, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "tickets").rmdir()
    fake.expect("A016")

    assert printer.print(JOB) == Printed()
    assert "A016" in caplog.text


def test_a_fake_has_to_be_started():
    with pytest.raises(ValueError, match="FakePrinter"):
        connect(PrinterSettings("fake"))
