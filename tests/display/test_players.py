import json
import os
import shutil
import subprocess
import sys
import wave
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from display import clips, pcm
from display.fake_player import FakePlayer, append_wav
from display.phrases import CHIME, PAUSE, STOP, call_sentence
from display.voice import SoundError, Speak, VoiceQueue


class Centre:
    """A voice and its fake player under a clock that the test turns."""

    def __init__(self, folder, bank):
        self.now_ns = 5_000_000_000
        self.folder = folder
        self.queue = VoiceQueue(bank)
        self.player = FakePlayer(folder, bank, lambda: datetime(2026, 11, 23, 7, 30, tzinfo=UTC), lambda: self.now_ns)

    @property
    def now(self):
        return self.now_ns / 1e9

    def do(self, outputs):
        for output in outputs:
            if isinstance(output, Speak):
                self.player.play(output)

    def run(self, duration):
        for _ in range(int(duration * 100)):
            self.now_ns += 10_000_000
            if self.player.over():
                self.do(self.queue.over(self.now))

    def lines(self):
        return [json.loads(line) for line in (self.folder / "spoken.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bank")
    clips.render_bank(folder, "vi")
    return folder


@pytest.fixture
def bank(rendered):
    return clips.load_bank(rendered)[0]


@pytest.fixture
def centre(tmp_path, bank):
    return Centre(tmp_path / "fake", bank)


def wav(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22050, 1, 2)
        return file.readframes(file.getnframes())


def heard(sound, bank):
    """Return the clips of the bank found in `sound`, in their order, and check that none begins inside another."""
    found = []
    for name, clip in bank.items():
        start = sound.find(clip)
        while start >= 0:
            found.append((start, start + len(clip), name))
            start = sound.find(clip, start + 1)
    found.sort()
    for (_, end, _), (start, _, _) in pairwise(found):
        assert start >= end
    return [name for _, _, name in found]


def words(ticket, counter):
    return [clip for clip in call_sentence(ticket, counter) if clip not in (PAUSE, STOP)]


def test_a_call_is_heard_word_by_word_twice(centre, bank):
    centre.do(centre.queue.call("A012", 3, centre.now))
    centre.run(20)
    sentence = ["moi-so-thu-tu", "chu-a", "so-0", "so-1", "so-2", "den-quay-so", "so-3"]
    assert heard(wav(centre.folder / "spoken.wav"), bank) == [CHIME, *sentence, *sentence]


def test_two_counters_at_once_are_heard_whole_in_order_without_overlap(centre, bank):
    centre.do(centre.queue.call("A012", 3, centre.now))
    centre.do(centre.queue.call("B007", 21, centre.now))
    centre.run(30)
    twice = words("B007", 21) * 2
    assert heard(wav(centre.folder / "spoken.wav"), bank) == [CHIME, *words("A012", 3), CHIME, *twice]
    first, second = centre.lines()
    length = pcm.seconds(pcm.joined(bank, (CHIME, *call_sentence("A012", 3))))
    assert 0 <= (second["mono_ns"] - first["mono_ns"]) / 1e9 - length < 0.02


def test_the_lines_tell_each_announcement_once(centre):
    centre.do(centre.queue.call("A012", 3, centre.now))
    centre.run(20)
    centre.do(centre.queue.test(centre.now))
    call, test = centre.lines()
    assert call == {
        "ticket": "A012",
        "counter": 3,
        "text": "Mời công dân có số thứ tự A, không một hai, đến quầy số ba.",
        "at": "2026-11-23T07:30:00.000+00:00",
        "mono_ns": 5_000_000_000,
    }
    assert (test["ticket"], test["counter"]) == (None, None)


def test_a_recorded_voice_is_heard_instead(rendered, bank, tmp_path):
    recorded = tmp_path / "recorded"
    recorded.mkdir()
    # A person's voice: other samples, at another rate, for two of the words.
    shutil.copy(rendered / "so-8.wav", recorded / "so-1.wav")
    with wave.open(str(recorded / "so-2.wav"), "wb") as file:
        file.setparams((2, 2, 44100, 0, "NONE", ""))
        file.writeframes(bank["so-9"] * 2)
    mixed, complaints = clips.load_bank(rendered, recorded)
    centre = Centre(tmp_path / "fake", mixed)
    centre.do(centre.queue.call("A012", 3, centre.now))
    centre.run(20)
    sound = wav(centre.folder / "spoken.wav")
    assert complaints == []
    assert heard(sound, mixed)[:8] == [CHIME, *words("A012", 3)]
    assert bank["so-1"] not in sound
    assert bank["so-2"] not in sound


def test_the_chime_is_heard_where_there_are_no_words(tmp_path, bank):
    centre = Centre(tmp_path / "fake", {CHIME: bank[CHIME]})
    centre.do(centre.queue.call("A012", 3, centre.now))
    centre.run(5)
    assert heard(wav(centre.folder / "spoken.wav"), bank) == [CHIME]
    assert not (centre.folder / "spoken.jsonl").exists()


def test_an_announcement_sounds_like_speech(bank):
    sentence = (CHIME, *call_sentence("A012", 3))
    sound = pcm.joined(bank, sentence)
    assert 5.0 < pcm.seconds(sound) < 7.5
    assert max(map(abs, memoryview(sound).cast("h"))) < 32767 * 0.81
    after_digit, after_letter = (gap_after(sound, bank[name]) for name in ("so-0", "chu-a"))
    assert 0.05 <= after_digit <= 0.12 < after_letter <= 0.25


def gap_after(sound, clip):
    end = sound.index(clip) + len(clip)
    silent = len(sound[end:]) - len(sound[end:].lstrip(b"\0"))
    return pcm.seconds(bytes(silent))


def test_the_fake_takes_as_long_as_the_sound(centre, bank):
    (speak,) = centre.queue.call("A012", 3, centre.now)
    centre.player.play(speak)
    length = pcm.seconds(pcm.joined(bank, speak.clips))
    centre.now_ns += int((length - 0.01) * 1e9)
    assert not centre.player.over()
    centre.now_ns += 20_000_000
    assert centre.player.over()
    assert not centre.player.over()


def test_the_fake_refuses_to_speak_over_itself(centre):
    (speak,) = centre.queue.call("A012", 3, centre.now)
    centre.player.play(speak)
    with pytest.raises(RuntimeError, match="before the last one was over"):
        centre.player.play(speak)


def test_a_broken_fake_refuses_and_can_be_mended(centre):
    centre.player.broken = True
    (speak,) = centre.queue.call("A012", 3, centre.now)
    with pytest.raises(SoundError):
        centre.player.play(speak)
    centre.player.broken = False
    centre.player.play(speak)
    assert len(centre.lines()) == 1


def test_a_disk_that_takes_nothing_is_a_device_that_refuses(centre):
    (centre.folder / "spoken.wav").mkdir()
    (speak,) = centre.queue.call("A012", 3, centre.now)
    with pytest.raises(SoundError, match=r"spoken\.wav"):
        centre.player.play(speak)
    assert not centre.player.over()


def test_the_wav_is_valid_after_every_piece_and_goes_on_after_a_restart(tmp_path):
    path = tmp_path / "spoken.wav"
    for count, piece in enumerate((b"\1\0" * 100, b"\2\0" * 50), 1):
        append_wav(path, piece)
        assert len(wav(path)) == [200, 300][count - 1]
    assert wav(path) == b"\1\0" * 100 + b"\2\0" * 50


def test_the_wav_begins_afresh_at_its_limit(tmp_path):
    path = tmp_path / "spoken.wav"
    for value in (b"\1\0", b"\2\0", b"\3\0"):
        append_wav(path, value * 100, limit=450)
    assert wav(path) == b"\3\0" * 100
    assert wav(tmp_path / "spoken.old.wav") == b"\1\0" * 100 + b"\2\0" * 100
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 2 * 450


@pytest.mark.parametrize("torn", [b"", b"RIFF", bytes(3001)])
def test_a_torn_wav_is_no_obstacle(tmp_path, torn):
    path = tmp_path / "spoken.wav"
    path.write_bytes(torn)
    append_wav(path, b"\1\0" * 100)
    assert wav(path).endswith(b"\1\0" * 100)


REAL = """
import sys, time
from pathlib import Path
from display import clips
from display.player import MixerPlayer
from display.voice import VoiceQueue, Speak
bank, _ = clips.load_bank(Path(sys.argv[1]))
player, queue = MixerPlayer(bank), VoiceQueue(bank, volume=int(sys.argv[2]))
speaks = [o for n in range(1, int(sys.argv[3]) + 1) for o in queue.call(f"A00{n}", n, 0.0)]
for speak in speaks:
    player.play(speak)
    while not player.over():
        time.sleep(0.001)
    speaks += queue.over(0.0)
player.close()
"""
BEGUN = """
import os, sys
from pathlib import Path
from display import clips
from display.player import MixerPlayer
from display.voice import VoiceQueue
bank, _ = clips.load_bank(Path(sys.argv[1]))
(speak,) = VoiceQueue(bank).call("A001", 1, 0.0)
MixerPlayer(bank).play(speak)
print("begun", flush=True)
os._exit(0)
"""
#: Seconds for a program that only hangs when something is wrong.
PATIENCE = 60
# A buffer of 23 ms is written every 2 ms: faster than life, by the same path.
FAST, STUCK = "2", "3600000"


def run_real(folder, rendered, *arguments, program=REAL, pace=FAST, **environment):
    disk = {"SDL_DISKAUDIOFILE": str(folder / "out.raw"), "SDL_DISKAUDIODELAY": pace}
    return subprocess.run(
        [sys.executable, "-c", program, str(rendered), *map(str, arguments)],
        env=os.environ | disk | environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_the_real_player_is_heard_through_sdl(tmp_path, rendered, bank):
    result = run_real(tmp_path, rendered, 100, 2, SDL_AUDIODRIVER="disk")
    assert result.returncode == 0, result.stderr
    sentence = [CHIME, *words("A001", 1), CHIME, *words("A002", 2), *words("A002", 2)]
    assert heard((tmp_path / "out.raw").read_bytes(), bank) == sentence


def test_the_real_player_does_not_wait_for_its_sound(tmp_path, rendered):
    """The device takes an hour for its first 23 ms: whoever plays goes on with the wall all the same."""
    result = run_real(tmp_path, rendered, program=BEGUN, pace=STUCK, SDL_AUDIODRIVER="disk")
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "begun"), result.stderr


def test_the_real_player_obeys_the_volume(tmp_path, rendered, bank):
    result = run_real(tmp_path, rendered, 50, 1, SDL_AUDIODRIVER="disk")
    assert result.returncode == 0, result.stderr
    sound = (tmp_path / "out.raw").read_bytes()
    assert max(map(abs, memoryview(sound).cast("h"))) / 32767 == pytest.approx(pcm.PEAK / 2, abs=0.01)


def test_without_a_sound_device_the_real_player_says_what_to_do(tmp_path, rendered):
    result = run_real(tmp_path, rendered, 100, 1, SDL_AUDIODRIVER="alsa", AUDIODEV="no-such-device")
    assert "SoundError: There is no sound device" in result.stderr
    assert "loudspeaker" in result.stderr
