"""The wall's shell: a screen and a loudspeaker on one side, MQTT on the other, the machine between them."""

import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from display import fonts
from display.clips import open_bank
from display.fake_player import FakePlayer
from display.fake_screen import FakeScreen
from display.layout import picture
from display.machine import Failed, Over, Paint, Wall
from display.phrases import CHIME, Reading
from display.player import MixerPlayer
from display.screen import Screen, ScreenError
from display.voice import Player, SoundError, Speak, VoiceQueue
from moiso.runtime import logs
from moiso.runtime.clock import local_time
from moiso.runtime.program import Context, Unusable, context, guarded
from moiso.runtime.shell import Shell
from moiso.runtime.site import DisplayConf
from moiso.texts import catalogue
from moiso.wire.messages import FakePress

log = logging.getLogger("display")

VOICES = {"north": "vi", "south": "vi-vn-x-south"}
TEST = "--test-sound"


class NoPlayer:
    """Stands where no sound device is: every announcement is refused, so that the wall marks it."""

    def play(self, speak: Speak) -> None:
        """Refuse."""
        raise SoundError(f"no sound device for {speak.ticket or 'the test'}")

    def over(self) -> bool:
        """Nothing was ever played."""
        return False


class WallShell:
    """One running wall display."""

    def __init__(self, ctx: Context) -> None:
        site = ctx.site
        conf = next(display for display in site.displays if display.device == ctx.device)
        self._zone, self._text = site.zone, catalogue("vi").text
        self._bank = _bank(ctx)
        self._player = _player(ctx, self._bank)
        voice = VoiceQueue(
            self._bank,
            reading=Reading(site.voice.style, site.voice.region),
            volume=site.voice.volume if site.voice.on else 0,
            speak_within=site.voice.speak_within,
        )
        has_clips = len(self._bank) > 1 and not isinstance(self._player, NoPlayer)
        self._machine = Wall(site.topics, site.site.name, voice, has_clips=has_clips, trial=ctx.fake)
        self._screen = _screen(ctx, conf)
        self._shell = Shell(ctx, {ctx.device: self._machine}, self._perform, _no_press)

    def run(self) -> None:
        """Work until SIGTERM."""
        self._shell.run()
        self._screen.close()

    def _perform(self, _device: str, output: object) -> None:
        match output:
            case Speak():
                self._speak(output)
            case Paint():
                self._paint()
        if self._player.over():
            self._shell.inbox.put(Over())

    def _speak(self, speak: Speak) -> None:
        try:
            self._player.play(speak)
        except SoundError as error:
            log.warning("%s", error)
            self._shell.inbox.put(Failed())

    def _paint(self) -> None:
        view = self._machine.view(local_time(self._zone))
        self._screen.show(picture(view, self._screen.size, fonts.width, self._text))


def _bank(ctx: Context) -> dict[str, bytes]:
    voice = ctx.site.voice
    recorded = Path(voice.clips) if voice.clips else None
    bank, complaints = open_bank(ctx.state / "clips", VOICES[voice.region], recorded)
    for complaint in complaints:
        log.warning("%s", complaint)
    return bank


def _player(ctx: Context, bank: dict[str, bytes]) -> Player:
    if ctx.fake:
        return FakePlayer(ctx.fake_dir(ctx.device), bank, lambda: local_time(ctx.site.zone))
    try:
        return MixerPlayer(bank)
    except SoundError as error:
        log.warning("%s", error)
        return NoPlayer()


def _screen(ctx: Context, conf: DisplayConf) -> Screen:
    size = (conf.width, conf.height) if conf.width and conf.height else None
    if ctx.fake:
        return FakeScreen(ctx.fake_dir(ctx.device) / "screen.png", time.monotonic, size or (1920, 1080))
    try:
        return Screen([conf.driver] if conf.driver else [], size)
    except ScreenError as error:
        raise Unusable(str(error)) from None


def _no_press(_device: str, _what: FakePress) -> None:
    raise ValueError("a wall display takes link only")


def _test_sound(ctx: Context) -> int:
    """Speak the test announcement once and end."""
    bank = _bank(ctx)
    player = _player(ctx, bank)
    voice = VoiceQueue(bank, volume=ctx.site.voice.volume)
    for output in voice.test(time.monotonic()):
        if isinstance(output, Speak):
            player.play(output)
            print(output.text or f"({CHIME})")
            while not player.over():
                time.sleep(0.05)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one wall display until SIGTERM."""
    return guarded(lambda: _main(sys.argv[1:] if argv is None else argv))


def _main(argv: Sequence[str]) -> int:
    words = [word for word in argv if word != TEST]
    about = f"A wall display: screen and voice. With {TEST} it speaks the test announcement and ends."
    ctx = context("display", "display", words, about)
    logs.set_up("display")
    if TEST in argv:
        return _test_sound(ctx)
    WallShell(ctx).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
