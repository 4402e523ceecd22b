"""The clip bank: every word the wall can say, as files rendered once by espeak-ng or recorded by a person."""

import hashlib
import json
import os
import subprocess
import tempfile
import wave
from pathlib import Path

from display.pcm import RATE, chime, decoded, levelled, resampled, seconds, trimmed
from display.phrases import CHIME, spoken_words

VOICES = {"north": "vi", "south": "vi-vn-x-south"}
"""Region -> the espeak-ng voice that speaks so."""

_MANIFEST = "bank.json"
_WORDS_A_MINUTE = "150"
_RECIPE = 1  # one more whenever the same words would come out as other samples
_LONGEST = 10.0


class VoiceError(Exception):
    """The clips cannot be made; the message is one sentence that says why and what to do."""


class ClipError(Exception):
    """One file is no clip; the message says why and what to do."""


def vocabulary() -> tuple[str, ...]:
    """Return the name of every clip there can be, the chime first."""
    return (CHIME, *spoken_words())


def open_bank(folder: Path, voice: str, overrides: Path | None = None) -> tuple[dict[str, bytes], list[str]]:
    """Return the clips (name -> PCM) and a sentence for each thing that was wrong; raises nothing.

    Without espeak-ng there may be only the chime: a sentence whose clips are missing cannot be spoken.
    """
    complaints = []
    try:
        render_bank(folder, voice)
    except VoiceError as error:
        complaints.append(str(error))
    bank, unusable = load_bank(folder, overrides)
    return bank, complaints + unusable


def render_bank(folder: Path, voice: str) -> bool:
    """Render every word into `folder` with espeak-ng, unless this was done; return whether it had to be.

    `voice` is a name of `espeak-ng --voices=vi`. A bank of another voice or vocabulary, or with a damaged
    file, is made anew; until the new one is complete the old one stays. VoiceError when it cannot be made.
    """
    manifest = _manifest(voice)
    if _is_current(folder, manifest):
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace_bank(folder, voice)
        (folder / _MANIFEST).write_text(manifest, "utf-8")
    except OSError as error:
        raise VoiceError(f"The voice's clips cannot be written to {folder}: {error.strerror}.") from error
    return True


def load_bank(folder: Path, overrides: Path | None = None) -> tuple[dict[str, bytes], list[str]]:
    """Return the rendered clips, replaced by those in `overrides`, and a sentence for each bad file.

    The chime is always there. A recorded clip may have any usual rate and 1 or 2 channels.
    """
    bank = {CHIME: chime()}
    for name in spoken_words():
        clip = _rendered(folder / f"{name}.wav")
        bank |= {name: clip} if clip else {}
    complaints = _take_recorded(bank, overrides) if overrides else []
    return bank, complaints


def read_recorded(path: Path) -> bytes:
    """Return a WAV of any usual rate as mono PCM, trimmed and levelled. ClipError if it is not usable."""
    rate, channels, width, frames = _wav(path)
    if not 8000 <= rate <= 192000 or channels > 2:
        raise ClipError(f"{path} has {channels} channels at {rate} Hz: record mono at 22050, 44100 or 48000 Hz")
    if len(frames) / width / channels / rate > _LONGEST:
        raise ClipError(f"{path} is longer than {_LONGEST:.0f} s: record one word or phrase to a file")
    pcm = levelled(trimmed(resampled(decoded(frames, width, channels), rate)))
    if seconds(pcm) == 0 or not any(pcm):
        raise ClipError(f"{path} holds only silence: record it again")
    return pcm


def write_wav(path: Path, pcm: bytes) -> None:
    """Write PCM as a WAV file. OSError when that fails."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(pcm)


def _manifest(voice: str) -> str:
    words = json.dumps(spoken_words()).encode()
    made_of = {"recipe": _RECIPE, "voice": voice, "speed": _WORDS_A_MINUTE, "words": hashlib.sha256(words).hexdigest()}
    return json.dumps(made_of) + "\n"


def _is_current(folder: Path, manifest: str) -> bool:
    try:
        written = (folder / _MANIFEST).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    # A power cut may leave the manifest whole and a clip empty.
    return written == manifest and all(_rendered(folder / f"{name}.wav") for name in spoken_words())


def _replace_bank(folder: Path, voice: str) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        for name, words in spoken_words().items():
            _render(Path(fresh) / f"{name}.wav", voice, words)
        for name in spoken_words():
            os.replace(Path(fresh) / f"{name}.wav", folder / f"{name}.wav")


def _render(path: Path, voice: str, words: str) -> None:
    # Half of the full amplitude: at the default some vowels are cut off at the top.
    options = ["-v", voice, "-s", _WORDS_A_MINUTE, "-a", "50", "-w", str(path)]
    try:
        subprocess.run(["espeak-ng", *options, words], check=True, capture_output=True, timeout=10)
        write_wav(path, read_recorded(path))
    except FileNotFoundError as error:
        raise VoiceError(
            "espeak-ng is not installed, so no words were rendered: run `apt install espeak-ng`, "
            "or record the clips of docs/voice.md."
        ) from error
    except (subprocess.SubprocessError, ClipError) as error:
        raise VoiceError(f"espeak-ng could not say “{words}” with voice {voice!r}: {error}.") from error


def _rendered(path: Path) -> bytes | None:
    try:
        rate, channels, width, frames = _wav(path)
    except ClipError:
        return None
    return frames if (rate, channels, width) == (RATE, 1, 2) and frames else None


def _take_recorded(bank: dict[str, bytes], overrides: Path) -> list[str]:
    complaints = []
    try:
        paths = sorted(path for path in overrides.iterdir() if _is_meant(path))
    except OSError as error:
        return [f"The folder of recorded clips {overrides} cannot be read: {error.strerror}."]
    for path in paths:
        try:
            bank[_name(path)] = read_recorded(path)
        except ClipError as error:
            complaints.append(f"{error}; this file is not used.")
    return complaints


def _is_meant(path: Path) -> bool:
    return path.suffix.lower() == ".wav" or path.stem.lower() in vocabulary()


def _name(path: Path) -> str:
    name = path.stem.lower()
    if name not in vocabulary():
        raise ClipError(f"{path} has the name of no clip: docs/voice.md lists the names")
    return name


def _wav(path: Path) -> tuple[int, int, int, bytes]:
    try:
        with wave.open(str(path), "rb") as file:
            frames = file.readframes(file.getnframes())
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
    except (wave.Error, EOFError) as error:
        raise ClipError(f"{path} is not a plain WAV ({error}): save it as WAV, signed 16 bit PCM") from error
    except OSError as error:
        raise ClipError(f"{path} cannot be read ({error.strerror})") from error
    return rate, channels, width, frames[: len(frames) // (width * channels) * width * channels]
