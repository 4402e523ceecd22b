import io
import struct
import wave
from pathlib import Path

import pytest

from web.sound import LONGEST, sound_from


def recording(path: Path, samples: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{samples}H", *(n % 65536 for n in range(samples))))
    return path


def heard(data: bytes) -> tuple[int, list[int]]:
    with wave.open(io.BytesIO(data)) as file:
        frames = file.readframes(file.getnframes())
        return file.getframerate(), [value for (value,) in struct.iter_unpack("<H", frames)]


def test_the_whole_of_it(tmp_path: Path):
    assert heard(sound_from(recording(tmp_path / "a.wav", 100), 0)) == (22050, list(range(100)))


def test_what_is_new_since_the_last_time(tmp_path: Path):
    assert heard(sound_from(recording(tmp_path / "a.wav", 100), 44 + 2 * 90))[1] == list(range(90, 100))


@pytest.mark.parametrize("begin", [44 + 200, 10_000_000])
def test_nothing_new_is_an_empty_recording(tmp_path: Path, begin: int):
    assert heard(sound_from(recording(tmp_path / "a.wav", 100), begin)) == (22050, [])


@pytest.mark.parametrize("begin", [-7, 1, 45])
def test_samples_are_never_cut_in_two(tmp_path: Path, begin: int):
    assert heard(sound_from(recording(tmp_path / "a.wav", 100), begin))[1] == list(range(100))


def test_of_a_long_recording_its_end(tmp_path: Path):
    _, samples = heard(sound_from(recording(tmp_path / "a.wav", LONGEST), 0))
    assert len(samples) == LONGEST // 2
    assert samples[-1] == (LONGEST - 1) % 65536


def test_no_recording_yet(tmp_path: Path):
    with pytest.raises(OSError, match="No such file"):
        sound_from(tmp_path / "a.wav", 0)
