import os
from pathlib import Path

import pytest

from web.panel_files import FakeFiles
from web.panel_traces import NOTHING_SPOKEN, Traces


def test_a_device_that_left_nothing(tmp_path: Path):
    assert FakeFiles(tmp_path / "kiosk-1").traces() == Traces()


def test_lamps_are_read_again_when_they_change(tmp_path: Path):
    files, path = FakeFiles(tmp_path), tmp_path / "lamps.json"
    path.write_text('{"A": "on"}')
    assert files.traces().lamps == {"A": "on"}
    path.write_text('{"A": "off"}')
    os.utime(path, ns=(1, 1))
    assert files.traces().lamps == {"A": "off"}


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b'{"A": 5}', b"\xff"])
def test_lamps_that_cannot_be_read_are_none_and_come_back(tmp_path: Path, broken: bytes):
    files, path = FakeFiles(tmp_path), tmp_path / "lamps.json"
    path.write_bytes(broken)
    assert files.traces().lamps == {}
    path.write_text('{"A": "on"}')
    os.utime(path, ns=(2, 2))
    assert files.traces().lamps == {"A": "on"}


def test_the_last_ticket_is_the_newest_picture_whatever_its_name(tmp_path: Path):
    (tmp_path / "tickets").mkdir()
    for number, name in enumerate(("B002", "C001", "A001"), 1):
        picture = tmp_path / "tickets" / f"{name}.png"
        picture.write_bytes(b"png")
        os.utime(picture, ns=(number, number))
    (tmp_path / "tickets" / "Z999.escpos").write_bytes(b"bytes")
    traces = FakeFiles(tmp_path).traces()
    assert (traces.ticket, traces.printed) == ("A001", 3)


def test_the_last_announcement(tmp_path: Path):
    line = '{"ticket": "%s", "counter": 1, "text": "Mời …", "at": "2026-11-23T08:00:00+07:00", "mono_ns": 5}\n'
    (tmp_path / "spoken.jsonl").write_text("".join(line % f"A{n:03}" for n in range(1, 200)))
    assert FakeFiles(tmp_path).traces().spoken.ticket == "A199"


def test_an_announcement_that_is_half_written_is_not_read(tmp_path: Path):
    (tmp_path / "spoken.jsonl").write_text('{"ticket": "A0')
    assert FakeFiles(tmp_path).traces().spoken == NOTHING_SPOKEN


def test_pictures_and_sound_have_versions(tmp_path: Path):
    (tmp_path / "screen.png").write_bytes(b"png")
    os.utime(tmp_path / "screen.png", ns=(7, 7))
    (tmp_path / "spoken.wav").write_bytes(bytes(50))
    traces = FakeFiles(tmp_path).traces()
    assert (traces.screen, traces.sound) == (7, 50)


def test_a_sign_and_what_was_done_to_plugs_and_lines(tmp_path: Path):
    (tmp_path / "sign.json").write_text('{"text": "A012"}')
    (tmp_path / "line.json").write_text('{"plug": "unplug", "address": "alone"}')
    traces = FakeFiles(tmp_path).traces()
    assert (traces.sign, traces.done) == ("A012", {"plug": "unplug", "address": "alone"})


def test_what_hands_did_to_a_kiosk_and_what_its_last_ticket_says(tmp_path: Path):
    (tmp_path / "done.json").write_text('{"paper": "out", "cover": "closed"}')
    (tmp_path / "tickets").mkdir()
    for number, name in enumerate(("A001", "A002"), 1):
        (tmp_path / "tickets" / f"{name}.png").write_bytes(b"png")
        (tmp_path / "tickets" / f"{name}.qr").write_text(f"http://an-binh.local/t/{number}")
        os.utime(tmp_path / "tickets" / f"{name}.png", ns=(number, number))
    traces = FakeFiles(tmp_path).traces()
    assert (traces.done["paper"], traces.code) == ("out", "http://an-binh.local/t/2")
    (tmp_path / "tickets" / "A003.png").write_bytes(b"png")
    assert FakeFiles(tmp_path).traces().code == "", "a ticket without a code"
