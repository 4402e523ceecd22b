"""Looking for a printer that nobody has described."""

import os
import pty
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk import probe
from kiosk.escpos_decode import Kind, Parser, picture, qr_text
from kiosk.fake_printer import FakePrinter, status_byte
from kiosk.paper import PaperStatus, name_in
from kiosk.printer import PrinterSettings
from kiosk.strip import WIDTHS, frame, strip
from tests.kiosk.patience import hasty, patient

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> None:
    patient(monkeypatch)


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakePrinter]:
    fake = FakePrinter(tmp_path)
    fake.start()
    yield fake
    fake.stop()


def run(fake: FakePrinter, *more: str) -> int:
    way = ["--host", fake.settings.address, "--port", str(fake.settings.port)]
    return probe.main(["--probe", *way, "--lang", "en", *more])


def test_a_printer_on_the_network_is_found_and_described(fake: FakePrinter, capsys: Said):
    assert run(fake) == 0

    said = capsys.readouterr().out
    assert f"127.0.0.1:{fake.settings.port}: printer Fake-80" in said
    assert "answers, and has paper" in said
    assert f'[kiosk.printer]\nkind = "network"\nhost = "127.0.0.1"\nport = {fake.settings.port}\nwidth = 576' in said


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("near", "nearly out"),
        ("out", "no paper"),
        ("cover", "cover is open"),
        ("cutter", "jammed"),
        ("silent", "does not answer"),
        ("garbage", "does not answer"),
    ],
)
def test_what_it_answers_is_told(fake: FakePrinter, capsys: Said, monkeypatch: pytest.MonkeyPatch, state, words):
    fake.set_paper(state)
    if words == "does not answer":
        hasty(monkeypatch)
    run(fake)
    assert words in capsys.readouterr().out


def test_nobody_there_is_said_with_what_to_do(capsys: Said, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(probe, "ways", lambda _host, _port: iter(()))
    assert probe.main(["--probe"]) == 1
    assert "--host" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("state", "words"), [("ok", "write answers = false"), ("cover", "says so when its cover is open")]
)
def test_a_printer_that_does_not_notice_its_open_cover_is_not_believed(
    fake: FakePrinter, capsys: Said, monkeypatch: pytest.MonkeyPatch, state, words
):
    monkeypatch.setattr("builtins.input", lambda _: fake.set_paper(state))
    run(fake, "--cover")
    assert words.lower() in capsys.readouterr().out.lower()


def test_the_strip_is_printed_even_when_the_printer_says_that_it_cannot(
    fake: FakePrinter, capsys: Said, tmp_path: Path
):
    fake.set_paper("says-out")
    run(fake, "--strip")
    assert "The strip was sent" in capsys.readouterr().out


def ends_on_paper(printed: Image.Image, top: int, width: int) -> bool:
    """Whether the thick right end of a frame of this width is there."""
    end = printed.crop((width - 8, top + 5, width, top + 60))
    return width <= printed.width and not end.histogram()[255]


@pytest.mark.parametrize("paper", WIDTHS)
def test_the_widest_frame_with_its_right_end_is_the_width(paper: int):
    printed = picture(list(Parser().feed(strip())), paper)

    heights = [frame("", width).height for width in WIDTHS]
    for part in (0, sum(heights)):
        tops = [part, part + heights[0], part + heights[0] + heights[1]]
        seen = [width for width, top in zip(WIDTHS, tops, strict=True) if ends_on_paper(printed, top, width)]
        assert max(seen) == paper


def test_the_strip_has_a_code_by_the_printer_and_a_drawn_one():
    commands = list(Parser().feed(strip()))

    assert qr_text(commands) == "moiso"
    drawn = [command for command in commands if command.kind in {Kind.RASTER, Kind.COLUMNS}]
    assert ImageChops.invert(picture(drawn[-3:], 384)).getbbox() is not None


def test_a_printer_on_a_serial_port_is_found_at_its_speed(monkeypatch: pytest.MonkeyPatch):
    printer, kiosk = pty.openpty()
    tty.setraw(printer)
    tty.setraw(kiosk)
    port = os.ttyname(kiosk)
    monkeypatch.setattr(probe, "_ports", lambda: [port])
    monkeypatch.setattr(probe, "_usb", lambda: iter(()))
    threading.Thread(target=answer, args=(printer,), daemon=True).start()

    found = [heard for way in probe.ways(None, 9100) if way.kind == "serial" and (heard := probe.ask(way))]

    assert {(heard.status, heard.model) for heard in found} == {(PaperStatus.OK, "TM-T20II")}
    assert (
        probe.table(found[0].settings)
        == f'[kiosk.printer]\nkind = "serial"\npath = "{port}"\nbaud = 115200\nwidth = 576'
    )
    os.close(kiosk)
    os.close(printer)


def answer(descriptor: int) -> None:
    parser = Parser()
    try:
        while data := os.read(descriptor, 4096):
            for command in parser.feed(data):
                if command.kind is Kind.ASK_AT_ONCE:
                    os.write(descriptor, status_byte("ok", command.raw[2]))
                if command.kind is Kind.ASK_NAME:
                    os.write(descriptor, b"_TM-T20II\0")
    except OSError:
        return


def test_a_silent_serial_port_is_no_printer(monkeypatch: pytest.MonkeyPatch):
    printer, kiosk = pty.openpty()
    hasty(monkeypatch)

    assert probe.ask(PrinterSettings("serial", device=os.ttyname(kiosk))) is None
    os.close(kiosk)
    os.close(printer)


def test_a_device_file_that_never_answers_is_found(tmp_path: Path):
    device = tmp_path / "lp0"
    device.touch()
    way = PrinterSettings("file", device=str(device))

    found = probe.ask(way)

    assert found is not None
    assert found.status is PaperStatus.UNKNOWN
    assert probe.table(way).endswith(f'path = "{device}"\nwidth = 576')
    assert probe.ask(PrinterSettings("file", device=str(tmp_path / "lp1"))) is None


def test_a_usb_printer_is_described_by_its_numbers():
    way = PrinterSettings("usb", vendor=0x4B8, product=0x202)
    assert probe.way_in_words(way) == "USB 04b8:0202"
    assert "vendor = 0x04b8\nproduct = 0x0202" in probe.table(way)


@pytest.mark.parametrize(
    ("data", "name"), [(b"_TM-T20II\0", "TM-T20II"), (b"\x12_X \0", "X"), (b"TM", ""), (b"_\0", "")]
)
def test_a_models_name_stands_between_two_marks(data: bytes, name: str):
    assert name_in(data) == name


def test_where_nobody_answers_the_address_is_named(capsys: Said):
    assert probe.main(["--probe", "--host", "127.0.0.1", "--port", "1", "--lang", "en"]) == 1
    assert "127.0.0.1, port 1" in capsys.readouterr().out
