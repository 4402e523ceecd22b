import json
import math
import shutil
import struct
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from display import clips, pcm
from display.phrases import CHIME

WORDS = Path(__file__).parents[2] / "docs" / "voice.md"


@pytest.fixture(scope="session")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    assert clips.render_bank(folder, "vi") is True
    return folder


@pytest.fixture
def bank_copy(rendered, tmp_path):
    return Path(shutil.copytree(rendered, tmp_path / "bank"))


@pytest.fixture
def recorded(tmp_path):
    folder = tmp_path / "recorded"
    folder.mkdir()
    return folder


@pytest.fixture
def no_espeak(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def tone(path, *, rate=22050, width=2, channels=1, duration=0.5, frequency=440.0, lead=0.0):
    """Write a tone after `lead` seconds of silence, in any format a person may record in."""
    largest = 2 ** (8 * width - 1) - 1
    values = [0] * int(lead * rate)
    values += [int(largest * 0.4 * math.sin(math.tau * frequency * i / rate)) for i in range(int(duration * rate))]
    offset = 128 if width == 1 else 0
    frames = b"".join(((v + offset).to_bytes(width, "little", signed=width > 1)) * channels for v in values)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(frames)


def crossings(sound):
    """Count how often a sound passes zero upwards: its frequency times its length."""
    samples = array("h", sound)
    return sum(1 for a, b in pairwise(samples) if a < 0 <= b)


def loudest(sound):
    return max(map(abs, array("h", sound))) / 32767


def test_every_word_is_rendered_once(rendered):
    before = {path: path.stat().st_mtime_ns for path in rendered.iterdir()}
    assert clips.render_bank(rendered, "vi") is False
    assert {path: path.stat().st_mtime_ns for path in rendered.iterdir()} == before


def test_the_bank_holds_the_whole_vocabulary_at_one_loudness(rendered):
    bank, complaints = clips.load_bank(rendered)
    assert complaints == []
    assert set(bank) == set(clips.vocabulary())
    assert {round(loudest(sound), 2) for sound in bank.values()} == {0.8}


def test_words_are_as_long_as_words_and_start_at_once(rendered):
    bank, _ = clips.load_bank(rendered)
    assert all(0.15 < pcm.seconds(bank[f"so-{digit}"]) < 0.6 for digit in range(10))
    assert 1.5 < pcm.seconds(bank["moi-so-thu-tu"]) < 2.6
    for sound in bank.values():
        samples = array("h", sound)
        assert max(map(abs, samples[: pcm.RATE // 20])) > 200
        # No clip begins or ends in the middle of a wave, which would click.
        assert abs(samples[0]) < 100
        assert abs(samples[-1]) < 100


def test_all_words_differ(rendered):
    bank, _ = clips.load_bank(rendered)
    assert len(set(bank.values())) == len(bank)


def test_another_voice_renders_again(bank_copy):
    north, _ = clips.load_bank(bank_copy)
    assert clips.render_bank(bank_copy, "vi-vn-x-south") is True
    south, _ = clips.load_bank(bank_copy)
    assert north["so-1"] != south["so-1"]


def test_a_file_emptied_by_a_power_cut_is_rendered_again(bank_copy):
    (bank_copy / "so-3.wav").write_bytes(b"")
    bank, complaints = clips.open_bank(bank_copy, "vi")
    assert "so-3" in bank
    assert complaints == []


def test_new_words_are_to_be_rendered(bank_copy, no_espeak):
    manifest = json.loads((bank_copy / "bank.json").read_text())
    (bank_copy / "bank.json").write_text(json.dumps(manifest | {"words": "of an older release"}))
    with pytest.raises(clips.VoiceError, match="espeak-ng is not installed"):
        clips.render_bank(bank_copy, "vi")


def test_without_espeak_the_chime_stays_and_one_sentence_says_why(tmp_path, no_espeak):
    bank, complaints = clips.open_bank(tmp_path / "bank", "vi")
    assert set(bank) == {CHIME}
    assert len(complaints) == 1
    assert "apt install espeak-ng" in complaints[0]
    assert list((tmp_path / "bank").iterdir()) == []


def test_a_complete_bank_needs_no_espeak(rendered, no_espeak):
    bank, complaints = clips.open_bank(rendered, "vi")
    assert len(bank) == len(clips.vocabulary())
    assert complaints == []


def test_an_unknown_voice_is_named_and_the_old_bank_kept(bank_copy):
    bank, complaints = clips.open_bank(bank_copy, "klingon-9")
    assert len(bank) == len(clips.vocabulary())
    assert "klingon-9" in complaints[0]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    bank, complaints = clips.open_bank(tmp_path / "file", "vi")
    assert set(bank) == {CHIME}
    assert str(tmp_path / "file") in complaints[0]


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 32000, 44100, 48000])
@pytest.mark.parametrize(("width", "channels"), [(1, 1), (2, 1), (2, 2), (3, 2), (4, 1)])
def test_recordings_of_any_format_sound_the_same(recorded, rate, width, channels):
    tone(recorded / "so-1.wav", rate=rate, width=width, channels=channels)
    sound = clips.read_recorded(recorded / "so-1.wav")
    assert pcm.seconds(sound) == pytest.approx(0.5, abs=0.02)
    assert crossings(sound) == pytest.approx(220, abs=3)
    assert loudest(sound) == pytest.approx(0.8, abs=0.01)


def test_a_recording_loses_the_silence_before_it(recorded):
    tone(recorded / "so-1.wav", lead=1.5)
    assert pcm.seconds(clips.read_recorded(recorded / "so-1.wav")) == pytest.approx(0.5, abs=0.03)


def test_recordings_replace_what_was_rendered_and_only_that(rendered, recorded):
    tone(recorded / "so-1.wav")
    tone(recorded / "Chuong.WAV", frequency=880)
    before, _ = clips.load_bank(rendered)
    after, complaints = clips.load_bank(rendered, recorded)
    assert complaints == []
    assert {name for name in after if after[name] != before[name]} == {"so-1", CHIME}
    assert crossings(after["so-1"]) == pytest.approx(220, abs=3)


def write_float(path):
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 40, b"WAVE", b"fmt ", 16, 3, 1, 22050, 88200, 4, 32, b"data", 4)
    path.write_bytes(head + bytes(4))


def write_quadro(path):
    tone(path, channels=4)


def write_telephone_of_old(path):
    tone(path, rate=4000)


def write_silence(path):
    tone(path, duration=0.0, lead=0.5)


def write_whole_morning(path):
    tone(path, rate=8000, duration=11)


def write_nothing(path):
    path.write_bytes(b"")


def write_noise(path):
    path.write_bytes(bytes(range(256)))


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (write_float, "PCM"),
        (write_quadro, "4 channels"),
        (write_telephone_of_old, "4000 Hz"),
        (write_silence, "only silence"),
        (write_whole_morning, "longer than 10 s"),
        (write_nothing, "not a plain WAV"),
        (write_noise, "not a plain WAV"),
        (Path.mkdir, "cannot be read"),
    ],
)
def test_a_bad_recording_is_told_in_one_sentence_and_the_rendered_clip_stays(rendered, recorded, write, why):
    write(recorded / "so-1.wav")
    tone(recorded / "so-2.wav")
    before, _ = clips.load_bank(rendered)
    after, complaints = clips.load_bank(rendered, recorded)
    assert after["so-1"] == before["so-1"]
    assert after["so-2"] != before["so-2"]
    assert len(complaints) == 1
    assert str(recorded / "so-1.wav") in complaints[0]
    assert why in complaints[0]


def test_a_recording_under_a_wrong_name_or_kind_is_told(rendered, recorded):
    tone(recorded / "so-11.wav")
    (recorded / "so-1.mp3").write_bytes(b"ID3")
    (recorded / "notes.txt").write_text("recorded on Monday")
    _, complaints = clips.load_bank(rendered, recorded)
    assert [complaint.split(" ")[0] for complaint in complaints] == [
        str(recorded / "so-1.mp3"),
        str(recorded / "so-11.wav"),
    ]


def test_a_folder_that_is_not_there_is_told(rendered, tmp_path):
    bank, complaints = clips.load_bank(rendered, tmp_path / "nowhere")
    assert len(bank) == len(clips.vocabulary())
    assert str(tmp_path / "nowhere") in complaints[0]


def test_the_documentation_lists_every_clip_and_what_to_say():
    rows = [line.split("|") for line in WORDS.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {cells[1].strip(" `"): cells[2].strip() for cells in rows}
    assert set(told) == {f"{name}.wav" for name in clips.vocabulary()}
    assert {name: told[f"{name}.wav"] for name in clips.spoken_words()} == clips.spoken_words()
