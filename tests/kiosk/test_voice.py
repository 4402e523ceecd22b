import io
import wave
from pathlib import Path

import pytest

from kiosk.voice import Mute, Voice
from tests.whole.talk import PATIENCE


@pytest.fixture(autouse=True)
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.voice._PATIENCE", PATIENCE)


def seconds(wav: bytes) -> float:
    with wave.open(io.BytesIO(wav)) as file:
        return file.getnframes() / file.getframerate()


def test_what_is_said_has_its_true_length():
    short, long = (
        Voice("north", None).say("vi", "", text) for text in ("Mời.", "Mời quý vị lấy phiếu ở khe bên dưới.")
    )
    assert 0.1 < seconds(short) < seconds(long) < 10


def test_words_that_look_like_options_are_only_words():
    assert seconds(Voice("north", None).say("vi", "", "--version -f /etc/passwd")) > 0.1


def test_a_recording_replaces_the_voice(tmp_path: Path):
    (tmp_path / "hmn").mkdir()
    (tmp_path / "hmn" / "say_home.wav").write_bytes(b"RIFF recorded")
    voice = Voice("north", tmp_path)
    assert voice.speaks("hmn")
    assert voice.say("hmn", "say_home", "anything") == b"RIFF recorded"
    with pytest.raises(Mute):
        voice.say("hmn", "say_find", "anything")


@pytest.mark.parametrize("key", ["../hmn/say_home", "..", "", "a/b", "a.b"])
def test_a_key_leads_nowhere_else(tmp_path: Path, key: str):
    (tmp_path / "hmn").mkdir()
    (tmp_path / "hmn" / "say_home.wav").write_bytes(b"RIFF recorded")
    with pytest.raises(Mute):
        Voice("north", tmp_path / "hmn").say("hmn", key, "anything")


def test_without_espeak_nothing_is_promised(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    voice = Voice("south", None)
    assert not voice.speaks("vi")
    with pytest.raises(Mute):
        voice.say("vi", "", "Mời")
