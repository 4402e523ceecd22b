"""A loudspeaker that keeps what it said in files, and takes as long over it as a real one."""

import json
import struct
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from display.pcm import RATE, joined, seconds
from display.voice import SoundError, Speak

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LIMIT = 24_000_000


class FakePlayer:
    """Writes under `folder` what a `MixerPlayer` would play; needs no sound device.

    `spoken.jsonl` gets a line {ticket, counter, text, at, mono_ns} for each announcement: for its first reading,
    not for the second, not for a chime alone. `mono_ns` is the moment of the first sample; the audio is written
    before the line. `spoken.wav` gets all audio at full volume; at 24 MB (9 minutes) it becomes `spoken.old.wav`
    and a new one begins. `wall` gives the time for `at`, `mono_ns` that for everything else. Set `broken` and it
    refuses like a device that was pulled out.
    """

    def __init__(
        self,
        folder: Path,
        bank: Mapping[str, bytes],
        wall: Callable[[], datetime],
        mono_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.broken = False
        self._lines = folder / "spoken.jsonl"
        self._wav = folder / "spoken.wav"
        self._bank = bank
        self._wall = wall
        self._mono_ns = mono_ns
        self._end_ns: int | None = None

    def play(self, speak: Speak) -> None:
        """Begin to play. SoundError when `broken` or the disk is full; RuntimeError before the last one is over."""
        begin = self._mono_ns()
        if self._end_ns is not None:
            raise RuntimeError("an announcement began before the last one was over: both would sound at once")
        pcm = joined(self._bank, speak.clips)
        self._keep(speak, pcm, begin)
        self._end_ns = begin + int(seconds(pcm) * 1e9)

    def over(self) -> bool:
        """Return True once for each `play`, when its sound would have ended."""
        if self._end_ns is None or self._mono_ns() < self._end_ns:
            return False
        self._end_ns = None
        return True

    def close(self) -> None:
        """Nothing to give back."""

    def _keep(self, speak: Speak, pcm: bytes, begin: int) -> None:
        if self.broken:
            raise SoundError("The fake sound device is broken: mend it with broken = False.")
        try:
            append_wav(self._wav, pcm)
            if speak.first and speak.text:
                self._write_line(speak, begin)
        except OSError as error:
            raise SoundError(f"The fake sound device cannot write {self._wav}: {error.strerror}.") from error

    def _write_line(self, speak: Speak, begin: int) -> None:
        line = {"ticket": speak.ticket, "counter": speak.counter, "text": speak.text}
        line |= {"at": self._wall().isoformat(timespec="milliseconds"), "mono_ns": begin}
        with self._lines.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def append_wav(path: Path, pcm: bytes, limit: int = _LIMIT) -> None:
    """Append PCM to a WAV file of ours, which is valid before and after; past `limit` bytes it is begun afresh."""
    size = path.stat().st_size if path.exists() else 0
    if size + len(pcm) > limit and size:
        path.replace(path.with_suffix(".old.wav"))
        size = 0
    with path.open("r+b" if size else "w+b") as file:
        if not size:
            file.write(_header(0))
        # Sound first, its length last: whoever reads meanwhile, or after a crash, finds whole announcements.
        begin = max(_HEADER.size, size - size % 2)
        file.seek(begin)
        file.write(pcm)
        file.seek(0)
        file.write(_header(begin + len(pcm) - _HEADER.size))


def _header(length: int) -> bytes:
    riff = (b"RIFF", 36 + length, b"WAVE")
    form = (b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    return _HEADER.pack(*riff, *form, b"data", length)
