"""The network driver against the fake printer, over a real socket."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.fake_printer import FakePrinter, State
from kiosk.layout import draw
from kiosk.paper import PaperStatus
from kiosk.printer import Failed, Printed, Printer, PrinterSettings, Unknown, connect
from kiosk.ticket_bytes import encode
from tests.kiosk.tickets import NORMAL

DRAWN = draw(NORMAL, 576)
JOB = encode(DRAWN)


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
    return sorted(path.name for path in (tmp_path / "tickets").iterdir())


def test_a_printed_ticket_is_kept_as_bytes_and_as_their_picture(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.expect("A012")

    assert printer.print(JOB) == Printed(PaperStatus.OK)

    assert (tmp_path / "tickets" / "A012.escpos").read_bytes() == JOB
    picture = Image.open(tmp_path / "tickets" / "A012.png").convert("1")
    assert picture.crop((0, 0, 576, DRAWN.height)).tobytes() == DRAWN.tobytes()


@pytest.mark.parametrize("state", ["ok", "near", "out", "cover"])
def test_status_is_what_the_printer_says(state: State, fake: FakePrinter, printer: Printer):
    fake.set_paper(state)

    assert printer.status() == state


def test_the_last_of_the_paper_still_prints(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.set_paper("near")
    fake.expect("A013")

    assert printer.print(JOB) == Printed(PaperStatus.NEAR)
    assert "A013.png" in kept(tmp_path)


@pytest.mark.parametrize("state", ["out", "cover"])
def test_a_stopped_printer_gets_no_ticket_that_would_come_out_later(
    state: State, fake: FakePrinter, printer: Printer, tmp_path: Path
):
    fake.set_paper(state)
    begun = time.monotonic()

    assert printer.print(JOB) == Failed(state)

    assert time.monotonic() - begun < 1.0, "it was sent first and called back afterwards"
    fake.set_paper("ok")
    assert kept(tmp_path) == []
    assert printer.print(JOB) == Printed()


@pytest.mark.parametrize("state", ["out", "cover"])
def test_a_ticket_caught_in_the_printer_is_called_back(
    state: State, fake: FakePrinter, printer: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kiosk.escpos_printer._PRINT_WAIT", 0.3)
    cut = fake._cut

    def stop_before_the_cut() -> None:
        fake._state = state
        cut()

    monkeypatch.setattr(fake, "_cut", stop_before_the_cut)

    assert printer.print(JOB) == Failed(state)

    fake.set_paper("ok")
    assert kept(tmp_path) == []


def test_what_was_sent_without_paper_comes_out_when_there_is_paper(fake: FakePrinter, tmp_path: Path):
    fake.set_paper("out")
    fake.expect("A014")
    with socket.create_connection((fake.settings.address, fake.settings.port)) as line:
        line.sendall(JOB + b"\x10\x04\x01")
        assert line.recv(1) == b"\x1a"

    fake.set_paper("ok")

    assert kept(tmp_path) == ["A014.escpos", "A014.png"]


def test_a_silent_printer_is_unknown_and_soon(fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.set_paper("silent")
    fake.expect("A015")
    begun = time.monotonic()

    assert printer.status() is PaperStatus.UNKNOWN
    assert time.monotonic() - begun < 1.5
    assert printer.print(JOB) == Unknown()
    assert time.monotonic() - begun < 3.0
    assert kept(tmp_path) == ["A015.escpos", "A015.png"]


@pytest.mark.parametrize("count", [0, 9, 3000, len(JOB) - 1])
def test_a_line_that_breaks_is_never_a_printed_ticket(count: int, fake: FakePrinter, printer: Printer, tmp_path: Path):
    fake.drop_after(count)

    assert isinstance(printer.print(JOB), Failed | Unknown)

    assert kept(tmp_path) == []
    assert printer.print(JOB) == Printed()


def test_a_slow_printer_is_waited_for(fake: FakePrinter, printer: Printer):
    fake.seconds_per_ticket = 0.7
    begun = time.monotonic()

    assert printer.print(JOB) == Printed()
    assert time.monotonic() - begun >= 0.7


def test_a_picture_that_holds_a_question_gets_no_answer(fake: FakePrinter, printer: Printer):
    raster = b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01"

    with socket.create_connection((fake.settings.address, fake.settings.port)) as line:
        line.sendall(raster + b"\x10\x04\x04")
        time.sleep(0.1)
        assert line.recv(16) == b"\x12"


def test_nobody_there_is_offline_and_not_an_error(fake: FakePrinter, printer: Printer):
    fake.stop()

    assert printer.status() is PaperStatus.OFFLINE
    assert printer.print(JOB) == Failed("not-found")


def test_a_printer_that_knows_only_the_old_question_is_believed(
    fake: FakePrinter, printer: Printer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kiosk.escpos_printer._PRINT_WAIT", 0.3)
    answer = fake._answer
    monkeypatch.setattr(fake, "_answer", lambda command: b"" if command.raw[:2] == b"\x1dr" else answer(command))

    assert printer.print(JOB) == Printed()
    begun = time.monotonic()
    assert printer.print(JOB) == Printed()
    assert time.monotonic() - begun < 0.3


def test_a_printer_that_hangs_up_at_once_is_unknown_at_once():
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: [server.accept()[0].close() for _ in range(2)], daemon=True).start()
        printer = connect(PrinterSettings("network", address="127.0.0.1", port=server.getsockname()[1]))
        begun = time.monotonic()

        assert printer.status() is PaperStatus.UNKNOWN
        assert printer.print(JOB) == Failed("line-lost")
        assert time.monotonic() - begun < 0.3


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
