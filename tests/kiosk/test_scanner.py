"""The real driver on a pseudo terminal, and the scanner of software that speaks to it."""

import logging
import queue
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kiosk.fake_scanner import FakeScanner
from kiosk.scanner import Scanner
from kiosk.scans import Scanned, ScannerFound
from tests.kiosk.cards import CARDS, IDENTITY
from tests.whole.talk import PATIENCE

URL = "http://an-binh.local/t"
TICKET = Scanned("ticket", "6f1c2a90b7e4d358")
OTHER, HERE, GONE = Scanned("other"), ScannerFound(works=True), ScannerFound(works=False)


class Desk:
    """A scanner that the driver has found, and what the driver tells."""

    def __init__(self, folder: Path) -> None:
        self._told: queue.Queue[object] = queue.Queue()
        self.fake = FakeScanner(folder / "scanner")
        self.driver = Scanner(str(folder / "scanner"), 9600, URL, self._told.put)

    def start(self) -> None:
        self.fake.start()
        self.driver.start()
        assert self.next() == HERE

    def next(self) -> object:
        return self._told.get(timeout=PATIENCE)

    def nothing(self, seconds: float = 0.6) -> None:
        with pytest.raises(queue.Empty):
            print(self._told.get(timeout=seconds))

    def close(self) -> None:
        self.fake.stop()  # the driver, which may wait long for its next word, lets go of a port that is gone
        self.driver.close()


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code may come in pieces with long pauses: the scanner's thread shares a busy machine with the driver's."""
    monkeypatch.setattr("moiso.devices.serial_port.PATIENCE", PATIENCE)


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch, slow: None) -> None:
    """After a short silence a code is whole."""
    monkeypatch.setattr("moiso.devices.serial_port.PATIENCE", 0.2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    it = Desk(tmp_path)
    it.start()
    yield it
    it.close()


def test_codes_that_are_held_before_the_scanner(desk: Desk):
    desk.fake.scan(f"{URL}/{TICKET.value}")
    assert desk.next() == TICKET
    desk.fake.scan("1.001193")
    assert desk.next() == Scanned("procedure", "1.001193")


def test_a_line_that_comes_in_halves_is_one_code(desk: Desk):
    desk.fake.say(f"{URL}/6f1c2".encode())
    desk.fake.say(b"a90b7e4d358\r\n")
    assert desk.next() == TICKET
    desk.nothing()


def test_a_code_that_ends_with_nothing_comes_after_a_silence(brisk: None, desk: Desk):
    desk.fake.say(b"1.001193")
    assert desk.next() == Scanned("procedure", "1.001193")


NOISES = [
    Random(1).randbytes(3000).replace(b"\r", b"?").replace(b"\n", b"?"),
    b"x" * 10_000,
    b"\xff\xfe\x00" * 40,
    *(card.encode() for card in CARDS),
]


@pytest.mark.parametrize("noise", NOISES, ids=range(len(NOISES)))
def test_noise_cards_and_endless_lines_are_one_word_and_the_next_code_is_read(desk: Desk, noise: bytes):
    desk.fake.say(noise + b"\r")
    assert desk.next() == OTHER
    desk.fake.scan(f"{URL}/{TICKET.value}")
    assert desk.next() == TICKET


def test_a_scanner_that_is_pulled_out_in_the_middle_of_a_code_and_put_in_again(desk: Desk, caplog):
    caplog.set_level(logging.INFO)
    for _ in range(3):
        desk.fake.say(IDENTITY.encode()[:30])
        desk.fake.plug(plugged=False)
        assert desk.next() == GONE
        desk.fake.plug(plugged=True)
        assert desk.next() == HERE
        desk.nothing(0.3)
    desk.fake.scan("2.000815")
    assert desk.next() == Scanned("procedure", "2.000815")
    assert len([record for record in caplog.records if "trying again until it can" in record.getMessage()]) == 3
    assert IDENTITY[:12] not in caplog.text


def test_a_scanner_that_comes_later_is_found(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.driver.start()
    assert desk.next() == GONE
    desk.nothing()
    desk.fake.start()
    assert desk.next() == HERE
    desk.close()


def test_the_longest_code_is_sent_whole_however_long_that_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kiosk.fake_scanner.PAUSE", 0.02)
    monkeypatch.setattr("kiosk.fake_scanner.PATIENCE", 0.1)
    desk = Desk(tmp_path)
    desk.start()
    desk.fake.say(b"x" * 2000 + b"\r")
    assert desk.next() == OTHER
    desk.close()
