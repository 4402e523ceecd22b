"""The one voice of the hall: which announcement is spoken now, which wait, which are not spoken. Pure.

All counters share one queue. An announcement is the chime and the sentence, then the sentence once more if
nothing else waits. A call that can no longer be heard in time, or at all, is reported, never forgotten.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from display.phrases import (
    CHIME,
    NORTH,
    PAUSE,
    STOP,
    Reading,
    as_text,
    call_sentence,
    recall_sentence,
    test_sentence,
)

Counter = int | str
Why = Literal["late", "quiet", "no-voice", "no-sound"]


@dataclass(frozen=True)
class Speak:
    """Play these clips now. `text` is what they say, empty for the chime alone; `volume` is 1 to 100.

    `first` is false for the second reading. A test announcement has neither ticket nor counter.
    """

    ticket: str | None
    counter: Counter | None
    clips: tuple[str, ...]
    text: str
    volume: int
    first: bool


@dataclass(frozen=True)
class Skipped:
    """This call is not spoken: too `late`, volume 0 (`quiet`), clips missing (`no-voice`), player refused."""

    ticket: str | None
    counter: Counter | None
    why: Why


Output = Speak | Skipped


class SoundError(Exception):
    """The sound device refuses; the message is one sentence that says why and what to do."""


class Player(Protocol):
    """What plays a `Speak`: a real sound device or its fake."""

    def play(self, speak: Speak) -> None:
        """Begin to play; not before the last one is over. SoundError when the device refuses."""

    def over(self) -> bool:
        """Return True once for each `play`, when it is over."""


@dataclass(frozen=True)
class _Announcement:
    kind: Literal["call", "recall", "test"]
    ticket: str | None
    counter: Counter | None
    called_at: float


class VoiceQueue:
    """The queue of announcements. Times are seconds of one clock that never jumps; ages are seconds too.

    `bank` holds the names of the clips there are; `volume` is 0 to 100, and 0 means that nothing is spoken.
    Every input returns what to do now: at most one `Speak` to play, and what was skipped.
    """

    def __init__(
        self,
        bank: Collection[str],
        *,
        reading: Reading = NORTH,
        volume: int = 100,
        speak_within: float = 30.0,
    ) -> None:
        self._bank = frozenset(bank)
        self._reading = reading
        self._volume = volume
        self._speak_within = speak_within
        self._waiting: list[_Announcement] = []
        self._current: tuple[_Announcement, Speak] | None = None

    @property
    def speaking(self) -> Speak | None:
        """What is being played, if anything."""
        return self._current[1] if self._current else None

    @property
    def volume(self) -> int:
        """The volume, 0 to 100."""
        return self._volume

    def call(self, ticket: str, counter: Counter, now: float, age: float = 0.0) -> list[Output]:
        """Announce a call made `age` seconds ago.

        If the ticket still waits to be announced it keeps that place, and is sent to the newer counter.
        """
        return self._add(_Announcement("call", ticket, counter, now - max(0.0, age)), now)

    def recall(self, ticket: str, counter: Counter, now: float, age: float = 0.0) -> list[Output]:
        """Announce a ticket again. If its call still waits, that call is as fresh as this, and stays one."""
        return self._add(_Announcement("recall", ticket, counter, now - max(0.0, age)), now)

    def test(self, now: float) -> list[Output]:
        """Announce a test of the loudspeaker; a second one while one waits changes nothing."""
        return self._add(_Announcement("test", None, None, now), now)

    def over(self, now: float) -> list[Output]:
        """The player is done with the last `Speak`: read it again or go on."""
        ended, self._current = self._current, None
        skipped = self._drop_unspoken(now)
        if ended and self._is_to_repeat(ended[1]):
            return [*skipped, self._begin(ended[0], first=False)]
        return [*skipped, *self._next()]

    def failed(self, now: float) -> list[Output]:
        """The player refused the last `Speak`: report it, unless it was heard once, and go on."""
        ended, self._current = self._current, None
        lost: list[Output] = []
        if ended and ended[1].first and ended[1].text:
            lost = [_skipped(ended[0], "no-sound")]
        return [*lost, *self.tick(now)]

    def tick(self, now: float) -> list[Output]:
        """Drop what has become too late and, if nothing is being spoken, begin the next."""
        return [*self._drop_unspoken(now), *self._next()]

    def _add(self, new: _Announcement, now: float) -> list[Output]:
        same = [i for i, old in enumerate(self._waiting) if old.ticket == new.ticket]
        if same:
            self._waiting[same[0]] = replace(new, kind=self._waiting[same[0]].kind)
        else:
            self._waiting.append(new)
        return self.tick(now)

    def _drop_unspoken(self, now: float) -> list[Output]:
        fates = [(one, self._why_not(one, now)) for one in self._waiting]
        self._waiting = [one for one, why in fates if not why]
        return [_skipped(one, why) for one, why in fates if why]

    def _why_not(self, one: _Announcement, now: float) -> Why | None:
        if now - one.called_at > self._speak_within:
            return "late"
        return None if self._volume else "quiet"

    def _is_to_repeat(self, spoken: Speak) -> bool:
        is_whole_call = spoken.ticket is not None and spoken.text != ""
        return spoken.first and is_whole_call and not self._waiting

    def _next(self) -> list[Output]:
        if self._current or not self._waiting:
            return []
        one = self._waiting.pop(0)
        speak = self._begin(one, first=True)
        return [speak] if speak.text else [_skipped(one, "no-voice"), speak]

    def _begin(self, one: _Announcement, *, first: bool) -> Speak:
        sentence = self._sentence(one, first)
        if not set(sentence) - {PAUSE, STOP} <= self._bank:
            sentence = ()
        clips = (CHIME, *sentence) if first else sentence
        speak = Speak(one.ticket, one.counter, clips, as_text(sentence), self._volume, first)
        self._current = (one, speak)
        return speak

    def _sentence(self, one: _Announcement, first: bool) -> tuple[str, ...]:
        if one.ticket is None or one.counter is None:
            return test_sentence()
        # "Once more" is said once: the second reading of a recall is the plain sentence.
        sentence = recall_sentence if one.kind == "recall" and first else call_sentence
        return sentence(one.ticket, one.counter, self._reading)


def _skipped(one: _Announcement, why: Why) -> Skipped:
    return Skipped(one.ticket, one.counter, why)
