"""The loudspeaker of a kiosk without a page: one sentence after the other, off the loop's thread."""

import json
import logging
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from queue import Empty, SimpleQueue

from kiosk.voice import Mute, Voice
from moiso.runtime.clock import local_time
from moiso.texts import catalogue

log = logging.getLogger("kiosk")

#: Seconds after which a sound device that still holds a sentence is given up.
_PATIENCE = 20.0

Play = Callable[[str, bytes], None]
"""Plays the WAV of a text, and returns when it is over. Raises Mute."""


class Speaker:
    """Says sentences in Vietnamese with `voice` through `play`; told again before it has said one, it says it once.

    A recording is named after the text's key below `[kiosk]`: `no_paper`, `ask_staff`.
    """

    def __init__(self, voice: Voice, play: Play) -> None:
        self._voice, self._play = voice, play
        self._keys = {text: key for key, text in catalogue("vi").table("kiosk").items()}
        self._texts: SimpleQueue[str | None] = SimpleQueue()
        self._asked = ""
        self._works = True
        self._worker = threading.Thread(target=self._work, name="speaker", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Say nothing more."""
        self._texts.put(None)

    def say(self, text: str) -> None:
        """Say this after what is being said, instead of what waits; returns at once."""
        if text != self._asked:
            self._asked = text
            self._texts.put(text)

    def _newest(self, text: str | None) -> str | None:
        """The last text that waits, or this one."""
        try:
            while True:
                text = self._texts.get_nowait()
        except Empty:
            return text

    def _work(self) -> None:
        while (text := self._newest(self._texts.get())) is not None:
            self._speak(text)
            if text == self._asked:
                self._asked = ""

    def _speak(self, text: str) -> None:
        try:
            self._play(text, self._voice.say("vi", self._keys.get(text, ""), text))
        except Mute as error:
            if self._works:
                log.warning("the kiosk cannot speak: %s", error)
            self._works = False
        else:
            self._works = True


def play_aloud(_text: str, wav: bytes) -> None:
    """On the machine's own sound device. Raises Mute."""
    program = shutil.which("aplay")
    if program is None:
        raise Mute("there is no aplay: install alsa-utils")
    try:
        subprocess.run([program, "-q"], input=wav, capture_output=True, timeout=_PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise Mute(f"the sound device refuses ({error}): plug in a loudspeaker") from error


def fake_player(folder: Path, zone: tzinfo) -> Play:
    """A loudspeaker of software: `spoken.jsonl` gets a line for each sentence, `spoken.wav` the sound of the last."""

    def play(text: str, wav: bytes) -> None:
        now = local_time(zone).isoformat(timespec="milliseconds")
        line = {"ticket": None, "counter": None, "text": text, "at": now, "mono_ns": time.monotonic_ns()}
        try:
            (folder / "spoken.wav").write_bytes(wav)
            with (folder / "spoken.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise Mute(f"the fake loudspeaker cannot write: {error.strerror}") from error

    return play
