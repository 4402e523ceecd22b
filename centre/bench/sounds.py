"""(c) From a call that the wall's machine accepts to its first sample, with an idle voice.

`python -m centre.bench.sounds PLAYER ROUNDS FOLDER` measures one player in a process of its own and prints
milliseconds as JSON. `fake` is the fake player, `mixer` SDL's mixer until it has taken the sound, `device` the mixer
until a device takes the first sample; the device is a file here, and takes as long over it as a loudspeaker.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from random import random

from msgspec import Raw

from centre.bench.table import Figure, p50, p99
from display.clips import VOICES, open_bank
from display.fake_player import FakePlayer
from display.machine import Wall
from display.pcm import RATE
from display.player import MixerPlayer
from display.voice import Speak, VoiceQueue
from moiso.core.events import TicketCalled
from moiso.runtime.clock import local_time
from moiso.wire.codec import encode
from moiso.wire.messages import Event
from moiso.wire.ports import Arrived
from moiso.wire.stamp import iso
from moiso.wire.topics import Topics

#: Player -> the sound driver of SDL behind it.
DRIVERS = {"fake": "dummy", "mixer": "dummy", "device": "disk"}
#: Samples that the mixer hands to a device at a time, and for how many milliseconds they last: the device's floor.
SAMPLES = 512
BUFFER = 1000 * SAMPLES / RATE
TOPICS = Topics("bench")


def measure(folder: Path, rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """Every player."""
    figures = []
    for player in DRIVERS:
        tell(player)
        taken = _elsewhere(player, rounds, folder)
        floor = BUFFER if player == "device" else None
        ratio = p50(taken) / BUFFER if floor else None
        figures.append(Figure("c", f"accepted -> sound, {player}, p50", p50(taken), "ms", floor, ratio))
        figures.append(Figure("c", f"accepted -> sound, {player}, p99", p99(taken), "ms"))
    return figures


def _elsewhere(player: str, rounds: int, folder: Path) -> list[float]:
    line = [sys.executable, "-P", "-m", "centre.bench.sounds", player, str(rounds), str(folder)]
    said = {"SDL_AUDIODRIVER": DRIVERS[player], "SDL_DISKAUDIOFILE": str(folder / "device.raw")}
    done = subprocess.run(line, check=True, capture_output=True, env={**os.environ, **said})
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure one player."""
    name, rounds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    bank, _ = open_bank(folder / "clips", VOICES["north"])
    print(json.dumps([_one(name, bank, folder, seq) for seq in range(rounds + 1)][1:]))


def _one(name: str, bank: dict[str, bytes], folder: Path, seq: int) -> float:
    """Milliseconds from a call to its first sample."""
    player = FakePlayer(folder, bank, lambda: local_time(UTC)) if name == "fake" else MixerPlayer(bank)
    opened = time.monotonic_ns()
    time.sleep(random() * BUFFER / 1000)
    wall = Wall(TOPICS, "bench", VoiceQueue(bank), has_clips=True, trial=False)
    call, began = _call(seq), time.monotonic_ns()
    player.play(next(each for each in wall.handle([call], time.monotonic()) if isinstance(each, Speak)))
    sounded = _sounded(name, folder, opened)
    player.close()
    return (sounded - began) / 1e6


def _sounded(name: str, folder: Path, opened: int) -> int:
    """When the first sample came, or the mixer had all of them."""
    match name:
        case "fake":
            last = (folder / "spoken.jsonl").read_text(encoding="utf-8").splitlines()[-1]
            return int(json.loads(last)["mono_ns"])
        case "device":
            return opened + int(1e6 * BUFFER * _silent_buffers(folder / "device.raw"))
    return time.monotonic_ns()


def _silent_buffers(device: Path) -> int:
    """How many buffers a device took before the first sound, from when it was opened."""
    while not (heard := device.read_bytes()).strip(b"\0"):
        time.sleep(0.005)
    return (len(heard) - len(heard.lstrip(b"\0"))) // (2 * SAMPLES)


def _call(seq: int) -> Arrived:
    data = TicketCalled(ticket=f"A{seq + 1:03}", counter=1, service="A", policy="oldest")
    event = Event(
        log="bench",
        seq=seq + 1,
        at=iso(time.time(), UTC),
        clock="synced",
        day="2026-11-23",
        type="ticket-called",
        data=Raw(encode(data)),
    )
    return Arrived(TOPICS.event("ticket-called"), encode(event))


if __name__ == "__main__":
    main()
