"""Sound as numbers: mono, 22050 Hz, signed 16 bit, in the machine's byte order (little-endian here). Pure.

The bytes of a clip go into an announcement unchanged, so a test can find each again in what was played.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from functools import cache
from itertools import accumulate, pairwise

from display.phrases import PAUSE, STOP

RATE = 22050
PEAK = 0.8
"""Where every clip's loudest sample is put, as a share of the largest possible."""

_FULL = 32767
_SILENCES = {PAUSE: 0.14, STOP: 0.4}
_WORD_GAP = 0.06
_CHIME_NOTES = ((659.26, 0.0), (523.25, 0.3))
_CHIME_SECONDS = 1.0
_FADE = 0.005


def seconds(pcm: bytes) -> float:
    """Return how long `pcm` sounds, in seconds."""
    return len(pcm) / 2 / RATE


def joined(bank: Mapping[str, bytes], clips: Iterable[str]) -> bytes:
    """Return the PCM of `clips` in their order, with a speaker's silences; KeyError for one not there."""
    parts: list[bytes] = []
    for clip in clips:
        gap = _SILENCES.get(clip)
        parts += [_silence(gap)] if gap else [bank[clip], _silence(_WORD_GAP)]
    return b"".join(parts)


@cache
def chime() -> bytes:
    """Return the two falling notes that come before every announcement."""
    times = [i / RATE for i in range(int(_CHIME_SECONDS * RATE))]
    return levelled([sum(_note(t - start, tone) for tone, start in _CHIME_NOTES) for t in times])


def levelled(samples: Sequence[float]) -> bytes:
    """Return `samples`, of any scale, as PCM: loudest at `PEAK`, the ends faded over 5 ms so that none clicks."""
    loudest = max(map(abs, samples), default=0)
    scale = PEAK * _FULL / loudest if loudest else 0.0
    whole = array("h", [round(sample * scale) for sample in samples])
    _fade_ends(whole)
    return whole.tobytes()


def trimmed(samples: Sequence[float]) -> Sequence[float]:
    """Return `samples` without the silence (below 1 % of the loudest) at both ends, save 10 ms."""
    floor = max(map(abs, samples), default=0) / 100
    loud = [i for i, sample in enumerate(samples) if abs(sample) > floor]
    margin = RATE // 100
    return samples[max(0, loud[0] - margin) : loud[-1] + margin] if loud else samples[:0]


def decoded(frames: bytes, width: int, channels: int) -> Sequence[float]:
    """Return the frames of a WAV (`width` 1 to 4 bytes) as mono samples; channels are averaged."""
    samples = _integers(frames, width)
    return samples if channels == 1 else [sum(frame) / channels for frame in _frames(samples, channels)]


def resampled(samples: Sequence[float], rate: int) -> Sequence[float]:
    """Return `samples`, taken at `rate` Hz, at `RATE`: each new one is the mean of the stretch it covers."""
    if rate == RATE or not samples:
        return samples
    step = rate / RATE
    sums = list(accumulate(samples, initial=0.0))
    edges = [_sum_until(samples, sums, i * step) for i in range(int(len(samples) / step) + 1)]
    return [(after - before) / step for before, after in pairwise(edges)]


def _note(t: float, frequency: float) -> float:
    if t < 0:
        return 0.0
    # A struck bar: a fast rise so that it does not click, then a decay, with a little of the octave.
    loudness = min(1.0, t / 0.005) * math.exp(-5 * t)
    turn = 2 * math.pi * frequency * t
    return loudness * (math.sin(turn) + 0.3 * math.sin(2 * turn))


def _fade_ends(samples: MutableSequence[int]) -> None:
    count = min(int(_FADE * RATE), len(samples) // 2)
    for i in range(count):
        samples[i] = samples[i] * i // count
        samples[-1 - i] = samples[-1 - i] * i // count


def _silence(duration: float) -> bytes:
    return bytes(2 * int(duration * RATE))


def _integers(frames: bytes, width: int) -> Sequence[int]:
    if width == 2:
        return array("h", frames)
    if width == 1:
        return [byte - 128 for byte in frames]
    starts = range(0, len(frames), width)
    return [int.from_bytes(frames[i : i + width], "little", signed=True) for i in starts]


def _frames(samples: Sequence[int], channels: int) -> Iterable[tuple[int, ...]]:
    return zip(*(samples[channel::channels] for channel in range(channels)), strict=True)


def _sum_until(samples: Sequence[float], sums: Sequence[float], position: float) -> float:
    whole = min(int(position), len(samples) - 1)
    return sums[whole] + (position - whole) * samples[whole]
