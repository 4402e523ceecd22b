"""Serial, USB and file printers, on a pseudo terminal or on nothing at all."""

import os
import pty
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.escpos_decode import Kind, Parser
from kiosk.fake_printer import status_byte
from kiosk.layout import draw
from kiosk.paper import PaperStatus
from kiosk.printer import Failed, Printed, PrinterSettings, Unknown, connect
from kiosk.ticket_bytes import encode
from tests.kiosk.patience import HASTE, hasty
from tests.kiosk.tickets import NORMAL
from tests.whole.talk import PATIENCE

pytestmark = pytest.mark.usefixtures("waits")

JOB = encode(draw(NORMAL, 384))


@pytest.fixture
def port() -> Iterator[tuple[int, str]]:
    printer, kiosk = pty.openpty()
    tty.setraw(printer)
    tty.setraw(kiosk)
    yield printer, os.ttyname(kiosk)
    os.close(kiosk)
    os.close(printer)


def answer(descriptor: int, received: bytearray) -> None:
    parser = Parser()
    while not received.endswith(b"\x1dr\x01\x10\x04\x01\x10\x04\x02\x10\x04\x04"):
        data = os.read(descriptor, 4096)
        received += data
        for command in parser.feed(data):
            if command.kind is Kind.ASK_AT_ONCE:
                os.write(descriptor, status_byte("near", command.raw[2]))
            if command.kind is Kind.ASK_IN_ORDER:
                os.write(descriptor, b"\x03")


def test_a_serial_printer_prints_and_answers(port: tuple[int, str]):
    received = bytearray()
    thread = threading.Thread(target=answer, args=(port[0], received), daemon=True)
    thread.start()

    printer = connect(PrinterSettings("serial", device=port[1], width=384))
    assert printer.print(JOB) == Printed(PaperStatus.NEAR)

    printer.close()
    thread.join(PATIENCE)
    assert JOB in received


def test_a_silent_serial_printer_is_unknown(port: tuple[int, str], hurry: None):
    printer = connect(PrinterSettings("serial", device=port[1]))

    assert printer.status() is PaperStatus.UNKNOWN
    printer.close()


def test_an_unplugged_serial_printer_is_noticed_and_found_again(hurry: None):
    printer_end, kiosk_end = pty.openpty()
    printer = connect(PrinterSettings("serial", device=os.ttyname(kiosk_end)))
    printer.status()
    os.close(printer_end)
    os.close(kiosk_end)

    assert printer.print(JOB) == Failed("line-lost")
    assert printer.print(JOB) == Failed("not-found")


def test_a_serial_printer_that_takes_nothing_fails(port: tuple[int, str], hurry: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kiosk.escpos_printer._SEND_WAIT", HASTE)

    printer = connect(PrinterSettings("serial", device=port[1], baud=3_000_000))
    assert printer.print(JOB) == Failed("line-lost", begun=True)


def test_a_printer_left_in_the_middle_of_a_picture_prints_the_next_ticket_whole(
    port: tuple[int, str], monkeypatch: pytest.MonkeyPatch
):
    printer = connect(PrinterSettings("serial", device=port[1], width=384, baud=3_000_000))
    with monkeypatch.context() as impatient:
        hasty(impatient)
        impatient.setattr("kiosk.escpos_printer._SEND_WAIT", HASTE)
        assert printer.print(JOB) == Failed("line-lost", begun=True)
    received = bytearray(drained(port[0]))
    assert 0 < len(received) < len(JOB), "the line took all of it"

    thread = threading.Thread(target=answer, args=(port[0], received), daemon=True)
    thread.start()
    assert printer.print(JOB) == Printed(PaperStatus.NEAR)
    printer.close()
    thread.join(PATIENCE)

    commands = list(Parser().feed(bytes(received)))
    first, second = [index for index, command in enumerate(commands) if command.kind is Kind.CUT]
    assert b"".join(command.raw for command in commands[first + 1 : second + 1]) == JOB


def drained(descriptor: int) -> bytes:
    """What had reached the printer before the line stood still."""
    os.set_blocking(descriptor, False)
    data = b""
    try:
        while True:
            data += os.read(descriptor, 4096)
    except BlockingIOError:
        return data
    finally:
        os.set_blocking(descriptor, True)


@pytest.mark.parametrize(
    "settings",
    [
        PrinterSettings("serial", device="/dev/no-such-port"),
        PrinterSettings("usb", vendor=0xFFFF, product=0xFFFF),
        PrinterSettings("file", device="/dev/usb/no-such-printer"),
        PrinterSettings("network", address="no-such-printer.invalid"),
    ],
    ids=lambda settings: settings.kind,
)
def test_a_missing_printer_is_a_reason_and_not_an_error(settings: PrinterSettings):
    printer = connect(settings)

    assert printer.status() is PaperStatus.OFFLINE
    assert printer.print(JOB) == Failed("not-found")


def test_a_missing_file_printer_is_not_made(tmp_path: Path):
    connect(PrinterSettings("file", device=str(tmp_path / "lp0"))).print(JOB)

    assert list(tmp_path.iterdir()) == []


def test_a_file_printer_takes_everything_and_promises_nothing(tmp_path: Path):
    device = tmp_path / "lp0"
    device.touch()
    printer = connect(PrinterSettings("file", device=str(device)))

    assert printer.print(JOB) == Unknown()
    assert printer.status() is PaperStatus.UNKNOWN
    assert device.read_bytes() == JOB


def test_a_stuck_file_printer_is_given_up(port: tuple[int, str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kiosk.file_printer._SEND_WAIT", 0.2)

    printer = connect(PrinterSettings("file", device=port[1]))
    assert printer.print(JOB) == Failed("line-lost", begun=True), "a part of it may come out"
    assert printer.print(JOB) == Failed("line-lost"), "it took none of this one"
