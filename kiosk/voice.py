"""The kiosk's voice: a recording where the site has one, else espeak-ng; as WAV for the page's browser, or to play."""

import shutil
import struct
import subprocess
from pathlib import Path

#: Language and region -> espeak-ng's voice. A language that it cannot speak needs recordings.
_VOICES = {("vi", "north"): "vi", ("vi", "south"): "vi-vn-x-south", ("en", "north"): "en", ("en", "south"): "en"}
_WORDS_A_MINUTE = "140"
_PATIENCE = 5.0


class Mute(Exception):  # noqa: N818  it says what state we are in
    """This cannot be said; the message says why."""


class Voice:
    """Says what stands on the page. recordings: `<language>/<key>.wav` in it replace what espeak-ng would say."""

    def __init__(self, region: str, recordings: Path | None) -> None:
        self._region, self._recordings = region, recordings
        self._program = shutil.which("espeak-ng")

    def speaks(self, language: str) -> bool:
        """Whether there is anything to hear in this language."""
        recorded = self._recordings is not None and (self._recordings / language).is_dir()
        return recorded or (self._program is not None and (language, self._region) in _VOICES)

    def say(self, language: str, key: str, text: str) -> bytes:
        """The WAV of a text; `key` names its recording.

        Raises Mute.
        """
        recorded = self._recording(language, key)
        return recorded or _headed(self._spoken(language, text))

    def _recording(self, language: str, key: str) -> bytes | None:
        if self._recordings is None or not key.replace("-", "").replace("_", "").isalnum():
            return None
        try:
            return (self._recordings / language / f"{key}.wav").read_bytes()
        except OSError:
            return None

    def _spoken(self, language: str, text: str) -> bytes:
        voice = _VOICES.get((language, self._region))
        if self._program is None or voice is None:
            raise Mute(f"nothing here speaks {language!r}")
        command = [self._program, "-v", voice, "-s", _WORDS_A_MINUTE, "--stdin", "--stdout"]
        try:
            done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_PATIENCE, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise Mute(f"espeak-ng could not speak: {error}") from error
        return done.stdout


def voice_of(region: str, clips: str | None) -> Voice:
    """The voice of a site; its recordings for kiosks are kept in `kiosk` below the wall's `clips`."""
    return Voice(region, Path(clips) / "kiosk" if clips else None)


def _headed(wav: bytes) -> bytes:
    """The same WAV with its true length: espeak-ng cannot know it when it begins to write."""
    return wav[:4] + struct.pack("<I", len(wav) - 8) + wav[8:40] + struct.pack("<I", len(wav) - 44) + wav[44:]
