"""The wall's shell: a screen and a loudspeaker on one side, MQTT on the other, the machine between them."""

import logging
import time
from collections.abc import Sequence
from pathlib import Path

from display import fonts
from display.clips import VOICES, open_bank
from display.fake_player import FakePlayer
from display.fake_screen import FakeScreen
from display.layout import picture
from display.machine import LISTEN, Failed, Listen, Over, Paint, Wall
from display.phrases import Reading
from display.player import MixerPlayer
from display.screen import Screen, ScreenError
from display.voice import Player, SoundError, Speak, VoiceQueue
from moiso.runtime import logs
from moiso.runtime.clock import local_time
from moiso.runtime.program import Context, Unusable, arguments, context_of, guarded
from moiso.runtime.shell import Shell
from moiso.runtime.site import DisplayConf
from moiso.texts import catalogue
from moiso.wire.messages import FakePress

log = logging.getLogger("display")


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
            case Listen():
                self._listen()

    def _speak(self, speak: Speak) -> None:
        try:
            self._player.play(speak)
        except SoundError as error:
            log.warning("%s", error)
            self._shell.inbox.put(Failed())

    def _listen(self) -> None:
        if self._player.over():
            self._shell.inbox.put(Over())

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
    try:
        return _loudspeaker(ctx, bank)
    except SoundError as error:
        log.warning("%s", error)
        return NoPlayer()


def _loudspeaker(ctx: Context, bank: dict[str, bytes]) -> Player:
    if ctx.fake:
        return FakePlayer(ctx.fake_dir(ctx.device), bank, lambda: local_time(ctx.site.zone))
    return MixerPlayer(bank)


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


def _test_sound(ctx: Context) -> None:
    """Speak the test announcement once; no broker is needed. Raises Unusable when nobody can have heard it."""
    bank, volume = _bank(ctx), ctx.site.voice.volume
    for output in VoiceQueue(bank, volume=volume).test(time.monotonic()):
        if isinstance(output, Speak) and output.text:
            _speak_out(_loudspeaker(ctx, bank), output)
            return
    raise Unusable(
        f"The volume is 0: set another under [voice] in {ctx.site_path}."
        if volume == 0
        else "There are no clips of words: run `apt install espeak-ng`, or record those of docs/voice.md."
    )


def _speak_out(player: Player, speak: Speak) -> None:
    print(f"{speak.text} ({speak.volume} %)", flush=True)
    player.play(speak)
    while not player.over():
        time.sleep(LISTEN)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one wall display until SIGTERM."""
    return guarded(lambda: _main(argv))


def _main(argv: Sequence[str] | None) -> int:
    parser = arguments("display", "A wall display: screen and voice.", "--test-sound")
    parser.add_argument("--test-sound", action="store_true", help="speak the test announcement once and end")
    args = parser.parse_args(argv)
    ctx = context_of(args, "display")
    logs.set_up("display")
    try:
        _test_sound(ctx) if args.test_sound else WallShell(ctx).run()
    except SoundError as error:
        raise Unusable(str(error)) from None
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
